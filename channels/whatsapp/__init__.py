"""WhatsApp through Twilio: signed webhooks in, Messages and Content API out."""

"""How the one live server is set up: settings of all channels, pointing at the stand-ins."""

from typing import Dict

from cryptography.fernet import Fernet

from tests.live.browser.site import Site
from tests.providers.telegram_parts import SECRET
from tests.providers.telegram_parts import URL as TELEGRAM_URL
from tests.providers.telegram_server import TOKEN as TELEGRAM_TOKEN
from tests.providers.telegram_server import TelegramServer
from tests.providers.whatsapp_server import ACCOUNT, SENDER, TOKEN, WhatsAppServer

PAGE = "https://clinic.example/spinraza"
PUBLIC = "https://bot.clinic.example"
WHATSAPP_URL = f"{PUBLIC}/webhooks/whatsapp/webhook?clinic=1&q=%20x"
WHATSAPP_STATUS_URL = f"{PUBLIC}/webhooks/whatsapp/status?clinic=1&q=%20x"
# Enough for a browser that does what several people would.
MESSAGES_PER_MINUTE = 100
CONNECTIONS_PER_ADDRESS = 30


def settings(site: Site, telegram: TelegramServer, twilio: WhatsAppServer) -> Dict[str, str]:
    """Return the server's settings."""
    return {
        "PAGE_URL": PAGE,
        "CONSULTATIONS_KEY": Fernet.generate_key().decode(),
        "MESSAGES_PER_MINUTE": str(MESSAGES_PER_MINUTE),
        "CONNECTIONS_PER_ADDRESS": str(CONNECTIONS_PER_ADDRESS),
        "WEBSITE_ORIGINS": f"https://clinic.example {site.origin}",
        "TELEGRAM_API_URL": telegram.url,
        "TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "TELEGRAM_SECRET": SECRET,
        "TELEGRAM_WEBHOOK_URL": TELEGRAM_URL,
        "TWILIO_API_URL": twilio.url,
        "TWILIO_ACCOUNT_SID": ACCOUNT,
        "TWILIO_AUTH_TOKEN": TOKEN,
        "WHATSAPP_FROM": SENDER,
        "WHATSAPP_WEBHOOK_URL": WHATSAPP_URL,
    }

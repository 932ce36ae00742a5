"""The website's chat: Socket.IO, signed tokens, the widget's page."""

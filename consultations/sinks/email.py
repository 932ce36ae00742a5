"""A notice by e-mail: that there is a request, and where to read it. No health data in e-mail."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Optional
from urllib.parse import SplitResult, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email

import settings
from consultations.sinks.base import Delivery, PermanentError, TemporaryError, required
from consultations.sinks.posting import PATIENCE_SECONDS, is_loopback
from storage.errors import ConfigurationError

_PORTS = {"smtp": 587, "smtps": 465}


class EmailSink:
    """Sends a notice with the reference and, if STAFF_LINK is set, a link."""

    def __init__(
        self,
        url: str,
        sender: str,
        recipients: str,
        staff_link: str = "",
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """Send by the mail server at `url`, which is waited for `patience` seconds."""
        self._patience = patience
        self._server = _parse_url(url)
        self._sender = _address("EMAIL_FROM", sender)
        self._recipients = [_address("EMAIL_TO", one) for one in recipients.split(",")]
        if staff_link and "{reference}" not in staff_link:
            raise ConfigurationError("STAFF_LINK: expected an address with {reference} in it")
        self._staff_link = staff_link

    @classmethod
    def from_settings(cls) -> "EmailSink":
        """Return the sink that SMTP_URL, EMAIL_FROM, EMAIL_TO and STAFF_LINK describe."""
        return cls(
            required("email", "SMTP_URL", "smtp://user:password@mail.example.org:587"),
            required("email", "EMAIL_FROM", "assistant@example.org"),
            required("email", "EMAIL_TO", "clinic@example.org"),
            settings.sink_setting("STAFF_LINK"),
        )

    def deliver(self, delivery: Delivery) -> None:
        """Send the notice; the mail server has it when it accepts it for one recipient at least."""
        message = self._message(delivery)
        try:
            with self._connect() as server:
                server.send_message(message)
        except smtplib.SMTPAuthenticationError as error:
            # A password that is being changed: worth another try.
            raise TemporaryError(f"smtp_login_{error.smtp_code}") from None
        except smtplib.SMTPRecipientsRefused as error:
            _raise_for(min(code for code, _ in error.recipients.values()))
        except smtplib.SMTPResponseException as error:
            _raise_for(error.smtp_code)
        except (OSError, smtplib.SMTPException) as error:
            raise TemporaryError(f"no_answer: {type(error).__name__}") from None

    def _connect(self) -> smtplib.SMTP:
        host, port = self._server.hostname or "", self._server.port or _PORTS[self._server.scheme]
        secure = ssl.create_default_context()
        if self._server.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=self._patience, context=secure
            )
        else:
            server = smtplib.SMTP(host, port, timeout=self._patience)
        try:
            self._secure_and_log_in(server, host, secure)
        except BaseException:
            server.close()
            raise
        return server

    def _secure_and_log_in(self, server: smtplib.SMTP, host: str, secure: ssl.SSLContext) -> None:
        server.ehlo()
        if self._server.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=secure)
            server.ehlo()
        elif self._server.scheme == "smtp" and not is_loopback(host):
            raise TemporaryError("no_encryption")
        if self._server.username:
            server.login(unquote(self._server.username), unquote(self._server.password or ""))

    def _message(self, delivery: Delivery) -> EmailMessage:
        message = EmailMessage()
        message["Subject"] = f"Consultation request {delivery.reference}"
        message["From"] = self._sender
        message["To"] = ", ".join(self._recipients)
        message["Date"] = format_datetime(delivery.now)
        # The same in every attempt, so that mail programs show a repeat once.
        message["Message-ID"] = f"<{delivery.id}@{self._sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        where = (
            self._staff_link.replace("{reference}", delivery.reference)
            if self._staff_link
            else f"python -m consultations show {delivery.reference}"
        )
        message.set_content(
            f"There is a new consultation request: {delivery.reference}\n\nRead it here: {where}\n"
        )
        return message


def _raise_for(code: int) -> None:
    if 400 <= code < 500:
        raise TemporaryError(f"smtp_{code}") from None
    raise PermanentError(f"smtp_{code}") from None


def _address(setting: str, text: str) -> str:
    try:
        return str(validate_email(text.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        raise ConfigurationError(f"{setting}: expected an e-mail address") from None


def _parse_url(url: str) -> SplitResult:
    parsed: Optional[SplitResult] = None
    try:
        parsed = urlsplit(url)
        is_valid = parsed.scheme in _PORTS and bool(parsed.hostname) and parsed.port != 0
    except ValueError:
        is_valid = False
    if parsed is None or not is_valid:
        raise ConfigurationError(
            "SMTP_URL: expected smtp://user:password@host:587 or smtps://user:password@host:465"
        )
    return parsed

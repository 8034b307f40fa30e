"""The way out: a real mail server, or the demo's mailbox where letters simply stay."""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal, Protocol

from app.config import Settings
from app.mail.rules import domain_of

# 5.7.x speaks about us (policy, reputation, sign-in), not about the recipient's address.
_ABOUT_US = re.compile(r"\b5\.7\.\d{1,3}\b")
_PERMANENT = 500


class NotNow(Exception):
    """The mail server could not be reached or asks to come back; ``reason`` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AddressRefused(Exception):
    """The address is refused for good; nothing more may be sent to it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class LetterRefused(Exception):
    """This letter is refused for good, though the address may be fine."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Postman(Protocol):
    """Whoever takes letters away."""

    @property
    def keeps_letters(self) -> bool:
        """Whether the stored text is all there is of a letter, so that it must not be wiped."""

    def deliver(self, message: EmailMessage, to_address: str) -> None:
        """Hand one message over.

        Raises NotNow, AddressRefused or LetterRefused.
        """


class MailboxPostman:
    """Delivers nowhere: the outbox table itself is the demo's mailbox."""

    @property
    def keeps_letters(self) -> bool:
        """The outbox is the only place where these letters can be read."""
        return True

    def deliver(self, message: EmailMessage, to_address: str) -> None:
        """Leave the letter where it is, having checked that it could be sent."""
        message.as_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpPostman:
    """Delivers to a mail server, one connection a letter."""

    host: str
    port: int
    security: Literal["none", "starttls", "tls"]
    user: str
    password: str
    timeout_s: int
    own_name: str
    """How we introduce ourselves; the machine's own name stays private."""
    tls: ssl.SSLContext | None = None

    @property
    def keeps_letters(self) -> bool:
        """A letter that the server took need not be kept here."""
        return False

    def deliver(self, message: EmailMessage, to_address: str) -> None:
        """Hand one message to the server."""
        try:
            with self._connect() as server:
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message, to_addrs=[to_address])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            raise _about_address(code, said) from None
        except smtplib.SMTPDataError as error:
            raise _about_letter(error.smtp_code) from None
        except smtplib.SMTPResponseException as error:
            # Sign-in, HELO and sender are our own set-up: once that is mended, the letter goes out.
            raise NotNow(f"smtp-{error.smtp_code}") from None
        except (smtplib.SMTPException, OSError) as error:
            raise NotNow(type(error).__name__) from None

    def _connect(self) -> smtplib.SMTP:
        context = self.tls or ssl.create_default_context()
        if self.security == "tls":
            return smtplib.SMTP_SSL(
                self.host, self.port, self.own_name, timeout=self.timeout_s, context=context
            )
        server = smtplib.SMTP(self.host, self.port, self.own_name, timeout=self.timeout_s)
        if self.security == "starttls":
            try:
                server.starttls(context=context)
            except BaseException:
                server.close()
                raise
        return server


def postman_of(settings: Settings) -> Postman:
    """Give the postman the settings ask for."""
    if settings.mail_delivery == "file":
        return MailboxPostman()
    return SmtpPostman(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password,
        timeout_s=settings.smtp_timeout_s,
        own_name=domain_of(settings.base_url),
    )


def _about_address(code: int, said: bytes) -> Exception:
    if code < _PERMANENT:
        return NotNow(f"smtp-{code}")
    if _ABOUT_US.search(said.decode("ascii", "replace")):
        return LetterRefused(f"smtp-{code}-policy")
    return AddressRefused(f"smtp-{code}")


def _about_letter(code: int) -> Exception:
    return NotNow(f"smtp-{code}") if code < _PERMANENT else LetterRefused(f"smtp-{code}")

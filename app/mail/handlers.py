"""The job that sends a letter, and the one that tidies the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from app.config import Settings
from app.jobs.errors import GiveUp, TryLater
from app.jobs.rules import Payload, Periodic
from app.jobs.worker import Handlers, JobContext
from app.mail import commands, queries
from app.mail.messages import compose
from app.mail.postman import AddressRefused, LetterRefused, NotNow, Postman, postman_of
from app.mail.rules import domain_of

CLEAN_UP = "mail.clean_up"
MAIL_PERIODICS = (Periodic(kind=CLEAN_UP, every=timedelta(days=1)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOffice:
    """Sends the letters of the outbox through one postman."""

    postman: Postman
    sender: str
    domain: str

    def send(self, context: JobContext, payload: Payload) -> None:
        """Send one letter; sending it again after a crash carries the same Message-ID."""
        letter_id = int(payload["letter"] or 0)
        with context.database.reading() as session:
            letter = queries.find_waiting(session, letter_id)
            if letter is None:
                return
            suppressed = queries.is_suppressed(session, letter.to_address)
        if suppressed:
            self._refuse(context, letter_id, "suppressed")
            return
        try:
            message = compose(letter, sender=self.sender, domain=self.domain)
            self.postman.deliver(message, letter.to_address)
        except NotNow as error:
            raise TryLater(error.reason) from None
        except LetterRefused as error:
            self._refuse(context, letter_id, error.reason)
            raise GiveUp(error.reason) from None
        except AddressRefused as error:
            self._refuse(context, letter_id, error.reason, suppress=letter.to_address)
            return
        with context.database.writing() as session:
            wipe = not self.postman.keeps_letters
            commands.mark_sent(session, letter_id, wipe=wipe, now=context.now)

    def clean_up(self, context: JobContext, payload: Payload) -> None:
        """Delete letters written long ago; the demo's mailbox keeps its own."""
        if self.postman.keeps_letters:
            return
        with context.database.writing() as session:
            commands.delete_old_letters(session, now=context.now)

    def _refuse(
        self, context: JobContext, letter_id: int, reason: str, suppress: str | None = None
    ) -> None:
        with context.database.writing() as session:
            commands.mark_refused(session, letter_id, reason=reason, now=context.now)
            if suppress is not None:
                commands.suppress(session, suppress, reason=reason, now=context.now)


def mail_handlers(settings: Settings, postman: Postman | None = None) -> Handlers:
    """Give the handlers of all mail jobs; without a postman, the one the settings name."""
    office = MailOffice(
        postman=postman or postman_of(settings),
        sender=settings.mail_from,
        domain=domain_of(settings.base_url),
    )
    return {commands.SEND: office.send, CLEAN_UP: office.clean_up}

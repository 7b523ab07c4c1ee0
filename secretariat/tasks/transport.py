"""The way out: one kept connection to the mail server, which knows how an attempt failed.

What matters is whether a mail may have left although the attempt failed. It may have, only if the connection was lost
between the server's go-ahead for the text (354) and its answer to it; everything else is certain.
"""

import logging
import smtplib
from contextlib import suppress

from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend

from secretariat.rules.delivery import Trouble

log = logging.getLogger(__name__)
GO_AHEAD = 354


class TroubleError(Exception):
    """An attempt has failed; `trouble` says how, `error` says it shortly and without an address."""

    def __init__(self, trouble: Trouble, error: str):
        super().__init__(error)
        self.trouble, self.error = trouble, error


class Attentive:
    """Of an SMTP connection: remembers whether a text is under way that the server has not answered yet."""

    is_in_doubt = False

    def getreply(self):
        code, words = super().getreply()
        self.is_in_doubt = code == GO_AHEAD
        return code, words


class AttentiveSMTP(Attentive, smtplib.SMTP):
    """Plain, or with STARTTLS."""


class AttentiveSMTPoverTLS(Attentive, smtplib.SMTP_SSL):
    """Encrypted from the first byte."""


class SmtpBackend(EmailBackend):
    """Django's backend for SMTP, on a connection that remembers."""

    @property
    def connection_class(self):
        return AttentiveSMTPoverTLS if self.use_ssl else AttentiveSMTP


class Connection:
    """A connection to the mail server, opened when the first mail wants it and again when it was lost."""

    def __init__(self):
        self.backend = mailers.default

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.close()

    def close(self):
        with suppress(OSError, smtplib.SMTPException):
            self.backend.close()

    def open(self):
        """Make sure there is a connection. Raises TroubleError, always LATER: no mail is at fault."""
        if self.was_lost():
            self.close()
        try:
            self.backend.open()
        except (OSError, smtplib.SMTPException) as failure:
            self.close()
            raise TroubleError(Trouble.LATER, words_for(failure)) from failure

    def was_lost(self) -> bool:
        """Whether the server, or a failure, has ended the connection."""
        smtp = getattr(self.backend, "connection", None)
        return smtp is not None and smtp.sock is None

    def send(self, mail):
        """Hand one mail over. Raises TroubleError."""
        try:
            self.backend.send_messages([mail])
        except (OSError, smtplib.SMTPException) as failure:
            raise TroubleError(self.trouble_of(failure), words_for(failure)) from failure
        except ValueError as failure:
            raise TroubleError(Trouble.POISON, words_for(failure)) from failure

    def trouble_of(self, failure) -> Trouble:
        code = code_of(failure)
        if code is not None:
            is_final = 500 <= code < 600 and not isinstance(failure, smtplib.SMTPSenderRefused)
            return Trouble.REFUSED if is_final else Trouble.LATER
        smtp = getattr(self.backend, "connection", None)
        return Trouble.DOUBT if getattr(smtp, "is_in_doubt", False) else Trouble.LATER


def code_of(failure) -> int | None:
    """The server's answer, where the failure is one."""
    if isinstance(failure, smtplib.SMTPRecipientsRefused):
        return min(code for code, _words in failure.recipients.values())
    return failure.smtp_code if isinstance(failure, smtplib.SMTPResponseException) else None


def words_for(failure) -> str:
    """What went wrong, for staff: the server's code or the kind of failure, not its words: they may hold an address."""
    code = code_of(failure)
    return f"{type(failure).__name__} {code}" if code is not None else type(failure).__name__

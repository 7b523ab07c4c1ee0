"""The mail of a notice: plain text and HTML, with a Message-ID that stays the same whichever attempt sends it."""

from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from members.permissions.protection import is_protected
from members.queries.sealed import address_of
from secretariat.choices import Kind
from secretariat.emails.contents import CONTENTS
from secretariat.emails.messages import Message, compose, in_the_readers_tongue
from secretariat.models import Notice

REPEATED = "X-Portal-Resent"
BY_LINK = frozenset({Kind.ENTRY_LINK, Kind.FACTOR_ASKED, Kind.FACTOR_CHECKED, Kind.FACTOR_WAITING})
"""The notices whose link is a secret of its own, without which the reader could do nothing."""
ON_THE_WIRE = compat32.clone(linesep="\r\n")
READABLE = Charset("utf-8")
READABLE.body_encoding = QP


@dataclass(frozen=True)
class Edition:
    """One text in one language, for however many readers. `body` is both of its forms as they go over the wire."""

    subject: str
    plain: str
    html: str
    sender: str
    body: str
    boundary: str


class Letter(EmailMultiAlternatives):
    """A mail whose body was put together once for all readers of its edition.

    Django would do so anew for each, at three times the price of everything else that sending takes.
    """

    def __init__(self, edition: Edition, *, to: str, headers: dict[str, str]):
        super().__init__(edition.subject, edition.plain, edition.sender, [to], headers=headers)
        self.attach_alternative(edition.html, "text/html")
        self.edition = edition

    def message(self, *, policy=None):
        """The message as it goes over the wire. Raises ValueError for a header that would break out of its line."""
        whole = MIMEMultipart("alternative", boundary=self.edition.boundary, policy=ON_THE_WIRE)
        whole.set_payload(self.edition.body)
        headers = {"Subject": self.subject, "From": self.from_email, "To": self.to[0]}
        headers["Date"] = format_datetime(timezone.now())
        for name, value in (headers | self.extra_headers).items():
            if len(value.splitlines()) != 1:
                raise ValueError(f"{name} is not one line")
            whole[name] = value if value.isascii() else Header(value, "utf-8", header_name=name)
        return whole


class Press:
    """Makes mails, each edition once. It belongs to one batch, so that no later one gets by what was read for it."""

    def __init__(self):
        self.editions: dict[tuple, Edition] = {}

    def mail_of(self, notice: Notice) -> Letter:
        """The mail of a notice, ready to be handed over. Raises whatever is wrong with the notice or its facts."""
        is_neutral = is_protected(notice.user)
        headers = {
            "Message-ID": notice.message_id,
            "Reply-To": settings.NEUTRAL_FROM_EMAIL if is_neutral else settings.CONTACT_EMAIL,
            "Auto-Submitted": "auto-generated",
        }
        if notice.is_repeat:
            headers[REPEATED] = "1"
        address = address_of(notice.user) if notice.user else notice.address
        made = neutral_edition(notice) if is_neutral else self.edition_for(notice)
        return Letter(made, to=address, headers=headers)

    def edition_for(self, notice: Notice) -> Edition:
        """What a notice tells depends on the act and its kind, the reader's language and zone, and on nothing else."""
        with in_the_readers_tongue(notice):
            if notice.kind == Kind.ACCOUNT:
                return account_edition(notice)
            place = (
                notice.event_id,
                notice.kind,
                notice.is_repeat,
                get_language(),
                timezone.get_current_timezone_name(),
            )
            if place not in self.editions:
                self.editions[place] = notice_edition(notice)
            return self.editions[place]


def notice_edition(notice: Notice) -> Edition:
    """The text of a notice in the language and zone that are active now."""
    message = compose(notice)
    context = frame(notice) | {"message": message, "url": settings.BASE_URL + message.path}
    return edition(message.subject, context)


def account_edition(notice: Notice) -> Edition:
    """The text about an account, which was written when it was asked for."""
    kept = notice.text
    message = Message(subject=kept.subject, paragraphs=kept.plain.strip().split("\n\n"))
    return edition(kept.subject, frame(notice) | {"message": message}, html=kept.html)


def neutral_edition(notice: Notice) -> Edition:
    """The text to a protected member: that something is new, and for what needs one the link or the code, alone."""
    with in_the_readers_tongue(notice):
        subject, plain = _("A message"), "\n\n".join([_("There is something new for you."), *essentials(notice)])
    html = render_to_string("emails/secretariat/neutral.html", {"text": plain, "language": get_language()})
    return pressed(subject, plain, html, settings.NEUTRAL_FROM_EMAIL)


def essentials(notice: Notice) -> list[str]:
    """The links and codes that a mail is there for: what a protected member could not do without."""
    if notice.kind == Kind.ACCOUNT:
        lines = (line.strip() for line in notice.text.plain.splitlines())
        return [line for line in lines if line.startswith(settings.BASE_URL) or line.isalnum()]
    content = CONTENTS[Kind(notice.kind)](notice)
    return [settings.BASE_URL + content.path] if notice.kind in BY_LINK else []


def frame(notice: Notice) -> dict:
    """What stands around every message."""
    return {
        "language": get_language(),
        "direction": "rtl" if get_language_bidi() else "ltr",
        "is_repeat": notice.is_repeat,
        "home": settings.BASE_URL,
    }


def edition(subject: str, context: dict, html: str = "") -> Edition:
    """Both bodies, encoded. `html` is given where it was written elsewhere."""
    plain = render_to_string("emails/secretariat/base.txt", context)
    html = html or render_to_string("emails/secretariat/base.html", context)
    sender = formataddr((_("Prevention Platform"), settings.DEFAULT_FROM_EMAIL))
    return pressed(subject, plain, html, sender)


def pressed(subject: str, plain: str, html: str, sender: str) -> Edition:
    """A text in its two forms, with the body of all its mails: what stands below the headers."""
    parts = [MIMEText(plain, "plain", READABLE), MIMEText(html, "html", READABLE)]
    whole = MIMEMultipart("alternative", _subparts=parts, policy=ON_THE_WIRE)
    _headers, _blank, body = whole.as_bytes().partition(b"\r\n\r\n")
    return Edition(subject, plain, html, sender, body.decode("ascii"), whole.get_boundary())

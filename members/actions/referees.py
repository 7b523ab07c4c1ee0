"""What is done with referees: named, written to, and heard."""

import uuid

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.actions import documents, writing
from members.audit import record
from members.choices.applications import Step
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.kernel.tokens import derived_tokens, digest, token_behind
from members.models import Referee
from members.permissions.protection import is_protected
from members.queries.sealed import address_of as address_of_login
from members.queries.sealed import answers_of
from members.rules import referees as rules

PURPOSE = "referee"


# --- Naming -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add(*, application, name, email, relationship, by) -> Referee:
    """Name a referee. Nobody is written to before the application is sent.

    Raises Refused, code `too-many`, `oneself` or `twice`, or where the application may not be changed now.
    """
    application = writing.locked_to_write(application)
    others = list(application.referees.values_list("email", flat=True))
    rules.ensure_room(len(others))
    _ensure_address(application, email, others)
    referee = application.referees.create(name=name, email=email, relationship=relationship)
    writing.touch(application)
    record(Verb.REFEREE_NAMED, target=application, by=by, referee=referee.pk)
    return referee


@transaction.atomic
def change(*, referee, name, email, relationship, by) -> Referee:
    """Change what was said of a referee who has not been written to. Raises Refused as `add` does, or `invited`."""
    application = writing.locked_to_write(referee.application)
    referee = application.referees.select_for_update().get(pk=referee.pk)
    rules.ensure_not_invited(invited_at=referee.invited_at)
    _ensure_address(
        application, email, list(application.referees.exclude(pk=referee.pk).values_list("email", flat=True))
    )
    referee.name, referee.email, referee.relationship = name, email, relationship
    referee.save(update_fields=["name", "email", "relationship"])
    writing.touch(application)
    record(Verb.REFEREE_NAMED, target=application, by=by, referee=referee.pk)
    return referee


def _ensure_address(application, email, others) -> None:
    rules.ensure_not_oneself(email, address_of_login(application.applicant))
    rules.ensure_new(email, others)


@transaction.atomic
def remove(*, referee, by) -> None:
    """Take back the name of a referee who has not been written to. Raises Refused, code `invited`."""
    application = writing.locked_to_write(referee.application)
    referee = application.referees.select_for_update().get(pk=referee.pk)
    rules.ensure_not_invited(invited_at=referee.invited_at)
    key = referee.pk
    referee.delete()
    writing.touch(application)
    record(Verb.REFEREE_REMOVED, target=application, by=by, referee=key)


# --- Writing to them ----------------------------------------------------------------------------------------------


def invite(*, referee, by) -> Referee:
    """Make a fresh private link for a referee and record it; the record makes the mail. Earlier links are void.

    Call it inside the transaction of the act that invites.
    """
    now = database_now()
    referee.link_id = uuid.uuid4()
    referee.token_digest = digest(next(derived_tokens(PURPOSE, referee.link_id.hex)))
    referee.invited_at, referee.expires_at = now, now + rules.LINK_LASTS
    referee.save(update_fields=["link_id", "token_digest", "invited_at", "expires_at"])
    language = referee.application.applicant.language
    record(Verb.REFEREE_INVITED, target=referee, by=by, application=referee.application_id, language=language)
    return referee


@transaction.atomic
def ask_again(*, referee, by) -> Referee:
    """Write to a referee once more, with a fresh link. Raises Refused, code `too-soon`."""
    application = writing.locked(referee.application)
    referee = application.referees.select_for_update().get(pk=referee.pk)
    referee.application = application
    rules.ensure_may_ask_again(
        state=application.state,
        invited_at=referee.invited_at,
        expires_at=referee.expires_at,
        answered_at=referee.answered_at,
        now=database_now(),
    )
    return invite(referee=referee, by=by)


def address_of(referee: Referee) -> str:
    """The path that a referee's mail leads to, for whoever builds the mail. It is a secret: never store or log it.

    Empty where the link was made with a server key that is no longer in use, or never.
    """
    if referee.link_id is None:
        return ""
    token = token_behind(referee.token_digest, purpose=PURPOSE, name=referee.link_id.hex)
    return reverse("members:referee-letter", args=[token]) if token else ""


# --- Hearing them -------------------------------------------------------------------------------------------------


def find(*, token) -> Referee | None:
    """The referee of a private link, or none. Whether they may still answer is asked of `ensure_may_answer`."""
    rows = Referee.objects.select_related("application__tier", "application__applicant")
    return rows.filter(token_digest=digest(token)).first()


def ensure_may_answer(referee: Referee) -> None:
    """Raises Refused, code `answered`, `ended` or `expired`."""
    rules.ensure_may_answer(
        state=referee.application.state,
        expires_at=referee.expires_at,
        answered_at=referee.answered_at,
        now=database_now(),
    )


@transaction.atomic
def answer(*, token, letter, clean=None, by=None) -> Referee:
    """Keep a referee's letter, as text, as a file or both. It comes once, and the applicant never reads it.

    Raises Refused, code `unknown`, `answered`, `ended`, `expired` or `empty`, or `named` where the applicant is
    protected and the letter says who it is.
    """
    referee = _locked(token)
    rules.ensure_letter(text=letter, has_file=clean is not None)
    if is_protected(referee.application.applicant):
        rules.ensure_unnamed(letter, _names_in(referee.application))
    referee.letter = letter.strip()
    if clean is not None:
        referee.letter_document = documents.keep_letter(application=referee.application, clean=clean)
    return _heard(referee, by=by, declined=False)


def _names_in(application) -> list[str]:
    """What an applicant is called in the application, also where that is sealed."""
    identity = answers_of(application).get(Step.IDENTITY, {})
    return [identity.get(name, "") for name in ("name", "latin_name")]


@transaction.atomic
def decline(*, token, by=None) -> Referee:
    """Note that a referee does not want to write. Raises Refused as `answer` does."""
    return _heard(_locked(token), by=by, declined=True)


def unknown() -> Refused:
    """What is said of a link that leads to no referee."""
    return Refused(_("This link is not one of ours, or too old to be remembered."), code="unknown")


def _locked(token) -> Referee:
    found = find(token=token)
    if found is None:
        raise unknown()
    application = writing.locked(found.application)
    referee = Referee.objects.select_for_update(of=("self",)).get(pk=found.pk)
    referee.application = application
    if referee.token_digest != digest(token):
        raise unknown()
    ensure_may_answer(referee)
    return referee


def _heard(referee, *, by, declined) -> Referee:
    referee.answered_at, referee.declined = database_now(), declined
    referee.save(update_fields=["letter", "letter_document", "answered_at", "declined"])
    record(Verb.REFEREE_ANSWERED, target=referee, by=by, application=referee.application_id, declined=declined)
    return referee

"""The erasure of a person: asked for, waited for, taken back or carried out, and repeated after a restore.

What is blanked, and what stays because decisions rest on it, is written down in `docs/adr/0014-erasure.md`.
"""

import logging
from collections.abc import Iterable
from functools import partial
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from members.actions import accounts, applications, correspondence, custody, memberships, offices, organisations, rights
from members.actions.sealed_papers import REFEREE, TEXTS
from members.actions.sealing import EMPTIED, PUT_AWAY
from members.audit import record
from members.choices.own_data import ErasureState
from members.choices.verbs import Verb
from members.kernel import ledgers
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.models import (
    Affiliation,
    Application,
    ApplicationVersion,
    ChairTerm,
    ConflictAnswer,
    Correction,
    CustodianTerm,
    Document,
    Download,
    EntryLink,
    Erasure,
    LostFactor,
    Membership,
    Person,
    Protection,
    Recusal,
    Referee,
    Representation,
    SeatTerm,
    StaffTerm,
    Unsealing,
    User,
)
from members.queries.erasures import duties_of, ledger, waiting_of
from members.queries.sealed import address_of
from members.rules import erasures as rules
from members.signals import person_erased

logger = logging.getLogger(__name__)

ENDINGS = (
    (ChairTerm, offices.end_chair, "term"),
    (SeatTerm, offices.vacate_seat, "term"),
    (StaffTerm, offices.end_staff, "term"),
    (Representation, organisations.end_representation, "representation"),
    (Affiliation, organisations.end_affiliation, "affiliation"),
    (CustodianTerm, custody.end, "term"),
    (Membership, memberships.end, "membership"),
)
"""Every kind of term a person may hold, and the act that ends it."""


# --- Asking, and taking it back -----------------------------------------------------------------------------------


@transaction.atomic
def ask(*, user, by, because="") -> Erasure:
    """Ask for everything about oneself to be erased, after the waiting time. Asking twice is asking once.

    A period of retention asks `because` its kind is over, and by nobody.

    Raises Refused, code `duty`, where something that others rely on must end first.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if waiting := waiting_of(user):
        return waiting
    now = database_now()
    rules.ensure_free(duties_of(user, on=now.date()))
    erasure = Erasure.objects.create(user=user, asked_at=now, due_at=now + rules.WAITING_TIME)
    record(Verb.ERASURE_ASKED, target=erasure, by=by, **({"period": because} if because else {}))
    return erasure


@transaction.atomic
def take_back(*, erasure, by) -> Erasure:
    """Take the request back: nothing is erased. Raises Refused, code `over`."""
    erasure = _locked(erasure)
    rules.ensure_waiting(state=erasure.state)
    _end(erasure, ErasureState.TAKEN_BACK, at=database_now())
    record(Verb.ERASURE_TAKEN_BACK, target=erasure, by=by)
    return erasure


def _locked(erasure) -> Erasure:
    return Erasure.objects.select_for_update(of=("self",)).select_related("user").get(pk=erasure.pk)


def _end(erasure, state, *, at) -> None:
    erasure.state, erasure.ended_at = state, at
    erasure.save(update_fields=["state", "ended_at"])


# --- Carrying it out ----------------------------------------------------------------------------------------------


def carry_out_due() -> int:
    """Carry out what is due, each person in a transaction of their own, and write the ledger; says how many.

    What a duty came in the way of waits until it has ended. One that fails is logged and does not hold up the others.
    """
    count = 0
    for erasure in Erasure.objects.due(at=database_now()).order_by("pk"):
        try:
            carry_out(erasure=erasure)
            count += 1
        except Refused:  # a duty has come in the way, or another worker was faster
            continue
        except Exception:
            logger.exception("Erasure %s could not be carried out.", erasure.pk)
    write_ledger()
    return count


@transaction.atomic
def carry_out(*, erasure) -> Erasure:
    """Erase a person. Decisions, votes and minutes stay. Raises Refused, code `over`, `not-due` or `duty`."""
    erasure, now = _locked(erasure), database_now()
    rules.ensure_due(state=erasure.state, due_at=erasure.due_at, now=now)
    rules.ensure_free(duties_of(erasure.user, on=now.date()))
    return _erase(erasure, at=now)


def repeat_missing() -> int:
    """Erase anew whoever the file outside the database names and this database still knows, as after a restore.

    Whatever they hold ends, duties or not: they were erased before. Logins are found by their public identifier, so
    that nobody who was given the same number since is mistaken for them. Says how many.
    """
    named = {fact["public_id"] for fact in ledgers.read(settings.ERASURES_LEDGER)}
    done = Erasure.objects.done().values("user")
    missing = list(User.objects.filter(public_id__in=named).exclude(pk__in=done).order_by("pk"))
    for user in missing:
        repeat(user=user)
    write_ledger()
    return len(missing)


@transaction.atomic
def repeat(*, user) -> Erasure:
    """Erase once more somebody who was erased before the database was restored."""
    now = database_now()
    waiting = waiting_of(user)
    erasure = _locked(waiting or Erasure.objects.create(user=user, asked_at=now, due_at=now))
    return _erase(erasure, at=max(now, erasure.due_at))


def write_ledger() -> int:
    """Write what was carried out to the file outside the database, which a restore leaves alone; says what was new."""
    return ledgers.add(settings.ERASURES_LEDGER, ledger())


def _erase(erasure, *, at) -> Erasure:
    """End what runs, note the erasure, which opens the tables that are written once, and blank everything."""
    user = erasure.user
    person = Person.objects.filter(user=user).first()
    _end_what_runs(user, person)
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _end(erasure, ErasureState.DONE, at=at)
    person_erased.send(User, user=user, person=person)
    _blank_applications(user, at=at)
    _blank_requests(user, person)
    if person is not None:
        _blank_person(person, at=at)
    _blank_protection(user)
    _blank_login(User.objects.get(pk=user.pk))
    record(Verb.ERASED, target=erasure, by=None)
    return erasure


def _end_what_runs(user, person) -> None:
    today = database_now().date()
    for application in Application.objects.pending().filter(applicant=user).order_by("pk"):
        applications.withdraw(application=application, by=None)
    for table, act, name in ENDINGS if person is not None else ():
        running = table.objects.filter(person=person)
        for term in (running.in_force(on=today) | running.to_come(on=today)).order_by("pk"):
            act(by=None, **{name: term})


def _blank_applications(user, *, at) -> None:
    """What was written for and about applications, and their files, once all of this is certain."""
    own = {"application__applicant": user}
    rows = Application.objects.filter(applicant=user)
    rows.update(answers={}, sealed_answers="", outcome_reason="")
    ApplicationVersion.objects.filter(**own, erased_at=None).update(
        answers={}, documents=[], sealed_answers="", erased_at=at
    )
    for table, columns in TEXTS.items():
        table.objects.filter(**own).update(**columns)
    Referee.objects.filter(**own).update(**REFEREE, token_digest="", link_id=None)
    Referee.objects.filter(email__iexact=address_of(user)).update(name="", email="", relationship="")
    documents = Document.objects.filter(**own)
    _delete_later(Document, documents.exclude(file=""))
    documents.filter(removed_at=None).update(removed_at=at)
    documents.update(file="")


def _blank_requests(user, person) -> None:
    """What was asked for about a login and its data, and notes about conflicts. Votes and what was said stay."""
    LostFactor.objects.filter(user=user).update(note="", stop_reason="")
    correspondence.delete_all(user=user)
    Correction.objects.filter(user=user).update(text="", answer="")
    _delete_later(Download, Download.objects.filter(user=user).exclude(file=""))
    Download.objects.filter(user=user).delete()
    Recusal.objects.filter(recused_by=user).exclude(private_note="").update(private_note="")
    ConflictAnswer.objects.filter(person=person).update(note="")


def _delete_later(table, rows: Iterable) -> None:
    """Delete the files of rows once it is certain that the rows no longer name them."""
    storage = table._meta.get_field("file").storage
    for name in [row.file.name for row in rows]:
        transaction.on_commit(partial(storage.delete, name))


def _blank_person(person, *, at) -> None:
    """A former member without a name: what others decided or did with them still has somebody to point at."""
    if person.photo:
        transaction.on_commit(partial(person.photo.storage.delete, person.photo.name))
    for name, blank in EMPTIED.items():
        setattr(person, name, blank)
    person.name, person.erased_at = "", at
    person.revision += 1
    person.save()
    for table in PUT_AWAY:
        if table is not Affiliation:  # a term, which ends
            table.objects.filter(person=person.pk).delete()
    for table, _act, _name in ENDINGS:
        words = {"end_reason": "", "position": ""} if table is Affiliation else {"end_reason": ""}
        table.objects.filter(person=person).update(**words)


def _blank_protection(user) -> None:
    """Nothing is left to open, and nobody goes by the handle. The row stays, since it is what hides that somebody was
    there: without it, their memberships, acts and applications would come to light.
    """
    Unsealing.objects.filter(protection__user=user).update(protection=None)
    blank = {"key": "", "identity": "", "handle": uuid4().hex, "public_id": uuid4(), "avatar": 0}
    Protection.objects.filter(user=user).update(**blank, listed_for=[], region=None, lowers_at=None)


def _blank_login(user) -> None:
    """A login that nobody can use again, with an address that is none."""
    addresses = {user.email, *EmailAddress.objects.filter(user=user).values_list("email", flat=True)}
    EntryLink.objects.filter(email__in={address.lower() for address in addresses}).delete()
    EntryLink.objects.filter(application__applicant=user).delete()
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user_id=user.pk).delete()
    accounts.end_sessions(user=user, by=None, reason="erased")
    user.email = f"{user.public_id}@erased.invalid"
    user.language, user.time_zone, user.last_login, user.is_active = "en", "UTC", None, False
    user.set_unusable_password()
    user.save()
    rights.recompute(user)

"""Protection is raised by the person alone and at once, and lowered after a waiting time."""

import logging
import secrets

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from members.actions import accounts, correspondence, downloads, people, rights, sealed_papers, sealing
from members.audit import record
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.kernel.sealing import new_key, seal, wrap
from members.models import Person, Protection, User
from members.permissions.protection import hidden_applications
from members.queries.sealed import ADDRESS, context_of, identity_of, key_of, region_of
from members.rules import protection as rules
from members.signals import address_sealed, protection_raised

AVATARS = 2**31
logger = logging.getLogger(__name__)


def _locked_user(user: User) -> User:
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _locked(user: User) -> Protection:
    """The protection of a login, locked with the login and its person."""
    _locked_user(user)
    found = Protection.objects.select_for_update(of=("self",)).select_related("user").filter(user=user).first()
    if found is None:
        raise Refused(_("You are not protected."), code="not-protected")
    return found


def _new_handle() -> str:
    return rules.new_handle(secrets.randbelow, taken=lambda handle: Protection.objects.filter(handle=handle).exists())


# --- Raising ------------------------------------------------------------------------------------------------------


@transaction.atomic
def protect(*, user, by, session_key="") -> Protection:
    """Protect whoever is behind a login, at once: seal what tells who they are, and hide the rest.

    All other sessions end, downloads that lie ready are deleted, and nothing of when and where the login was used is
    kept from now on. Doing so twice changes nothing. Raises Refused, code `oneself`, where another asks for it.
    """
    if user != by:
        raise Refused(_("Everybody protects themselves alone."), code="oneself")
    user = _locked_user(user)
    known = Protection.objects.filter(user=user).first()
    if known:
        return known
    person = Person.objects.select_for_update(of=("self",)).filter(user=user).first()
    protection = Protection(user=user, person=person, handle=_new_handle(), avatar=secrets.randbelow(AVATARS))
    protection.region = region_of(person.country if person else None)
    downloads.expire(user.downloads.all())
    key, protection.key = new_key(context_of(protection))
    protection.save()
    former = user.email
    identity = sealing.put_away(user=user, person=person)
    protection.identity = seal(key, identity, context_of(protection))
    protection.save(update_fields=["identity"])
    correspondence.end_all(user=user)
    protection_raised.send(Protection, protection=protection, former_address=former)
    record(Verb.PROTECTION_RAISED, target=protection, by=by)
    accounts.forget_traces(user=user, but=session_key)
    rights.recompute(user)
    return protection


def enter(*, user, fields) -> Person:
    """The record of a protected applicant who is admitted: sealed in the same transaction, and the one known if any.

    Call it inside the act of admitting.
    """
    protection = _locked(user)
    if protection.person_id:
        return protection.person
    country = fields.get("country")
    person = people.enter(user=user, by=None, **fields)
    identity = identity_of(protection) | sealing.profile_of(person)
    protection.person, protection.region = person, region_of(country)
    protection.identity = seal(key_of(protection), identity, context_of(protection))
    protection.save(update_fields=["person", "region", "identity"])
    return person


def put_away_ended() -> int:
    """Seal what belongs to applications of protected members that have ended since; says of how many members."""
    held = Protection.objects.sealed().filter(user__in=hidden_applications().values("applicant"))
    owners = User.objects.filter(pk__in=held.values("user")).order_by("pk")
    return sum(_put_away_ended(user) for user in owners)


@transaction.atomic
def _put_away_ended(user: User) -> bool:
    protection = _locked(user)
    texts = sealed_papers.put_away(hidden_applications().filter(applicant=user))
    if texts:
        identity = identity_of(protection)
        identity[sealing.TEXTS] += texts
        protection.identity = seal(key_of(protection), identity, context_of(protection))
        protection.save(update_fields=["identity"])
    return bool(texts)


# --- While it stands ----------------------------------------------------------------------------------------------


@transaction.atomic
def list_for(*, user, listed_for, by, takes_messages=True) -> Protection:
    """Choose to whom one is listed under the handle, to nobody if none is chosen, and whether they may write to one.

    Raises Refused, code `not-offered`.
    """
    protection = _locked(user)
    rules.ensure_listable(listed_for)
    protection.listed_for = sorted(set(listed_for))
    protection.takes_messages = takes_messages
    protection.save(update_fields=["listed_for", "takes_messages"])
    record(Verb.PROTECTION_LISTED, target=protection, by=by)
    return protection


@transaction.atomic
def rename(*, user, by) -> Protection:
    """Take a new handle and a new picture: nothing leads from the old one to it but the portal's own record.

    What was written under the old one ends, and stays to be read.
    """
    protection = _locked(user)
    correspondence.end_all(user=user)
    protection.handle, protection.avatar = _new_handle(), secrets.randbelow(AVATARS)
    protection.save(update_fields=["handle", "avatar"])
    record(Verb.PROTECTION_RENAMED, target=protection, by=by)
    return protection


def renew_address(*, user) -> None:
    """Seal an address that its owner has just changed to. Call it inside the act of changing it."""
    protection, address = _locked(user), user.email
    identity = identity_of(protection) | {ADDRESS: address}
    protection.identity = seal(key_of(protection), identity, context_of(protection))
    protection.save(update_fields=["identity"])
    sealing.hide_address(user)
    address_sealed.send(Protection, protection=protection, former_address=address)


def rotate() -> int:
    """Seal every protection by the newest key of the key service, each in a transaction of its own; says how many."""
    users = list(User.objects.filter(protection__in=Protection.objects.sealed()).order_by("pk"))
    for user in users:
        _rewrap(user)
    return len(users)


@transaction.atomic
def _rewrap(user: User) -> None:
    protection = _locked(user)
    key, address = key_of(protection), identity_of(protection)[ADDRESS]
    protection.key = wrap(key, context_of(protection))
    protection.save(update_fields=["key"])
    user.email = address
    sealing.hide_address(user)


# --- Lowering -----------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_to_lower(*, user, by) -> Protection:
    """Ask for the protection to be lowered, which happens after the waiting time. Raises Refused, code `asked`."""
    protection = _locked(user)
    rules.ensure_may_ask(lowers_at=protection.lowers_at)
    protection.lowers_at = database_now() + rules.LOWERING_TAKES
    protection.save(update_fields=["lowers_at"])
    record(Verb.LOWERING_ASKED, target=protection, by=by)
    return protection


@transaction.atomic
def keep(*, user, by) -> Protection:
    """Take back that one asked to lower it. Raises Refused, code `not-asked`."""
    protection = _locked(user)
    rules.ensure_asked(lowers_at=protection.lowers_at)
    protection.lowers_at = None
    protection.save(update_fields=["lowers_at"])
    record(Verb.LOWERING_STOPPED, target=protection, by=by)
    return protection


@transaction.atomic
def lower(*, protection) -> None:
    """Lower a protection whose waiting time is over: everything stands again as it was when it was raised.

    Raises Refused, code `not-protected`, `not-asked` or `not-due`.
    """
    protection = _locked(protection.user)
    rules.ensure_due(lowers_at=protection.lowers_at, now=database_now())
    user, identity = protection.user, identity_of(protection)
    downloads.expire(user.downloads.all())
    person = Person.objects.select_for_update(of=("self",)).filter(pk=protection.person_id).first()
    sealing.bring_back(user=user, person=person, identity=identity, raised_at=protection.raised_at)
    correspondence.end_all(user=user)
    protection.delete()
    record(Verb.PROTECTION_LOWERED, target=User.objects.get(pk=user.pk), by=user)
    rights.recompute(user)


def lower_due() -> int:
    """Lower all that is due, each in a transaction of its own; says how many. One that fails holds up no other."""
    count = 0
    for protection in Protection.objects.due(at=database_now()).select_related("user").order_by("pk"):
        try:
            lower(protection=protection)
            count += 1
        except Refused:  # its owner, or another worker, was faster
            continue
        except Exception:
            logger.exception("A protection could not be lowered.")
    return count

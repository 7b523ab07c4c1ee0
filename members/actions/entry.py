"""Getting in by a link sent by e-mail: asking for one, inviting, using it, and clearing old ones away."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.actions import accounts, applications, organisations, people, protection, rights
from members.audit import record
from members.choices.applications import LinkPurpose
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.clock import database_now
from members.kernel.refusals import Refused
from members.kernel.tokens import derived_tokens, digest, token_behind
from members.models import Application, EntryLink, Membership, Organisation, Person, Representation, User
from members.permissions.organisations import visible_to
from members.permissions.protection import is_protected
from members.permissions.table import Right
from members.rules.entry import (
    INVITATIONS_COUNT_FOR,
    LINK_VALIDITY,
    ensure_not_too_often,
    ensure_still_there,
    ensure_usable,
)

INVITATIONS_AT_ONCE = 20


@dataclass(frozen=True)
class Entered:
    """Who came in by a link, to which application, and what of the link's purpose was refused."""

    user: User
    purpose: LinkPurpose
    application: Application | None = None
    refused: Refused | None = None


# --- Asking ------------------------------------------------------------------------------------------------------


def _link(**columns) -> EntryLink:
    link = EntryLink(expires_at=database_now() + LINK_VALIDITY, **columns)
    link.email = link.email.strip().lower()
    link.token_digest = digest(next(derived_tokens("entry", link.public_id.hex)))
    link.save()
    return link


@transaction.atomic
def ask(*, email, language, by=None, tier=None) -> EntryLink:
    """Write a link for an address, to open an application for a tier or, without one, to come back to an account.

    The same is looked up about every address, and nothing is said of it, so that nothing can be learned by asking; what
    it leads to is found when it is used. The record makes the mail.
    """
    purpose = LinkPurpose.APPLICATION if tier else LinkPurpose.RETURN
    known = User.objects.by_email(email)
    link = _link(email=known.email if known else email, language=language, purpose=purpose, tier=tier)
    record(Verb.ENTRY_ASKED, target=link, by=by, purpose=purpose, language=language)
    return link


@transaction.atomic
def enter_paper(*, tier, email, received_on, by) -> Application:
    """Enter an application that came on paper, and write its applicant a link to it: both or neither.

    Raises Refused as `applications.enter_paper` does.
    """
    application = applications.enter_paper(tier=tier, email=email, received_on=received_on, by=by)
    ask(email=application.applicant.email, language=application.applicant.language, by=by)
    return application


@transaction.atomic
def invite(*, organisation, email, role, by, language="en") -> EntryLink:
    """Invite an address to speak for a member organisation. An earlier invitation to it is void from now on.

    Raises Refused, code `not-a-member`, `role-taken`, `already-speaks`, `too-many` or `too-often`.
    """
    now = database_now()
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    email = email.strip().lower()
    if not Membership.objects.in_force(on=now.date()).filter(organisation=organisation).exists():
        raise Refused(_("Only a member organisation has representatives."), code="not-a-member")
    in_force = Representation.objects.in_force(on=now.date()).filter(organisation=organisation)
    if in_force.filter(person__user__email=email).exists():
        raise Refused(_("This person speaks for the organisation already."), code="already-speaks", field="email")
    if role != RepresentationRole.DELEGATE and in_force.filter(role=role).exists():
        raise Refused(
            _("The organisation has such a representative already. End that first."), code="role-taken", field="role"
        )
    open_now = EntryLink.objects.invitations_to(organisation).usable(at=now)
    open_now.filter(email=email).update(expires_at=now)
    if open_now.count() >= INVITATIONS_AT_ONCE:
        raise Refused(_("Too many invitations are open. Wait until some are answered."), code="too-many")
    lately = EntryLink.objects.invitations().since(now - INVITATIONS_COUNT_FOR)
    ensure_not_too_often(to_address=lately.filter(email=email).count(), by_inviter=lately.filter(invited_by=by).count())
    link = _link(
        email=email,
        language=language,
        purpose=LinkPurpose.INVITATION,
        organisation=organisation,
        representation_role=role,
        invited_by=by,
    )
    facts = {"organisation": organisation.pk, "role": role, "language": language}
    record(Verb.REPRESENTATIVE_INVITED, target=link, by=by, **facts)
    return link


@transaction.atomic
def withdraw_invitation(*, link, by) -> EntryLink:
    """Void an invitation that nobody has used. Raises Refused, code `used` or `expired`."""
    now = database_now()
    link = EntryLink.objects.select_for_update(of=("self",)).get(pk=link.pk, purpose=LinkPurpose.INVITATION)
    ensure_usable(used_at=link.used_at, expires_at=link.expires_at, now=now)
    link.expires_at = now
    link.save(update_fields=["expires_at"])
    record(Verb.INVITATION_WITHDRAWN, target=link, by=by, organisation=link.organisation_id)
    return link


def address_of(link: EntryLink) -> str:
    """The path that a link's mail leads to, for whoever builds the mail. It is a secret: never store or log it.

    Where the server's keys have been replaced since, it is the page where one asks for a fresh link.
    """
    token = token_behind(link.token_digest, purpose="entry", name=link.public_id.hex)
    return reverse("members:entry-link", args=[token]) if token else reverse("members:enter")


# --- Using -------------------------------------------------------------------------------------------------------


def find(*, token) -> EntryLink:
    """The link of a secret, if it would let its reader in now. Raises Refused, code `unknown`, `used` or `expired`."""
    link = EntryLink.objects.select_related("tier", "organisation").filter(token_digest=digest(token)).first()
    return _ensured(link)


def _ensured(link: EntryLink | None) -> EntryLink:
    if link is None:
        raise Refused(_("This link is not one of ours, or too old to be remembered."), code="unknown")
    ensure_usable(used_at=link.used_at, expires_at=link.expires_at, now=database_now())
    return link


@transaction.atomic
def use(*, token, by, name="") -> Entered:
    """Use a link once: find or open the login of its address, and do what the link is for.

    `by` is who is signed in at that browser, if anybody; the login is found by the link alone. `name` is asked of an
    invited person whom the platform does not know. Raises Refused, code `unknown`, `used`, `expired`, `no-account`,
    `closed`, `name-missing`, `inviter-gone`, or as `organisations.appoint_representative` does; then nothing has
    changed and the link is as good as before.
    """
    locked = EntryLink.objects.select_for_update(of=("self",))
    link = _ensured(locked.filter(token_digest=digest(token)).first())
    user = _login_of(link)
    link.used_at, link.email = database_now(), user.email
    link.save(update_fields=["used_at", "email"])
    record(Verb.ENTRY_USED, target=link, by=user, purpose=link.purpose)
    if link.purpose == LinkPurpose.INVITATION:
        _accept(link, user, name)
    if link.purpose == LinkPurpose.APPLICATION:
        return _opened(link, user)
    return Entered(user, LinkPurpose(link.purpose))


def _login_of(link: EntryLink) -> User:
    """The login of the link's address. A link to come back opens none."""
    user = User.objects.by_email(link.email)
    if user is None and link.purpose == LinkPurpose.RETURN:
        raise Refused(_("Nothing has been begun under this address yet."), code="no-account")
    if user is None:
        try:
            return accounts.open_login(email=link.email, language=link.language, by=None)
        except Refused:  # another link of the same address was used at the same moment
            user = User.objects.by_email(link.email)
    ensure_still_there(is_active=user.is_active)
    accounts.prove_address(user)
    return user


def _opened(link: EntryLink, user: User) -> Entered:
    """Start the application or find the pending one. A refusal keeps nobody out of an account."""
    try:
        with transaction.atomic():
            application = applications.start(tier=link.tier, user=user, by=user)
    except Refused as refused:
        return Entered(user, LinkPurpose.APPLICATION, refused=refused)
    return Entered(user, LinkPurpose.APPLICATION, application=application)


def _accept(link: EntryLink, user: User, name: str) -> None:
    """Let the invited person speak for the organisation, in the name of the inviter, if that one still may."""
    inviter = link.invited_by
    rights.recompute(inviter)
    managed = visible_to(inviter, right=Right.MANAGE_ORGANISATION, on=database_now().date())
    if not managed.filter(pk=link.organisation_id).exists():
        raise Refused(
            _("Whoever invited you may no longer do so. Ask the organisation for a new invitation."),
            code="inviter-gone",
        )
    person = getattr(user, "person", None)
    if person is None:
        if not name.strip():
            raise Refused(_("Write your name, so that others know you."), code="name-missing", field="name")
        person = _entered(user, name.strip())
    organisations.appoint_representative(
        organisation=link.organisation, person=person, role=link.representation_role, by=inviter
    )


def _entered(user: User, name: str) -> Person:
    """The record of an invited person whom the platform did not know; a protected one's is sealed at once."""
    if is_protected(user):
        return protection.enter(user=user, fields={"name": name})
    return people.enter(name=name, user=user, by=user)

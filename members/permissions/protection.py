"""Whom protection hides from whom: subtracted from every list and door, after all grants."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q

from members.choices.applications import ENDED
from members.models import (
    Affiliation,
    Application,
    Consent,
    Correction,
    Correspondence,
    Document,
    Download,
    EntryLink,
    Erasure,
    InformationRequest,
    LostFactor,
    Membership,
    Person,
    Protection,
    Referee,
    Representation,
    User,
)
from members.permissions.fields import audiences_of

OWNERS = {
    User: "protection",
    Person: "protection",
    Affiliation: "person__protection",
    Membership: "person__protection",
    Representation: "person__protection",
    Consent: "user__protection",
    Correction: "user__protection",
    Download: "user__protection",
    Erasure: "user__protection",
    LostFactor: "user__protection",
    EntryLink: "invited_by__protection",
    Application: "applicant__protection",
    Document: "application__applicant__protection",
    InformationRequest: "application__applicant__protection",
    Referee: "application__applicant__protection",
}
"""By which path a row belongs to a protected member. A test sees to it that no table is missing here."""


def is_protected(user) -> bool:
    """Whether a login is of a protected member. The user of a request comes with the answer."""
    return user is not None and user.is_authenticated and getattr(user, "protection", None) is not None


def unprotected(rows, *, path: str = ""):
    """Of some rows, those that belong to nobody who is protected."""
    return rows.filter(**{f"{path or OWNERS[rows.model]}__isnull": True})


def knows_of(user) -> Q:
    """The people of whom protection lets a viewer know: all that are not protected, oneself, and handles listed to
    an audience of the viewer.
    """
    own = Q(user=user) if user is not None and user.is_authenticated else Q(pk__in=[])
    return Q(protection__isnull=True) | own | Q(protection__in=listed_to(user).values("pk"))


def listed_to(user):
    """The protections listed under their handle to a viewer."""
    if user is None or not user.is_authenticated or not user.is_active:
        return Protection.objects.none()
    return Protection.objects.listed_for(audiences_of(user))


def hidden_applications():
    """The applications of protected members that have ended: nobody but they themselves knows of them."""
    return Application.objects.filter(applicant__protection__isnull=False, state__in=sorted(ENDED))


def record_without_the_protected(rows):
    """Of the audit record, what neither was done by a protected member nor is about one."""
    rows = rows.filter(by__protection__isnull=True)
    of_protections = Protection.objects.all()
    owned = (model.objects.filter(**{f"{path}__isnull": False}) for model, path in OWNERS.items())
    for hidden in (of_protections, *owned):
        kind = ContentType.objects.get_for_model(hidden.model)
        rows = rows.exclude(target_type=kind, target_id__in=hidden.values("pk"))
    # Who writes to whom is nobody's business, and one of the two is protected.
    rows = rows.exclude(target_type=ContentType.objects.get_for_model(Correspondence))
    # An affiliation that is not there is one that was put away: no other ever goes.
    kind, there = ContentType.objects.get_for_model(Affiliation), Affiliation.objects.filter(pk=OuterRef("target_id"))
    return rows.exclude(Q(target_type=kind) & ~Exists(there))

"""Who reads a document of a group, and the door from an address to it.

A draft is read by who added it and who runs the group; what is retired, by the latter alone. What is out for comment
or final is read by its audience: who runs the group; its people, observers too; every member; or everybody. In no
case does anybody read a document of a group that they may not know of, or of a kind that has no documents.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from members.permissions.roles import may
from taskforces.choices import READ, DocumentAudience, DocumentStatus, Feature
from taskforces.models import DocumentComment, DocumentVersion, GroupDocument
from taskforces.permissions import groups
from taskforces.permissions.seats import known_to
from taskforces.permissions.table import GroupRight


def visible_to(user):
    """The documents a viewer may read."""
    known = groups.visible_to(user).filter(kind__features__contains=[Feature.DOCUMENTS])
    ran, attended, written = (
        groups.visible_to(user, right=right).values("pk")
        for right in (GroupRight.RUN, GroupRight.ATTEND, GroupRight.CONTRIBUTE)
    )
    audience = Q(audience=DocumentAudience.PUBLIC) | Q(audience=DocumentAudience.GROUP, group__in=attended)
    if may(user, GroupRight.SEE_ALL_GROUPS):
        audience |= Q(audience=DocumentAudience.MEMBERS)
    found = Q(status__in=READ) & audience
    if user.is_authenticated:
        found |= Q(group__in=ran)
        found |= Q(status=DocumentStatus.DRAFT, person__user=user, group__in=written)
    return GroupDocument.objects.filter(found, group__in=known.values("pk"))


def document_for(user, slug, public_id, *, to: GroupRight = GroupRight.SEE_GROUPS) -> GroupDocument:
    """The document at an address; with a right named, only for who has it on its group.

    Raises Http404 where the viewer may not read it, and PermissionDenied.
    """
    rows = visible_to(user).select_related("group__kind", "language")
    document = get_object_or_404(rows, group__slug=slug, public_id=public_id)
    if to != GroupRight.SEE_GROUPS and to not in groups.rights_on(document.group, user):
        raise PermissionDenied
    return document


def document_to_write(user, slug, public_id) -> GroupDocument:
    """The document at an address, for who may write it: who added it and contributes still, and who runs the group."""
    document = document_for(user, slug, public_id)
    rights = groups.rights_on(document.group, user)
    is_own = document.person_id is not None and document.person.user_id == user.pk
    if GroupRight.RUN not in rights and not (GroupRight.CONTRIBUTE in rights and is_own):
        raise PermissionDenied
    return document


def file_for(user, slug, public_id, *, number) -> DocumentVersion:
    """The version at an address that is a file, for who may read its document. Raises Http404."""
    documents = visible_to(user).filter(group__slug=slug, public_id=public_id)
    return get_object_or_404(DocumentVersion.objects.exclude(file=""), document__in=documents, number=number)


def comment_for(user, slug, public_id, *, on) -> DocumentComment:
    """The comment at an address that waits for an answer, for who runs the group and knows who wrote it.

    Raises Http404 where the viewer may not read it, and PermissionDenied.
    """
    group = groups.group_with(user, slug, Feature.DOCUMENTS)
    readable = visible_to(user).filter(group=group)
    known = DocumentComment.objects.filter(known_to(user, group, on=on), version__document__in=readable, disposition="")
    comment = get_object_or_404(known.select_related("version__document__group"), public_id=public_id)
    if GroupRight.RUN not in groups.rights_on(group, user):
        raise PermissionDenied
    return comment

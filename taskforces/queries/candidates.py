"""Whom somebody can invite or give a seat: people they know of, found by words of a name or by a handle."""

from django.db.models import Q

from members.kernel.text import fold, words_of
from members.models import StaffTerm
from members.permissions.people import belongs, visible_to
from members.queries.people import PersonView, project_all
from taskforces.models import WorkingGroup
from taskforces.permissions.seats import meets

MOST = 20


def candidates(group: WorkingGroup, viewer, words: str, *, on) -> list[tuple[int, PersonView]]:
    """Keys and views of the first people found. Without words nobody is.

    Protected members are found by who is in the group alone: whether one is in already, nobody else may learn.
    """
    wanted = words_of(words)
    if not wanted:
        return []
    serving = Q(pk__in=StaffTerm.objects.in_force(on=on).values("person"))
    found = visible_to(viewer, on=on).filter(belongs(on=on) | serving, user__is_active=True)
    by_handle = Q(protection__handle__iexact=words.strip()) if meets(viewer, group) else Q(pk__in=[])
    by_name = Q(protection__isnull=True)
    for word in wanted:
        by_name &= Q(sort_key__contains=fold(word)) | Q(name__icontains=word)
    people = list(found.filter(by_name | by_handle).with_everything().order_by("sort_key", "pk")[:MOST])
    return list(zip((person.pk for person in people), project_all(viewer, people, on=on), strict=True))

"""Who is told of what happens in working groups."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import Q

from members.models import AuditEvent, Person, SeatTerm
from secretariat.choices import Audience
from secretariat.permissions.readers import Reader, day_of, login, users
from taskforces.choices import DocumentAudience
from taskforces.models import (
    ActionItem,
    Charter,
    GroupDocument,
    GroupInvitation,
    JoinRequest,
    Meeting,
    Milestone,
    Output,
    WorkingGroup,
)
from taskforces.queries.seats import chairs_of, seats_on, told_of_step


def group_chairs(event):
    """Who chairs the working group that something is asked of: by a request, an answered invitation, a proposal."""
    asked: JoinRequest | GroupInvitation | Milestone = event.target
    return users(chairs_of(asked.group, on=day_of(event)).values("person"))


def group_people(event):
    """Everybody in a working group, and who was until it was concluded by this act."""
    group: WorkingGroup = event.target
    since = datetime.fromisoformat(event.facts["since"])
    return users(told_of_step(group, since=since, on=day_of(event)).values("person"))


def in_group(event):
    """Everybody who has a seat in the group that meets, or whose charter it is; observers among them."""
    row: Meeting | Charter = event.target
    return users(seats_on(row.group, on=day_of(event)).values("person"))


def action_owner(event):
    """Who took something on, if anybody did."""
    item: ActionItem = event.target
    return login(item.owner.user) if item.owner else iter(())


def document_readers(event):
    """Everybody in a group whose document or output it is; where only chairs read a document, they alone."""
    row: GroupDocument | Output = event.target
    is_for_chairs = isinstance(row, GroupDocument) and row.audience == DocumentAudience.CHAIRS
    seats_told = chairs_of if is_for_chairs else seats_on
    return users(seats_told(row.group, on=day_of(event)).values("person"))


def authors(event):
    """The authors of an output who are asked whether to be named."""
    output: Output = event.target
    return users(output.authors.filter(person__isnull=False).values("person"))


def charter_readers(event):
    """Everybody in the working group whose charter it is, and who fills a steering seat."""
    charter: Charter = event.target
    on = day_of(event)
    told = Q(pk__in=seats_on(charter.group, on=on).values("person"))
    return users(Person.objects.filter(told | Q(pk__in=SeatTerm.objects.in_force(on=on).values("person"))).values("pk"))


GROUP_READERS: dict[Audience, Callable[[AuditEvent], Iterable[Reader]]] = {
    Audience.GROUP_CHAIRS: group_chairs,
    Audience.GROUP_PEOPLE: group_people,
    Audience.IN_GROUP: in_group,
    Audience.ACTION_OWNER: action_owner,
    Audience.DOCUMENT_READERS: document_readers,
    Audience.AUTHORS: authors,
    Audience.CHARTER_READERS: charter_readers,
}

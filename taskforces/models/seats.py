"""Who is in a working group, as what, from when to when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.terms import PERSONAL, Term, ended_once, exclusive, term_constraints
from members.models import Person
from taskforces.choices import ONE_AT_A_TIME, SeatKind
from taskforces.models.groups import WorkingGroup


class GroupSeat(Term):
    """A person in a working group. One seat each at a time, and one holder of an office at a time."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="group_seats")
    role = models.CharField(_("role"), max_length=20, choices=SeatKind)

    class Meta:
        verbose_name = _("seat in a working group")
        verbose_name_plural = _("seats in working groups")
        constraints = [
            term_constraints("group_seat"),
            exclusive("group_seat_once_each", "group", "person"),
            exclusive("group_seat_one_of_an_office", "group", "role", condition=Q(role__in=ONE_AT_A_TIME)),
        ]
        triggers = ended_once(personal=PERSONAL)

    def __str__(self):
        return f"{self.get_role_display()} {self.pk}"

"""Working groups."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase

from members.kernel.clock import PortalNow
from members.kernel.lines import LineColumn, one_line
from members.kernel.text import fold
from members.models import Body, Country, Expertise, Tier
from taskforces.choices import GroupState
from taskforces.models.kinds import GroupKind


class WorkingGroup(models.Model):
    """A task force, a technical or regional group, a committee: one table, told apart by their kind.

    It has three bodies: its people but for observers, among them its chairs, and its observers. `countries`, `tiers`
    and `expertise` say who is eligible; an empty list asks for nothing.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    name = LineColumn(_("name"), max_length=160)
    short_name = LineColumn(_("short name"), max_length=30, blank=True)
    sort_key = models.CharField(max_length=200, editable=False)
    kind = models.ForeignKey(GroupKind, models.PROTECT, related_name="groups", verbose_name=_("kind"))
    purpose = models.TextField(_("purpose"), max_length=4000)
    state = models.CharField(_("state"), max_length=20, choices=GroupState, default=GroupState.PROPOSED)
    countries = models.ManyToManyField(Country, blank=True, related_name="+", verbose_name=_("countries"))
    tiers = models.ManyToManyField(Tier, blank=True, related_name="+", verbose_name=_("tiers"))
    expertise = models.ManyToManyField(Expertise, blank=True, related_name="+", verbose_name=_("expertise"))
    body = models.OneToOneField(Body, models.PROTECT, related_name="working_group")
    chairs = models.OneToOneField(Body, models.PROTECT, related_name="chaired_group")
    observers = models.OneToOneField(Body, models.PROTECT, related_name="observed_group")
    revision = models.PositiveIntegerField(default=0, editable=False)
    entered_at = models.DateTimeField(db_default=PortalNow())

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index("sort_key", "id", name="working_group_order")]
        constraints = [
            models.CheckConstraint(name="working_group_two_bodies", condition=~Q(body=models.F("chairs"))),
            models.CheckConstraint(
                name="working_group_third_body",
                condition=~Q(observers=models.F("body")) & ~Q(observers=models.F("chairs")),
            ),
        ]
        permissions = [
            ("see_roster", _("Can see who is in the working group")),
            ("meet_group", _("Can see everybody who is in the working group, handles included")),
            ("attend_group", _("Can read what the working group keeps for its people")),
            ("contribute_to_group", _("Can contribute to the working group")),
            ("run_group", _("Can run the working group")),
            ("manage_group_people", _("Can manage the people of the working group")),
            ("manage_group", _("Can manage the working group")),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_key = fold(one_line(self.name))[:200]
        super().save(*args, **kwargs)


class WorkingGroupGroupPermission(GroupObjectPermissionBase):
    """A grant to a body on one working group."""

    content_object = models.ForeignKey(WorkingGroup, models.CASCADE)

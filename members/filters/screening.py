"""Filters of the Secretariat's queue."""

import django_filters as filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.kernel.text import fold
from members.models import Application, Tier, User

MINE, NOBODYS = "mine", "nobody"


class QueueFilter(filters.FilterSet):
    """Search by number, name or address; filter by tier and by who has it. `user` is who is looking."""

    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    tier = filters.ModelMultipleChoiceFilter(label=_("Tier"), queryset=Tier.objects.all(), to_field_name="short_name")
    officer = filters.ChoiceFilter(
        label=_("With"),
        choices=[(MINE, _("Me")), (NOBODYS, _("Nobody yet"))],
        method="with_officer",
        empty_label=_("Anybody"),
    )

    class Meta:
        model = Application
        fields = ["q", "tier", "officer"]

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def used(self) -> int:
        """How many filters are in use."""
        return sum(bool(value) for value in self.form.cleaned_data.values()) if self.form.is_valid() else 0

    def search(self, applications, name, value):
        return applications.filter(
            Q(number__icontains=value)
            | Q(applicant__email__icontains=value)
            | Q(answers__identity__name__icontains=value)
            | Q(answers__organisation__name__icontains=value)
            | Q(person__sort_key__contains=fold(value))
            | Q(organisation__sort_key__contains=fold(value))
        )

    def with_officer(self, applications, name, value):
        return applications.filter(assigned_to=self.user if value == MINE else None)

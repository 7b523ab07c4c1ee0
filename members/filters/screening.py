"""Filters of the Secretariat's queue."""

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.choices.desk import SHELF_OF, SHELVES, Shelf
from members.kernel.text import fold
from members.models import Application, StaffTerm, Tier, User
from members.pages.lists import ListFilter
from members.queries.screening import names_of_logins

MINE, NOBODYS = "mine", "nobody"


class QueueFilter(ListFilter):
    """Search by number, name or address; filter by tier and by who has it. The shelf goes along and filters nothing.

    `viewer` is the officer who looks, `on` the day by which colleagues are in office.
    """

    shelf = filters.ChoiceFilter(
        choices=[(shelf.key, shelf.label) for shelf in SHELVES], widget=forms.HiddenInput, method="as_it_is"
    )
    q = filters.CharFilter(label=_("Search"), method="search", max_length=200)
    tier = filters.ModelMultipleChoiceFilter(
        label=_("Tier"),
        queryset=Tier.objects.all(),
        field_name="tier__short_name",
        to_field_name="short_name",
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    officer = filters.ChoiceFilter(label=_("With"), method="with_officer", empty_label=_("Anybody"))

    unmarked = ("shelf",)

    class Meta:
        model = Application
        fields = ["shelf", "q", "tier", "officer"]

    def __init__(self, *args, viewer, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        in_office = StaffTerm.objects.in_force(on=on).filter(person__user__isnull=False).exclude(person__user=viewer)
        colleagues = User.objects.filter(person__in=in_office.values("person"))
        names = names_of_logins(viewer, [user.pk for user in colleagues], on=on)
        named = sorted(((str(user.public_id), names[user.pk]) for user in colleagues), key=lambda pair: fold(pair[1]))
        self.filters["officer"].extra["choices"] = [(MINE, _("Me")), (NOBODYS, _("Nobody yet")), *named]

    @property
    def chosen_shelf(self) -> Shelf:
        """The shelf that is looked at: the first, unless another is asked for."""
        self.form.is_valid()
        return SHELF_OF.get(self.form.cleaned_data.get("shelf"), SHELVES[0])

    def as_it_is(self, applications, name, value):
        return applications

    def search(self, applications, name, value):
        return applications.filter(
            Q(number__icontains=value)
            | Q(applicant__email__icontains=value, applicant__protection__isnull=True)
            | Q(answers__identity__name__icontains=value)
            | Q(answers__identity__latin_name__icontains=value)
            | Q(answers__organisation__name__icontains=value)
            | Q(person__sort_key__contains=fold(value))
            | Q(organisation__sort_key__contains=fold(value))
        )

    def with_officer(self, applications, name, value):
        if value == NOBODYS:
            return applications.filter(assigned_to=None)
        if value == MINE:
            return applications.filter(assigned_to=self.viewer)
        return applications.filter(assigned_to__public_id=value)

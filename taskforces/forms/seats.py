"""Whom to invite into a group or to give a seat, and as what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.kernel.widgets import DateInput, HintedRadios
from members.models import Person
from taskforces.choices import SeatKind


class SearchForm(forms.Form):
    """Words of a name."""

    q = forms.CharField(
        label=_("Name"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )

    @property
    def words(self) -> str:
        return self.cleaned_data["q"] if self.is_valid() else ""


class SeatForm(forms.Form):
    """One of the people who were found, and a role. `found` are their keys and views; `roles` what may be given."""

    person = forms.ChoiceField(label=_("Person"), widget=HintedRadios)
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args, found, roles, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {str(view.public_id): key for key, view in found}
        self.fields["person"].choices = [(str(view.public_id), view.name) for _key, view in found]
        self.fields["person"].widget.hints = {str(view.public_id): view.posts or view.region for _key, view in found}
        self.fields["role"].choices = [(role, SeatKind(role).label) for role in roles]

    def clean_person(self):
        return Person.objects.get(pk=self.keys[self.cleaned_data["person"]])


class GrantForm(SeatForm):
    """A seat given outright, for a time."""

    ends_on = forms.DateField(
        label=_("First day no longer in the group"),
        required=False,
        widget=DateInput,
        help_text=_("Leave it empty for a seat without an end. It ends at midnight UTC."),
    )

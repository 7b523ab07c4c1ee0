"""The shape of keeping a search, and of asking for an export."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import SavedSearch

LONGEST_QUERY = 8_000


class SearchForm(forms.ModelForm):
    """A name for the search that stands on the page."""

    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)

    class Meta:
        model = SavedSearch
        fields = ["name"]
        labels = {"name": _("Name of the search")}

    def values(self) -> dict:
        return {"name": self.cleaned_data["name"]}


class RenameSearchForm(forms.ModelForm):
    """Another name for a search."""

    class Meta:
        model = SavedSearch
        fields = ["name"]
        labels = {"name": _("Name of the search")}


class ExportForm(forms.Form):
    """Why people's data is to leave the portal."""

    query = forms.CharField(max_length=LONGEST_QUERY, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("What do you need it for?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept with the export: who took it, when, what was asked and how many people it held."),
    )

    def values(self) -> dict:
        return {"reason": self.cleaned_data["reason"]}

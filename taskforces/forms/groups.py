"""The shape of a working group, of its steps, and of what is said with a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.kernel.entries import GroupedChoices, SortedChoices
from members.kernel.widgets import FoldedCheckboxes, HintedCheckboxes, HintedRadios
from members.models import Country, Expertise, Tier
from members.pages.revisions import RevisionForm
from taskforces.choices import GroupState
from taskforces.models import WorkingGroup


class SortedField(forms.ModelMultipleChoiceField):
    iterator = SortedChoices


class GroupedField(forms.ModelMultipleChoiceField):
    iterator = GroupedChoices


class GroupForm(RevisionForm):
    """What a group is, and whom it is for."""

    countries = SortedField(
        label=_("Countries"),
        queryset=Country.objects.in_use(),
        required=False,
        widget=FoldedCheckboxes(more=_("All countries")),
        help_text=_("Eligible is who lives or works in one of them, or belongs to an organisation seated there."),
    )
    tiers = SortedField(
        label=_("Tiers"),
        queryset=Tier.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Eligible is who is in one of them. None chosen: all."),
    )
    expertise = GroupedField(
        label=_("Expertise"),
        queryset=Expertise.objects.none(),
        required=False,
        widget=HintedCheckboxes,
        help_text=_("Eligible is who works in one of these fields. None chosen: all."),
    )

    class Meta:
        model = WorkingGroup
        fields = ["name", "short_name", "kind", "purpose", "countries", "tiers", "expertise"]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"purpose": _("What the group is for. It stands on its public page. Plain text.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = Expertise.objects.select_related("parent")
        self.fields["expertise"].queryset = fields.filter(children__isnull=True, retired_on__isnull=True)


class EntryForm(GroupForm):
    """A group that is entered, and why it is proposed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who asks for the group, and why now. It stays in the group's history, which members read."),
    )

    def values(self):
        """What to enter: no revision, since nothing is there yet."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class StepForm(forms.Form):
    """Into which state a group goes, and why."""

    state = forms.ChoiceField(label=_("New state"), widget=HintedRadios)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the group's history, which members read."),
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(state.value, state.label) for state in states]
        self.fields["state"].widget.hints = {
            GroupState.CONCLUDED.value: _("Ends all seats today. It cannot be taken back."),
            GroupState.DORMANT.value: _("People keep their seats; nobody joins."),
        }


class JoinForm(forms.Form):
    """What somebody says who asks to join."""

    message = forms.CharField(
        label=_("What you would bring"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the chairs alone. You can leave it empty."),
    )


class ReasonForm(forms.Form):
    """Why somebody is not taken in."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever asked reads it."),
    )

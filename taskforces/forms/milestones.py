"""Forms of milestones."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.kernel.widgets import HintedRadios
from members.pages.revisions import RevisionForm
from taskforces.choices import MilestoneState
from taskforces.models import Milestone


class MilestoneForm(RevisionForm):
    """What is to be reached, and by when."""

    class Meta:
        model = Milestone
        fields = ["title", "details", "due_on"]
        widgets = {
            "details": forms.Textarea(attrs={"rows": 4}),
            "due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"due_on": _("You can leave it empty: a milestone may stand without a date.")}


class ProposalForm(MilestoneForm):
    """A milestone that is not there yet."""

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class EndForm(forms.Form):
    """What came of a milestone."""

    state = forms.ChoiceField(label=_("What became of it"), widget=HintedRadios)
    outcome = forms.CharField(
        label=_("What came of it"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was reached, or why it is dropped."),
    )
    evidence = forms.URLField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("The address of what shows it, if there is one."),
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        endings = [state for state in states if state != MilestoneState.CURRENT]
        self.fields["state"].choices = [(state.value, state.label) for state in endings]
        self.fields["state"].widget.hints = {}

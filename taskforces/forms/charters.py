"""The shape of a charter, of what is said to it, and of what becomes of that."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.kernel.widgets import DateInput, HintedRadios
from members.pages.revisions import RevisionForm
from taskforces.choices import Disposition
from taskforces.models import Charter
from taskforces.models.charters import CONTENT, SECTIONS
from taskforces.queries.charters import in_preparation

HELP = {
    "scope": _("What the group deals with, and what it does not."),
    "aims": _("What will be there when it has done its work."),
    "powers": _("What it decides itself, and in whose name it speaks."),
    "reserved": _("What it puts to the steering committee instead."),
    "membership": _("Who is in it, who can come in, and who lets them."),
    "mandate_ends_on": _("Leave it empty for a group without an end."),
    "review_on": _("The day by which the committee looks whether the charter still holds."),
}


class CharterForm(RevisionForm):
    """The text of a charter. It can be saved unfinished; it must be whole when it is handed in."""

    class Meta:
        model = Charter
        fields = CONTENT
        widgets = {name: forms.Textarea(attrs={"rows": 7}) for name in SECTIONS} | dict.fromkeys(
            ("mandate_ends_on", "review_on"), DateInput
        )
        help_texts = HELP

    def refuse(self, refused):
        """As every form with a revision; where somebody began the charter meanwhile, it goes on from theirs."""
        if refused.code == "stale" and self.instance.pk is None:
            self.instance = in_preparation(self.instance.group)
        super().refuse(refused)


class ReleaseForm(forms.Form):
    """How long members will have for their comments."""

    comment_days = forms.IntegerField(
        label=_("Days for comment"), help_text=_("From the day on which the committee releases it.")
    )


class CommentForm(forms.Form):
    """What a member says to a charter."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say which part you mean and what should stand there. All members read it, with your name."),
    )


class DispositionForm(forms.Form):
    """What becomes of a comment, and why."""

    disposition = forms.ChoiceField(label=_("What becomes of it"), choices=Disposition, widget=HintedRadios)
    answer = forms.CharField(
        label=_("Answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("All members read it beside the comment, and its author is told."),
    )


class AbandonForm(forms.Form):
    """Why a charter is given up."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The group reads it."),
    )

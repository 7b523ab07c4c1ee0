"""The shape of what is written in a ballot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.ballots import ConflictAnswer, Position
from members.kernel.tokens import new_token
from members.kernel.widgets import DateInput, HintedRadios
from members.permissions.matters import matter_of
from members.rules.decision_rules import Procedure
from members.rules.screening import default_due_on

HINTS = {
    Position.ABSTAIN: _("present, not deciding"),
    Position.HOLD: _("blocks until your concern is answered"),
}
NEEDS_REASON = _("{hint}; needs a reason")


class PositionForm(forms.Form):
    """A seat's position, tied to the page it was decided on.

    Give it the `ballot` and, where it is shown and not taken, the `page` that it stands on.
    """

    position = forms.ChoiceField(
        label=_("Position"),
        widget=HintedRadios,
        error_messages={
            "required": _(
                "Choose a position; nothing was recorded. Abstain is present without deciding; a seat that "
                "sends nothing stays silent."
            )
        },
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    nonce = forms.CharField(widget=forms.HiddenInput, max_length=64)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, ballot, page=None, without=(), **kwargs):
        super().__init__(*args, initial=self._start(page, without) if page else {}, **kwargs)
        procedure = Procedure.from_settings(ballot.rule_snapshot["settings"])
        options = [Position(option) for option in ballot.options if option not in without]
        self.fields["position"].choices = [(option.value, option.label) for option in options]
        words = matter_of(ballot).words
        hints = HINTS | {Position.YES: words.yes, Position.NO: words.no}
        self.fields["position"].widget.hints = {
            option: self._hint(hints[option], needed=option in procedure.reasons_required) for option in options
        }
        self.fields["reason"].help_text = words.reason[procedure.visibility]
        self.fields["reason"].unmarked = True

    @staticmethod
    def _start(page, without):
        held = page.own if page.own and page.own.choice not in without else None
        start = {"position": held.choice, "reason": held.reason} if held else {}
        return start | {"nonce": new_token(), "based_on": page.last_sequence}

    @staticmethod
    def _hint(hint, *, needed):
        return str(NEEDS_REASON).format(hint=hint) if needed else hint

    def values(self):
        """What casting takes."""
        given = self.cleaned_data
        return {"choice": given["position"], **{name: given[name] for name in ("reason", "nonce", "based_on")}}

    def renew(self, page):
        """After a refusal: keep what was typed, and tie it to the page as it stands now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("nonce")], self.data[self.add_prefix("based_on")] = new_token(), page.last_sequence


class ConflictForm(forms.Form):
    """The question that comes first."""

    answer = forms.ChoiceField(
        label=_("Do you have a conflict of interest in this matter?"),
        choices=ConflictAnswer.choices,
        widget=HintedRadios(
            hints={
                ConflictAnswer.NONE: _("you read the dossier and vote"),
                ConflictAnswer.CONFLICTED: _("you stand aside at once; this cannot be undone"),
                ConflictAnswer.UNSURE: _("you may read; settle it with the chair before you vote"),
            }
        ),
        error_messages={"required": _("Choose one of the three. Nothing was recorded.")},
    )
    note = forms.CharField(
        label=_("Note for the chair"),
        help_text=_("Read by the chair and the Secretariat only."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CommentForm(forms.Form):
    """A contribution to the discussion."""

    text = forms.CharField(label=_("Your contribution"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class OpeningForm(forms.Form):
    """For how long a ballot is open. Give it the `procedure` of its rule."""

    days = forms.IntegerField(label=_("Days open"), max_value=90)

    def __init__(self, *args, procedure, **kwargs):
        super().__init__(*args, initial={"days": procedure.default_opening_days}, **kwargs)
        self.fields["days"].help_text = _("The rule asks for at least {days}.").format(
            days=procedure.minimum_opening_days
        )
        self.fields["days"].widget.attrs |= {"min": procedure.minimum_opening_days, "max": 90}


class WithdrawalForm(forms.Form):
    """Why a ballot is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("It stands in the log of the ballot."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ConcernQuestionForm(forms.Form):
    """A concern of the committee as a question to the applicant."""

    question = forms.CharField(
        label=_("Question"),
        help_text=_("The applicant reads it as it stands here. Do not name the seat, nor anything that shows which."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=DateInput)

    def __init__(self, *args, concern, today, **kwargs):
        super().__init__(*args, initial={"question": concern.text, "due_on": default_due_on(today)}, **kwargs)

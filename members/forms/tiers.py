"""The shape of new versions of tiers' terms and of decision rules, in the administration."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.applications import DocumentKind
from members.kernel.refusals import Refused
from members.models import DecisionRule, TierTerms
from members.rules import tiers as rules
from members.rules.decision_rules import ensure_settings


class LinesField(forms.CharField):
    """A list of sentences, one a line."""

    widget = forms.Textarea(attrs={"rows": 8, "cols": 100})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """The rules on terms say what a list may hold."""

    def has_changed(self, initial, data):
        return self.to_python(data) != (initial or [])


class DataField(forms.JSONField):
    """JSON, written so that it can be read."""

    widget = forms.Textarea(attrs={"rows": 24, "cols": 100, "spellcheck": "false"})

    def prepare_value(self, value):
        if isinstance(value, forms.fields.InvalidJSONInput):
            return value
        return json.dumps(value, indent=2, ensure_ascii=False)


class DecisionRuleForm(forms.ModelForm):
    """A decision rule, with its settings checked before they become a version."""

    settings = DataField(label=_("Settings"), help_text=_('Fractions as text, such as "2/3".'))

    class Meta:
        model = DecisionRule
        fields = ["title", "source", "settings"]

    def clean_settings(self):
        settings = self.cleaned_data["settings"]
        try:
            ensure_settings(settings)
        except Refused as refused:
            raise forms.ValidationError(refused.message, code=refused.code) from refused
        return settings


ONE_A_LINE = _("One sentence a line.")


class TierTermsForm(forms.ModelForm):
    """A tier's terms, with its lists checked before they become a version."""

    gives = LinesField(label=_("What it gives"), required=False, help_text=ONE_A_LINE)
    commitments = LinesField(label=_("What one commits to"), required=False, help_text=ONE_A_LINE)
    criteria = LinesField(label=_("Criteria"), required=False, help_text=ONE_A_LINE)
    steps = LinesField(label=_("Pages of the application"))
    statements = DataField(
        label=_("Required statements"),
        required=False,
        help_text=_("A list, each entry with key, label, help and words (the most it may have)."),
    )
    documents = DataField(label=_("Documents asked for"), required=False)
    rule_key = forms.ChoiceField(label=_("Decision rule"))

    class Meta:
        model = TierTerms
        fields = [
            "summary",
            "who_for",
            "gives",
            "commitments",
            "criteria",
            "statements",
            "steps",
            "documents",
            "holder_kind",
            "term_months",
            "renewable",
            "seats",
            "referees_needed",
            "reapply_after_days",
            "rule_key",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "rule_key" not in self.fields:  # looked at, not changed
            return
        keys = DecisionRule.objects.order_by("key").values_list("key", flat=True).distinct()
        self.fields["rule_key"].choices = [(key, key) for key in keys]
        pages, kinds = ", ".join(sorted(rules.PAGES)), ", ".join(DocumentKind.values)
        self.fields["steps"].help_text = _("One a line, in their order. There are: {pages}.").format(pages=pages)
        self.fields["documents"].help_text = _(
            "A list, each entry with kind, required and, where one kind of holder is asked, holder. Kinds: {kinds}."
        ).format(kinds=kinds)

    def clean(self):
        values = super().clean()
        keys = {key for key, _label in self.fields["rule_key"].choices}
        for problem in rules.problems(values, rule_keys=keys):
            self.add_error(problem.field, problem.message)
        return values

"""The shape of new versions of tiers' terms and of decision rules, in the administration."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.applications import DocumentKind, Step
from members.kernel.refusals import Refused
from members.models import DecisionRule, TierTerms
from members.rules.decision_rules import ensure_settings


class DecisionRuleForm(forms.ModelForm):
    """A decision rule, with its settings checked before they become a version."""

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


class TierTermsForm(forms.ModelForm):
    """A tier's terms, with its lists checked before they become a version."""

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

    def sentences(self, name):
        """A field that must be a list of sentences."""
        value = self.cleaned_data[name]
        if not isinstance(value, list) or not all(isinstance(entry, str) and entry.strip() for entry in value):
            raise forms.ValidationError(_("Give a list of sentences."), code="sentences")
        return value

    def clean_gives(self):
        return self.sentences("gives")

    def clean_commitments(self):
        return self.sentences("commitments")

    def clean_criteria(self):
        return self.sentences("criteria")

    def clean_steps(self):
        steps = self.sentences("steps")
        unknown = sorted(set(steps) - set(Step.values))
        if unknown:
            raise forms.ValidationError(
                _("There are no such pages: %(unknown)s."), code="steps", params={"unknown": ", ".join(unknown)}
            )
        return steps

    def clean_statements(self):
        value = self.cleaned_data["statements"]
        wanted = {"key", "label"}
        if not isinstance(value, list) or not all(
            isinstance(entry, dict) and wanted <= entry.keys() for entry in value
        ):
            raise forms.ValidationError(_("Give a list of statements, each with a key and a label."), code="statements")
        return value

    def clean_documents(self):
        value = self.cleaned_data["documents"]
        known = isinstance(value, list) and all(
            isinstance(entry, dict) and entry.get("kind") in DocumentKind.values for entry in value
        )
        if not known:
            raise forms.ValidationError(_("Give a list of documents, each with a kind."), code="documents")
        return value

    def clean_rule_key(self):
        key = self.cleaned_data["rule_key"]
        if not DecisionRule.objects.filter(key=key).exists():
            raise forms.ValidationError(_("There is no decision rule of this key."), code="rule")
        return key

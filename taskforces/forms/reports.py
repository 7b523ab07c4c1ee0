"""The form of a periodic report."""

from django import forms

from taskforces.models import GroupReport


class ReportForm(forms.ModelForm):
    """What a group says of its period."""

    class Meta:
        model = GroupReport
        fields = ["done", "obstacles", "plans", "needs"]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in fields}

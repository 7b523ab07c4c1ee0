"""The form by which a document is added to an application."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.applications import DocumentKind
from members.kernel.uploads import CleanFileField
from members.rules.documents import kinds_taken


class DocumentForm(forms.Form):
    """One file and what it is."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("What it is"))
    file = CleanFileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPEG or WebP, up to 10 MB. A photograph of a paper will do if it can be read."),
    )

    def __init__(self, application, *args, **kwargs):
        super().__init__(*args, **kwargs)
        taken = kinds_taken(application.terms.documents, holder_kind=application.holder_kind)
        self.fields["kind"].choices = [(kind, DocumentKind(kind).label) for kind in taken]

    def values(self) -> dict:
        """What the action takes."""
        return {"kind": self.cleaned_data["kind"], "clean": self.cleaned_data["file"]}

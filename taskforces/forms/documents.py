"""The shape of documents, of what is said about them, and of outputs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.kernel.lines import LineField
from members.kernel.uploads import CleanFileField
from members.models import Expertise, Language
from members.pages.revisions import RevisionForm
from taskforces.choices import Disposition, DocumentStatus, Licence, OutputKind
from taskforces.forms.groups import GroupedField, HintedCheckboxes, SortedField
from taskforces.models import GroupDocument
from taskforces.rules.documents import FOLLOWS
from taskforces.rules.marked import LONGEST


class SortedChoice(forms.ModelChoiceField):
    iterator = SortedField.iterator


def fields_of_expertise():
    """The fields of the second level, by which documents are found."""
    return Expertise.objects.select_related("parent").filter(children__isnull=True, retired_on__isnull=True)


class TextField(forms.CharField):
    """A text in Markdown."""

    def __init__(self, **options):
        super().__init__(
            label=_("Text"),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 18, "dir": "auto"}),
            help_text=_(
                "Plain text, or Markdown: # before a heading, * before a line of a list, **bold**. Leave it empty if "
                "you send a file."
            ),
            **options,
        )


class UploadField(CleanFileField):
    """A file instead of a text."""

    def __init__(self, **options):
        super().__init__(
            label=_("File"), required=False, help_text=_("PDF, PNG, JPEG or WebP, up to 10 MB."), **options
        )


class AddForm(forms.Form):
    """A new document."""

    use_required_attribute = False
    title = LineField(label=_("Title"), max_length=200)
    language = SortedChoice(
        label=_("Language"), queryset=Language.objects.in_use(), to_field_name="code", empty_label=_("Choose")
    )
    text = TextField()
    file = UploadField()

    def values(self) -> dict:
        """What the action takes."""
        kept = dict(self.cleaned_data)
        return kept | {"clean": kept.pop("file")}


class VersionForm(forms.Form):
    """The next version of a document."""

    use_required_attribute = False
    number = forms.IntegerField(widget=forms.HiddenInput)
    text = TextField()
    file = UploadField()
    note = LineField(label=_("What changed"), max_length=300, required=False, help_text=_("In one line, for readers."))

    def __init__(self, *args, is_file, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["text" if is_file else "file"]

    def values(self) -> dict:
        """What the action takes."""
        kept = dict(self.cleaned_data)
        return kept | {"clean": kept.pop("file", None)}

    def refuse(self, refused):
        """After a stale save the form goes on from the version that is newest now."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)
        if refused.code == "stale":
            self.data = self.data.copy()
            self.data["number"] = refused.facts["newest"]


class SettingsForm(RevisionForm):
    """What a document is called, who reads it, and where it stands."""

    topics = GroupedField(label=_("Topics"), queryset=Expertise.objects.none(), required=False, widget=HintedCheckboxes)

    class Meta:
        model = GroupDocument
        fields = ["title", "language", "audience", "status", "comment_until", "topics"]
        widgets = {"comment_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "audience": _(
                "Who reads the document once it is out for comment or final. A draft is read by its author and you."
            ),
            "comment_until": _(
                "The last day on which comments are taken, in UTC. Only for a document out for comment."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = fields_of_expertise()
        self.fields["language"].queryset = Language.objects.in_use()
        now = DocumentStatus(self.instance.status)
        self.fields["status"].choices = [(each.value, each.label) for each in (now, *FOLLOWS[now])]


class CommentForm(forms.Form):
    """What somebody says to a document."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_(
            "Whoever reads the document reads it, with your name. If you are protected, only the group's own people "
            "do, under your handle."
        ),
    )


class AnswerForm(forms.Form):
    """What came of a comment."""

    disposition = forms.ChoiceField(label=_("What came of it"), choices=Disposition, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Answer"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("It stands below the comment, and the person is told."),
    )


class ProposalForm(forms.Form):
    """An output that is proposed out of a final document. `lines` are the people of the group who may be authors."""

    title = LineField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind of output"), choices=OutputKind, widget=forms.RadioSelect)
    abstract = forms.CharField(
        label=_("Abstract"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"})
    )
    licence = forms.ChoiceField(label=_("Licence"), choices=Licence, initial=Licence.CC_BY)
    people = forms.MultipleChoiceField(
        label=_("Authors in the group"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each is asked, and named only if they agree. Protected members are never named."),
    )
    others = forms.CharField(
        label=_("Other authors"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("People outside the platform who have agreed to be named: one name a line, as it is printed."),
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(line.person.public_id): line.row.person for line in lines if not line.is_protected}
        names = [(str(line.person.public_id), line.person.name) for line in lines if not line.is_protected]
        self.fields["people"].choices = names

    def values(self) -> dict:
        """What the action takes."""
        kept = dict(self.cleaned_data)
        kept["people"] = [self.people[key] for key in kept["people"]]
        kept["others"] = [line.strip()[:160] for line in kept["others"].splitlines() if line.strip()]
        return kept


class BylineForm(forms.Form):
    """Whether one's name stands on an output, and how it is written."""

    agrees = forms.TypedChoiceField(
        label=_("May your name stand on it?"),
        choices=[("yes", _("Yes, as I write it below")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    name = LineField(label=_("Your name, as it is to be printed"), max_length=160, required=False)


class WhyForm(forms.Form):
    """Why an output is not published, or is taken back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

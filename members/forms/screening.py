"""The shape of what the Secretariat writes about an application."""

from django import forms
from django.utils.translation import gettext_lazy as _

from members.choices.applications import Advice, CheckOutcome
from members.kernel.widgets import DateInput
from members.models import LetterTemplate, Organisation, Person, StaffTerm, Tier


class ChecksForm(forms.Form):
    """The list of checks, each with what was found and a note. Give it the `items` and the `checks` recorded."""

    def __init__(self, *args, items, checks, **kwargs):
        super().__init__(*args, **kwargs)
        self.items = items
        recorded = {check.item_id: check for check in checks}
        for item in items:
            check = recorded.get(item.pk)
            self.fields[f"outcome_{item.pk}"] = forms.ChoiceField(
                label=item,
                help_text=item.help,
                choices=CheckOutcome.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=check.outcome if check else None,
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("Note"),
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=check.note if check else "",
            )

    @property
    def lines(self):
        """Each check with its two fields, for the template."""
        return [(item, self[f"outcome_{item.pk}"], self[f"note_{item.pk}"]) for item in self.items]

    def clean(self):
        """What is found not in order, or unclear, is said in words."""
        for item in self.items:
            outcome = self.cleaned_data.get(f"outcome_{item.pk}")
            note = self.cleaned_data.get(f"note_{item.pk}")
            if note and not outcome:
                self.add_error(f"outcome_{item.pk}", _("Choose what you found."))
            if outcome in {CheckOutcome.NOT_MET, CheckOutcome.UNCLEAR} and not note:
                self.add_error(f"note_{item.pk}", _("Say in a few words what is missing or unclear."))
        return self.cleaned_data

    def values(self) -> dict:
        """What to record: pairs of outcome and note by check, for the checks that were answered."""
        values = self.cleaned_data
        found = {
            item: (values[f"outcome_{item.pk}"], values[f"note_{item.pk}"])
            for item in self.items
            if values.get(f"outcome_{item.pk}")
        }
        return {"found": found}


class AskForm(forms.Form):
    """A question to the applicant."""

    question = forms.CharField(
        label=_("Question"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The applicant reads it as you write it. Do not name who asks, if the committee asks."),
    )
    due_on = forms.DateField(label=_("Answer by"), widget=DateInput)


class RecommendationForm(forms.Form):
    """The Secretariat's advice to the committee."""

    advice = forms.ChoiceField(label=_("Advice"), choices=Advice.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Grounds"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("By the criteria of the tier. The committee reads it with the dossier; the applicant does not."),
    )


class LetterForm(forms.Form):
    """A letter, drafted from a template and edited."""

    subject = forms.CharField(label=_("Subject"), max_length=160)
    body = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 18}))


class DeclineForm(LetterForm):
    """Returning an application as incomplete: the reason, the day, and the letter that says both."""

    field_order = ["reason", "reapply_on", "subject", "body"]
    reason = forms.CharField(
        label=_("What is missing"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the record; the applicant reads it too."),
    )
    reapply_on = forms.DateField(label=_("May apply again from"), widget=DateInput)


class TemplateForm(forms.Form):
    """Which template a letter starts from."""

    template = forms.ChoiceField(label=_("Start from"), required=False)

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        found = {row.key: row.title for row in LetterTemplate.objects.filter(language__in=["en", language])}
        self.fields["template"].choices = [("", _("An empty page")), *sorted(found.items(), key=lambda pair: pair[1])]


class OfficerForm(forms.Form):
    """Who has an application."""

    officer = forms.ChoiceField(label=_("With"))

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        terms = StaffTerm.objects.in_force(on=on).filter(person__user__isnull=False).select_related("person")
        self.officers = {str(term.person.user_id): term.person for term in terms}
        self.fields["officer"].choices = [(key, person.name) for key, person in self.officers.items()]

    @property
    def user(self):
        """The login of the officer chosen."""
        return self.officers[self.cleaned_data["officer"]].user


class LinkForm(forms.Form):
    """Which known person and organisation the applicant is."""

    person = forms.ModelChoiceField(
        label=_("The person is"), queryset=Person.objects.none(), required=False, empty_label=_("Not known yet")
    )
    organisation = forms.ModelChoiceField(
        label=_("The organisation is"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Not known yet"),
    )

    def __init__(self, *args, people, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[row.pk for row in organisations])


class PaperForm(forms.Form):
    """An application that came on paper: whose, for which tier, received when."""

    tier = forms.ModelChoiceField(
        label=_("Tier"),
        queryset=Tier.objects.all(),
        to_field_name="short_name",
        empty_label=None,
        widget=forms.RadioSelect,
    )
    email = forms.EmailField(
        label=_("E-mail address of the applicant"),
        max_length=254,
        help_text=_("The applicant gets a link by which to see where the application stands."),
    )
    received_on = forms.DateField(label=_("Received on"), widget=DateInput)

"""The shape of what the Secretariat writes about an application."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from members.actions.screening import Finding, digest_of
from members.choices.applications import Advice, CheckOutcome
from members.kernel.widgets import DateInput, HintedRadios
from members.models import Organisation, Person, StaffTerm, Tier, User
from members.queries.screening import CheckLine, names_of_logins
from members.rules.letters import unfilled


class ChecksForm(forms.Form):
    """The list of checks, each with what was found and a note. `lines` are the checks with what is recorded.

    Each carries a digest of what it was shown with, so that two officers who check at once lose nothing.
    """

    def __init__(self, *args, lines: list[CheckLine], **kwargs):
        super().__init__(*args, **kwargs)
        self.items = [line.item for line in lines]
        self.recorded = {line.item.key: line.check for line in lines}
        for item in self.items:
            self._add(item, self.recorded[item.key])

    def _add(self, item, check):
        self.fields[f"outcome_{item.key}"] = forms.ChoiceField(
            label=item,
            help_text=item.help,
            choices=CheckOutcome.choices,
            required=False,
            widget=forms.RadioSelect,
            initial=check.outcome if check else None,
        )
        self.fields[f"outcome_{item.key}"].unmarked = True
        self.fields[f"note_{item.key}"] = forms.CharField(
            label=_("Note"),
            validators=[MaxLengthValidator(2000)],
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            initial=check.note if check else "",
        )
        self.fields[f"seen_{item.key}"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=64, initial=digest_of(check)
        )

    @property
    def groups(self):
        """The checks by kind, each with its fields and what a colleague recorded meanwhile, for the template."""
        found: dict = {}
        for item in self.items:
            names = (f"{part}_{item.key}" for part in ("outcome", "note", "seen"))
            found.setdefault(item.get_kind_display(), []).append([self[name] for name in names])
        return found.items()

    def clean(self):
        """What is found not in order, or unclear, is said in words."""
        for item in self.items:
            outcome = self.cleaned_data.get(f"outcome_{item.key}")
            note = self.cleaned_data.get(f"note_{item.key}")
            if note and not outcome:
                self.add_error(f"outcome_{item.key}", _("Choose what you found."))
            if outcome in {CheckOutcome.NOT_MET, CheckOutcome.UNCLEAR} and not note:
                self.add_error(f"note_{item.key}", _("Say in a few words what is missing or unclear."))
        return self.cleaned_data

    def values(self) -> dict:
        """What to record, by check, for the checks that were answered."""
        values = self.cleaned_data
        return {
            "found": {
                item: Finding(
                    values[f"outcome_{item.key}"],
                    values[f"note_{item.key}"].replace("\r\n", "\n"),
                    values[f"seen_{item.key}"],
                )
                for item in self.items
                if values.get(f"outcome_{item.key}")
            }
        }

    def refuse(self, refused):
        """Say why nothing was recorded; beside each check that a colleague recorded meanwhile, what they found.

        Recording again is then a choice, made with both in sight.
        """
        self.add_error(None, refused.message)
        self.data = self.data.copy()
        for key in refused.facts.get("keys", ()):
            check = self.recorded[key]
            if check is None:
                continue
            found = f"{check.get_outcome_display()}: {check.note}" if check.note else check.get_outcome_display()
            self.add_error(f"outcome_{key}", _("Recorded meanwhile: {found}").format(found=found))
            self.data[self.add_prefix(f"seen_{key}")] = digest_of(check)


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
    """The Secretariat's advice to the committee, on the version that was read."""

    advice = forms.ChoiceField(label=_("Advice"), choices=Advice.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Grounds"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("By the criteria of the tier. The committee reads it with the dossier; the applicant does not."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def refuse(self, refused):
        """Say why; after a newer version came in, saving again goes by that one."""
        self.add_error(None, refused.message)
        if refused.code == "stale":
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = refused.facts["newest"]


class LetterForm(forms.Form):
    """A letter, drafted from a template and edited."""

    subject = forms.CharField(label=_("Subject"), max_length=160)
    body = forms.CharField(label=_("Text"), max_length=8000, widget=forms.Textarea(attrs={"rows": 18}))

    @property
    def places_left(self) -> list[str]:
        """The places in braces that are still to be filled, as the letter stands."""
        text = "\n".join(str(self[name].value() or "") for name in ("subject", "body"))
        return [f"{{{place}}}" for place in dict.fromkeys(unfilled(text))]


class ReasonsForm(LetterForm):
    """The reasons for not admitting somebody, and the letter that says them."""

    field_order = ["reason", "subject", "body"]
    reason = forms.CharField(
        label=_("Reasons"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "They stay with the decision, for the applicant and the committee, and stand in the letter where {reason} "
            "stands. Say what the committee found, not who said it."
        ),
    )


class DeclineForm(LetterForm):
    """Returning an application as incomplete: the reason, the day, and the letter that says both."""

    field_order = ["reason", "reapply_on", "subject", "body"]
    reason = forms.CharField(
        label=_("What is missing"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For the record and for the applicant: it stands in the letter where {reason} stands."),
    )
    reapply_on = forms.DateField(
        label=_("May apply again from"),
        widget=DateInput,
        help_text=_("It stands in the letter where {reapply_on} stands."),
    )


class TemplateForm(forms.Form):
    """Which template a letter starts from. Give it the `templates` by key."""

    template = forms.ChoiceField(label=_("Start from"), required=False)

    def __init__(self, *args, templates, **kwargs):
        super().__init__(*args, **kwargs)
        titles = [(key, row.title) for key, row in templates.items()]
        self.fields["template"].choices = [("", _("An empty page")), *titles]


class OfficerForm(forms.Form):
    """Who is to have an application: anybody in office but its `holder`, a key of a login."""

    officer = forms.ModelChoiceField(
        label=_("Officer"), queryset=User.objects.none(), to_field_name="public_id", empty_label=None
    )

    def __init__(self, *args, holder, viewer, on, **kwargs):
        super().__init__(*args, **kwargs)
        in_office = StaffTerm.objects.in_force(on=on).filter(person__user__isnull=False)
        field = self.fields["officer"]
        others = User.objects.filter(person__in=in_office.values("person"), is_active=True)
        field.queryset = others.exclude(pk=holder)
        names = names_of_logins(viewer, [user.pk for user in field.queryset], on=on)
        field.label_from_instance = lambda user: names.get(user.pk, "")
        self.has_somebody = bool(names)


class NameSearchForm(forms.Form):
    """A name to look for among people and organisations."""

    q = forms.CharField(label=_("Look for another name"), max_length=200, required=False)

    @property
    def words(self) -> str:
        """What is looked for; nothing where it cannot be a name."""
        return self.cleaned_data.get("q", "") if self.is_valid() else ""


class LinkForm(forms.Form):
    """Which known person and organisation the applicant is; `linkable` are those to choose from."""

    person = forms.ModelChoiceField(
        label=_("The person is"),
        queryset=Person.objects.none(),
        to_field_name="public_id",
        required=False,
        blank=True,
        empty_label=_("Not known yet"),
        widget=HintedRadios,
    )
    organisation = forms.ModelChoiceField(
        label=_("The organisation is"),
        queryset=Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        blank=True,
        empty_label=_("Not known yet"),
        widget=HintedRadios,
    )

    def __init__(self, *args, linkable, **kwargs):
        super().__init__(*args, **kwargs)
        self.linkable = linkable
        people = {view.public_id: view for view in linkable.people}
        field = self.fields["person"]
        field.queryset = Person.objects.filter(public_id__in=people)
        field.label_from_instance = lambda person: people[person.public_id].name
        field.widget.hints = {key: _hint_of(view) for key, view in people.items()}
        field.unmarked = self.fields["organisation"].unmarked = True
        organisations = {row.slug: row for row in linkable.organisations}
        self.fields["organisation"].queryset = Organisation.objects.filter(slug__in=organisations)
        self.fields["organisation"].widget.hints = {
            slug: " · ".join(filter(None, [row.get_kind_display(), str(row.country or "")]))
            for slug, row in organisations.items()
        }
        if linkable.own:
            del self.fields["person"]
        if not linkable.is_for_organisation:
            del self.fields["organisation"]

    def values(self) -> dict:
        """Whom to link. A field that is not asked names nobody."""
        return {"person": self.cleaned_data.get("person"), "organisation": self.cleaned_data.get("organisation")}


def _hint_of(view) -> str:
    """What tells one person from another of the same name, and whether they have a login of another address."""
    posts = [post.organisation for post in view.affiliations]
    login = _("signs in as {address}").format(address=view.email) if view.email else ""
    return " · ".join(str(part) for part in (view.headline, *posts, view.country, login) if part)


class PaperForm(forms.Form):
    """An application that came on paper: whose, for which tier, received when. `on` is today."""

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
        help_text=_("The applicant gets a link there at once, by which to follow the application."),
    )
    received_on = forms.DateField(label=_("Received on"), widget=DateInput)

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_received_on(self):
        received_on = self.cleaned_data["received_on"]
        if received_on > self.on:
            raise forms.ValidationError(_("Choose today or an earlier day."), code="future")
        return received_on

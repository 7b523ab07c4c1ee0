"""Planning a meeting, its agenda, who was there, its minutes, and what people take on."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.kernel.instants import in_words, places, zone_of
from members.kernel.widgets import DateInput, HintedRadios
from members.models import Person
from members.pages.revisions import RevisionForm
from taskforces.choices import MinutesAudience, Reply
from taskforces.models import AgendaItem, Meeting, Minutes


def zones(kept: str) -> list[tuple[str, str]]:
    """Time zones by place, and the one that was chosen earlier."""
    names = sorted((places() | {kept}) - {"UTC"})
    return [("UTC", "UTC"), *((name, name.replace("/", ", ").replace("_", " ")) for name in names)]


class MeetingForm(RevisionForm):
    """When and where, by the clock of a place, and who reads what comes of it."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    begins = forms.TimeField(label=_("Begins at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    length = forms.IntegerField(label=_("How long, in minutes"), min_value=5, max_value=1440, initial=60)
    time_zone = forms.ChoiceField(
        label=_("By the clock of"), help_text=_("Everybody sees the time by their own clock, by this one and in UTC.")
    )

    class Meta:
        model = Meeting
        fields = ["title", "time_zone", "place", "link", "description", "is_chatham_house", "minutes_for"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4}), "minutes_for": HintedRadios}
        labels = {"is_chatham_house": _("Withhold names from who does not attend")}
        help_texts = {
            "title": _("The group alone reads it; calendars and mails say only which group meets."),
            "place": _("Only who attends the group sees it."),
            "link": _("Only who attends the group sees it."),
            "description": _("What the meeting is for. Plain text."),
            "is_chatham_house": _(
                "The Chatham House rule: others find no owners and no list of who was there. Write no names into the"
                " minutes either."
            ),
        }

    field_order = ["title", "day", "begins", "length", "time_zone", "place", "link", "description"]

    def __init__(self, *args, zone="UTC", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["minutes_for"].choices = MinutesAudience.choices
        kept = self.instance.time_zone or zone
        self.fields["time_zone"].choices = zones(kept)
        self.initial["time_zone"] = kept
        if self.instance.starts_at:
            local = self.instance.starts_at.astimezone(zone_of(kept))
            self.initial |= {"day": local.date(), "begins": local.time(), "length": self.instance.length}

    def refuse(self, refused):
        """After a stale save the saved time is shown too."""
        super().refuse(refused)
        if refused.code == "stale":
            saved = Meeting.objects.get(pk=self.instance.pk)
            self.saved_meanwhile = [
                {"key": gettext("When"), "value": in_words(saved.starts_at)},
                *self.saved_meanwhile,
            ]


class PlanForm(MeetingForm):
    """A meeting that is not there yet."""

    def values(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class AnswerForm(forms.Form):
    """Whether one comes."""

    reply = forms.ChoiceField(label=_("Will you come?"), choices=Reply, widget=forms.RadioSelect)


class OwnerForm(forms.Form):
    """Mixed into forms that name somebody of the group. `people` are lines of those the writer knows of."""

    owner = forms.ChoiceField(label=_("Owner"), required=False)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {str(line.person.public_id): line.row.person_id for line in people}
        names = [(str(line.person.public_id), line.person.name) for line in people]
        self.fields["owner"].choices = [("", gettext("Nobody yet")), *names]

    def clean_owner(self):
        key = self.keys.get(self.cleaned_data["owner"])
        return Person.objects.get(pk=key) if key else None


class ItemForm(OwnerForm, forms.ModelForm):
    """A matter for the agenda."""

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes", "order"]
        labels = {"minutes": _("How long, in minutes"), "order": _("Place on the agenda")}
        help_texts = {"order": _("Leave it empty for the end.")}

    field_order = ["title", "owner", "minutes", "order"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["order"].required = False
        if self.instance.owner_id:
            found = (public_id for public_id, key in self.keys.items() if key == self.instance.owner_id)
            self.initial["owner"] = next(found, "")


class ProposalForm(forms.ModelForm):
    """A matter that somebody proposes."""

    class Meta:
        model = AgendaItem
        fields = ["title", "minutes"]
        labels = {"minutes": _("How long, in minutes")}


class AttendanceForm(forms.Form):
    """Who was there, of those whom the writer knows of."""

    present = forms.MultipleChoiceField(label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.keys = {str(line.person.public_id): line.row.person_id for line in people}
        self.fields["present"].choices = [(str(line.person.public_id), line.person.name) for line in people]

    def values(self):
        found = {person.pk: person for person in Person.objects.filter(pk__in=self.keys.values())}
        present = [found[self.keys[public_id]] for public_id in self.cleaned_data["present"]]
        return {"present": present, "among": list(found.values())}


class MinutesForm(forms.Form):
    """A summary, and for each item of the agenda what was said and decided. A stale window overwrites nothing."""

    summary = forms.CharField(
        label=_("Summary"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)
    saved_meanwhile = ()

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.items = list(meeting.agenda.filter(is_taken_up=True))
        for number, item in enumerate(self.items, start=1):
            facts = {"number": number, "title": item.title}
            self.fields[f"discussion_{item.pk}"] = forms.CharField(
                label=gettext("%(number)s. %(title)s: what was said") % facts,
                max_length=8000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields[f"decision_{item.pk}"] = forms.CharField(
                label=gettext("%(number)s. Decision") % facts,
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        self.initial |= self.saved()

    def saved(self) -> dict:
        """What is saved now, by field."""
        minutes = Minutes.objects.filter(meeting=self.meeting).first()
        values = {"summary": minutes.summary if minutes else "", "revision": minutes.revision if minutes else 0}
        for item in self.meeting.agenda.filter(pk__in=[item.pk for item in self.items]):
            values |= {f"discussion_{item.pk}": item.discussion, f"decision_{item.pk}": item.decision}
        return values

    def values(self):
        typed = self.cleaned_data
        items = {row.pk: (typed[f"discussion_{row.pk}"], typed[f"decision_{row.pk}"]) for row in self.items}
        return {"summary": typed["summary"], "revision": typed["revision"], "items": items}

    def refuse(self, refused):
        """After a stale save: what is saved stands beside what was typed, and saving again is a choice."""
        self.add_error(None, refused.message)
        if refused.code != "stale":
            return
        saved = self.saved()
        self.data = self.data.copy()
        self.data["revision"] = saved["revision"]
        self.saved_meanwhile = [
            {"key": self.fields[name].label, "value": value, "lines": True}
            for name, value in saved.items()
            if name != "revision" and value != self.cleaned_data.get(name)
        ]


class ApprovalForm(forms.Form):
    """The minutes as they were read."""

    revision = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(forms.Form):
    """A note below approved minutes."""

    text = forms.CharField(label=_("Correction"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who attends the group reads it."),
    )


class ActionForm(OwnerForm):
    """What somebody takes on."""

    text = forms.CharField(label=_("What is to be done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label=_("By"), required=False, widget=DateInput)

    field_order = ["text", "owner", "due_on"]


class OutcomeForm(forms.Form):
    """What came of it."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

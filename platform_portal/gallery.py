"""Examples for the gallery of components: every component, in the states it can be in, with believable content."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.urls import reverse

from members.kernel.widgets import DateInput, HintedRadios

CLOSES_AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
LONG_NAME = (
    "Conseil international pour la documentation des violences de masse et la mémoire civique en Afrique centrale"
)

POSITIONS = {
    "yes": "admit",
    "no": "reason needed",
    "abstain": "present, not deciding",
    "hold": "blocks until answered",
}
REGIONS = ["Eastern Africa", "Middle Africa", "Western Africa", "Caribbean", "Central America", "South America"]
REGIONS += ["Central Asia", "South-eastern Asia", "Western Asia", "Eastern Europe", "Western Europe", "Oceania"]


class ExampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label="Full name", widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-mail address",
        help_text="We send a link to this address. Nobody else sees it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation = forms.CharField(
        label="Organisation", required=False, help_text="Leave empty if you work independently."
    )
    password = forms.CharField(
        label="Password",
        help_text="At least 12 characters.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    country = forms.ChoiceField(
        label="Country of work", choices=[("", "Choose a country"), ("KE", "Kenya"), ("CO", "Colombia")]
    )
    position = forms.ChoiceField(
        label="Position",
        choices=[("yes", "Yes"), ("no", "No"), ("abstain", "Abstain"), ("hold", "Hold")],
        widget=HintedRadios(hints=POSITIONS),
    )
    regions = forms.MultipleChoiceField(
        label="Regions you work on",
        required=False,
        choices=[(name, name) for name in REGIONS],
        widget=forms.CheckboxSelectMultiple,
    )
    began_on = forms.DateField(label="Working there since", widget=DateInput)
    reason = forms.CharField(
        label="Reason",
        help_text="Seen by the committee once they have voted. Not sent to the applicant.",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    letter = forms.FileField(label="Letter", required=False, help_text="PDF, PNG, JPEG or WebP, up to 10 MB.")
    agreed = forms.BooleanField(label="I have no conflict of interest in this matter")


class ExampleFilter(forms.Form):
    """What a list is narrowed by."""

    q = forms.CharField(label="Words", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    tier = forms.MultipleChoiceField(
        label="Tier",
        required=False,
        choices=[("steering", "Steering"), ("institutional", "Institutional"), ("individual", "Individual")],
        widget=forms.CheckboxSelectMultiple,
    )
    order = forms.ChoiceField(label="Order", required=False, choices=[("name", "By name"), ("newest", "Newest first")])


def refused_form():
    """The example form after it was sent with much missing."""
    answers = {"name": "Amina Example", "email": "amina@", "reason": "x" * 412, "position": "hold"}
    form = ExampleForm(answers, prefix="refused")
    form.data = {f"refused-{name}": value for name, value in answers.items()}
    form.add_error(None, "This ballot was closed while you wrote. Nothing was recorded.")
    return form


def of_an_application(here):
    """What an applicant sees: tasks, steps, answers, and what happened."""
    return {
        "tasks": [
            {"label": "Who you are", "url": here, "tone": "good", "status": "Done"},
            {
                "label": "Affiliation",
                "url": here,
                "tone": "now",
                "status": "In progress",
                "hint": "Two questions are left",
            },
            {"label": "Referees", "url": here, "tone": "wait", "status": "Waiting for a letter"},
            {"label": "Check and submit", "status": "Cannot start yet"},
        ],
        "steps": [
            {"label": "Who you are", "url": here, "state": "done"},
            {"label": "Affiliation", "url": here, "state": "now"},
            {"label": "Statement", "url": here, "state": "todo"},
        ],
        "answers": [
            {"key": "Name", "value": "Amina Example", "url": here},
            {"key": "Organisation", "value": LONG_NAME, "url": here},
            {"key": "Position", "value": "", "url": here},
            {"key": "Statement", "value": "First line\nSecond line", "lines": True, "url": here},
        ],
        "events": [
            {"text": "Submitted", "at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC), "tone": "good"},
            {
                "text": "Information asked for",
                "on": date(2026, 11, 10),
                "detail": "Answer due in 14 days",
                "tone": "wait",
            },
            {"text": "Ballot SC-2026-015 opened", "on": date(2026, 11, 17), "url": here, "by": "Secretariat"},
            {"text": "Ballot closes", "at": CLOSES_AT, "ahead": True},
        ],
    }


def of_a_ballot(here):
    """What a voter sees: the count, the positions, the lists to choose from."""
    return {
        "counts": {"yes": 4, "no": 1, "hold": 1, "abstain": 1, "silent": 1, "recused": 1},
        "positions": [
            {"seat": "Seat 1", "position": "Yes", "reason": "Strong archive partnerships"},
            {"seat": "Seat 7", "position": "Hold", "reason": "Two thirds of the budget comes from one ministry."},
        ],
        "columns": [{"label": "Number"}, {"label": "Question"}, {"label": "Votes", "number": True}],
        "rows": [["SC-2026-014", "Admit an institutional member", 8], ["SC-2026-013", LONG_NAME, 9]],
        "tabs": [
            {"label": "Needs my position", "url": here, "count": 2, "current": True},
            {"label": "Waiting for others", "url": f"{here}?tab=waiting", "count": 0},
            {"label": "Decided", "url": f"{here}?tab=decided"},
        ],
    }


def of_a_list(here, number):
    """What someone who looks for people sees: filters, results, pages."""
    return {
        "results": [
            {
                "title": "Amina Example",
                "name": "Amina Example",
                "url": here,
                "facts": "Senior fellow · Institute for Civic Memory · works on the Great Lakes",
                "tags": ["Hate speech", "Early warning", "Kiswahili"],
                "status": "Individual",
                "tone": "plain",
            },
            {
                "title": "Heron 27",
                "name": "Heron 27",
                "url": here,
                "protected": True,
                "facts": "Protected member · works in Central Africa",
                "tags": ["Community early warning"],
                "status": "Individual",
                "tone": "plain",
            },
            {
                "title": LONG_NAME,
                "name": LONG_NAME,
                "url": here,
                "facts": "Institution",
                "status": "Member",
                "tone": "now",
            },
        ],
        "page": Paginator(range(118), 25).get_page(number),
        "filter_form": ExampleFilter({"tier": ["individual"]}, auto_id="id_filter_%s"),
        "facet_counts": {"tier": {"steering": 9, "institutional": 112, "individual": 241}},
    }


def examples(request):
    """The context of the gallery."""
    here = reverse("demo-components")
    pills = {"wait": "Closes in 26 hours", "good": "Approved", "bad": "Not approved", "now": "Open", "plain": "Draft"}
    return {
        **of_an_application(here),
        **of_a_ballot(here),
        **of_a_list(here, request.GET.get("page", 2)),
        "closes_at": CLOSES_AT,
        "due_on": date(2026, 12, 15),
        "long_name": LONG_NAME,
        "crumbs": [{"label": "Ballots", "url": here}],
        "tones": pills.items(),
        "bars": [("Africa", 118), ("Asia", 63), ("Latin America and the Caribbean", 74), ("Oceania", 0)],
        "example_form": ExampleForm(prefix="empty"),
        "refused_form": refused_form(),
        "example_messages": [
            SimpleNamespace(level_tag="success", message="Your position is recorded."),
            SimpleNamespace(level_tag="error", message="The ballot is closed. Nothing was recorded."),
        ],
        "back_url": here,
    }


def confirmation():
    """The context of a page that asks before an act that cannot be undone."""
    return {
        "title": "Withdraw your application?",
        "lead": "Application IND-2026-031, submitted on 3 November",
        "effects": [
            "The Secretariat and nine seats are told that you withdrew. They are not told why.",
            "Your referees are not asked any more.",
            "This cannot be undone. You may apply again at any time.",
        ],
        "action": "Withdraw application",
        "danger": True,
        "back_url": reverse("demo-components"),
    }

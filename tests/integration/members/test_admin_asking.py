"""Lists of the administration answer what they offer: they are no way to ask what is not shown, or about oneself."""

from html import unescape
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.urls import reverse

from members.actions import screening
from members.choices.verbs import Verb
from members.models import (
    Application,
    ApplicationVersion,
    AuditEvent,
    Ballot,
    BallotEvent,
    Country,
    Decision,
    Letter,
    Organisation,
    Person,
    User,
)
from secretariat.models import Notice
from tests.factories import ballots as voting
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

SHOWN = {
    kind: page for kind, page in admin.site._registry.items() if kind._meta.app_label in ("members", "secretariat")
}


def page(kind, model, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{kind}", args=args)


@pytest.fixture
def staff(client, cast):
    return sign_in(client, cast["secretariat-1"])


@pytest.fixture
def full(cast):
    """A world with rows to ask about."""
    voting.voted(cast, ["yes"] * 5)
    row = made.submitted("institutional")
    by = cast["secretariat-1"]
    screening.take_on(application=row, by=by)
    screening.send_letter(application=row, template_key="received", subject="Hello", body="You.", by=by)
    return cast


def rows_of(response) -> set:
    return set(response.context["cl"].queryset.values_list("pk", flat=True))


# --- What is asked ------------------------------------------------------------------------------------------------

ITS = {"email": "rising@cast.test"}
ORACLES = [
    (User, {"password__regex": "^md5"}, {"password__regex": "^nothing"}),
    (User, {"email": "rising@cast.test"}, {"email": "nobody@cast.test"}),
    (User, ITS | {"password__startswith": "m"}, ITS | {"password__startswith": "x"}),
    (User, {"last_login__gte": "2020-01-01"}, {"last_login__gte": "2999-01-01"}),
    (User, {"person__name__startswith": "O"}, {"person__name__startswith": "Ω"}),
    (User, {"authenticator__isnull": "0"}, {"authenticator__isnull": "1"}),
    (Notice, {"address__startswith": "a"}, {"address__startswith": "Ω"}),
    (Notice, {"text__plain__contains": "a"}, {"text__plain__contains": "Ω"}),
    (Application, {"answers__identity__name__icontains": "a"}, {"answers__identity__name__icontains": "Ω"}),
    (Application, {"applicant__email__startswith": "a"}, {"applicant__email__startswith": "Ω"}),
    (ApplicationVersion, {"answers__icontains": "a"}, {"answers__icontains": "Ω"}),
    (Letter, {"body__contains": "You"}, {"body__contains": "Ω"}),
    (BallotEvent, {"payload__choice": '"yes"'}, {"payload__choice": '"no"'}),
    (BallotEvent, {"payload__isnull": "0"}, {"payload__isnull": "1"}),
    (Ballot, {"frozen__isnull": "0"}, {"frozen__isnull": "1"}),
    (Person, {"biography__contains": "a"}, {"biography__contains": "Ω"}),
    (AuditEvent, {"facts__method": '"password"'}, {"facts__method": '"x"'}),
    (AuditEvent, {"at__gte": "2020-01-01"}, {"at__gte": "2999-01-01"}),
]


@pytest.mark.parametrize(("model", "right", "wrong"), ORACLES)
def test_no_answer_tells_a_right_guess_from_a_wrong_one(full, staff, model, right, wrong):
    first, second = (staff.get(page("changelist", model), asked) for asked in (right, wrong))
    assert (first.status_code, second.status_code) == (400, 400)
    assert bare(first) == bare(second)


def bare(response) -> str:
    """A page without what differs each time, and without what was asked."""
    token = response.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    nonce = response.text.partition('nonce="')[2].partition('"')[0]
    text = unescape(response.text).replace(nonce or "\0", "").replace(token or "\0", "")
    asked = response.wsgi_request.GET.urlencode()
    return text.replace(asked, "").replace(quote(asked), "")


def test_no_column_is_asked_but_by_a_filter(full, staff):
    """Every column of every list, by ways that would tell something, one of a year's alone included."""
    for model, admin_page in SHOWN.items():
        taken = {item[0] if isinstance(item, tuple) else item for item in admin_page.list_filter}
        for field in model._meta.concrete_fields:
            for way in ("", "__regex", "__gte", "__isnull", "__in", "__month", "__startswith"):
                name = f"{field.name}{way}"
                response = staff.get(page("changelist", model), {name: "1"})
                offered = response.status_code in (200, 302) and (field.name in taken)
                assert response.status_code == 400 or offered, (model, name)


def test_what_a_list_offers_is_answered(full, staff):
    """Every link of every filter, and the days below the years."""
    followed = 0
    for model in SHOWN:
        url = page("changelist", model)
        lists = staff.get(url).context["cl"]
        links = [choice["query_string"] for spec in lists.filter_specs for choice in spec.choices(lists)]
        if lists.date_hierarchy:
            links.append(f"?{lists.date_hierarchy}__year=2026")
            links.append(f"?{lists.date_hierarchy}__year=2026&{lists.date_hierarchy}__month=11")
            links.append(f"?{lists.date_hierarchy}__year=2026&{lists.date_hierarchy}__month=11&p=1&o=1")
        for link in links:
            assert staff.get(url + link).status_code == 200, (model, link)
        followed += len(links)
    assert followed > 60


def test_a_filter_filters(full, staff):
    url = page("changelist", User)
    assert rows_of(staff.get(url, {"is_active__exact": "0"})) == {full["out-of-use"].pk}
    about = AuditEvent.objects.filter(verb=Verb.LETTER_SENT).get()
    asked = {"target_type__id__exact": about.target_type_id, "target_id__exact": about.target_id}
    events = AuditEvent.objects.about(about.target)
    assert rows_of(staff.get(page("changelist", AuditEvent), asked)) == set(events.values_list("pk", flat=True))


NONSENSE = [
    (User, "email=%00"),
    (User, "email__regex=("),
    (User, "language__exact=%00"),
    (User, "language__exact=e%00"),
    (User, "is_active__exact=maybe"),
    (User, "q=%00"),
    (User, "o=%00"),
    (User, "p=%00"),
    (User, "p=99999999999999999999"),
    (User, "%00=1"),
    (User, "_to_field=password"),
    (Application, "tier__id__exact=%00"),
    (Application, "tier__id__exact=99999999999999999999999"),
    (Organisation, "kind__exact=%00&e=1"),
    (AuditEvent, "target_id__exact=%00"),
    (AuditEvent, "target_id__exact=99999999999999999999999"),
    (AuditEvent, "target_id__exact=x"),
    (AuditEvent, "at__year=9999"),
    (AuditEvent, "at__year=0"),
    (AuditEvent, "at__year=99999999999999999999999"),
    (AuditEvent, "at__year=2026&at__month=13"),
    (AuditEvent, "at__year=9999&at__month=12"),
    (AuditEvent, "at__year=2026&at__month=2&at__day=30"),
    (AuditEvent, "at__year=x"),
    (AuditEvent, "at__month=1"),
    (Notice, "written_at__gte=yesterday"),
    (Notice, "written_at__gte=%00"),
]


@pytest.mark.parametrize(("model", "query"), NONSENSE)
def test_nonsense_has_a_clean_answer(cast, staff, model, query):
    response = staff.get(f"{page('changelist', model)}?{query}")
    assert response.status_code in (200, 302, 400)
    if response.status_code == 302:
        assert response.url == f"{page('changelist', model)}?e=1"
    assert cast["secretariat-2"].email not in response.text or query.startswith(("q=", "o=", "p="))


def test_what_is_no_key_names_nothing(cast, staff):
    before = AuditEvent.objects.count()
    for model in (Country, User, Notice):
        for kind in ("change", "history", "delete"):
            path = page(kind, model, "KEY").replace("KEY", "%00")
            assert staff.get(path).status_code in (302, 403, 404), path
    for key in ("\0", "x", "1 OR 1=1"):
        chosen = {"action": "close_logins", "_selected_action": [key], "index": "0"}
        assert staff.post(page("changelist", User), chosen).status_code == 400
    assert AuditEvent.objects.count() == before
    assert User.objects.filter(is_active=False).count() == 1


# --- About oneself ------------------------------------------------------------------------------------------------


def shown(client, model) -> set:
    return rows_of(client.get(page("changelist", model)))


@pytest.fixture
def own_case(cast):
    """An application of an officer, with its ballot decided, and a letter about it that a colleague sent."""
    ballot = voting.voted(cast, ["yes"] * 4 + ["no"], applicant="secretariat-2", tier="rising-leaders")
    row = ballot.subject
    letter = Letter.objects.create(
        application=row,
        template_key="note",
        subject="Hello",
        body="You.",
        sent_by=cast["secretariat-1"],
    )
    return {
        Application: {row.pk},
        ApplicationVersion: {row.versions.get().pk},
        Letter: {letter.pk},
        Ballot: {ballot.pk},
        BallotEvent: set(ballot.events.values_list("pk", flat=True)),
        Decision: {ballot.decision.pk},
        AuditEvent: set(AuditEvent.objects.about(ballot).values_list("pk", flat=True))
        | set(AuditEvent.objects.about(row).values_list("pk", flat=True)),
    }


def test_an_officer_finds_nothing_of_a_case_of_their_own(client, cast, own_case):
    other = voting.voted(cast, ["yes"] * 5)
    for name, sees_it in (("secretariat-1", True), ("secretariat-2", False)):
        sign_in(client, cast[name])
        for model, rows in own_case.items():
            assert rows, model
            found = shown(client, model)
            assert (rows <= found) == sees_it, (name, model)
            assert sees_it or not rows & found, (name, model)
            first = client.get(page("change", model, min(rows)))
            assert first.status_code == (200 if sees_it else 302), (name, model)
        assert other.pk in shown(client, Ballot)
        assert other.subject_id in shown(client, Application)
        assert set(AuditEvent.objects.about(other).values_list("pk", flat=True)) <= shown(client, AuditEvent)


def test_search_and_filters_find_nothing_of_it_either(client, cast, own_case):
    number = Ballot.objects.get(pk__in=own_case[Ballot]).number
    for name, count in (("secretariat-1", 1), ("secretariat-2", 0)):
        sign_in(client, cast[name])
        for asked in ({"q": number}, {"verdict__exact": "yes", "q": number}, {"state__exact": "final"}):
            found = rows_of(client.get(page("changelist", Ballot), asked)) & own_case[Ballot]
            assert len(found) <= count, (name, asked)
        events = rows_of(client.get(page("changelist", BallotEvent), {"q": number}))
        assert bool(events) == bool(count)


def test_the_log_of_an_open_ballot_is_nobodys(client, cast):
    ballot = voting.opened(cast)
    sign_in(client, cast["secretariat-1"])
    assert ballot.pk in shown(client, Ballot)
    assert shown(client, BallotEvent) == set()


def test_the_administration_shows_what_the_desk_does(client, cast, own_case):
    """Lists and doors agree, for an officer with a case of their own and for one without."""
    voting.opened(cast)
    made.draft()
    made.submitted("institutional")
    for name in ("secretariat-1", "secretariat-2"):
        sign_in(client, cast[name])
        listed = shown(client, Application)
        for row in Application.objects.all():
            opens = client.get(reverse("members:desk-application", args=[row.number])).status_code == 200
            assert (row.pk in listed) == opens, (name, row.number)
        listed = shown(client, Ballot)
        for ballot in Ballot.objects.all():
            opens = client.get(reverse("members:ballot-log", args=[ballot.number])).status_code == 200
            assert (ballot.pk in listed) == opens, (name, ballot.number)

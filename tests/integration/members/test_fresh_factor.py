"""Grave acts wait until a second factor was proven a short while ago, and what was typed meanwhile is not lost."""

import pytest
from django.urls import reverse

from members.actions import accounts, ballots
from members.choices.ballots import BallotState
from members.models import AuditEvent, Ballot, Expertise, Person, Representation, TierTerms, User
from secretariat.models import Notice
from tests.factories import ballots as voting
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def left() -> tuple[int, ...]:
    """What an act could leave behind. Signing in has a record of its own."""
    acts = AuditEvent.objects.exclude(verb__startswith="account.signed")
    return acts.count(), Notice.objects.count(), Ballot.objects.count(), User.objects.filter(is_active=True).count()


def sent_to_prove(response, *, back) -> bool:
    start = reverse("members:second-factor")
    return response.status_code == 302 and response.url == f"{start}?next={back.replace('/', '%2F')}&fresh=1"


@pytest.fixture
def stale(client, cast):
    """An officer whose second factor was proven ten minutes ago."""
    return sign_in(client, cast["secretariat-1"], fresh=False)


# --- Ballots and representations ----------------------------------------------------------------------------------


def on_ballot(name, ballot):
    return reverse(f"members:{name}", args=[ballot.number])


@pytest.mark.parametrize("name", ["ballot-withdraw", "ballot-close", "ballot-again", "ballot-open"])
def test_no_ballot_is_run(cast, stale, name):
    application = voting.recommended(cast)
    ballot = ballots.prepare(subject=application, by=cast["secretariat-1"])
    if name != "ballot-open":
        ballots.open(ballot=ballot, by=cast["secretariat-1"])
    before, state = left(), Ballot.objects.get().state
    response = stale.post(on_ballot(name, ballot), {"reason": "A mistake of mine", "days": "14"})
    page = on_ballot("ballot-withdraw" if name == "ballot-withdraw" else "ballot", ballot)
    assert sent_to_prove(response, back=page)
    assert (left(), Ballot.objects.get().state) == (before, state)


def test_no_ballot_is_prepared(cast, stale):
    application = voting.recommended(cast)
    before = left()
    response = stale.post(reverse("members:desk-prepare", args=[application.number]))
    assert sent_to_prove(response, back=reverse("members:desk-application", args=[application.number]))
    assert left() == before
    assert not Ballot.objects.exists()


def test_the_reason_of_a_withdrawal_comes_back_and_the_second_press_withdraws(client, cast):
    ballot = voting.opened(cast)
    url = on_ballot("ballot-withdraw", ballot)
    sign_in(client, cast["secretariat-1"], fresh=False)
    client.post(url, {"reason": "A mistake of mine"})
    assert "What you wrote is kept" in client.get(url).text
    client.post(url, {"reason": "A mistake of mine"})
    assert "A mistake of mine" in client.get(url).text
    assert Ballot.objects.get().state == BallotState.OPEN
    sign_in(client, cast["secretariat-1"])
    client.post(url, {"reason": "A mistake of mine"})
    assert Ballot.objects.get().state == BallotState.WITHDRAWN


@pytest.mark.parametrize("name", ["secretariat-1", "institution", "delegate"])
def test_no_representation_is_ended(client, cast, name):
    person = cast.person("delegate")
    url = reverse("members:representation-end", args=[cast.organisations["institution"].slug, person.public_id])
    sign_in(client, cast[name], fresh=False)
    before = left()
    assert client.get(url).status_code == 200
    assert sent_to_prove(client.post(url), back=url)
    assert Representation.objects.get(person=person).ends_on is None
    assert left() == before
    assert "then do it again" in client.get(url).text
    sign_in(client, cast[name]).post(url)
    assert Representation.objects.get(person=person).ends_on is not None


# --- The administration -------------------------------------------------------------------------------------------


def admin_page(kind, model, *args) -> str:
    return reverse(f"admin:members_{model._meta.model_name}_{kind}", args=args)


def test_nothing_is_done_in_the_administration(cast, stale):
    person, entry = cast.person("individual"), Expertise.objects.first()
    terms = TierTerms.objects.first()
    before, names = left(), set(Person.objects.values_list("name", flat=True))
    for url in (
        admin_page("change", Person, person.pk),
        admin_page("add", Person),
        admin_page("change", Expertise, entry.pk),
        admin_page("change", TierTerms, terms.pk),
        admin_page("delete", Person, person.pk),
        "/admin/members/nothing/",
        f"/admin/members/person/{person.pk}/",
    ):
        assert stale.get(url).status_code in (200, 302, 403, 404), url
        assert sent_to_prove(stale.post(url, {"name": "Changed", "label": "Changed", "summary": "x"}), back=url), url
    assert left() == before
    assert set(Person.objects.values_list("name", flat=True)) == names
    assert not Expertise.objects.filter(label="Changed").exists()


@pytest.mark.parametrize("action", ["end_sessions", "close_logins", "reopen_logins"])
def test_no_login_is_closed_or_opened_and_no_session_ended(cast, stale, action):
    if action == "reopen_logins":
        accounts.close_login(user=cast["individual"], by=None)
    before = left()
    url = admin_page("changelist", User)
    chosen = {"action": action, "_selected_action": [cast["individual"].pk], "index": "0"}
    assert sent_to_prove(stale.post(url, chosen), back=url)
    assert left() == before
    assert "kept_input" not in stale.session
    assert "then do it again" in stale.get(url).text


def test_what_was_typed_comes_back_and_the_second_press_saves_it(client, cast):
    person = cast.person("individual")
    url = admin_page("change", Person, person.pk)
    sign_in(client, cast["secretariat-1"], fresh=False)
    form = client.get(url).context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    values |= {"headline": "Mediator between rivers"}
    client.post(url, values)
    again = client.get(url)
    assert again.context["adminform"].form["headline"].value() == "Mediator between rivers"
    assert again.context["adminform"].form["seen"].value() == str(person.revision)
    assert not again.context["adminform"].form.errors
    person.refresh_from_db()
    assert person.headline == ""
    assert client.get(url).context["adminform"].form["headline"].value() == ""
    sign_in(client, cast["secretariat-1"]).post(url, values)
    person.refresh_from_db()
    assert person.headline == "Mediator between rivers"


def test_whoever_holds_no_office_is_refused_and_not_asked(client, cast):
    for name in ("steering-1", "institution", "individual"):
        sign_in(client, cast[name], fresh=False)
        response = client.post(admin_page("add", Person), {"name": "New"})
        assert response.url.startswith(reverse("admin:login")), name
    client.logout()
    assert client.post(admin_page("add", Person)).url.startswith(reverse("account_login"))
    assert not Person.objects.filter(name="New").exists()


def test_getting_out_needs_no_proof(stale):
    assert stale.post(reverse("admin:logout")).status_code in (200, 302)
    assert "_auth_user_id" not in stale.session


def test_it_is_waived_in_demo_mode(client, cast, settings):
    settings.SECOND_FACTOR_WAIVED = True
    sign_in(client, cast["secretariat-1"], factor=False)
    client.post(admin_page("add", Person), {"name": "New Person", "listed": "on", "country": "KE"})
    assert Person.objects.filter(name="New Person").exists()

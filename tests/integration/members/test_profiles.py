"""One's own profile and membership: shown, changed, kept from a stale window."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import memberships, organisations, people
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, Person, Region
from members.rules.terms import add_months
from tests.factories import members as made
from tests.factories.ballots import voted
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

PROFILE, EDIT, MEMBERSHIP = (reverse(f"members:{name}") for name in ("profile", "profile-edit", "membership"))

NORTH = {"Regions you work on": "Northern Africa"}


@pytest.fixture
def own(cast) -> Person:
    return cast.person("individual")


@pytest.fixture
def reader(client, cast):
    return sign_in(client, cast["individual"])


def typed(person, **changes) -> dict:
    """What the form would send for a person, with changes."""
    person = Person.objects.get(pk=person.pk)
    values = {
        "name": person.name,
        "latin_name": person.latin_name,
        "headline": person.headline,
        "biography": person.biography,
        "website": person.website,
        "country": person.country_id or "",
        "regions": [entry.code for entry in person.regions.all()],
        "revision": person.revision,
    }
    return values | ({"listed": "on"} if person.listed else {}) | changes


def changes_of(person):
    return AuditEvent.objects.about(person).filter(verb=Verb.PROFILE_CHANGED)


# --- Changing -----------------------------------------------------------------------------------------------------


def test_a_profile_is_changed_and_the_record_holds_no_word_of_it(reader, own):
    sent = typed(
        own,
        headline="Mediator",
        country="KE",
        regions=["014"],
    )
    response = reader.post(EDIT, sent, follow=True)
    assert response.redirect_chain == [(PROFILE, 302)]
    own.refresh_from_db()
    assert (own.headline, own.country_id, own.revision) == ("Mediator", "KE", 1)
    assert {entry.code for entry in own.regions.all()} == {"014"}
    event = changes_of(own).get()
    assert set(event.facts["fields"]) == {"headline", "country", "regions"}
    assert "Mediator" not in str(event.facts)


def test_the_form_shows_what_is_saved(reader, own):
    reader.post(EDIT, typed(own, regions=["014", "015"]))
    assert {entry.code for entry in reader.get(EDIT).context["form"]["regions"].initial} == {"014", "015"}


def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost_or_saved(reader, own):
    wrong = typed(own, name="", headline="x" * 161, website="javascript:alert(1)", biography="Kept", country="XX")
    response = reader.post(EDIT, wrong)
    assert set(response.context["form"].errors) == {"name", "headline", "website", "country"}
    assert "Kept" in response.text
    own.refresh_from_db()
    assert own.revision == 0
    assert not changes_of(own).exists()


def test_a_stale_window_overwrites_nothing_and_shows_both(reader, own):
    stale = typed(own, headline="From the old window", regions=["014"])
    reader.post(EDIT, typed(own, headline="From the new window", biography="New.", regions=["015"]))
    response = reader.post(EDIT, stale)
    own.refresh_from_db()
    assert (own.headline, own.revision, changes_of(own).count()) == ("From the new window", 1, 1)
    assert "From the old window" in response.text
    meanwhile = {str(row["key"]): row["value"] for row in response.context["form"].saved_meanwhile}
    assert meanwhile == {"In one line": "From the new window", "Biography": "New.", **NORTH}


def test_saving_again_after_looking_at_both_is_a_choice(reader, own):
    stale = typed(own, headline="From the old window")
    reader.post(EDIT, typed(own, headline="From the new window"))
    form = reader.post(EDIT, stale).context["form"]
    assert form["revision"].value() == 1
    reader.post(EDIT, stale | {"revision": form["revision"].value()})
    own.refresh_from_db()
    assert own.headline == "From the old window"


def test_a_region_that_was_retired_stays_where_it_was_chosen_and_is_offered_to_nobody_else(reader, own, client, cast):
    kept = Region.objects.get(code="014")
    people.change(person=own, by=None, revision=0, regions=[kept])
    Region.objects.filter(pk=kept.pk).update(retired_on=today())
    reader.post(EDIT, typed(own, headline="Mediator"))
    assert set(own.regions.all()) == {kept}
    other = sign_in(client, cast["rising"])
    response = other.post(EDIT, typed(cast.person("rising"), regions=["014"]))
    assert "regions" in response.context["form"].errors


def test_nobody_changes_what_the_form_does_not_offer(reader, own):
    reader.post(EDIT, typed(own, headline="Mediator", sort_key="aaa", user="", public_id="x", is_staff="on"))
    own.refresh_from_db()
    assert (own.headline, own.user_id is not None, own.sort_key) == ("Mediator", True, "individual member")


def test_unlisting_takes_effect_at_once(reader, own, client, cast):
    sent = typed(own)
    del sent["listed"]
    reader.post(EDIT, sent)
    assert "Not listed in the directory" in reader.get(PROFILE).text
    other = sign_in(client, cast["rising"])
    assert other.get(reverse("members:person", args=[own.public_id])).status_code == 404


# --- Logins without a person --------------------------------------------------------------------------------------


def test_a_login_without_a_person_is_told_when_a_profile_begins(client, cast):
    stranger = sign_in(client, cast["stranger"])
    assert "You have no profile yet" in stranger.get(PROFILE).text
    assert "You hold no membership" in stranger.get(MEMBERSHIP).text
    assert stranger.get(EDIT).status_code == 403
    assert stranger.post(EDIT, {"name": "Somebody"}).status_code == 403
    assert not Person.objects.filter(name="Somebody").exists()


def test_an_applicant_is_told_who_sees_the_profile(client, cast):
    text = sign_in(client, cast["applicant"]).get(PROFILE).text
    assert "You are not a member yet: the Secretariat and you alone see this." in text


def test_visitors_are_asked_to_sign_in(client, db):
    for url in (PROFILE, EDIT, MEMBERSHIP):
        assert client.get(url).status_code == 302


# --- Membership ---------------------------------------------------------------------------------------------------


def test_a_membership_stands_with_its_dates_and_its_decision(client, cast):
    decision = voted(cast, ["yes"] * 5).decision
    text = sign_in(client, cast["applicant"]).get(MEMBERSHIP).text
    assert decision.number in text
    assert reverse("members:decision", args=[decision.number]) in text


def test_a_representative_sees_the_membership_of_the_organisation_while_they_speak_for_it(client, cast):
    reader = sign_in(client, cast["delegate"])
    assert "Institute of the Cast" in reader.get(MEMBERSHIP).text
    term = cast.person("delegate").representations.get()
    organisations.end_representation(representation=term, by=None)
    context = reader.get(MEMBERSHIP).context
    assert (context["current"], context["past"]) == ([], [])
    assert [each.pk for each in context["spoke"]] == [term.pk]


def test_what_is_over_and_what_is_to_come_stand_apart(reader, own, cast):
    held = own.memberships.get()
    memberships.end(membership=held, by=None)
    memberships.grant(tier_terms=held.terms, person=own, by=None, starts_on=add_months(today(), 1))
    context = reader.get(MEMBERSHIP).context
    assert [len(context[name]) for name in ("current", "to_come", "past")] == [0, 1, 1]


def test_many_terms_take_as_many_statements_as_few(reader, own):
    reader.get(MEMBERSHIP)
    for number in range(3):
        organisations.appoint_representative(
            organisation=made.member(f"Institute {number}"), person=own, role=RepresentationRole.DELEGATE, by=None
        )
    few = statements(reader)
    for number in range(3, 12):
        organisations.appoint_representative(
            organisation=made.member(f"Institute {number}"), person=own, role=RepresentationRole.DELEGATE, by=None
        )
    assert statements(reader) == few


def statements(reader) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert reader.get(MEMBERSHIP).status_code == 200
    return len(counted)

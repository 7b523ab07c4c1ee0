"""Organisations: the list, the page, and what those who speak for one do with it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import entry, memberships, organisations
from members.choices.applications import LinkPurpose
from members.choices.bodies import RepresentationRole
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, EntryLink, Person, Tier
from secretariat.models import Notice
from tests.factories import members as made
from tests.integration.members.test_projection import COLLEAGUES, OFFICE
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

LIST = reverse("members:organisations")
MANAGERS = {"institution", "delegate"} | OFFICE


@pytest.fixture
def own(cast):
    return cast.organisations["institution"]


def address(name, organisation, *more) -> str:
    return reverse(f"members:{name}", args=[organisation.slug, *more])


def record() -> tuple[int, ...]:
    """What an act could leave behind. Signing in has a record of its own."""
    acts = AuditEvent.objects.exclude(verb__startswith="account.")
    return acts.count(), Notice.objects.count(), EntryLink.objects.count()


# --- The list -----------------------------------------------------------------------------------------------------


def listed(client, **asked) -> list[str]:
    return [line.name for line in client.get(LIST, asked).context["organisations"]]


def test_the_list_holds_who_takes_part(client, cast):
    made.organisation("Not A Member")
    reader = sign_in(client, cast["individual"])
    assert set(listed(reader)) == {organisation.name for organisation in cast.organisations.values()}
    for name in ("applicant", "stranger"):
        assert sign_in(client, cast[name]).get(LIST).status_code == 403


def test_the_list_is_searched_and_filtered(client, cast):
    made.member("Observatório da Memória", acronym="OM", country="BR", kind="ngo")
    reader = sign_in(client, cast["individual"])
    for asked in ({"q": "memoria"}, {"q": "om observatorio"}, {"kind": "ngo"}, {"region": "019", "q": "observ"}):
        assert listed(reader, **asked) == ["Observatório da Memória"], asked
    assert len(listed(reader, tier="steering")) == 5
    for asked in ({"q": "a\x00"}, {"kind": "none"}, {"tier": "individual"}, {"page": "x"}):
        assert reader.get(LIST, asked).status_code == 200


def test_thirty_organisations_take_as_many_statements_as_one(client, cast):
    reader = sign_in(client, cast["individual"])

    def statements():
        with CaptureQueriesContext(connection) as counted:
            assert reader.get(LIST, {"q": "many"}).status_code == 200
        return len(counted)

    made.member("Many 0")
    statements()
    few = statements()
    for number in range(1, 30):
        made.member(f"Many {number}")
    assert statements() == few


# --- The page -----------------------------------------------------------------------------------------------------


def test_colleagues_read_the_page_and_only_those_who_manage_it_see_acts(client, cast, own):
    acts = [address(name, own) for name in ("organisation-edit", "organisation-invite")]
    for name in sorted(COLLEAGUES | OFFICE):
        response = sign_in(client, cast[name]).get(address("organisation", own))
        assert response.status_code == 200, name
        assert all((act in response.text) == (name in MANAGERS) for act in acts), name
        assert ("End" in response.text) == (name in MANAGERS), name
    for name in ("applicant", "stranger"):
        assert sign_in(client, cast[name]).get(address("organisation", own)).status_code == 404, name


def test_acts_are_refused_to_everybody_else_and_nothing_happens(client, cast, own):
    delegate = cast.person("delegate")
    pages = [
        (address("organisation-edit", own), {"about": "Taken over.", "revision": 0}),
        (address("organisation-invite", own), {"email": "x@made.test", "role": "delegate", "language": "en"}),
        (address("representation-end", own, delegate.public_id), {}),
    ]
    before = record()
    for name in sorted(set(cast.users) - MANAGERS - {"out-of-use"}):
        reader = sign_in(client, cast[name])
        for url, sent in pages:
            expected = 404 if name in ("applicant", "stranger") else 403
            assert reader.get(url).status_code == expected, (name, url)
            assert reader.post(url, sent).status_code == expected, (name, url)
    own.refresh_from_db()
    assert (own.about, own.revision, record()) == ("", 0, before)
    assert delegate.representations.in_force(on=today()).exists()


def test_who_is_not_listed_is_named_to_nobody_and_still_managed(client, cast, own):
    Person.objects.filter(pk=cast.person("delegate").pk).update(listed=False)
    url = address("representation-end", own, cast.person("delegate").public_id)
    principal = sign_in(client, cast["institution"]).get(address("organisation", own))
    assert "A person who is not listed" in principal.text
    assert cast.person("delegate").name not in principal.text
    assert url in principal.text
    member = sign_in(client, cast["individual"]).get(address("organisation", own))
    assert "not listed" not in member.text
    assert str(cast.person("delegate").public_id) not in member.text


def test_of_an_organisation_that_never_took_part_nobody_but_the_secretariat_learns(client, cast, own):
    apart, parent = made.organisation("Institute Apart"), made.organisation("University Apart")
    person = cast.person("rising")
    organisations.affiliate(person=person, organisation=apart, by=None)
    own.parent = parent
    own.save()
    directory = reverse("members:directory")
    member = sign_in(client, cast["individual"])
    assert member.get(address("organisation", apart)).status_code == 404
    assert address("organisation", apart) not in member.get(reverse("members:person", args=[person.public_id])).text
    page = member.get(address("organisation", own)).text
    assert "University Apart" in page, "what the Secretariat wrote of a member is told"
    assert address("organisation", parent) not in page
    unknown, known = (
        [row.public_id for row in member.get(directory, {"organisation": slug}).context["people"]]
        for slug in ("no-such-place", apart.slug)
    )
    assert known == unknown
    staff = sign_in(client, cast["secretariat-1"])
    assert staff.get(address("organisation", apart)).status_code == 200
    assert address("organisation", parent) in staff.get(address("organisation", own)).text


def test_one_that_takes_part_later_is_known_from_its_first_day(client, cast, clock):
    tomorrow = made.organisation("Institute of Tomorrow")
    terms = Tier.objects.get(short_name="institutional").current_terms
    memberships.grant(tier_terms=terms, organisation=tomorrow, by=None, starts_on=today() + timedelta(days=1))
    assert sign_in(client, cast["individual"]).get(address("organisation", tomorrow)).status_code == 404
    clock.shift(days=1)
    assert sign_in(client, cast["individual"]).get(address("organisation", tomorrow)).status_code == 200


def test_whoever_speaks_for_one_knows_it_as_long_as_they_do(client, cast):
    apart = made.organisation("Institute Apart")
    term = organisations.appoint_representative(
        organisation=apart, person=cast.person("individual"), role=RepresentationRole.DELEGATE, by=None
    )
    assert sign_in(client, cast["individual"]).get(address("organisation", apart)).status_code == 200
    organisations.end_representation(representation=term, by=None)
    assert sign_in(client, cast["individual"]).get(address("organisation", apart)).status_code == 404


def test_a_page_nobody_knows_is_not_there(client, cast):
    reader = sign_in(client, cast["institution"])
    for name in ("organisation", "organisation-edit", "organisation-invite"):
        assert reader.get(reverse(f"members:{name}", args=["no-such-place"])).status_code == 404


# --- Changing it --------------------------------------------------------------------------------------------------


def test_a_representative_changes_the_page(client, cast, own):
    sent = {"acronym": "IOC", "website": "https://ioc.example", "about": "Research.\nAnd more.", "revision": 0}
    sign_in(client, cast["delegate"]).post(address("organisation-edit", own), sent | {"name": "Another Name"})
    own.refresh_from_db()
    assert (own.acronym, own.name, own.revision) == ("IOC", "Institute of the Cast", 1)
    assert AuditEvent.objects.about(own).first().facts == {"fields": ["about", "acronym", "website"]}


def test_a_stale_window_overwrites_nothing_and_shows_both(client, cast, own):
    organisations.change(organisation=own, by=None, revision=0, about="From the new window")
    before = record()
    response = sign_in(client, cast["institution"]).post(
        address("organisation-edit", own), {"about": "From the old window", "revision": 0}
    )
    own.refresh_from_db()
    assert own.about == "From the new window"
    assert record() == before
    assert not AuditEvent.objects.about(own).filter(by=cast["institution"]).exists()
    assert "From the old window" in response.text
    assert [row["value"] for row in response.context["form"].saved_meanwhile] == ["From the new window"]


# --- Inviting -----------------------------------------------------------------------------------------------------


@pytest.fixture
def principal(client, cast):
    return sign_in(client, cast["institution"])


def invitation(**changes):
    return {"email": "new@made.test", "role": RepresentationRole.ALTERNATE, "language": "fr"} | changes


def test_an_invitation_goes_out_and_is_seen_by_those_who_manage_the_page(client, cast, own, principal):
    principal.post(address("organisation-invite", own), invitation())
    link = EntryLink.objects.get(purpose=LinkPurpose.INVITATION)
    assert (link.email, link.language, link.invited_by) == ("new@made.test", "fr", cast["institution"])
    assert Notice.objects.get(event__verb=Verb.REPRESENTATIVE_INVITED).address == "new@made.test"
    assert "new@made.test" in principal.get(address("organisation", own)).text
    assert "new@made.test" not in sign_in(client, cast["individual"]).get(address("organisation", own)).text


def test_an_invitation_that_is_refused_says_why_and_sends_nothing(cast, own, principal):
    before = record()
    refusals = {
        "role": invitation(role=RepresentationRole.PRINCIPAL),
        "email": invitation(email="delegate@cast.test", role=RepresentationRole.DELEGATE),
    }
    for field, sent in refusals.items():
        response = principal.post(address("organisation-invite", own), sent)
        assert list(response.context["form"].errors) == [field]
        assert sent["email"] in response.text
    assert list(principal.post(address("organisation-invite", own), {"email": ""}).context["form"].errors) == [
        "email",
        "role",
        "language",
    ]
    assert record() == before


def test_an_address_is_not_bombed_with_invitations_and_the_page_says_why(cast, own, principal):
    url, sent = address("organisation-invite", own), invitation(role=RepresentationRole.DELEGATE)
    for _time in range(25):
        response = principal.post(url, sent)
    assert response.context["form"].errors["email"] == [
        "This address was invited 3 times within an hour. Wait an hour before you invite it again."
    ]
    assert "new@made.test" in response.text
    assert EntryLink.objects.filter(email="new@made.test").count() == 3
    assert Notice.objects.filter(address="new@made.test").count() == 3


def test_without_a_fresh_second_factor_nobody_is_invited_and_what_was_typed_is_kept(client, cast, own):
    before = record()
    stale = sign_in(client, cast["institution"], fresh=False)
    response = stale.post(address("organisation-invite", own), invitation())
    assert response.status_code == 302
    assert reverse("members:second-factor") in response.url
    assert record() == before
    assert "new@made.test" in stale.get(address("organisation-invite", own)).text


def test_only_a_member_organisation_invites(client, cast):
    outside = made.organisation("Not A Member")
    staff = sign_in(client, cast["secretariat-1"])
    assert "Invite somebody" not in staff.get(address("organisation", outside)).text
    before = record()
    response = staff.post(address("organisation-invite", outside), invitation())
    assert response.context["form"].non_field_errors()
    assert record() == before


def test_an_invitation_is_withdrawn_once(own, principal, client, cast):
    principal.post(address("organisation-invite", own), invitation())
    link = EntryLink.objects.get(purpose=LinkPurpose.INVITATION)
    url = address("invitation-withdraw", own, link.public_id)
    assert principal.get(url).status_code == 405
    assert sign_in(client, cast["other-institution"]).post(url).status_code == 403
    link.refresh_from_db()
    assert EntryLink.objects.usable(at=link.created_at).filter(pk=link.pk).exists()
    sign_in(client, cast["institution"])
    principal.post(url)
    assert "new@made.test" not in principal.get(address("organisation", own)).text
    before = record()
    response = principal.post(url, follow=True)
    assert record() == before
    assert list(response.context["messages"])


def test_an_invitation_of_another_organisation_is_not_withdrawn_from_here(own, principal, cast):
    other = made.member("Institute Elsewhere")
    sent = {"organisation": other, "email": "x@made.test", "role": "delegate", "by": cast["secretariat-1"]}
    link = entry.invite(**sent)
    assert principal.post(address("invitation-withdraw", own, link.public_id)).status_code == 404
    assert principal.post(address("invitation-withdraw", other, link.public_id)).status_code == 403
    assert not AuditEvent.objects.filter(verb=Verb.INVITATION_WITHDRAWN).exists()


# --- Ending a representation --------------------------------------------------------------------------------------


def test_a_representation_is_ended_after_asking_and_the_rights_end_with_it(client, cast, own, principal):
    delegate = cast.person("delegate")
    url = address("representation-end", own, delegate.public_id)
    asked = principal.get(url)
    assert delegate.name in asked.text
    assert delegate.representations.in_force(on=today()).exists(), "asking ends nothing"
    principal.post(url)
    assert not delegate.representations.in_force(on=today()).exists()
    assert Notice.objects.get(event__verb=Verb.REPRESENTATION_ENDED).user == cast["delegate"]
    assert sign_in(client, cast["delegate"]).get(address("organisation", own)).status_code == 404


def test_ended_twice_is_not_there_the_second_time(cast, own, principal):
    url = address("representation-end", own, cast.person("delegate").public_id)
    principal.post(url)
    before = record()
    assert principal.post(url).status_code == 404
    assert record() == before


def test_whoever_ends_their_own_comes_to_their_membership(cast, own, client):
    delegate = sign_in(client, cast["delegate"])
    response = delegate.post(address("representation-end", own, cast.person("delegate").public_id), follow=True)
    assert response.redirect_chain == [(reverse("members:membership"), 302)]
    assert response.status_code == 200


def test_representatives_of_another_organisation_are_not_ended_from_here(cast, own, principal):
    person = cast.person("other-institution")
    assert principal.post(address("representation-end", own, person.public_id)).status_code == 404
    assert person.representations.in_force(on=today()).exists()


def test_when_the_membership_ends_nobody_manages_the_page_but_the_secretariat(client, cast, own):
    memberships.end(membership=own.memberships.get(), by=None)
    assert sign_in(client, cast["institution"]).get(address("organisation-edit", own)).status_code == 404
    staff = sign_in(client, cast["secretariat-1"])
    assert staff.get(address("organisation-edit", own)).status_code == 200
    assert "Not a member" in staff.get(address("organisation", own)).text

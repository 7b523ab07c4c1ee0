"""Coming into a working group, being in it, and leaving it: every act, and every refusal by what did not happen."""

from datetime import timedelta

import pytest
from django.urls import reverse

from members.actions import erasures, memberships, offices, organisations, people, protection
from members.choices.audiences import Audience
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, Country, Membership, Representation, User
from secretariat.choices import Kind
from secretariat.models import Notice
from taskforces.actions import groups, invitations, requests, seats
from taskforces.choices import GroupState, SeatKind
from taskforces.models import GroupInvitation, GroupSeat, JoinRequest
from taskforces.permissions.groups import visible_to
from taskforces.permissions.table import GroupRight
from taskforces.queries.own_data import own_data_of
from tests.factories import groups as made
from tests.integration.members.test_rights import check_rights
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def fresh(cast, name):
    return User.objects.get(pk=cast[name].pk)


def manages(cast, name, group):
    may = visible_to(fresh(cast, name), right=GroupRight.MANAGE_PEOPLE)
    return may.filter(pk=group.pk).exists()


def is_in(cast, name, group):
    return group.body.group in fresh(cast, name).groups.all()


def told(cast, name):
    return list(Notice.objects.filter(user=cast[name]).order_by("pk").values_list("kind", flat=True))


def recorded(verb):
    return AuditEvent.objects.filter(verb=verb).count()


@pytest.fixture
def group(cast):
    """A task force of everybody, which approves of who joins; the institution's principal chairs it."""
    return made.active(cast, kind="task-force")


class TestAsking:
    def test_chairs_take_somebody_in(self, cast, group):
        asked = requests.ask(group=group, person=cast.person("individual"), by=cast["individual"], message="Ten years.")
        assert told(cast, "institution")[-1] == Kind.GROUP_ASKED
        assert not is_in(cast, "individual", group)

        requests.accept(request=asked, by=cast["institution"])

        assert is_in(cast, "individual", group)
        assert told(cast, "individual")[-1] == Kind.GROUP_SEATED
        assert recorded(Verb.GROUP_ASKED) == recorded(Verb.GROUP_ADMITTED) == 1
        assert check_rights()[0].startswith("All is right")
        with refused("answered"):
            requests.accept(request=asked, by=cast["institution"])
        assert GroupSeat.objects.filter(group=group, person=cast.person("individual")).count() == 1

    def test_chairs_say_no_and_why(self, cast, group, client):
        asked = requests.ask(group=group, person=cast.person("individual"), by=cast["individual"])
        with refused("no-reason"):
            requests.decline(request=asked, reason=" ", by=cast["institution"])
        assert JoinRequest.objects.open().exists()

        requests.decline(request=asked, reason="The group is full this year.", by=cast["institution"])

        assert not GroupSeat.objects.filter(person=cast.person("individual")).exists()
        assert told(cast, "individual")[-1] == Kind.GROUP_DECLINED
        sign_in(client, cast["individual"])
        assert b"The group is full this year." in client.get(reverse("taskforces:group", args=[group.slug])).content

    def test_one_takes_it_back(self, cast, group):
        asked = requests.ask(group=group, person=cast.person("individual"), by=cast["individual"])
        requests.withdraw(request=asked, by=cast["individual"])
        with refused("answered"):
            requests.accept(request=asked, by=cast["institution"])
        assert not is_in(cast, "individual", group)
        requests.ask(group=group, person=cast.person("individual"), by=cast["individual"])
        with refused("has-asked"):
            requests.ask(group=group, person=cast.person("individual"), by=cast["individual"])

    def test_who_is_eligible_joins_a_technical_group_at_once(self, cast):
        group = made.active(cast, kind="technical")
        requests.ask(group=group, person=cast.person("individual"), by=cast["individual"])
        assert is_in(cast, "individual", group)
        assert recorded(Verb.GROUP_JOINED) == 1

    def test_nobody_asks_into_a_committee_or_a_dormant_group(self, cast, group):
        with refused("by-invitation"):
            committee = made.active(cast, "The Committee", kind="committee")
            requests.ask(group=committee, person=cast.person("rising"), by=cast["rising"])
        groups.step(group=group, state=GroupState.DORMANT, reason="Rest.", by=cast["secretariat-1"])
        with refused("not-active"):
            requests.ask(group=group, person=cast.person("rising"), by=cast["rising"])
        assert not JoinRequest.objects.exists()


class TestTransatlantic:
    @pytest.fixture
    def group(self, cast):
        group = made.transatlantic()
        made.seated(cast, group, "institution", SeatKind.CHAIR)
        made.chartered(group)
        return groups.step(group=group, state=GroupState.ACTIVE, reason="Founded.", by=cast["secretariat-1"])

    def test_its_list_starts_as_europe_and_northern_america(self, group):
        codes = set(group.countries.values_list("pk", flat=True))
        assert {"CA", "US", "FR", "NO", "UA", "GL"} <= codes
        assert not codes & {"MX", "KE", "TR", "JP"}

    def test_who_lives_elsewhere_observes(self, cast, group):
        with refused("not-eligible"):
            requests.ask(group=group, person=cast.person("individual"), by=cast["individual"])
        with refused("not-eligible"):
            invitations.invite(
                group=group, person=cast.person("individual"), role=SeatKind.MEMBER, by=cast["institution"]
            )
        assert not JoinRequest.objects.exists()
        assert not GroupInvitation.objects.exists()
        offered = invitations.invite(
            group=group, person=cast.person("individual"), role=SeatKind.OBSERVER, by=cast["institution"]
        )
        invitations.accept(invitation=offered, by=cast["individual"])
        assert not is_in(cast, "individual", group)
        assert not manages(cast, "individual", group)

    def test_a_link_by_home_or_by_an_organisation_is_enough(self, cast, group):
        person = cast.person("individual")
        people.change(person=person, by=None, revision=person.revision, country=Country.objects.get(code="CA"))
        person.refresh_from_db()
        requests.ask(group=group, person=person, by=cast["individual"])
        # seated in Portugal
        requests.ask(group=group, person=cast.person("steering-4"), by=cast["steering-4"])
        assert JoinRequest.objects.open().count() == 2


class TestInvitations:
    def test_invited_and_accepted(self, cast, group):
        offered = invitations.invite(
            group=group, person=cast.person("rising"), role=SeatKind.RAPPORTEUR, by=cast["institution"]
        )
        assert told(cast, "rising")[-1] == Kind.GROUP_INVITED
        with refused("has-been-invited"):
            invitations.invite(group=group, person=cast.person("rising"), role=SeatKind.MEMBER, by=cast["institution"])
        invitations.accept(invitation=offered, by=cast["rising"])
        assert is_in(cast, "rising", group)
        assert told(cast, "institution")[-1] == Kind.GROUP_ANSWERED

    def test_declined_and_withdrawn(self, cast, group):
        for act, facts in ((invitations.decline, cast["rising"]), (invitations.withdraw, cast["institution"])):
            offered = invitations.invite(
                group=group, person=cast.person("rising"), role=SeatKind.MEMBER, by=cast["institution"]
            )
            act(invitation=offered, by=facts)
            with refused("answered"):
                invitations.accept(invitation=offered, by=cast["rising"])
        assert not is_in(cast, "rising", group)

    def test_chairs_name_no_chair(self, cast, group):
        with refused("not-yours"):
            invitations.invite(
                group=group, person=cast.person("rising"), role=SeatKind.VICE_CHAIR, by=cast["institution"]
            )
        assert not GroupInvitation.objects.exists()


class TestSeats:
    def test_another_role_ends_the_one_before(self, cast, group):
        made.seated(cast, group, "individual")
        seats.grant(group=group, person=cast.person("individual"), role=SeatKind.RAPPORTEUR, by=cast["institution"])
        held = GroupSeat.objects.in_force(on=today()).filter(group=group, person=cast.person("individual"))
        assert [seat.role for seat in held] == [SeatKind.RAPPORTEUR]

    def test_one_chair_at_a_time(self, cast, group):
        with refused("role-taken"):
            made.seated(cast, group, "individual", SeatKind.CHAIR)
        assert not GroupSeat.objects.filter(person=cast.person("individual")).exists()

    def test_chairs_seat_nobody_who_was_not_asked(self, cast, group):
        with refused("invite"):
            seats.grant(group=group, person=cast.person("rising"), role=SeatKind.MEMBER, by=cast["institution"])
        assert not is_in(cast, "rising", group)

    def test_ended_and_left(self, cast, group):
        ended = made.seated(cast, group, "individual")
        left = made.seated(cast, group, "rising")
        seats.end(seat=ended, by=cast["institution"])
        seats.leave(seat=left, by=cast["rising"])
        assert not is_in(cast, "individual", group)
        assert not is_in(cast, "rising", group)
        assert told(cast, "individual")[-1] == Kind.GROUP_SEAT_ENDED
        with refused("over"):
            seats.leave(seat=left, by=cast["rising"])
        assert recorded(Verb.GROUP_LEFT) == 1

    def test_chairs_do_not_end_the_chair(self, cast, group):
        made.seated(cast, group, "rising", SeatKind.VICE_CHAIR)
        chair = GroupSeat.objects.get(group=group, role=SeatKind.CHAIR)
        with refused("not-yours"):
            seats.end(seat=chair, by=cast["rising"])
        assert manages(cast, "institution", group)

    def test_only_who_takes_part_can_be_in_a_group(self, cast, group):
        with refused("not-taking-part"):
            made.seated(cast, group, "applicant")
        assert not GroupSeat.objects.filter(person=cast.person("applicant")).exists()

    def test_the_liaison_serves(self, cast, group):
        with refused("not-serving"):
            made.seated(cast, group, "individual", SeatKind.LIAISON)
        made.seated(cast, group, "secretariat-2", SeatKind.LIAISON)
        assert is_in(cast, "secretariat-2", group)

    def test_a_right_ends_at_midnight_though_no_worker_runs(self, cast, group, client, clock):
        made.seated(cast, group, "rising", SeatKind.VICE_CHAIR, ends_on=today() + timedelta(days=1))
        page = reverse("taskforces:group-invite", args=[group.slug])
        sign_in(client, fresh(cast, "rising"))
        assert client.get(page).status_code == 200
        clock.shift(days=1)
        sign_in(client, fresh(cast, "rising"))
        assert client.get(page).status_code == 403
        assert not is_in(cast, "rising", group)
        assert check_rights()[0].startswith("All is right")

    def test_a_seat_gives_nothing_once_the_membership_is_over(self, cast, group, client, clock):
        """The membership lapses at midnight: no act, no worker, and the seat is still there."""
        made.seated(cast, group, "rising", SeatKind.VICE_CHAIR)
        membership = Membership.objects.get(person=cast.person("rising"))
        clock.shift(days=(membership.ends_on - today()).days)
        sign_in(client, fresh(cast, "rising"))
        assert client.get(reverse("taskforces:group-people", args=[group.slug])).status_code == 403
        assert not manages(cast, "rising", group)

    def test_drift_is_found(self, cast, group):
        cast["rising"].groups.add(group.chairs.group)
        said, named = check_rights()
        assert said == "1 rights are not as they should be."
        assert "working_group_chairs" in named


class TestLosing:
    def test_membership(self, cast, group):
        made.seated(cast, group, "individual")
        memberships.end(membership=Membership.objects.get(person=cast.person("individual")), by=cast["secretariat-1"])
        assert not GroupSeat.objects.in_force(on=today()).filter(person=cast.person("individual")).exists()
        assert recorded(Verb.GROUP_SEAT_ENDED) == 1
        assert told(cast, "individual")[-1] == Kind.GROUP_SEAT_ENDED

    def test_of_the_organisation_one_speaks_for(self, cast, group):
        made.seated(cast, group, "delegate")
        organisation = cast.organisations["institution"]
        memberships.end(membership=Membership.objects.get(organisation=organisation), by=cast["secretariat-1"])
        assert not GroupSeat.objects.in_force(on=today()).filter(group=group).exists()

    def test_representation_but_for_who_takes_part_otherwise(self, cast, group):
        for name in ("delegate", "alternate"):
            made.seated(cast, group, name)
        organisations.affiliate(
            person=cast.person("alternate"), organisation=cast.organisations["institution"], by=None
        )
        offices.appoint_staff(person=cast.person("alternate"), role="officer", by=None)
        for name in ("delegate", "alternate"):
            organisations.end_representation(
                representation=Representation.objects.get(person=cast.person(name)), by=cast["institution"]
            )
        left = GroupSeat.objects.in_force(on=today()).filter(group=group).values_list("person__user", flat=True)
        assert set(left) == {cast["institution"].pk, cast["alternate"].pk}

    def test_everything_at_an_erasure(self, cast, group):
        seat = made.seated(cast, group, "individual")
        other = made.active(cast, "Another Group", kind="task-force", chair="other-institution")
        requests.ask(group=other, person=cast.person("individual"), by=cast["individual"], message="canary")
        erasures.repeat(user=cast["individual"])
        seat.refresh_from_db()
        assert seat.ends_on == today()
        assert not JoinRequest.objects.filter(message="canary").exists()
        assert not JoinRequest.objects.open().exists()

    def test_own_data(self, cast, group):
        made.seated(cast, group, "individual")
        sections = {section.key: section.entries for section in own_data_of(cast["individual"])}
        assert sections["group_seats"][0][0].value == group.name
        assert not any(section.entries for section in own_data_of(cast["rising"]))


class TestProtected:
    @pytest.fixture
    def handle(self, cast, group):
        """A member of the group, who was rapporteur, and is listed to members under the handle."""
        made.seated(cast, group, "individual", SeatKind.RAPPORTEUR)
        user = fresh(cast, "individual")
        held = protection.protect(user=user, by=user)
        protection.list_for(user=user, listed_for=[Audience.MEMBERS], by=user)
        return held.handle

    def page(self, client, cast, name, group):
        sign_in(client, fresh(cast, name))
        return client.get(reverse("taskforces:group-people", args=[group.slug])).content.decode()

    def test_gives_up_the_office_and_stays_a_member(self, cast, group, handle):
        held = GroupSeat.objects.in_force(on=today()).get(person=cast.person("individual"))
        assert held.role == SeatKind.MEMBER
        assert is_in(cast, "individual", group)
        assert check_rights()[0].startswith("All is right")

    def test_is_known_to_the_group_under_the_handle_and_to_nobody_else(self, client, cast, group, handle):
        made.seated(cast, group, "rising", SeatKind.OBSERVER)
        other = made.active(cast, "Another Group", kind="task-force", chair="other-institution")
        made.seated(cast, other, "delegate")
        made.seated(cast, group, "steering-1")
        for name in ("institution", "steering-1"):
            assert handle in self.page(client, cast, name, group), name
        assert "Individual Member" not in self.page(client, cast, "steering-1", group)
        for name in ("secretariat-1", "rising", "other-institution", "delegate", "steering-2"):
            assert handle not in self.page(client, cast, name, group), name

    def test_is_in_no_number(self, client, cast, group, handle):
        for name in ("institution", "steering-2", "secretariat-1"):
            sign_in(client, fresh(cast, name))
            response = client.get(reverse("taskforces:group", args=[group.slug]))
            assert response.context["size"] == 1, name
            line = client.get(reverse("taskforces:groups")).context["lines"][0]
            assert (line.group, line.size) == (group, 1)

    def test_asks_without_the_secretariat_knowing(self, client, cast, group, handle):
        other = made.active(cast, "Another Group", kind="task-force", chair="other-institution", countries=["CA"])
        asked = requests.ask(group=other, person=cast.person("individual"), by=fresh(cast, "individual"))
        assert handle in self.page(client, cast, "other-institution", other)
        assert handle not in self.page(client, cast, "secretariat-1", other)
        accept = reverse("taskforces:group-request-accept", args=[other.slug, asked.public_id])
        assert client.post(accept).status_code == 404
        assert not is_in(cast, "individual", other)

    def test_takes_back_what_they_said_of_themselves(self, cast, group):
        requests.ask(group=group, person=cast.person("rising"), by=cast["rising"], message="canary")
        user = fresh(cast, "rising")
        protection.protect(user=user, by=user)
        assert JoinRequest.objects.open().get().message == ""

    def test_holds_no_office(self, cast, group, handle):
        with refused("protected"):
            made.seated(cast, group, "individual", SeatKind.VICE_CHAIR)
        assert is_in(cast, "individual", group)

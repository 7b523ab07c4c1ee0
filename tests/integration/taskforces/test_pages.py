"""The pages of working groups: who finds what there, and at how many statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import accounts, memberships, people
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent, Tier, User
from secretariat.choices import Kind
from secretariat.models import Notice
from taskforces.actions import groups, invitations, reference, requests
from taskforces.choices import GroupState, InvitationState, RequestState, SeatKind
from taskforces.models import GroupKind, GroupSeat, GroupStep, WorkingGroup
from tests.factories import groups as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def statements(client, path):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def further(cast, number):
    """A further member, by their person."""
    user = accounts.open_login(email=f"further-{number}@made.test", by=None)
    person = people.enter(name=f"Further Member {number}", user=user, by=None)
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    cast.users[f"further-{number}"] = User.objects.get(pk=user.pk)
    return f"further-{number}"


@pytest.fixture
def group(cast):
    return made.active(cast, kind="task-force", countries=["GH", "CA"])


class TestIndex:
    def test_costs_as_much_for_thirty_groups_as_for_one(self, client, cast, group):
        sign_in(client, cast["individual"])
        path = reverse("taskforces:groups")
        client.get(path)
        before = statements(client, path)
        for number in range(29):
            made.seated(cast, made.entered(cast, f"Group {number}"), "institution", SeatKind.CHAIR)
        assert statements(client, path) == before

    def test_filters(self, client, cast, group):
        made.entered(cast, "A proposed Group", kind="regional")
        sign_in(client, cast["individual"])

        def found(query):
            return {line.group.name for line in client.get(reverse("taskforces:groups") + query).context["lines"]}

        assert found("?state=active") == {group.name}
        assert found(f"?kind={GroupKind.objects.get(key='regional').pk}") == {"A proposed Group"}
        assert group.name in found("?region=002")
        assert group.name not in found("?region=142")
        assert found("?q=early") == {group.name}

    def test_visitors_find_what_is_public(self, client, cast, group):
        made.entered(cast, "A proposed Group")
        hidden = made.active(cast, "The Committee", kind="committee")
        answer = client.get(reverse("taskforces:groups"))
        assert [line.group for line in answer.context["lines"]] == [group]
        assert client.get(reverse("taskforces:group", args=[hidden.slug])).status_code == 404
        page = client.get(reverse("taskforces:group", args=[group.slug])).content.decode()
        assert cast.person("institution").name not in page

    def test_says_when_there_is_none(self, client, db):
        assert "No working group yet" in client.get(reverse("taskforces:groups")).content.decode()


class TestRoster:
    def test_costs_as_much_for_thirty_people_as_for_one(self, client, cast, group):
        sign_in(client, cast["institution"])
        path = reverse("taskforces:group-people", args=[group.slug])
        client.get(path)
        before = statements(client, path)
        for number in range(29):
            made.seated(cast, group, further(cast, number))
        assert statements(client, path) == before

    def test_of_a_day(self, client, cast, group, clock):
        first = today()
        clock.shift(days=10)
        seat = made.seated(cast, group, "individual")
        clock.shift(days=10)
        sign_in(client, cast["institution"])
        path = reverse("taskforces:group-people", args=[group.slug])
        assert [line.row.role for line in client.get(f"{path}?on={first}").context["roster"].lines] == ["chair"]
        assert seat in [line.row for line in client.get(f"{path}?on=nonsense").context["roster"].lines]

    def test_balance_counts_the_lines(self, client, cast, group):
        made.seated(cast, group, "individual")
        sign_in(client, cast["institution"])
        shown = client.get(reverse("taskforces:group-people", args=[group.slug])).context["roster"]
        assert sum(count for _region, count in shown.regions) == len(shown.lines) == 2


class TestLife:
    def test_steps_with_reasons(self, cast, group):
        office = cast["secretariat-1"]
        for code, facts in {
            "no-reason": {"state": GroupState.DORMANT, "reason": " "},
            "no-such-step": {"state": GroupState.PROPOSED, "reason": "Why not."},
        }.items():
            with refused(code):
                groups.step(group=group, by=office, **facts)
        assert WorkingGroup.objects.get(pk=group.pk).state == GroupState.ACTIVE
        assert GroupStep.objects.filter(group=group).count() == 2

    def test_nobody_chairs(self, cast):
        group = made.entered(cast)
        with refused("no-chair"):
            groups.step(group=group, state=GroupState.ACTIVE, reason="Now.", by=cast["secretariat-1"])
        assert WorkingGroup.objects.get(pk=group.pk).state == GroupState.PROPOSED

    def test_concluding_ends_everything_and_tells_everybody(self, cast):
        group = made.active(cast, kind="task-force")
        made.seated(cast, group, "individual")
        invited = invitations.invite(
            group=group, person=cast.person("delegate"), role=SeatKind.MEMBER, by=cast["institution"]
        )
        asked = requests.ask(group=group, person=cast.person("other-institution"), by=cast["other-institution"])
        events = AuditEvent.objects.count()

        groups.step(group=group, state=GroupState.CONCLUDED, reason="The work is done.", by=cast["secretariat-1"])

        assert AuditEvent.objects.count() == events + 1
        assert not GroupSeat.objects.in_force(on=today()).filter(group=group).exists()
        invited.refresh_from_db()
        asked.refresh_from_db()
        assert (invited.state, asked.state) == (InvitationState.WITHDRAWN, RequestState.WITHDRAWN)
        readers = Notice.objects.filter(kind=Kind.GROUP_STEPPED, event__facts__state="concluded")
        assert {row.user for row in readers} == {cast["institution"], cast["individual"]}
        with refused("concluded"):
            made.seated(cast, group, "rising")

    def test_a_stale_window_overwrites_nothing(self, cast, group):
        groups.change(group=group, by=cast["secretariat-1"], revision=0, name="A better Name")
        with refused("stale"):
            groups.change(group=group, by=cast["secretariat-1"], revision=0, name="A worse Name")
        assert WorkingGroup.objects.get(pk=group.pk).name == "A better Name"
        assert AuditEvent.objects.filter(verb=Verb.GROUP_CHANGED).count() == 1

    def test_reference_is_added_once_and_left_alone(self, cast):
        group = made.transatlantic()
        group.countries.set(["CA"])
        assert reference.load() == {"kinds": 0, "groups": 0}
        assert [country.pk for country in group.countries.all()] == ["CA"]


class TestAdministration:
    def test_kinds_are_edited_on_the_record(self, client, cast):
        sign_in(client, cast["secretariat-1"], confirmed=True)
        kind = GroupKind.objects.get(key="technical")
        page = reverse("admin:taskforces_groupkind_change", args=[kind.pk])
        assert client.get(page).status_code == 200
        values = {"name": "Expert group", "joined_by": "approval", "roles": ["chair", "member"], "smallest_size": 4}
        values |= {"features": ["meetings"], "report_every": 3}
        assert client.post(page, values).status_code == 302
        kind.refresh_from_db()
        assert (kind.name, kind.roles, kind.has_public_page) == ("Expert group", ["chair", "member"], False)
        assert (kind.features, kind.report_every) == (["meetings"], 3)
        assert AuditEvent.objects.filter(verb=Verb.REFERENCE_CHANGED, target_id=kind.pk).count() == 1

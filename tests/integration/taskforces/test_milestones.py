"""Milestones and reports, from the form to the record."""

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.choices.verbs import Verb
from members.kernel.clock import today
from members.models import AuditEvent
from secretariat.choices import Kind
from secretariat.models import Notice
from taskforces.actions import groups, milestones, reports
from taskforces.choices import GroupState, MilestoneState
from taskforces.models import GroupKind, GroupReport, Milestone
from taskforces.queries.reports import overdue_since, period_of
from tests.factories import groups as made
from tests.refusals import refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(cast):
    group = made.active(cast, kind="task-force")
    made.seated(cast, group, "individual")
    return group


def page(name, group, *further):
    return reverse(f"taskforces:{name}", args=[group.slug, *further])


class TestMilestones:
    def test_one_life(self, client, cast, group):
        sign_in(client, cast["individual"])
        assert client.post(page("group-milestone-propose", group), {"title": "A map", "revision": 0}).status_code == 302
        milestone = Milestone.objects.get()
        assert milestone.state == MilestoneState.PROPOSED
        assert Notice.objects.filter(kind=Kind.GROUP_MILESTONE, user=cast["institution"]).count() == 1
        assert client.post(page("group-milestone-take-on", group, milestone.public_id)).status_code == 403
        sign_in(client, cast["institution"])
        client.post(page("group-milestone-take-on", group, milestone.public_id))
        words = {"title": "A map of desks", "due_on": "2020-05-01", "revision": 0}
        client.post(page("group-milestone-change", group, milestone.public_id), words)
        assert "Overdue" in client.get(page("group-milestones", group)).text
        ended = {"state": "reached", "outcome": "It hangs on the wall.", "evidence": "https://example.org/map"}
        client.post(page("group-milestone-end", group, milestone.public_id), ended)
        milestone.refresh_from_db()
        assert (milestone.state, milestone.title) == (MilestoneState.REACHED, "A map of desks")
        shown = client.get(page("group-milestones", group)).text
        assert "It hangs on the wall." in shown
        assert "Overdue" not in shown
        recorded = AuditEvent.objects.filter(verb__startswith="group.milestone").order_by("pk")
        assert list(recorded.values_list("verb", flat=True)) == [
            Verb.GROUP_MILESTONE_PROPOSED,
            Verb.GROUP_MILESTONE_TAKEN_ON,
            Verb.GROUP_MILESTONE_CHANGED,
            Verb.GROUP_MILESTONE_ENDED,
        ]

    def test_a_stale_window_overwrites_nothing(self, client, cast, group):
        milestone = milestones.propose(group=group, title="A map", by=cast["institution"])
        milestones.change(milestone=milestone, title="A better map", revision=0, by=cast["institution"])
        sign_in(client, cast["institution"])
        address = page("group-milestone-change", group, milestone.public_id)
        shown = client.post(address, {"title": "A worse map", "revision": 0}).text
        assert "A worse map" in shown
        milestone.refresh_from_db()
        assert milestone.title == "A better map"

    def test_what_is_over_and_what_is_empty(self, client, cast, group):
        milestone = milestones.propose(group=group, title="A map", by=cast["institution"])
        with refused("no-outcome"):
            milestones.end(milestone=milestone, state="dropped", outcome=" ", by=cast["institution"])
        milestones.end(milestone=milestone, state="dropped", outcome="Others do it.", by=cast["institution"])
        with refused("no-such-step"):
            milestones.take_on(milestone=milestone, by=cast["institution"])
        with refused("ended"):
            milestones.change(milestone=milestone, title="Again", revision=0, by=cast["institution"])
        milestone.refresh_from_db()
        assert (milestone.state, milestone.title) == (MilestoneState.DROPPED, "A map")

    def test_costs_as_much_for_thirty_as_for_one(self, client, cast, group):
        sign_in(client, cast["institution"])

        def statements():
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page("group-milestones", group)).status_code == 200
            return len(asked)

        milestones.propose(group=group, title="A map", by=cast["institution"])
        statements()
        before = statements()
        Milestone.objects.bulk_create(Milestone(group=group, title=f"Map {number}") for number in range(29))
        assert statements() == before

    def test_a_kind_without_milestones_has_no_such_page(self, client, cast, group):
        GroupKind.objects.filter(key="task-force").update(features=["reports"])
        sign_in(client, cast["institution"])
        assert client.get(page("group-milestones", group)).status_code == 404
        assert "milestones" not in client.get(page("group", group)).text


class TestReports:
    def test_is_filed_once_for_a_period_and_never_changed(self, client, cast, group):
        sign_in(client, cast["institution"])
        words = {"done": "Two papers.", "plans": "A third."}
        assert client.post(page("group-report-file", group), words).status_code == 302
        report = GroupReport.objects.get()
        assert (report.covers_from, report.covers_to) == (today(), today())
        shown = client.post(page("group-report-file", group), words | {"done": "Again."})
        assert "The period before is reported already." in shown.text
        assert GroupReport.objects.count() == 1
        assert Notice.objects.filter(kind=Kind.GROUP_REPORTED).exists()
        with pytest.raises(ProgrammingError, match="Cannot update"):
            GroupReport.objects.update(done="Nothing.")

    def test_is_overdue_after_its_months(self, client, cast, clock, group):
        _first, last = period_of(group)
        assert overdue_since(group, on=last) is None
        clock.shift(days=(last - today()).days + 1)
        assert overdue_since(group, on=today()) == last
        sign_in(client, cast["institution"])
        assert "is overdue" in client.get(page("group", group)).text
        sign_in(client, cast["individual"])
        assert "is overdue" not in client.get(page("group", group)).text
        reports.file(group=group, done="Much.", plans="More.", by=cast["institution"])
        assert overdue_since(group, on=today()) is None

    def test_nobody_reports_before_the_group_is_active(self, cast):
        group = made.entered(cast)
        with refused("not-active"):
            reports.file(group=group, done="Much.", plans="More.", by=cast["secretariat-1"])
        assert not GroupReport.objects.exists()

    def test_a_dormant_group_owes_nothing(self, client, cast, clock, group):
        groups.step(group=group, state=GroupState.DORMANT, reason="A rest.", by=cast["secretariat-1"])
        clock.shift(days=400)
        group.refresh_from_db()
        assert overdue_since(group, on=today()) is None
        sign_in(client, cast["institution"])
        assert "Overdue" not in client.get(page("group-reports", group)).text

"""The life of a charter: two ballots, the comments between them, what nobody may change meanwhile, and past days."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from members.actions import ballots, protection
from members.choices.ballots import BallotState, Verdict
from members.choices.verbs import Verb
from members.kernel.clock import database_now, today
from members.models import Application, AuditEvent, Ballot, Decision
from members.permissions.ballots import ballot_for
from members.queries.ballots import held, questions_for
from members.queries.decisions import told_to
from members.queries.logs import faults_of, to_verify
from secretariat.choices import Kind
from secretariat.models import Notice
from taskforces.actions import charters, groups
from taskforces.choices import CharterState, Disposition, GroupState, SeatKind
from taskforces.models import Charter, CharterComment, CharterVersion
from taskforces.queries.charters import in_force
from tests import people
from tests.factories import ballots as balloting
from tests.factories import groups as made
from tests.refusals import code_of, refused
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db
ALL = ["yes"] * people.SEATS


@pytest.fixture
def group(cast):
    group = made.entered(cast)
    made.seated(cast, group, "institution", SeatKind.CHAIR)
    return group


def written(cast, group, *, revision=0, **change):
    return charters.write(group=group, by=cast["institution"], revision=revision, **made.CONTENT | change)


def handed_in(cast, group, **change):
    return charters.hand_in(charter=written(cast, group, **change), by=cast["institution"])


def put(cast, charter, choices=ALL, *, opened=True):
    """The ballot on a charter, with what the seats say."""
    office = cast["secretariat-1"]
    ballot = charters.put(charter=charter, by=office)
    if opened:
        ballot = ballots.open(ballot=ballot, by=office)
    for user, choice in zip(cast.seats, choices if opened else (), strict=False):
        balloting.clear(ballot, user)
        balloting.vote(ballot, user, choice)
    return Ballot.objects.get(pk=ballot.pk)


def released(cast, group, **change):
    charter = handed_in(cast, group, **change)
    put(cast, charter)
    return Charter.objects.get(pk=charter.pk)


def past_comments(charter):
    Charter.objects.filter(pk=charter.pk).update(comment_ends_at=database_now())
    return Charter.objects.get(pk=charter.pk)


def adopted(cast, group, **change):
    charter = past_comments(released(cast, group, **change))
    charters.hand_in(charter=charter, by=cast["institution"])
    put(cast, charter)
    return Charter.objects.get(pk=charter.pk)


def state_of(row):
    return type(row).objects.get(pk=row.pk).state


class TestLife:
    def test_from_the_first_draft_to_an_active_group(self, cast, group):
        charter = handed_in(cast, group)
        assert (state_of(charter), state_of(group)) == (CharterState.RELEASE, GroupState.IN_CHARTER)
        release = put(cast, charter)
        charter.refresh_from_db()
        assert (release.rule.key, release.verdict) == ("charter-release", Verdict.APPROVED)
        assert charter.state == CharterState.COMMENT
        assert charter.comment_ends_at - charter.released_at == timedelta(days=14)
        charter = past_comments(charter)
        changed = charters.write(group=group, by=cast["institution"], revision=charter.revision, aims="Better advice.")
        charters.hand_in(charter=changed, by=cast["institution"])
        adoption = put(cast, charter)
        charter.refresh_from_db()
        assert adoption.rule.key == "charter-adoption"
        assert (charter.state, charter.adopted_version.number, charter.adopted_version.aims) == (
            CharterState.ADOPTED,
            2,
            "Better advice.",
        )
        assert charter.decision == adoption.decision
        assert state_of(group) == GroupState.ACTIVE
        assert in_force(group, on=today()) == charter
        assert [row for ballot in to_verify() for row in faults_of(ballot)] == []

    def test_a_group_is_not_made_active_without_it(self, cast, group):
        with refused("no-charter"):
            groups.step(group=group, state=GroupState.ACTIVE, reason="Now.", by=cast["secretariat-1"])
        assert state_of(group) == GroupState.PROPOSED

    def test_rechartering_leaves_the_old_one_in_force_until_the_new_is(self, cast, group):
        first = adopted(cast, group)
        second = released(cast, group, aims="Other aims.")
        assert (state_of(first), in_force(group, on=today())) == (CharterState.ADOPTED, first)
        charters.hand_in(charter=past_comments(second), by=cast["institution"])
        put(cast, second)
        assert (state_of(first), in_force(group, on=today())) == (CharterState.SUPERSEDED, second)
        assert [row.number for row in CharterVersion.objects.filter(group=group)] == [1, 2]

    def test_a_majority_releases_and_two_thirds_adopt(self, cast, group):
        charter = handed_in(cast, group)
        put(cast, charter, ["yes"] * 3 + ["no"] * 2)
        charter = past_comments(charter)
        assert charter.state == CharterState.COMMENT
        charters.hand_in(charter=charter, by=cast["institution"])
        put(cast, charter, ["yes"] * 3 + ["no"] * 2)
        assert (state_of(charter), state_of(group)) == (CharterState.NOT_ADOPTED, GroupState.IN_CHARTER)
        assert in_force(group, on=today()) is None

    def test_a_hold_lets_it_come_again_changed(self, cast, group, clock):
        charter = handed_in(cast, group)
        put(cast, charter, ["yes"] * 3 + ["hold"] * 2)
        clock.shift(days=15)
        first = ballots.close(ballot=Ballot.objects.get())
        assert (first.verdict, state_of(charter)) == (Verdict.HELD, CharterState.RELEASE)
        charter = charters.take_back(charter=charter, by=cast["institution"])
        assert not held(Ballot.objects.all()).exists()
        charters.write(group=group, by=cast["institution"], revision=charter.revision, reserved="Money.")
        charters.hand_in(charter=charter, by=cast["institution"])
        again = put(cast, charter)
        assert (again.parent, again.subject_version, state_of(charter)) == (first, 2, CharterState.COMMENT)

    def test_what_nobody_decided_can_be_put_again(self, cast, group):
        charter = handed_in(cast, group)
        ballot = put(cast, charter, [])
        ballots.withdraw(ballot=ballot, by=cast["secretariat-1"])
        assert state_of(charter) == CharterState.RELEASE
        put(cast, charter)
        assert state_of(charter) == CharterState.COMMENT

    def test_concluding_the_group_withdraws_what_is_before_the_committee(self, cast, group):
        charter = handed_in(cast, group)
        ballot = put(cast, charter, [])
        groups.step(group=group, state=GroupState.CONCLUDED, reason="No need.", by=cast["secretariat-1"])
        assert (state_of(charter), state_of(ballot)) == (CharterState.ABANDONED, BallotState.WITHDRAWN)

    def test_abandoning_leaves_what_is_in_force(self, cast, group):
        first, second = adopted(cast, group), handed_in(cast, group, aims="Other aims.")
        ballot = put(cast, second, opened=False)
        charters.abandon(charter=second, reason="Not now.", by=cast["secretariat-1"])
        assert (state_of(second), state_of(ballot)) == (CharterState.ABANDONED, BallotState.WITHDRAWN)
        assert in_force(group, on=today()) == first


class TestUnchanged:
    """While a ballot on it is prepared or open, and once it is decided, nobody writes at a charter."""

    def test_neither_page_nor_act_nor_database_lets_it_be_changed(self, client, cast, group):
        charter = handed_in(cast, group)
        put(cast, charter, [])
        sign_in(client, cast["institution"])
        posted = made.CONTENT | {"aims": "Changed.", "mandate_ends_on": "", "revision": charter.revision}
        page = client.post(reverse("taskforces:group-charter-edit", args=[group.slug]), posted)
        assert "before the committee" in page.content.decode()
        with refused("before-committee"):
            charters.write(group=group, by=cast["institution"], revision=charter.revision, aims="Changed.")
        with refused("live"):
            charters.take_back(charter=charter, by=cast["institution"])
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Charter.objects.filter(pk=charter.pk).update(aims="Changed.")
        # Not even by way of another state.
        Charter.objects.filter(pk=charter.pk).update(state=CharterState.DRAFT)
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Charter.objects.filter(pk=charter.pk).update(aims="Changed.")
        assert Charter.objects.get(pk=charter.pk).aims == made.CONTENT["aims"]

    def test_a_version_never_changes(self, cast, group):
        handed_in(cast, group)
        for act in (lambda rows: rows.update(aims="Changed."), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                act(CharterVersion.objects.all())
        assert CharterVersion.objects.get().aims == made.CONTENT["aims"]

    def test_what_was_decided_stays(self, cast, group):
        charter = adopted(cast, group)
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            Charter.objects.filter(pk=charter.pk).update(state=CharterState.DRAFT)
        assert state_of(charter) == CharterState.ADOPTED

    def test_a_stale_window_overwrites_nothing(self, client, cast, group):
        written(cast, group, aims="The first to save.")
        sign_in(client, cast["institution"])
        posted = made.CONTENT | {"aims": "The second.", "mandate_ends_on": "", "revision": 0}
        page = client.post(reverse("taskforces:group-charter-edit", args=[group.slug]), posted).content.decode()
        assert "The first to save." in page
        assert "The second." in page
        assert Charter.objects.get().aims == "The first to save."


class TestComments:
    def test_every_comment_is_answered_before_adoption(self, cast, group):
        charter = released(cast, group)
        said = charters.comment(
            charter=charter, person=cast.person("individual"), text="Say who pays.", by=cast["individual"]
        )
        assert code_of(charters.hand_in, charter=charter, by=cast["institution"]) == "comment-period"
        charter = past_comments(charter)
        assert code_of(charters.hand_in, charter=charter, by=cast["institution"]) == "open-comments"
        charters.dispose(comment=said, disposition=Disposition.IN_PART, answer="It does now.", by=cast["institution"])
        notice = Notice.objects.get(kind=Kind.CHARTER_ANSWERED)
        assert notice.user == cast["individual"]
        charters.hand_in(charter=charter, by=cast["institution"])
        assert state_of(charter) == CharterState.ADOPTION
        late = {"charter": charter, "person": cast.person("individual"), "text": "Late.", "by": cast["individual"]}
        assert code_of(charters.comment, **late) == "comments-closed"
        assert CharterComment.objects.count() == 1

    def test_who_is_protected_says_nothing_in_a_name(self, cast, group):
        charter = released(cast, group)
        said = {
            "charter": charter,
            "person": cast.person("individual"),
            "text": "I live there.",
            "by": cast["individual"],
        }
        charters.comment(**said)
        protection.protect(user=cast["individual"], by=cast["individual"])
        assert CharterComment.objects.get().text == ""
        assert code_of(charters.comment, **said) == "protected"
        charters.hand_in(charter=past_comments(charter), by=cast["institution"])
        assert state_of(charter) == CharterState.ADOPTION

    def test_the_group_and_the_committee_are_told_of_the_release_and_nobody_else(self, cast, group):
        made.seated(cast, group, "individual")
        released(cast, group)
        told = set(Notice.objects.filter(kind=Kind.CHARTER_RELEASED).values_list("user__email", flat=True))
        names = {"institution", "individual", "alternate", *(f"steering-{number}" for number in range(1, 6))}
        assert told == {cast[name].email for name in names}


class TestPages:
    def read(self, client, group, query=""):
        return client.get(reverse("taskforces:group-charter", args=[group.slug]) + query)

    def test_each_reads_what_is_theirs(self, client, cast, group):
        written(cast, group, aims="Drafted aims.")
        sign_in(client, cast["rising"])
        assert b"Drafted aims." not in self.read(client, group).content
        sign_in(client, cast["institution"])
        assert b"Drafted aims." in self.read(client, group).content
        charter = Charter.objects.get()
        charters.hand_in(charter=charter, by=cast["institution"])
        sign_in(client, cast["rising"])
        version = reverse("taskforces:group-charter-version", args=[group.slug, 1])
        assert client.get(version).status_code == 404
        put(cast, charter)
        assert b"Drafted aims." in self.read(client, group).content
        assert client.get(version).status_code == 200
        client.logout()
        assert self.read(client, group).status_code == 404
        charters.hand_in(charter=past_comments(charter), by=cast["institution"])
        put(cast, charter)
        assert b"Drafted aims." in self.read(client, group).content

    def test_the_whole_life_on_the_pages(self, client, cast, group):
        def page(name, *arguments):
            return reverse(f"taskforces:group-charter{name}", args=[group.slug, *arguments])

        sign_in(client, cast["institution"])
        client.post(page("-edit"), made.CONTENT | {"mandate_ends_on": "", "revision": 0})
        client.post(page("-hand-in"), {"comment_days": 21})
        charter = Charter.objects.get()
        assert (charter.state, charter.comment_days) == (CharterState.RELEASE, 21)
        sign_in(client, cast["secretariat-1"])
        ballot = client.post(page("-put"), follow=True).context["ballot"]
        assert client.get(reverse("members:ballot-dossier", args=[ballot.number])).status_code == 200
        ballots.open(ballot=ballot, by=cast["secretariat-1"])
        for user in cast.seats:
            balloting.clear(ballot, user)
            balloting.vote(ballot, user, "yes")
        sign_in(client, cast["rising"])
        client.post(page("-comment"), {"text": "Name the regions."})
        assert "Name the regions." in client.get(page("")).content.decode()
        said = CharterComment.objects.get()
        assert client.get(page("-dispose", said.public_id)).status_code == 403
        sign_in(client, cast["institution"])
        client.post(page("-dispose", said.public_id), {"disposition": "accepted", "answer": "Named."})
        past_comments(charter)
        revision = Charter.objects.get().revision
        client.post(page("-edit"), made.CONTENT | {"aims": "Regions.", "mandate_ends_on": "", "revision": revision})
        client.post(page("-hand-in"))
        assert state_of(charter) == CharterState.ADOPTION
        compared = client.get(page("-compare")).content.decode()
        assert "<ins>Regions.</ins>" in compared
        assert client.get(page("-compare") + "?from=1&to=99").status_code == 404

    def test_a_steering_member_reads_the_ballot_and_its_dossier(self, client, cast, group):
        charter = released(cast, group)
        charters.hand_in(charter=past_comments(charter), by=cast["institution"])
        ballot = put(cast, charter, [])
        user = cast["steering-2"]
        balloting.clear(ballot, user)
        sign_in(client, user)
        for name in ("ballot", "ballot-dossier", "ballot-log"):
            page = client.get(reverse(f"members:{name}", args=[ballot.number]))
            assert f"Adopt the charter of {group.name}?" in page.content.decode()
        assert client.get(reverse("members:ballots")).status_code == 200

    def test_costs_as_much_for_thirty_comments_as_for_one(self, client, cast, group):
        charter, who = made.open_for_comment(group), {"person": cast.person("individual"), "by": cast["individual"]}
        charters.comment(charter=charter, text="The first.", **who)
        sign_in(client, cast["rising"])
        self.read(client, group)
        with CaptureQueriesContext(connection) as before:
            self.read(client, group)
        for number in range(29):
            charters.comment(charter=charter, text=f"Another, {number}.", **who)
        with CaptureQueriesContext(connection) as after:
            assert b"Another, 28." in self.read(client, group).content
        assert len(after) == len(before)

    def test_a_state_that_cannot_come_yet_is_not_offered(self, client, cast, group):
        sign_in(client, cast["secretariat-1"])
        path = reverse("taskforces:group-step", args=[group.slug])
        assert b'value="active"' not in client.get(path).content
        made.chartered(group)
        assert b'value="active"' in client.get(path).content

    def test_the_chairs_are_told_what_is_overdue(self, client, cast, group):
        made.chartered(group, review_on=today())
        sign_in(client, cast["rising"])
        path = reverse("taskforces:group", args=[group.slug])
        assert b"The charter needs you" not in client.get(path).content
        sign_in(client, cast["institution"])
        assert b"The charter needs you" in client.get(path).content


class TestCollidingKeys:
    """The key of a charter is never taken for that of an application."""

    @pytest.fixture
    def both(self, cast, group):
        application = balloting.recommended(cast, applicant="steering-2")
        charter = Charter.objects.create(
            pk=application.pk, group=group, number="CH-2026-999", started_by=cast["institution"], **made.CONTENT
        )
        return application, charters.hand_in(charter=charter, by=cast["institution"])

    def test_titles_and_questions(self, cast, both, group):
        application, charter = both
        rows = [put(cast, charter, []), balloting.opened(cast, application=application)]
        said = questions_for(cast["secretariat-1"], rows, on=today())
        assert said[rows[0].pk] == f"Release the charter of {group.name} for comment?"
        assert "Awa Testcase" in said[rows[1].pk]

    def test_the_applicant_is_kept_out_of_their_own_ballot_alone(self, cast, both):
        ballot = put(cast, both[1], [])
        balloting.clear(ballot, cast["steering-2"])
        balloting.vote(ballot, cast["steering-2"], "yes")
        assert ballot_for(cast["steering-2"], ballot.number, on=today()) == ballot

    def test_neither_decision_does_anything_to_the_other(self, cast, both):
        application, charter = both
        put(cast, charter)
        assert state_of(charter) == CharterState.COMMENT
        assert Application.objects.get(pk=application.pk).state == "recommended"
        assert not AuditEvent.objects.about(application).filter(verb=Verb.ADMITTED).exists()

    def test_holds_and_reasons_of_a_refusal(self, cast, both):
        application, charter = both
        put(cast, charter, ["no"] * people.SEATS)
        Application.objects.filter(pk=application.pk).update(
            state="refused", reapply_on=today(), ended_at=database_now()
        )
        assert told_to(cast["steering-2"], Decision.objects.get(), on=today()) is None

    def test_a_charter_held_is_held_whatever_becomes_of_the_application(self, cast, both, clock):
        put(cast, both[1], ["yes"] * 3 + ["hold"] * 2)
        clock.shift(days=15)
        ballot = ballots.close(ballot=Ballot.objects.get())
        assert list(held(Ballot.objects.all())) == [ballot]
        assert both[0].state == "recommended"


class AnyDay(TestCase):
    """The charter asked of a day is the last adopted by then."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(days=some.lists(some.integers(0, 12), max_size=6))
    def test_the_charter_of_a_day_is_the_last_adopted(self, days):
        group, first = made.entered(people.assemble()), today()
        history = [(day, made.chartered(group, on=first + timedelta(days=day))) for day in sorted(days)]
        for number in range(-1, 14):
            found = in_force(group, on=first + timedelta(days=number))
            wanted = [charter for day, charter in history if day <= number]
            assert found == (wanted[-1] if wanted else None)

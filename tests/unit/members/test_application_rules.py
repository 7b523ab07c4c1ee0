"""What may follow what in the life of an application, who may apply, and what a version's digest covers."""

import hashlib
from datetime import date

import pytest

from members.choices.applications import ENDED, ApplicationState, DocumentKind
from members.kernel.refusals import Refused
from members.rules import applications as rules
from members.rules import documents, information

STATES = list(ApplicationState)


def code_of(act, *args, **kwargs):
    """The code by which an act is refused, or nothing."""
    try:
        act(*args, **kwargs)
    except Refused as refused:
        return refused.code
    return ""


class TestStates:
    def test_every_state_goes_on_or_has_ended(self):
        assert set(rules.NEXT) | ENDED == set(STATES)
        assert not set(rules.NEXT) & ENDED

    def test_every_state_but_the_first_can_be_reached(self):
        assert {state for following in rules.NEXT.values() for state in following} == set(STATES) - {"draft"}

    def test_whatever_has_not_ended_can_be_withdrawn(self):
        assert all(ApplicationState.WITHDRAWN in following for following in rules.NEXT.values())

    @pytest.mark.parametrize("state", STATES)
    @pytest.mark.parametrize("wanted", STATES)
    def test_what_may_follow(self, state, wanted):
        code = code_of(rules.ensure_may_become, state, wanted)
        if state in ENDED:
            assert code == "ended"
        else:
            assert code == ("" if wanted in rules.NEXT[state] else "not-now")

    def test_nobody_is_admitted_without_a_ballot(self):
        assert [state for state, following in rules.NEXT.items() if ApplicationState.ADMITTED in following] == [
            "ballot"
        ]


@pytest.mark.parametrize("state", STATES)
def test_answers_change_in_a_draft_and_while_a_question_is_open_and_never_else(state):
    expected = {
        "draft": "",
        "information": "",
        "ballot": "before-committee",
        "held": "before-committee",
        "submitted": "with-secretariat",
        "screening": "with-secretariat",
        "recommended": "with-secretariat",
    }
    assert code_of(rules.ensure_may_write, state) == expected.get(state, "ended")


class TestBeginning:
    today = date(2026, 3, 10)

    def code(self, holds_tier=False, reapply_on=None):
        return code_of(rules.ensure_may_start, holds_tier=holds_tier, reapply_on=reapply_on, today=self.today)

    def test_a_member_does_not_apply_for_their_own_tier(self):
        assert self.code(holds_tier=True) == "member"

    def test_another_application_is_welcome_from_the_day_that_was_named(self):
        assert self.code(reapply_on=date(2026, 3, 11)) == "too-early"
        assert self.code(reapply_on=date(2026, 3, 10)) == ""

    def test_the_day_is_said_in_words(self):
        with pytest.raises(Refused) as refused:
            rules.ensure_may_start(holds_tier=False, reapply_on=date(2026, 5, 1), today=self.today)
        assert "1 May 2026" in refused.value.message


class TestAffiliated:
    def test_who_belongs_to_a_participating_institution_is_told_which(self):
        with pytest.raises(Refused) as refused:
            rules.ensure_may_apply_as_individual(affiliations={1, 2}, participating={2, 3}, names={2: "Institute B"})
        assert refused.value.code == "affiliated"
        assert refused.value.message.startswith("Institute B takes part")

    def test_others_may_apply(self):
        assert code_of(rules.ensure_may_apply_as_individual, affiliations={1}, participating={2}, names={}) == ""

    def test_nobody_leaves_an_organisation_they_speak_for(self):
        assert code_of(rules.ensure_may_leave, speaks=True, organisation="A") == "speaks"
        assert code_of(rules.ensure_may_leave, speaks=False, organisation="A") == ""


class TestSending:
    def test_only_what_was_read_is_sent(self):
        assert code_of(rules.ensure_unchanged, 4, 3) == "stale"
        assert code_of(rules.ensure_unchanged, 4, 4) == ""

    def test_only_what_is_finished_is_sent(self):
        assert code_of(rules.ensure_complete, ["identity"]) == "incomplete"
        assert code_of(rules.ensure_complete, []) == ""

    def test_an_answer_says_something_and_is_given_once(self):
        assert code_of(information.ensure_said, " \n") == "empty"
        assert code_of(information.ensure_open, answered_at=None, state="information") == ""
        assert code_of(information.ensure_open, answered_at=date(2026, 1, 1), state="information") == "answered"
        assert code_of(information.ensure_open, answered_at=None, state="withdrawn") == "ended"


class TestDigest:
    whole = {
        "number": "APP-2026-0001",
        "version": 1,
        "tier": "individual",
        "terms": 1,
        "holder_kind": "person",
        "answers": {"identity": {"name": "Awa"}},
        "documents": [{"id": "1", "sha256": "ab"}],
    }

    def test_it_is_the_same_however_the_answers_are_ordered(self):
        turned = dict(reversed(self.whole.items()))
        assert rules.digest_of(**self.whole) == rules.digest_of(**turned)

    def test_anyone_can_compute_it_again(self):
        plain = (
            '{"answers":{"identity":{"name":"Awa"}},"documents":[{"id":"1","sha256":"ab"}],"holder_kind":"person",'
            '"number":"APP-2026-0001","terms":1,"tier":"individual","version":1}'
        )
        by_hand = hashlib.sha256(plain.encode()).hexdigest()
        assert rules.digest_of(**self.whole) == by_hand

    @pytest.mark.parametrize(
        "changed",
        [
            {"number": "APP-2026-0002"},
            {"version": 2},
            {"terms": 2},
            {"answers": {"identity": {"name": "Awa "}}},
            {"documents": [{"id": "1", "sha256": "ac"}]},
        ],
    )
    def test_every_part_counts(self, changed):
        assert rules.digest_of(**self.whole) != rules.digest_of(**self.whole | changed)


class TestDocuments:
    asked = [
        {"kind": "letter", "required": True, "holder": "organisation"},
        {"kind": "curriculum", "required": True, "holder": "person"},
        {"kind": "publication", "required": False},
    ]

    def test_kinds_are_those_asked_of_the_holder_and_others(self):
        assert documents.kinds_taken(self.asked, holder_kind="person") == {
            "curriculum": True,
            "publication": False,
            "other": False,
        }

    def test_what_is_required_and_not_there_is_missing(self):
        assert documents.missing(self.asked, holder_kind="organisation", present={"publication"}) == ["letter"]
        assert documents.missing(self.asked, holder_kind="person", present={"curriculum"}) == []

    def test_a_referees_letter_is_not_the_applicants_to_add(self):
        assert code_of(documents.ensure_taken, DocumentKind.REFERENCE, self.asked, holder_kind="person") == "not-asked"

    def test_there_is_an_end_to_documents(self):
        assert code_of(documents.ensure_room, documents.MOST - 1) == ""
        assert code_of(documents.ensure_room, documents.MOST) == "too-many"

"""Rules on charters: what may follow what, what a charter must say, and two texts side by side."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taskforces.choices import BEFORE_COMMITTEE, WRITABLE_CHARTER, CharterState, GroupState
from taskforces.rules import charters, groups
from taskforces.rules.comparison import compare
from tests.factories.groups import CONTENT
from tests.refusals import code_of

NOW, TODAY = datetime(2026, 3, 1, 12, tzinfo=UTC), date(2026, 3, 1)
HANDED = {"comment_ends_at": NOW, "now": NOW, "open_comments": 0}


@pytest.mark.parametrize("state", CharterState)
def test_it_is_written_at_only_while_nobody_decides_on_it(state):
    facts = {"group_state": GroupState.ACTIVE, "state": state}
    if state in WRITABLE_CHARTER:
        charters.ensure_writable(**facts, has_live_ballot=False)
    else:
        assert code_of(charters.ensure_writable, **facts, has_live_ballot=False) == "before-committee"
    assert code_of(charters.ensure_writable, **facts, has_live_ballot=True) == "before-committee"
    concluded = {"group_state": GroupState.CONCLUDED, "state": state, "has_live_ballot": False}
    assert code_of(charters.ensure_writable, **concluded) == "concluded"


@pytest.mark.parametrize("state", CharterState)
def test_what_may_be_put_and_taken_back(state):
    if state in BEFORE_COMMITTEE:
        charters.ensure_can_be_put(state)
        charters.ensure_can_be_taken_back(state=state, has_live_ballot=False)
        assert code_of(charters.ensure_can_be_taken_back, state=state, has_live_ballot=True) == "live"
    else:
        assert code_of(charters.ensure_can_be_put, state) == "not-now"
        assert code_of(charters.ensure_can_be_taken_back, state=state, has_live_ballot=False) == "no-such-step"
        if state not in WRITABLE_CHARTER:
            assert code_of(charters.ensure_can_be_handed_in, state=state, **HANDED) == "no-such-step"


def test_it_goes_to_adoption_after_the_comments_and_their_answers():
    charters.ensure_can_be_handed_in(state="comment", **HANDED)
    early = HANDED | {"now": NOW - timedelta(seconds=1)}
    assert code_of(charters.ensure_can_be_handed_in, state="comment", **early) == "comment-period"
    assert (
        code_of(charters.ensure_can_be_handed_in, state="comment", **HANDED | {"open_comments": 1}) == "open-comments"
    )
    charters.ensure_can_be_handed_in(state="draft", comment_ends_at=None, now=NOW, open_comments=0)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"aims": ""}, "incomplete"),
        ({"review_on": None}, "incomplete"),
        ({"review_on": TODAY}, "review-past"),
        ({"mandate_ends_on": TODAY}, "mandate-past"),
        ({"review_on": date(2027, 2, 1), "mandate_ends_on": date(2027, 1, 31)}, "review-after-mandate"),
    ],
)
def test_what_a_charter_must_say(change, code):
    charters.ensure_complete(content=CONTENT, today=TODAY)
    assert code_of(charters.ensure_complete, content=CONTENT | change, today=TODAY) == code


def test_comments_are_open_by_the_clock_and_in_ones_own_name():
    last = {"state": "comment", "ends_at": NOW, "now": NOW - timedelta(seconds=1)}
    charters.ensure_may_comment(**last, is_protected=False)
    assert code_of(charters.ensure_may_comment, **last, is_protected=True) == "protected"
    assert code_of(charters.ensure_may_comment, **last | {"now": NOW}, is_protected=False) == "comments-closed"
    assert code_of(charters.ensure_may_comment, **last | {"state": "draft"}, is_protected=False) == "comments-closed"
    assert charters.comment_ends_at(NOW, days=14) == NOW + timedelta(days=14)
    assert code_of(charters.ensure_comment_days, 6) == code_of(charters.ensure_comment_days, 91) == "comment-days"


def test_what_is_overdue():
    facts = {"mandate_ends_on": TODAY, "review_on": TODAY}
    assert charters.overdue(**facts, today=TODAY - timedelta(days=1)) == []
    assert charters.overdue(**facts, today=TODAY) == ["review"]
    assert charters.overdue(**facts, today=TODAY + timedelta(days=1)) == ["mandate", "review"]
    assert charters.overdue(mandate_ends_on=None, review_on=None, today=TODAY) == []


def test_a_group_with_charters_becomes_active_by_adoption_alone():
    facts = {"to": GroupState.ACTIVE, "is_chaired": True}
    assert code_of(groups.ensure_step, state=GroupState.IN_CHARTER, **facts, lacks_charter=True) == "no-charter"
    groups.ensure_step(state=GroupState.IN_CHARTER, **facts, lacks_charter=False)


def test_the_digest_covers_every_part():
    whole = {"number": "CH-2026-001", "version": 1, "content": CONTENT}
    digests = {charters.digest_of(**whole), charters.digest_of(**whole | {"version": 2})}
    digests |= {charters.digest_of(**whole | {"content": CONTENT | {name: "Other."}}) for name in CONTENT}
    assert len(digests) == len(CONTENT) + 2


@given(some.text(max_size=60), some.text(max_size=60))
def test_two_texts_side_by_side_are_whole_and_agree_where_nothing_is_marked(before, after):
    left, right = compare(before, after)
    assert ("".join(piece.text for piece in left), "".join(piece.text for piece in right)) == (before, after)
    kept = [[piece.text for piece in side if not piece.differs] for side in (left, right)]
    assert kept[0] == kept[1]


def test_a_changed_word_is_marked_on_both_sides():
    left, right = compare("It meets twice a year.", "It meets four times a year.")
    assert [piece.text for piece in left if piece.differs] == ["twice"]
    assert [piece.text for piece in right if piece.differs] == ["four times"]

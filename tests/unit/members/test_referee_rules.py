"""How long a referee's link lasts, when it may be sent again, and who may still answer."""

from datetime import UTC, datetime, timedelta

import pytest

from members.kernel.refusals import Refused
from members.rules import referees as rules

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def code_of(act, *args, **kwargs):
    try:
        act(*args, **kwargs)
    except Refused as refused:
        return refused.code
    return ""


class TestAskingAgain:
    def may(self, invited_ago, *, state="submitted", answered_at=None):
        invited = NOW - invited_ago
        return rules.may_ask_again(
            state=state, invited_at=invited, expires_at=invited + rules.LINK_LASTS, answered_at=answered_at, now=NOW
        )

    def test_a_referee_is_left_in_peace_for_a_few_days(self):
        assert not self.may(rules.AGAIN_AFTER - SECOND)
        assert self.may(rules.AGAIN_AFTER)

    def test_not_after_an_answer_nor_after_the_end(self):
        assert not self.may(timedelta(days=40), answered_at=NOW)
        assert not self.may(timedelta(days=40), state="withdrawn")

    def test_nobody_is_asked_again_who_was_not_asked(self):
        facts = {"state": "draft", "invited_at": None, "expires_at": None, "answered_at": None, "now": NOW}
        assert not rules.may_ask_again(**facts)
        assert code_of(rules.ensure_may_ask_again, **facts) == "too-soon"


class TestAnswering:
    def code(self, *, state="submitted", expires_in=timedelta(days=1), answered_at=None):
        return code_of(
            rules.ensure_may_answer, state=state, expires_at=NOW + expires_in, answered_at=answered_at, now=NOW
        )

    @pytest.mark.parametrize("state", ["submitted", "screening", "information", "recommended", "ballot", "held"])
    def test_while_the_application_is_being_dealt_with(self, state):
        assert self.code(state=state) == ""

    @pytest.mark.parametrize("state", ["withdrawn", "admitted", "refused", "declined"])
    def test_not_once_it_has_ended(self, state):
        assert self.code(state=state) == "ended"

    def test_not_twice(self):
        assert self.code(answered_at=NOW) == "answered"

    def test_not_at_the_second_the_link_ends(self):
        assert self.code(expires_in=SECOND) == ""
        assert self.code(expires_in=timedelta(0)) == "expired"

    def test_a_letter_is_a_text_or_a_file(self):
        assert code_of(rules.ensure_letter, text="  ", has_file=False) == "empty"
        assert code_of(rules.ensure_letter, text="", has_file=True) == ""
        assert code_of(rules.ensure_letter, text="I know her.", has_file=False) == ""


class TestNaming:
    def test_not_oneself_in_whatever_case(self):
        assert code_of(rules.ensure_not_oneself, "Me@Made.test ", "me@made.test") == "oneself"

    def test_nobody_twice(self):
        assert code_of(rules.ensure_new, "A@made.test", ["a@made.test"]) == "twice"
        assert code_of(rules.ensure_new, "b@made.test", ["a@made.test"]) == ""

    def test_not_more_than_can_be_read(self):
        assert code_of(rules.ensure_room, rules.MOST - 1) == ""
        assert code_of(rules.ensure_room, rules.MOST) == "too-many"

    def test_who_was_written_to_stays(self):
        assert code_of(rules.ensure_not_invited, invited_at=NOW) == "invited"
        assert code_of(rules.ensure_not_invited, invited_at=None) == ""

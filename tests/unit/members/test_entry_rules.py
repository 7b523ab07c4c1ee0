"""Links, second factor and sessions, decided on plain values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.choices.bodies import Role
from members.kernel.refusals import Refused
from members.rules import entry

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


class TestLinks:
    def test_a_fresh_link_is_usable(self):
        entry.ensure_usable(used_at=None, expires_at=NOW + timedelta(seconds=1), now=NOW)

    def test_a_link_is_over_at_its_last_instant(self):
        with pytest.raises(Refused) as refused:
            entry.ensure_usable(used_at=None, expires_at=NOW, now=NOW)

        assert refused.value.code == "expired"

    def test_a_used_link_says_so_rather_than_that_it_expired(self):
        with pytest.raises(Refused) as refused:
            entry.ensure_usable(used_at=NOW - timedelta(days=9), expires_at=NOW - timedelta(days=6), now=NOW)

        assert refused.value.code == "used"


class TestGuardedRoles:
    @pytest.mark.parametrize("role", [Role.STEERING, Role.CHAIR, Role.SECRETARIAT, Role.REPRESENTATIVE])
    def test_who_decides_or_speaks_for_others_is_guarded(self, role):
        assert entry.is_guarded({Role.MEMBER, role})

    @pytest.mark.parametrize("roles", [set(), {Role.MEMBER}, {Role.APPLICANT}, {Role.MEMBER, Role.APPLICANT}])
    def test_others_are_not(self, roles):
        assert not entry.is_guarded(roles)


class TestSessions:
    @pytest.mark.parametrize(
        ("guarded", "idle", "absolute"),
        [(True, timedelta(hours=2), timedelta(hours=12)), (False, timedelta(hours=24), timedelta(days=14))],
    )
    def test_limits_by_role(self, guarded, idle, absolute):
        limits = entry.limits_for(guarded=guarded)

        def end(signed_in, touched):
            return entry.end_of_session(signed_in_at=NOW - signed_in, touched_at=NOW - touched, now=NOW, limits=limits)

        second = timedelta(seconds=1)
        assert end(idle, idle - second) is None
        assert end(idle, idle) == entry.SessionEnd.IDLE
        assert end(absolute - second, second) is None
        assert end(absolute, timedelta()) == entry.SessionEnd.OVER

    @given(
        minutes=st.lists(st.integers(min_value=0, max_value=119), min_size=1, max_size=60),
        guarded=st.booleans(),
    )
    def test_however_busy_a_session_is_it_ends(self, minutes, guarded):
        limits = entry.limits_for(guarded=guarded)
        signed_in = touched = now = NOW
        for gap in minutes:
            now += timedelta(minutes=gap)
            ended = entry.end_of_session(signed_in_at=signed_in, touched_at=touched, now=now, limits=limits)
            assert (ended is not None) == (now - signed_in >= limits.absolute or now - touched >= limits.idle)
            if entry.is_touch_due(touched_at=touched, now=now):
                touched = now

    def test_use_is_noted_at_most_every_five_minutes(self):
        assert not entry.is_touch_due(touched_at=NOW - timedelta(seconds=299), now=NOW)
        assert entry.is_touch_due(touched_at=NOW - timedelta(seconds=300), now=NOW)


def proof(method="mfa", *, seconds_ago):
    return {"method": method, "at": (NOW - timedelta(seconds=seconds_ago)).timestamp()}


class TestFreshFactor:
    @pytest.mark.parametrize(
        ("seconds_ago", "is_fresh"), [(0, True), (299, True), (300, False), (301, False), (-29, True), (-31, False)]
    )
    def test_for_five_minutes_and_not_from_the_future(self, seconds_ago, is_fresh):
        assert entry.is_factor_fresh([proof(seconds_ago=seconds_ago)], now=NOW) is is_fresh

    def test_a_password_is_no_factor(self):
        records = [proof("password", seconds_ago=1), proof("link", seconds_ago=1)]

        assert not entry.is_factor_fresh(records, now=NOW)
        assert not entry.has_factor(records)

    def test_one_fresh_proof_among_old_ones_is_enough(self):
        assert entry.is_factor_fresh([proof(seconds_ago=9000), proof(seconds_ago=10)], now=NOW)

    def test_an_old_proof_is_still_a_factor(self):
        assert entry.has_factor([proof("password", seconds_ago=9001), proof(seconds_ago=9000)])

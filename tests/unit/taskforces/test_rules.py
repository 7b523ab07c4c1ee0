"""The rules of working groups: eligibility, life, ways in."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from taskforces.choices import CHAIRING, OFFERED, ONE_AT_A_TIME, GroupState, SeatKind, WayIn
from taskforces.rules import groups, seats
from taskforces.rules.eligibility import Asked, Brought, is_eligible
from tests.refusals import refused

TRANSATLANTIC = Asked(countries={"CA", "FR", "US"})
codes = some.sets(some.sampled_from(["CA", "FR", "US", "KE", "BR"]))


class TestEligibility:
    def test_one_transatlantic_link_is_enough(self):
        assert is_eligible(TRANSATLANTIC, Brought(countries={"KE", "FR"}))
        assert not is_eligible(TRANSATLANTIC, Brought(countries={"KE"}))
        assert not is_eligible(TRANSATLANTIC, Brought(countries=set()))

    def test_a_country_that_is_not_known_decides_nothing(self):
        assert is_eligible(TRANSATLANTIC, Brought(countries=None)) is None
        assert is_eligible(Asked(countries={"CA"}, tiers={"steering"}), Brought(countries=None)) is False
        assert is_eligible(Asked(), Brought(countries=None)) is True

    def test_all_that_is_asked_for_counts(self):
        asked = Asked(tiers={"individual"}, expertise={"law"})
        assert is_eligible(asked, Brought(set(), {"individual"}, {"law", "media"}))
        assert not is_eligible(asked, Brought(set(), {"individual"}, set()))
        assert not is_eligible(asked, Brought(set(), set(), {"law"}))

    @given(asked=codes, brought=codes, more=codes)
    def test_who_brings_more_is_eligible_still(self, asked, brought, more):
        if is_eligible(Asked(countries=asked), Brought(countries=brought)):
            assert is_eligible(Asked(countries=asked), Brought(countries=brought | more))


class TestLife:
    def test_what_may_follow(self):
        for state, following in groups.FOLLOWS.items():
            for to in GroupState:
                if to in following:
                    groups.ensure_step(state=state, to=to, is_chaired=True)
                else:
                    with refused("no-such-step"):
                        groups.ensure_step(state=state, to=to, is_chaired=True)

    def test_nobody_chairs(self):
        with refused("no-chair"):
            groups.ensure_step(state=GroupState.PROPOSED, to=GroupState.ACTIVE, is_chaired=False)
        groups.ensure_step(state=GroupState.ACTIVE, to=GroupState.DORMANT, is_chaired=False)

    def test_a_reason(self):
        with refused("no-reason"):
            groups.ensure_reason("  ")

    def test_nothing_after_the_end(self):
        with refused("concluded"):
            groups.ensure_going_on(GroupState.CONCLUDED)


class TestComingIn:
    ASKS = {"state": GroupState.ACTIVE, "joined_by": WayIn.APPROVAL, "is_eligible": True}

    @pytest.mark.parametrize(
        ("facts", "code"),
        [
            ({"state": GroupState.DORMANT}, "not-active"),
            ({"joined_by": WayIn.INVITATION}, "by-invitation"),
            ({"is_eligible": False}, "not-eligible"),
            ({"sits": True}, "sits"),
            ({"has_asked": True}, "has-asked"),
        ],
    )
    def test_who_may_not_ask(self, facts, code):
        with refused(code):
            seats.ensure_may_ask(**{**self.ASKS, "sits": False, "has_asked": False, **facts})

    def test_chairs_judge_what_is_not_known(self):
        seats.ensure_may_ask(**self.ASKS | {"is_eligible": None}, sits=False, has_asked=False)
        assert not seats.joins_at_once(joined_by=WayIn.ELIGIBLE, is_eligible=None)
        assert seats.joins_at_once(joined_by=WayIn.ELIGIBLE, is_eligible=True)
        assert not seats.joins_at_once(joined_by=WayIn.APPROVAL, is_eligible=True)

    def test_others_observe(self):
        seats.ensure_fits(role=SeatKind.OBSERVER, is_eligible=False)
        seats.ensure_fits(role=SeatKind.MEMBER, is_eligible=None)
        with refused("not-eligible"):
            seats.ensure_fits(role=SeatKind.MEMBER, is_eligible=False)

    def test_what_chairs_may_not_give(self):
        for role in set(SeatKind) - set(OFFERED):
            with refused("not-yours"):
                seats.ensure_offered(role=role, in_office=False, sits=False, has_been_invited=False)
            with refused("not-yours"):
                seats.ensure_grantable(role=role, held=SeatKind.MEMBER, in_office=False)
            with refused("not-yours"):
                seats.ensure_grantable(role=SeatKind.MEMBER, held=role, in_office=False)
            seats.ensure_grantable(role=role, held=None, in_office=True)
        with refused("invite"):
            seats.ensure_grantable(role=SeatKind.MEMBER, held=None, in_office=False)
        seats.ensure_grantable(role=SeatKind.RAPPORTEUR, held=SeatKind.MEMBER, in_office=False)

    def test_offices(self):
        assert set(CHAIRING) < set(ONE_AT_A_TIME)
        for role in ONE_AT_A_TIME:
            with refused("protected"):
                seats.ensure_holder(role=role, is_taken=False, is_protected=True, serves=False)
            with refused("role-taken"):
                seats.ensure_holder(role=role, is_taken=True, is_protected=False, serves=False)
        with refused("not-serving"):
            seats.ensure_holder(role=SeatKind.LIAISON, is_taken=False, is_protected=False, serves=False)

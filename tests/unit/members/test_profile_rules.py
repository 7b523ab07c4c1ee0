"""What people may say of themselves, by the rules alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.choices.profiles import Availability
from members.kernel.refusals import Refused
from members.rules import profiles as rules

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("said", ["", *Availability])
def test_who_named_a_day_is_open_from_that_day_on(said):
    assert rules.availability_on(said, None, on=TODAY) == said
    assert rules.availability_on(said, TODAY + timedelta(days=1), on=TODAY) == said
    assert rules.availability_on(said, TODAY, on=TODAY) == ("open" if said else "")


@pytest.mark.parametrize(
    ("said", "days", "code"),
    [("open", 1, "no-pause"), ("", 1, "no-pause"), ("limited", 0, "past"), ("not-now", -1, "past")],
)
def test_a_day_belongs_to_a_pause_and_lies_ahead(said, days, code):
    with pytest.raises(Refused) as refused:
        rules.ensure_pause(said, TODAY + timedelta(days=days), today=TODAY)
    assert (refused.value.code, refused.value.field) == (code, "available_again_on")
    rules.ensure_pause(said, None, today=TODAY)


def test_a_list_has_fifty_rows_and_says_how_many_are_too_many():
    rules.ensure_room(rules.MOST)
    with pytest.raises(Refused, match="Take out 3"):
        rules.ensure_room(rules.MOST + 3)


@pytest.mark.parametrize(
    ("span", "field"),
    [((1899, None), "from_year"), ((2032, None), "from_year"), ((2000, 2032), "to_year"), ((2000, 1999), "to_year")],
)
def test_a_post_ends_no_earlier_than_it_began_and_years_are_of_this_age(span, field):
    with pytest.raises(Refused) as refused:
        rules.ensure_span(*span, today=TODAY)
    assert refused.value.field == field


@given(st.lists(st.sampled_from("abcd")))
def test_what_is_repeated_is_all_that_a_set_leaves_out(keys):
    places = rules.repeated(keys)
    assert len(keys) - len(places) == len(set(keys))
    assert all(keys[place] in keys[:place] for place in places)


@pytest.mark.parametrize(
    "typed", ["10.1000/xyz.1", "doi:10.1000/xyz.1", "DOI: 10.1000/xyz.1", "http://dx.doi.org/10.1000/xyz.1"]
)
def test_a_doi_is_an_address_however_it_is_written(typed):
    assert rules.address_of(typed) == "https://doi.org/10.1000/xyz.1"


@pytest.mark.parametrize("typed", ["https://example.test/10.1000/x", "10.1/x", "", "javascript:10.1000/x"])
def test_any_other_address_stays_as_it_is(typed):
    assert rules.address_of(typed) == typed

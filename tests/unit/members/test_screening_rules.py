"""The rules of screening, and the filling of letters."""

from datetime import date

import pytest

from members.choices.applications import ENDED, ApplicationState
from members.kernel.refusals import Refused
from members.rules import letters, screening

TODAY = date(2027, 3, 1)


@pytest.mark.parametrize("state", sorted(screening.ASKING_STATES))
def test_the_applicant_may_be_asked_while_somebody_reads(state):
    screening.ensure_may_ask(state)


@pytest.mark.parametrize("state", sorted(set(ApplicationState) - screening.ASKING_STATES))
def test_nothing_is_asked_in_other_states(state):
    with pytest.raises(Refused) as refused:
        screening.ensure_may_ask(state)
    assert refused.value.code == "not-now"


@pytest.mark.parametrize(("due_on", "is_later"), [(date(2027, 2, 28), False), (TODAY, False), (date(2027, 3, 2), True)])
def test_an_answer_is_due_on_a_later_day(due_on, is_later):
    if is_later:
        screening.ensure_due_later(due_on, today=TODAY)
        return
    with pytest.raises(Refused) as refused:
        screening.ensure_due_later(due_on, today=TODAY)
    assert (refused.value.code, refused.value.field) == ("past", "due_on")


def test_a_recommendation_waits_for_every_check_and_names_those_missing():
    with pytest.raises(Refused) as refused:
        screening.ensure_checked({"a": "First", "b": "Second", "c": "Third"}, {"b"})
    assert refused.value.code == "unchecked"
    assert "First; Third" in refused.value.message
    screening.ensure_checked({"a": "First"}, {"a", "retired"})


@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_is_not_linked(state):
    with pytest.raises(Refused) as refused:
        screening.ensure_not_ended(state)
    assert refused.value.code == "ended"


def test_a_letter_goes_out_whole():
    with pytest.raises(Refused) as refused:
        screening.ensure_letter_whole("About {number}", "Dear {name}, thank you.")
    assert refused.value.code == "unfilled"
    assert "{number}, {name}" in refused.value.message
    screening.ensure_letter_whole("About 7", "Dear Ada, thank you.")


def test_places_are_filled_and_unknown_ones_stay_for_the_writer():
    filled = letters.fill("Dear {name}, {reason} by {due_on}", name="Ada", due_on="1 May")
    assert filled == "Dear Ada, {reason} by 1 May"
    assert letters.unfilled(filled) == ["reason"]


@pytest.mark.parametrize("hostile", ["{name.__class__}", "{0}", "{name!r}", "{name:>999999}", "{{name}"])
def test_nothing_but_plain_places_is_filled(hostile):
    assert "Ada" not in letters.fill(hostile.replace("{{name}", "{{ name }"), name="Ada")

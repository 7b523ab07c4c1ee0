"""One line for each event, whatever people write, and no secret of an address in any."""

import logging

import pytest

from platform_portal.logs import LineFormatter

FORMATTER = LineFormatter("{levelname} {message}", style="{")
TOKEN = "kZ0rXw9-3_sdfkjh23rSDFlkj23kjsdfLKJ23lkjsdfLK"


def line_of(message, *arguments, failure=None):
    info = (type(failure), failure, failure.__traceback__) if failure else None
    return FORMATTER.format(logging.LogRecord("portal", logging.WARNING, "", 1, message, arguments, info))


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x1b[31m", "\u2028", "\u202e", "\x00", "\x85"])
def test_nothing_that_is_written_makes_a_line_of_its_own_or_turns_it_round(sign):
    line = line_of("no mail can be made of %s", f"Ama{sign}WARNING all is well")

    assert len(line.splitlines()) == 1
    assert sign not in line
    assert line.startswith("WARNING no mail can be made of Ama\\")


def test_letters_of_every_script_are_kept():
    assert line_of("%s", "Zoë · أمل · 愛") == "WARNING Zoë · أمل · 愛"


@pytest.mark.parametrize(
    "address",
    [f"/enter/{TOKEN}/", f"/referees/{TOKEN}/decline/", f"/accounts/password/reset/key/1a-{TOKEN}/"],
)
def test_an_address_that_lets_somebody_in_is_not_told(address):
    line = line_of("Forbidden: %s", address)

    assert TOKEN not in line
    assert line.startswith("WARNING Forbidden: /")


def test_a_traceback_cannot_pass_for_an_event():
    try:
        raise ValueError(f"bad\nCRITICAL forged /enter/{TOKEN}/")
    except ValueError as error:
        first, *others = line_of("it failed", failure=error).splitlines()

    assert first == "WARNING it failed"
    assert others
    assert all(line.startswith("  ") for line in others)
    assert TOKEN not in "".join(others)

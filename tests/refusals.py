"""A refusal, by its code: the words are for people."""

from contextlib import contextmanager

import pytest

from members.kernel.refusals import Refused


@contextmanager
def refused(code):
    """What is done inside is refused with this code."""
    with pytest.raises(Refused) as refusal:
        yield refusal
    assert refusal.value.code == code


def code_of(act, *arguments, **named) -> str:
    """The code with which an act is refused."""
    with pytest.raises(Refused) as refusal:
        act(*arguments, **named)
    return refusal.value.code

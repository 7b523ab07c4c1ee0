"""The table of who is told of what is whole: every kind has readers, a template in words, and a reason."""

import pytest
from django.template import Context
from django.template.loader import get_template

from secretariat.choices import Audience, Doubt, Kind
from secretariat.emails.contents import CONTENTS
from secretariat.permissions.audiences import READERS
from secretariat.rules.table import MANNERS, TABLE

TOLD = [kind for kind in Kind if kind != Kind.ACCOUNT]


def test_every_kind_has_a_manner_and_is_written_by_some_act():
    written = {kind for kinds in TABLE.values() for kind in kinds}
    assert set(MANNERS) == set(Kind)
    assert written == set(TOLD)


def test_every_audience_that_is_told_of_acts_can_be_found():
    assert {MANNERS[kind].audience for kind in TOLD} <= set(READERS)
    assert set(READERS) == set(Audience)


@pytest.mark.parametrize("kind", TOLD)
def test_every_kind_has_contents_and_a_template_with_its_three_parts(kind):
    assert kind in CONTENTS
    for part in ("subject", "body", "action"):
        text = get_template(f"emails/secretariat/{kind}.txt#{part}").template.render(Context({}, autoescape=False))
        assert text.strip() or kind in {Kind.LETTER, Kind.APPLICATION_DECLINED}, part


@pytest.mark.parametrize("kind", TOLD)
def test_what_is_not_in_the_inbox_is_never_left_uncertain(kind):
    """Where the mail is the only way to the reader, a doubt must lead to a repetition."""
    manner = MANNERS[kind]
    assert manner.in_inbox or manner.doubt == Doubt.REPEAT
    assert manner.in_inbox or manner.by_mail

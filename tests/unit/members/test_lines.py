"""One line of text: nothing breaks it, and nothing hides in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.kernel.lines import LineColumn, LineField, is_one_line, one_line
from members.models import Organisation, Person, Referee


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  Awa   Example ", "Awa Example"),
        ("Awa\n\nYOUR ACCOUNT IS LOCKED", "Awa YOUR ACCOUNT IS LOCKED"),
        ("Awa\r\nX\x0bY\x0cZ\x85A\u2028B\u2029C\tD", "Awa X Y Z A B C D"),
        ("A\x00w\x1ba\x7f", "Awa"),
        ("Awa \u202egpj.exe\u202c \u2066x\u2069\ufeff\u200b", "Awa gpj.exe x"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("محمد\u200f علي", "محمد\u200f علي"),
        ("José Ñandú 李小龙", "José Ñandú 李小龙"),
        ("\n", ""),
    ],
)
def test_what_is_typed_becomes_one_line(typed, line):
    assert one_line(typed) == line
    assert LineField(required=False).clean(typed) == line


@given(st.text(max_size=60))
def test_whatever_is_typed_one_line_comes_of_it_and_stays(typed):
    line = one_line(typed)
    assert is_one_line(line)
    assert one_line(line) == line


def test_every_name_is_kept_in_such_a_column_and_no_table_changes():
    names = {
        Person: ("name", "latin_name", "headline"),
        Organisation: ("name", "acronym"),
        Referee: ("name", "relationship"),
    }
    for model, columns in names.items():
        for name in columns:
            column = model._meta.get_field(name)
            assert isinstance(column, LineColumn), (model, name)
            assert column.deconstruct()[1] == "django.db.models.CharField", (model, name)
            assert isinstance(column.formfield(), LineField), (model, name)

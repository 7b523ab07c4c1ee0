"""The field table names every column of a person, and the projection every field of the table."""

from members.choices.audiences import Audience
from members.models import Person
from members.permissions.fields import FIELDS, LEFT_OUT, MEMBERS_AND_OFFICE, OFFICE, SHOWN_WITH, readable
from members.queries.people import PROJECTED

BESIDE_COLUMNS = {
    *("speaks_for", "affiliations", "memberships", "email"),
    *("positions", "publications", "contact", "separations"),
}
"""What is shown of a person that stands in other tables."""


def columns():
    return {field.name for field in (*Person._meta.concrete_fields, *Person._meta.many_to_many)}


def test_every_column_of_a_person_is_in_the_table_or_left_out_on_purpose():
    assert columns() == (set(FIELDS) - BESIDE_COLUMNS) | LEFT_OUT | SHOWN_WITH.keys()
    assert not set(FIELDS) & (LEFT_OUT | SHOWN_WITH.keys())
    assert set(SHOWN_WITH.values()) <= set(FIELDS)


def test_the_projection_shows_the_fields_of_the_table_and_no_others():
    assert set(FIELDS) == PROJECTED


def test_every_field_has_an_audience_that_holds_oneself_and_says_how_long_it_is_kept():
    for field in FIELDS.values():
        assert Audience.ONESELF in field.audiences
        assert str(field.kept)
        assert field.basis.label


def test_nothing_of_a_person_is_public_yet_and_steering_members_see_what_members_see():
    assert readable(frozenset({Audience.PUBLIC})) == frozenset()
    assert readable(frozenset({Audience.STEERING})) == frozenset()
    members = {name for name, field in FIELDS.items() if field.audiences == MEMBERS_AND_OFFICE}
    assert readable(frozenset({Audience.PUBLIC, Audience.MEMBERS})) == members
    assert set(FIELDS) - members == {name for name, field in FIELDS.items() if field.audiences == OFFICE}

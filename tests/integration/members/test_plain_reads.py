"""What stands before every page is asked in plain statements, which say exactly what the models say."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.kernel.clock import database_now, today
from members.models import Application, Expertise, Organisation, User
from members.permissions.organisations import known_of, visible_to
from members.permissions.roles import ROLE_OF_BODY, roles_of
from members.queries.directory_letters import Lists
from members.queries.searches import kept_by
from members.queries.session_users import session_user
from secretariat.models import Notice
from secretariat.queries import unread_count
from tests.factories import members as made

pytestmark = pytest.mark.django_db


def test_the_user_of_a_session_comes_with_everything_in_one_statement(cast):
    for plain in User.objects.select_related("person", "protection"):
        applied = Application.objects.filter(applicant=plain).exists()
        groups = {group.pk: group.body for group in plain.groups.select_related("body").filter(body__isnull=False)}
        with CaptureQueriesContext(connection) as asked:
            user = session_user(plain.pk)
            roles = roles_of(user)
            own = [getattr(user, name, None) for name in ("person", "protection")]
            bodies = {group.pk: group.body for group in user.body_groups}
        assert len(asked) == 1
        assert values(user) == values(plain)
        assert [values(row) for row in own] == [values(getattr(plain, name, None)) for name in ("person", "protection")]
        assert {key: values(body) for key, body in bodies.items()} == {key: values(groups[key]) for key in groups}
        assert roles >= {ROLE_OF_BODY[body.kind] for body in groups.values()}
        assert user.has_applied == applied
        assert abs((database_now() - user.read_at).total_seconds()) < 5


def values(row):
    """All columns of a row, or None."""
    return row and {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_nobody_is_the_user_of_a_login_that_is_not_there(db):
    assert session_user(0) is None


def test_organisations_are_known_of_in_lists_as_at_their_doors(cast):
    made.organisation("Known To Nobody")
    every = list(Organisation.objects.values_list("pk", flat=True))
    for user in User.objects.all():
        seen = set(visible_to(user, on=today()).values_list("pk", "slug", "name"))
        assert set(known_of(user, every, on=today())) == seen, user
        assert known_of(user, [], on=today()) == []


def test_unread_notices_and_kept_searches_are_those_of_the_reader(cast):
    reader = cast["individual"]
    for name in ("Zebra", "Aardvark"):
        reader.saved_searches.create(name=name, query=f"q={name}")
    assert list(kept_by(reader)) == list(reader.saved_searches.values_list("public_id", "name", "query"))
    assert kept_by(cast["steering-1"]) == []
    for user in User.objects.all():
        assert unread_count(user) == Notice.objects.in_inbox_of(user).unread().count()


def test_lists_are_read_again_after_every_change(cast):
    entry = Expertise.objects.order_by("pk").first()
    for name in ("First", "Second"):
        Expertise.objects.filter(pk=entry.pk).update(label=name)
        assert Lists.load().expertise[entry.code].label == name
    with CaptureQueriesContext(connection) as asked:
        assert Lists.load() is Lists.load()
    assert len(asked) == 2

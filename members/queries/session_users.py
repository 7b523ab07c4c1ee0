"""The user behind a session, with everything that every request asks of them, in one statement.

It is written by hand because it stands before every page: composed by the ORM, the same took two thirds of the time
that a page has before its own work begins. Whatever is read here is read again by each request, and kept by none.
"""

import json

from django.contrib.auth.models import Group
from django.db import DEFAULT_DB_ALIAS

from members.kernel.statements import prepared
from members.models import Body, Person, Protection, User

MODELS = ((User, "u"), (Person, "p"), (Protection, "r"))
COLUMNS = {model: [field.attname for field in model._meta.concrete_fields] for model, _alias in MODELS}
"""The attributes of each, in the order of its columns. None of them is converted on its way from the database."""


def _columns_of(model, alias: str) -> str:
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


READ = f"""
    SELECT {", ".join(_columns_of(model, alias) for model, alias in MODELS)}, portal_now(), (
        SELECT coalesce(jsonb_agg(jsonb_build_array(b.id, b.kind, b.group_id, b.tier_id, b.organisation_id)), '[]')
        FROM members_user_groups i JOIN members_body b ON b.group_id = i.group_id WHERE i.user_id = u.id
    ), EXISTS (SELECT FROM members_application a WHERE a.applicant_id = u.id)
    FROM members_user u
    LEFT JOIN members_person p ON p.user_id = u.id LEFT JOIN members_protection r ON r.user_id = u.id
    WHERE u.id = %s
"""  # noqa: S608 - names of our own columns


def session_user(key: int) -> User | None:
    """The user of a session: with person, protection, the groups of bodies they are in, whether they have ever applied,
    and the time on the database's clock as `read_at`. None where there is no such user.
    """
    with prepared() as cursor:
        cursor.execute(READ, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    *values, read_at, bodies, has_applied = row
    user, person, protection = _instances(values)
    User._meta.get_field("person").set_cached_value(user, person)
    User._meta.get_field("protection").set_cached_value(user, protection)
    for own in (person, protection):
        if own is not None:
            own._meta.get_field("user").set_cached_value(own, user)
    user.read_at = read_at
    user.keep_roles(groups=_groups(json.loads(bodies)), has_applied=has_applied)
    return user


def _instances(values: list) -> list:
    """The values of one row as a row of each model, or None where a join found none."""
    found, begin = [], 0
    for model, _alias in MODELS:
        names = COLUMNS[model]
        own = values[begin : begin + len(names)]
        found.append(None if own[0] is None else model.from_db(DEFAULT_DB_ALIAS, names, own))
        begin += len(names)
    return found


BODY = ["id", "kind", "group_id", "tier_id", "organisation_id"]


def _groups(bodies: list[list]) -> list[Group]:
    """The groups of bodies, each with its body; their names, which nobody reads, are left where they are."""
    found = []
    for values in bodies:
        body = Body.from_db(DEFAULT_DB_ALIAS, BODY, values)
        group = Group.from_db(DEFAULT_DB_ALIAS, ["id"], [body.group_id])
        Group._meta.get_field("body").set_cached_value(group, body)
        Body._meta.get_field("group").set_cached_value(body, group)
        found.append(group)
    return found

"""The rights of many, recomputed together at the end of what was done with them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.actions import accounts, memberships, organisations, people, rights
from members.choices.bodies import OrganisationKind, RepresentationRole
from members.models import Tier, User

pytestmark = pytest.mark.django_db


def speaker(organisation, number):
    user = accounts.open_login(email=f"speaker-{number}@together.test", by=None)
    person = people.enter(name=f"Speaker {number}", user=user, by=None)
    organisations.appoint_representative(
        organisation=organisation, person=person, role=RepresentationRole.DELEGATE, by=None
    )
    return user


@pytest.fixture
def organisation(cast):
    terms = Tier.objects.get(short_name="institutional").current_terms
    organisation = organisations.enter(name="Institute Together", kind=OrganisationKind.NGO, by=None)
    memberships.grant(tier_terms=terms, organisation=organisation, by=None)
    return organisation


def groups_of(user):
    return set(User.objects.get(pk=user.pk).groups.values_list("name", flat=True))


def test_everybody_has_the_rights_of_their_terms_at_the_end_and_not_before(organisation):
    with rights.recomputed_together():
        users = [speaker(organisation, number) for number in range(3)]
        assert [groups_of(user) for user in users] == [set(), set(), set()]

    assert all("tier:institutional" in groups_of(user) for user in users)
    assert all(User.objects.get(pk=user.pk).rights_due_at for user in users)
    call_command("check_rights", stdout=StringIO())


def test_who_has_lost_a_term_loses_its_groups(organisation):
    user = speaker(organisation, 1)
    with rights.recomputed_together():
        organisations.end_representation(representation=user.person.representations.get(), by=None)

    assert groups_of(user) == set()
    call_command("check_rights", stdout=StringIO())


def test_what_was_refused_leaves_nothing_waiting(organisation):
    user = speaker(organisation, 1)

    def end_and_fail():
        with rights.recomputed_together():
            organisations.end_representation(representation=user.person.representations.get(), by=None)
            raise LookupError

    with pytest.raises(LookupError):
        end_and_fail()

    assert "tier:institutional" in groups_of(user)
    assert rights.WAITING.get() is None


def test_its_statements_do_not_grow_with_the_people(organisation):
    users = [speaker(organisation, number) for number in range(12)]

    def statements(some):
        with CaptureQueriesContext(connection) as captured, rights.recomputed_together():
            for user in some:
                rights.recompute(user)
        return len(captured)

    assert statements(users[:1]) == statements(users)

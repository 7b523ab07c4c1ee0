"""Rights follow terms: at the minute, with no worker; and what is stored otherwise is found."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from guardian.shortcuts import assign_perm

from members import tasks
from members.actions import accounts, memberships, offices, people, rights
from members.choices.bodies import BodyKind, StaffRole
from members.kernel.clock import database_now, today
from members.models import Body, OrganisationGroupPermission, StaffTerm, Tier, User
from members.permissions.roles import roles_of
from members.queries.rights import audit
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db


def check_rights():
    said, named = StringIO(), StringIO()
    try:
        call_command("check_rights", stdout=said, stderr=named)
    except CommandError as error:
        return str(error), named.getvalue()
    return said.getvalue(), named.getvalue()


def reread(user):
    return User.objects.get(pk=user.pk)


class TestTermsEnd:
    @pytest.fixture
    def officer(self, cast):
        """A login whose only office ends tonight, at midnight UTC."""
        user = cast["individual"]
        offices.appoint_staff(person=user.person, role=StaffRole.OFFICER, by=None, ends_on=today() + timedelta(days=1))
        return reread(user)

    def seconds_to_midnight(self):
        now = database_now()
        midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        return (midnight - now).total_seconds()

    def test_a_right_ends_with_its_term_though_no_worker_runs(self, client, clock, officer):
        clock.shift(seconds=self.seconds_to_midnight() - 30)
        sign_in(client, officer)
        assert client.get(reverse("members:desk-applications")).status_code == 200

        clock.shift(seconds=31)

        assert client.get(reverse("members:desk-applications")).status_code in {403, 404}
        assert Group.objects.get(body__kind=BodyKind.SECRETARIAT) not in reread(officer).groups.all()

    def test_a_right_begins_with_its_term(self, client, clock, cast):
        tomorrow = today() + timedelta(days=1)
        terms = Tier.objects.get(short_name="individual").current_terms
        memberships.grant(tier_terms=terms, person=cast.person("applicant"), by=None, starts_on=tomorrow)
        applicant = reread(cast["applicant"])
        sign_in(client, applicant)
        assert client.get(reverse("members:directory")).status_code == 403

        clock.shift(days=1)
        sign_in(client, applicant)

        assert client.get(reverse("members:directory")).status_code == 200

    def test_the_task_does_it_for_those_who_make_no_request(self, clock, officer):
        clock.shift(days=1)
        assert officer.rights_due_at <= database_now()

        tasks.recompute_due_rights()

        after = reread(officer)
        assert not after.groups.filter(body__kind=BodyKind.SECRETARIAT).exists()
        assert after.rights_due_at is None or after.rights_due_at > database_now()
        assert {role.value for role in roles_of(after)} == {"member"}

    def test_the_task_twice_is_the_task_once(self, clock, officer):
        clock.shift(days=1)
        tasks.recompute_due_rights()
        before = list(officer.groups.values_list("pk", flat=True))

        tasks.recompute_due_rights()

        assert list(officer.groups.values_list("pk", flat=True)) == before


class TestCheckRights:
    def test_all_is_right_in_the_cast(self, cast):
        said, named = check_rights()

        assert named == ""
        assert said.startswith("All is right: ")
        assert f"{User.objects.count()} users" in said

    def test_whoever_is_due_is_no_difference(self, cast, clock):
        ending = StaffTerm.objects.first()
        clock.shift(days=(ending.ends_on - today()).days)

        assert check_rights()[1] == ""

    def test_a_group_too_many_is_named(self, cast):
        cast["individual"].groups.add(Body.objects.get(kind=BodyKind.SECRETARIAT).group)

        said, named = check_rights()

        assert said == "1 rights are not as they should be."
        assert named == f"user {cast['individual'].pk}: is in the group secretariat, and no term in force says so\n"

    def test_a_group_too_few_is_named(self, cast):
        cast["steering-2"].groups.remove(Body.objects.get(kind=BodyKind.STEERING).group)

        assert f"user {cast['steering-2'].pk}: is not in the group steering" in check_rights()[1]

    def test_a_boundary_that_would_come_late_is_named(self, cast):
        User.objects.filter(pk=cast["secretariat-1"].pk).update(rights_due_at=None)

        assert f"user {cast['secretariat-1'].pk}: is to be looked at again at None" in check_rights()[1]

    def test_a_grant_too_many_is_named(self, cast):
        organisation = cast.organisations["institution"]
        stranger = cast.organisations["other-institution"].body.group
        permission = Permission.objects.get(codename="manage_organisation")
        OrganisationGroupPermission.objects.create(group=stranger, permission=permission, content_object=organisation)

        assert f"organisation {organisation.pk}: grants manage_organisation to group {stranger.pk}" in check_rights()[1]

    def test_a_grant_too_few_is_named(self, cast):
        organisation = cast.organisations["institution"]
        OrganisationGroupPermission.objects.filter(content_object=organisation).first().delete()

        assert f"organisation {organisation.pk}: does not grant manage_organisation" in check_rights()[1]

    def test_rights_past_the_table_are_named(self, cast):
        permission = Permission.objects.get(codename="change_person")
        cast["rising"].user_permissions.add(permission)
        cast.organisations["institution"].body.group.permissions.add(permission)
        assign_perm("members.view_tier", cast["rising"], Tier.objects.first())

        _said, named = check_rights()

        assert f"user {cast['rising'].pk}: holds change_person directly" in named
        assert "holds change_person on a whole table" in named
        assert "userobjectpermission" in named

    def test_a_login_out_of_use_has_no_rights(self, cast):
        user = cast["steering-3"]
        user.is_active = False
        user.save()

        assert f"user {user.pk}: is in the group steering" in check_rights()[1]

    def test_recomputing_puts_everything_right(self, cast):
        for user in User.objects.all():
            user.groups.clear()
            rights.recompute(user)

        assert check_rights()[1] == ""

    def test_as_many_statements_for_many_users_as_for_few(self, cast):
        with CaptureQueriesContext(connection) as few:
            audit(now=database_now())
        terms = Tier.objects.get(short_name="individual").current_terms
        for number in range(10):
            user = accounts.open_login(email=f"more-{number}@cast.test", by=None)
            memberships.grant(tier_terms=terms, person=people.enter(name="More", user=user, by=None), by=None)

        with CaptureQueriesContext(connection) as many:
            audit(now=database_now())

        assert len(many) == len(few)

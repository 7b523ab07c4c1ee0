"""Lists and doors agree: whoever finds a row in a list may open it, and nobody opens what their lists do not hold.

For every model that is guarded row by row, for everybody of the permission table and every row of its world.
"""

import re

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.http import Http404
from django.urls import reverse

from members.choices.bodies import BodyKind
from members.choices.desk import SHELVES
from members.kernel.clock import today
from members.models import (
    Application,
    ApplicationGroupPermission,
    Ballot,
    Body,
    Document,
    LostFactor,
    Organisation,
    Person,
    User,
)
from members.permissions import applications, ballots, factors, organisations, people
from members.permissions.grants import DUE
from members.permissions.roles import ROLE_OF_BODY, granted, may
from members.permissions.table import GRANTS, Right
from members.queries import memberships
from secretariat.models import Notice
from secretariat.permissions import notices
from taskforces.models import WorkingGroup
from taskforces.permissions import groups
from taskforces.permissions.table import GroupRight
from tests.world.visits import CONFINED, PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permissions")]

everybody = pytest.mark.parametrize("name", [name for name in PEOPLE if name != CONFINED])


def user_of(visit, name):
    """Somebody of the table, read afresh, as a request would."""
    return AnonymousUser() if name == "visitor" else User.objects.get(pk=visit.world.user(name).pk)


def opened(door) -> str:
    """What a door does: `open`, `forbidden`, or `absent`."""
    try:
        door()
    except PermissionDenied:
        return "forbidden"
    except Http404:
        return "absent"
    return "open"


def keys(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))


class TestDoors:
    """A door opens to the rows of its list. Of other rows it says that they are forbidden only where they are known."""

    @everybody
    @pytest.mark.parametrize(
        "right",
        [Right.VIEW_APPLICATION, Right.WRITE_APPLICATION, Right.SCREEN_APPLICATION, Right.READ_DOSSIER],
    )
    def test_of_applications(self, visit, name, right):
        user, on = user_of(visit, name), today()
        listed = keys(applications.visible_to(user, right=right, on=on))
        known = keys(applications.visible_to(user, on=on))
        known |= keys(applications.visible_to(user, right=Right.READ_DOSSIER, on=on))
        for row in Application.objects.all():
            found = opened(lambda row=row: applications.application_for(user, row.number, to=right, on=on))
            wanted = "open" if row.pk in listed else "forbidden" if row.pk in known else "absent"
            assert found == wanted, row.number

    @everybody
    @pytest.mark.parametrize("right", [Right.VIEW_BALLOT, Right.CAST_BALLOT, Right.RUN_BALLOT])
    def test_of_ballots(self, visit, name, right):
        user, on = user_of(visit, name), today()
        listed = keys(ballots.visible_to(user, right=right, on=on))
        known = keys(ballots.visible_to(user, on=on))
        assert listed <= known
        for row in Ballot.objects.all():
            found = opened(lambda row=row: ballots.ballot_for(user, row.number, to=right, on=on))
            wanted = "open" if row.pk in listed else "forbidden" if row.pk in known else "absent"
            assert found == wanted, row.number

    @everybody
    def test_of_what_is_confidential_in_ballots(self, visit, name):
        user, on = user_of(visit, name), today()
        listed, known = keys(ballots.readable_by(user, on=on)), keys(ballots.visible_to(user, on=on))
        assert listed <= known
        for row in Ballot.objects.all():
            found = opened(lambda row=row: ballots.ballot_to_read(user, row.number, on=on))
            assert found == ("open" if row.pk in listed else "forbidden" if row.pk in known else "absent"), row.number

    @everybody
    @pytest.mark.parametrize("right", [Right.SEE_DIRECTORY, Right.MANAGE_ORGANISATION])
    def test_of_organisations(self, visit, name, right):
        user, on = user_of(visit, name), today()
        listed = keys(organisations.visible_to(user, right=right, on=on))
        known = keys(organisations.visible_to(user, on=on))
        for row in Organisation.objects.all():
            found = opened(lambda row=row: organisations.organisation_for(user, row.slug, to=right, on=on))
            wanted = "absent" if row.pk not in known else "open" if row.pk in listed else "forbidden"
            assert found == wanted, row.slug

    @everybody
    def test_of_people(self, visit, name):
        user, on = user_of(visit, name), today()
        listed = keys(people.visible_to(user, on=on))
        for row in Person.objects.all():
            found = opened(lambda row=row: people.person_for(user, row.public_id, on=on))
            assert found == ("open" if row.pk in listed else "absent"), row.name

    @everybody
    @pytest.mark.parametrize("right", [GroupRight.SEE_GROUPS, *[*GroupRight][5:]])
    def test_of_working_groups(self, visit, name, right):
        user = user_of(visit, name)
        listed, known = keys(groups.visible_to(user, right=right)), keys(groups.visible_to(user))
        assert listed <= known
        for row in WorkingGroup.objects.all():
            found = opened(lambda row=row: groups.group_for(user, row.slug, to=right))
            assert found == ("absent" if row.pk not in known else "open" if row.pk in listed else "forbidden"), row.slug

    @everybody
    def test_of_lost_factors(self, visit, name):
        user = user_of(visit, name)
        listed = keys(factors.visible_to(user))
        for row in LostFactor.objects.all():
            found = opened(lambda row=row: factors.lost_factor_for(user, row.public_id))
            own = row.user_id == user.pk and name in {"secretariat-1", "secretariat-2"}
            assert found == ("open" if row.pk in listed else "forbidden" if own else "absent"), row

    @everybody
    def test_of_notices(self, visit, name):
        user = user_of(visit, name)
        listed = keys(notices.visible_to(user))
        for row in Notice.objects.all():
            found = opened(lambda row=row: notices.notice_for(user, row.public_id))
            assert found == ("open" if row.pk in listed else "absent"), row

    @everybody
    def test_of_documents(self, visit, name):
        """Documents have no list of their own: they stand on the pages of what they belong to.

        What has not been sent yet stands on the page where its writer checks it, and nowhere else.
        """
        user, on = user_of(visit, name), today()
        pages = {
            "members:application": applications.visible_to(user, on=on),
            "members:application-check": applications.visible_to(user, right=Right.WRITE_APPLICATION, on=on),
            "members:desk-application": applications.visible_to(user, right=Right.SCREEN_APPLICATION, on=on),
            "members:ballot-dossier": ballots.readable_by(user, on=on),
        }
        shown = set()
        for page, rows in pages.items():
            for row in rows:
                shown |= links(visit, name, "document", page, row.number)
        for row in Document.objects.all():
            found = opened(lambda row=row: applications.document_for(user, row.public_id, on=on))
            assert (found == "open") == (str(row.public_id) in shown), row.name


# --- Pages --------------------------------------------------------------------------------------------------------

PLACES = {"document": "documents", "ballot": "ballots", "desk-application": "desk/applications", "person": "members"}


def links(visit, name, kind, url_name, *args, query="") -> set[str]:
    """What the links of a kind on a page lead to, as somebody sees it; nothing where the page is not theirs."""
    answer = visit.ask(name, "GET", reverse(url_name, args=args) + query)
    if answer.status != 200:
        return set()
    found = re.findall(rf'href="/{PLACES.get(kind, kind)}/([^/"?#]+)/["?#]', answer.content.decode())
    return set(found) - {"new", "edit"}


class TestPages:
    """A page with a list shows what the list holds, and no more."""

    @everybody
    def test_the_desk(self, visit, name):
        user, on = user_of(visit, name), today()
        shown = set()
        for shelf in SHELVES:
            shown |= links(visit, name, "desk-application", "members:desk-applications", query=f"?shelf={shelf.key}")
            shown |= links(visit, name, "applications", "members:desk-applications", query=f"?shelf={shelf.key}")
        listed = applications.visible_to(user, right=Right.SCREEN_APPLICATION, on=on)
        assert shown == set(listed.values_list("number", flat=True))

    @everybody
    def test_the_ballots(self, visit, name):
        listed = ballots.visible_to(user_of(visit, name), on=today())
        assert links(visit, name, "ballot", "members:ballots") == set(listed.values_list("number", flat=True))

    @everybody
    def test_the_directory(self, visit, name):
        user, on = user_of(visit, name), today()
        rows = people.visible_to(user, on=on) if may(user, Right.SEE_DIRECTORY) else Person.objects.none()
        listed = memberships.taking_part(rows.filter(protection__isnull=True), on=on)
        found = links(visit, name, "person", "members:directory") - {"export"}
        assert found == {str(row.public_id) for row in listed}

    @everybody
    def test_the_organisations(self, visit, name):
        listed = organisations.visible_to(user_of(visit, name), on=today()).participating(on=today())
        assert links(visit, name, "organisations", "members:organisations") == {row.slug for row in listed}

    @everybody
    def test_the_inbox(self, visit, name):
        listed = [str(row.public_id) for row in notices.visible_to(user_of(visit, name)).order_by("-pk")[:25]]
        assert links(visit, name, "inbox", "secretariat:inbox") - {"read"} == set(listed)


# --- What is stored -----------------------------------------------------------------------------------------------


class TestStoredRights:
    def test_are_as_they_should_be_in_the_whole_world(self, visit, capsys):
        call_command("check_rights")

        assert capsys.readouterr().out.startswith("All is right")

    def test_a_grant_added_by_hand_is_found_and_opens_nothing(self, visit):
        row, body = visit.world.applications["open"], visit.world.cast.organisations["institution"].body
        for codename in ("view_application", "read_dossier", "screen_application", "write_application"):
            permission = Permission.objects.get(content_type__model="application", codename=codename)
            ApplicationGroupPermission.objects.create(group=body.group, permission=permission, content_object=row)

        with pytest.raises(CommandError, match="4 rights are not as they should be"):
            call_command("check_rights")
        for right in (Right.VIEW_APPLICATION, Right.READ_DOSSIER, Right.SCREEN_APPLICATION, Right.WRITE_APPLICATION):
            seen = applications.visible_to(user_of(visit, "institution"), right=right, on=today())
            assert not seen.filter(pk=row.pk).exists()
        assert visit.ask("institution", "GET", visit.path("members:application", "open")).words == "404"

    def test_a_grant_taken_by_hand_is_found(self, visit):
        steering = Body.objects.get(kind=BodyKind.STEERING).group
        ApplicationGroupPermission.objects.filter(
            group=steering, content_object=visit.world.applications["open"]
        ).delete()

        with pytest.raises(CommandError, match="1 rights are not as they should be"):
            call_command("check_rights")

    def test_go_to_no_body_that_the_table_does_not_name(self, visit):
        kinds = dict(Body.objects.values_list("group", "kind"))
        for model, due in DUE.items():
            for row in model.objects.all():
                for group, codename in due(row):
                    named = {grant.role for grant in GRANTS[model._meta.label_lower] if codename in grant.rights}
                    assert ROLE_OF_BODY[kinds[group]] in named, (row, codename)

    def test_rights_on_whole_tables_list_nothing(self, visit):
        """What the administration needs of guardian is no right on a row."""
        officer = user_of(visit, "secretariat-1")
        assert officer.has_perm("members.view_application")
        drafts = {visit.world.applications[name].pk for name in ("draft", "finished")}
        assert not keys(granted(Application.objects.all(), officer, Right.VIEW_APPLICATION)) & drafts

    def test_are_printed_as_they_are(self):
        call_command("print_permissions", "--check")

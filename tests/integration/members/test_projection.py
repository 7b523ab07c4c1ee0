"""What each of the cast may read of a person: exactly what the field table allows, and nothing of who is hidden."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.actions import memberships, people
from members.choices.audiences import Audience
from members.kernel.clock import today
from members.models import Country, Expertise, Language, Person, Region, Tier
from members.permissions.fields import FIELDS, audiences_of, readable
from members.permissions.people import visible_to
from members.queries.people import PROJECTED, PersonView, names_for, project, project_all
from tests.factories import members as made

pytestmark = pytest.mark.django_db

COLLEAGUES = {
    *(f"steering-{number}" for number in range(1, 6)),
    *("alternate", "institution", "delegate", "other-institution", "individual", "rising"),
}
OFFICE = {"secretariat-1", "secretariat-2"}
OUTSIDE = {"applicant", "stranger", "out-of-use"}


@pytest.fixture
def shown(cast):
    """A member with something in every field."""
    person = made.person(
        "أمل الحسن",
        user=made.login("amal@made.test"),
        latin_name="Amal al-Hassan",
        headline="Researcher",
        biography="Twenty years.",
        website="https://amal.example",
        country=Country.objects.get(code="JO"),
        expertise=list(Expertise.objects.filter(parent__isnull=False)[:2]),
        regions=list(Region.objects.filter(code="145")),
        languages=list(Language.objects.filter(code__in=["ar", "en"])),
        availability="open",
        contact_by="portal",
        photo="no-such-file.webp",
    )
    person.positions.create(organisation="Institute", from_year=2001)
    person.publications.create(title="A Book", year=2002, place=0)
    person.separations.create(words="A Rival")
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    made.organisations.affiliate(
        person=person, organisation=made.organisation("Example Centre"), position="Fellow", by=None
    )
    return Person.objects.get(pk=person.pk)


def read(view: PersonView) -> set[str]:
    """The fields of a view that hold something, or that say no."""
    return {name for name in PROJECTED if getattr(view, name) != getattr(PersonView(uuid.uuid4()), name)}


FULL = set(FIELDS) - {"listed", "speaks_for"}
"""What the member of this module has; they are listed, and speak for nobody."""


def test_the_cast_is_all_there(cast):
    assert set(cast.users) == COLLEAGUES | OFFICE | OUTSIDE


def test_each_of_the_cast_reads_exactly_what_the_table_allows(cast, shown):
    for name, user in cast.users.items():
        view = project(user, shown, on=today())
        if name in OUTSIDE:
            assert view is None, name
            continue
        assert read(view) == readable(audiences_of(user)) & FULL, name
        assert ("email" in read(view)) == (name in OFFICE), name
        assert not view.is_oneself


def test_oneself_reads_everything_of_oneself(shown):
    view = project(shown.user, shown, on=today())
    assert read(view) == FULL
    assert view.is_oneself


def test_visitors_and_nobody_read_nothing(cast, shown):
    for viewer in (AnonymousUser(), None):
        assert project(viewer, shown, on=today()) is None
        assert audiences_of(viewer) == {Audience.PUBLIC}


def test_an_empty_view_holds_nothing_but_the_key(shown):
    """Were a list let through that `visible_to` has not narrowed, strangers would still read nothing."""
    view = project_all(AnonymousUser(), [shown], on=today())[0]
    assert read(view) == set()
    assert view.region == ""


def hide(person):
    Person.objects.filter(pk=person.pk).update(listed=False)


def test_who_is_not_listed_is_known_to_oneself_and_the_secretariat_alone(cast, shown):
    hide(shown)
    for name, user in cast.users.items():
        assert (shown in visible_to(user, on=today())) == (name in OFFICE), name
        assert (project(user, shown, on=today()) is not None) == (name in OFFICE), name
        assert (names_for(user, [shown.pk], on=today())[shown.pk] == shown.name) == (name in OFFICE), name
    assert shown in visible_to(shown.user, on=today())
    assert project(shown.user, shown, on=today()).listed is False
    assert project(cast["secretariat-1"], shown, on=today()).listed is False


def test_whose_membership_is_over_is_known_to_oneself_and_the_secretariat_alone(cast, shown):
    memberships.end(membership=shown.memberships.get(), by=None)
    for name, user in cast.users.items():
        assert (shown in visible_to(user, on=today())) == (name in OFFICE), name


def test_list_and_object_agree_for_every_viewer_and_every_person(cast, shown):
    hide(cast.person("rising"))
    everybody = list(Person.objects.all())
    for name, user in cast.users.items():
        listed = set(visible_to(user, on=today()))
        for person in everybody:
            assert (project(user, person, on=today()) is not None) == (person in listed), (name, person.name)


def test_a_list_takes_as_many_statements_for_thirty_as_for_one(cast, shown):
    def statements(rows):
        with CaptureQueriesContext(connection) as asked:
            project_all(cast["individual"], rows, on=today())
        return len(asked)

    audiences_of(cast["individual"])  # groups are read once a request
    few = statements(Person.objects.with_everything().filter(pk=shown.pk))
    institute = made.member("Institute of Many")
    for number in range(30):
        person = people.enter(name=f"Many {number}", by=None, country=shown.country, languages=shown.languages.all())
        made.organisations.appoint_representative(organisation=institute, person=person, role="delegate", by=None)
    assert statements(Person.objects.with_everything()) == few

"""The rows of the directory follow every act and every day, and a check finds where they do not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from members.actions import accounts, directory, memberships, organisations, people, taxonomies
from members.choices.audiences import Audience
from members.choices.bodies import RepresentationRole
from members.choices.directory import Reader
from members.kernel.clock import today
from members.models import Country, DirectoryEntry, Expertise, Person, Region, Tier
from members.queries.directory import Asker, Question, counts
from members.rules.terms import add_months
from members.tasks import follow_the_day
from platform_portal.demo import scale
from tests.bench import counting
from tests.bench import directory as bench
from tests.bench.pages import pages
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

URL = reverse("members:directory")


def member(name, **fields) -> Person:
    person = made.person(name, **fields)
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    return person


def change(person, **fields):
    people.change(person=person, by=None, revision=Person.objects.get(pk=person.pk).revision, **fields)


def is_right() -> bool:
    try:
        call_command("check_directory", verbosity=0)
    except CommandError:
        return False
    return True


# --- Acts ---------------------------------------------------------------------------------------------------------


def test_every_act_leaves_the_directory_right(cast):
    person = member("Amina Example", user=made.login("amina@made.test"), country=Country.objects.get(code="KE"))
    institute = made.member("Institute of Rows")
    field = Expertise.objects.filter(parent__isnull=False)[0]
    assert is_right()
    work = organisations.affiliate(person=person, organisation=institute, position="Fellow", by=None)
    assert is_right()
    speaks = organisations.appoint_representative(
        organisation=institute, person=person, role=RepresentationRole.DELEGATE, by=None
    )
    assert is_right()
    organisations.change(organisation=institute, by=None, revision=institute.revision, name="Institute of Lines")
    assert is_right()
    change(person, headline="Mediator", expertise=[field])
    assert is_right()
    row = Person.objects.get(pk=person.pk)
    people.narrow(person=row, by=None, revision=row.revision, country=Audience.STEERING)
    assert is_right()
    assert DirectoryEntry.objects.filter(person=person).count() == 2
    field.parent = Expertise.objects.filter(parent__isnull=True).exclude(pk=field.parent_id)[0]
    taxonomies.keep(field, by=None, fields=["parent"])
    assert is_right()
    kenya = Country.objects.get(code="KE")
    kenya.region = Region.objects.get(code="034")
    taxonomies.keep(kenya, by=None, fields=["region"])
    assert is_right()
    person.user.email = "other@made.test"
    person.user.save()
    accounts.note_factor_change(user=person.user, change="email_changed", session_key="", by=person.user)
    assert is_right()
    organisations.end_representation(representation=speaks, by=None)
    organisations.end_affiliation(affiliation=work, by=None)
    change(person, listed=False)
    assert is_right()
    memberships.end(membership=person.memberships.get(), by=None)
    assert is_right()
    assert set(DirectoryEntry.objects.filter(person=person).values_list("readers", flat=True)) == {0}


def test_who_shows_all_alike_has_one_row_and_who_shows_less_one_for_each_set_of_readers(cast):
    person = member("Amina Example", headline="Mediator", biography="Long ago.")
    assert set(DirectoryEntry.objects.filter(person=person).values_list("readers", flat=True)) == {31}
    row = Person.objects.get(pk=person.pk)
    people.narrow(
        person=row, by=None, revision=row.revision, headline=Audience.STEERING, biography=Audience.SECRETARIAT
    )
    masks = list(DirectoryEntry.objects.filter(person=person).values_list("readers", flat=True))
    assert sorted(masks) == [Reader.MEMBERS, Reader.STEERING, 4 | 8 | 16]
    change(person, listed=False)
    assert set(DirectoryEntry.objects.filter(person=person).values_list("readers", flat=True)) == {4 | 8 | 16}


# --- Days ---------------------------------------------------------------------------------------------------------


def test_a_term_ends_and_begins_in_the_directory_with_no_worker(client, cast, clock):
    leaving, coming = member("Leaving Later"), made.person("Coming Later")
    terms = Tier.objects.get(short_name="individual").current_terms
    begins_on = add_months(today(), terms.term_months)
    memberships.grant(tier_terms=terms, person=coming, by=None, starts_on=begins_on)
    sign_in(client, cast["institution"])

    def names(word):
        return [view.name for view in client.get(URL, {"q": word}).context["people"]]

    assert [names("leaving"), names("coming")] == [["Leaving Later"], []]
    clock.shift(days=(begins_on - today()).days)
    sign_in(client, cast["secretariat-1"])
    directory.reindex([cast.person("secretariat-1").pk])
    reader = Asker(Reader.MEMBERS, 0, today())
    before = counts(Question(words="leaving"), reader)[0].total
    assert before == 0, "a row that no longer holds is not read, whoever brings it up to date"
    follow_the_day()
    assert counts(Question(words="coming"), reader)[0].total == 1
    assert not DirectoryEntry.objects.filter(person=leaving).exclude(readers=0).exists()


def test_a_request_brings_due_rows_up_to_date(client, cast, clock):
    person = made.person("Coming Tomorrow")
    terms = Tier.objects.get(short_name="individual").current_terms
    memberships.grant(tier_terms=terms, person=person, by=None, starts_on=add_months(today(), 1))
    clock.shift(days=32)
    sign_in(client, cast["individual"])
    assert [view.name for view in client.get(URL, {"q": "tomorrow"}).context["people"]] == ["Coming Tomorrow"]


# --- The check ----------------------------------------------------------------------------------------------------


ITS_ENTRIES = "(SELECT id FROM members_directoryentry WHERE person_id = %s)"
TAMPERING = {
    "readers": "UPDATE members_directoryentry SET readers = 1 WHERE person_id = %s",
    "country": "UPDATE members_directoryentry SET country = 'x' WHERE person_id = %s",
    "vector": f"UPDATE members_directorytext SET vector = 'leak' WHERE entry_id IN {ITS_ENTRIES}",
    "line": f"UPDATE members_directoryline SET content = '{{}}' WHERE entry_id IN {ITS_ENTRIES}",
}


@pytest.mark.parametrize("what", TAMPERING)
def test_what_differs_is_named_and_mended(cast, capsys, what):
    person = cast.person("individual")
    with connection.cursor() as cursor:
        cursor.execute(TAMPERING[what], [person.pk])
    with pytest.raises(CommandError):
        call_command("check_directory")
    assert f"person {person.pk}: differs in {what}" in capsys.readouterr().err
    directory.reindex([person.pk])
    assert is_right()


def test_who_has_no_row_is_named_and_entered(cast, capsys):
    person = cast.person("individual")
    DirectoryEntry.objects.filter(person=person).delete()
    with pytest.raises(CommandError):
        call_command("check_directory")
    assert f"person {person.pk}: has no row" in capsys.readouterr().err
    assert directory.enter_missing() == 1
    assert is_right()


# --- Many ---------------------------------------------------------------------------------------------------------


def test_a_world_of_any_size_is_right_and_can_be_measured(cast):
    """The parts of `make bench`, and of `manage.py seed_scale`, with two hundred people."""
    assert list(scale.fill(members=200, seed=7))
    call_command("check_rights")
    call_command("check_directory")
    run = bench.one_run(200, pages(), rounds=1)
    assert counting.differences() == run.wrong_counts == []
    assert {one.page for one in run.measured} == {page.name for page in pages()}
    assert all(one.statements <= 16 for one in run.measured)


def test_the_same_seed_gives_the_same_people(cast):
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT world")
        list(scale.fill(members=20, seed=3))
        first = list(Person.objects.filter(user__email__contains="-3-").values_list("name", "public_id", "biography"))
        cursor.execute("ROLLBACK TO SAVEPOINT world")
        list(scale.fill(members=20, seed=3))
    assert first == list(
        Person.objects.filter(user__email__contains="-3-").values_list("name", "public_id", "biography")
    )

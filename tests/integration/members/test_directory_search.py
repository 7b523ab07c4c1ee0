"""What a search finds, in which order, in every script; and that counts are those of counting one by one."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction
from django.urls import reverse

from members.actions import directory, memberships, organisations, people
from members.choices.directory import Reader
from members.kernel.clock import today
from members.models import Country, DirectoryCount, Expertise, Language, Organisation, Person, Tier
from members.permissions.people import visible_to
from members.queries.memberships import taking_part
from members.queries.people import project_all
from tests.factories import members as made
from tests.people import assemble
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

URL = reverse("members:directory")


def member(name, *, tier="individual", **fields) -> Person:
    person = made.person(name, **fields)
    memberships.grant(tier_terms=Tier.objects.get(short_name=tier).current_terms, person=person, by=None)
    return person


def found(client, **asked) -> list[str]:
    return [view.name for view in client.get(URL, asked).context["people"]]


@pytest.fixture
def reader(client, cast):
    return sign_in(client, cast["individual"])


# --- Words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["Émile Zokou", "Эмиль Зоков", "إميل زكور", "أَمَل الحسن", "李小明", "Фёдор Ильин"])
def test_a_name_is_found_in_its_script_by_any_spelling_and_by_its_beginning(reader, written):
    member(written, latin_name="" if written.isascii() or "Zokou" in written else "Zzyzx Latin")
    first, *_rest = written.split()
    inside = "حسن" if "الحسن" in written else first
    for asked in (written, written.upper(), first, first[:3] if len(first) > 3 else first, inside):
        assert found(reader, q=asked) == [written], asked


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("emile", "Émile Zokou"),
        ("эмиль", "Эмиль Зоков"),
        ("اميل", "إميل زكور"),
        ("امل", "أَمَل الحسن"),
        ("федор", "Фёдор Ильин"),
    ],
)
def test_accents_hamza_and_dots_may_be_left_out(reader, asked, name):
    member(name)
    assert found(reader, q=asked) == [name]


def test_the_best_answers_come_first(reader):
    institute = made.member("Zamfara Institute")
    member("Biography Last", biography="Once lived in Zamfara.")
    organisations.affiliate(person=member("Organisation Fifth"), organisation=institute, by=None)
    member("Line Third", headline="Mediator in Zamfara")
    member("Zamfara Second")
    member("Zamfara")
    names = ["Zamfara", "Zamfara Second", "Line Third", "Organisation Fifth", "Biography Last"]
    assert found(reader, q="zamfara") == names
    assert found(reader, q="zamfara", order="name") == sorted(names)


def test_a_field_is_found_by_its_name_in_the_readers_language(reader):
    field = Expertise.objects.get(code="diplomacy-mediation")
    member("Some Mediator", expertise=[field])
    assert found(reader, q="mediation dialogue") == ["Some Mediator"]
    reader.cookies["django_language"] = "fr"
    assert found(reader, q="médiation", HTTP_ACCEPT_LANGUAGE="fr") == ["Some Mediator"]


def test_operators_are_words_like_others(reader):
    member("Amina & Sons")
    for asked in ("amina | nobody", "!nobody", "amina:*", "'amina", "amina <-> sons", "\\", "=amina", "@cast"):
        assert reader.get(URL, {"q": asked}).status_code == 200
    assert found(reader, q="amina <-> sons") == ["Amina & Sons"]


# --- Counts -------------------------------------------------------------------------------------------------------


@pytest.fixture
def crowd(cast):
    """People of every combination, some showing less."""
    countries, fields = ("KE", "SN", "BR", "NP", ""), list(Expertise.objects.filter(parent__isnull=False)[:5])
    languages = list(Language.objects.filter(code__in=["en", "sw", "pt"]))
    institutes = [made.member("Institute One"), made.member("Institute Two")]
    for number in range(24):
        person = member(
            f"Crowd {number:02}",
            tier="individual" if number % 3 else "rising-leaders",
            country=Country.objects.filter(code=countries[number % 5]).first(),
            expertise=fields[number % 5 : number % 5 + 2],
            languages=languages[: number % 4],
        )
        if number % 2:
            organisations.affiliate(person=person, organisation=institutes[number % 4 // 2], by=None)
        if number % 6 == 0:
            person.narrowings.create(field="country", audiences=["secretariat", "oneself"])
            person.narrowings.create(field="expertise", audiences=["secretariat", "oneself", "steering"])
            directory.reindex([person.pk])
    return cast


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("individual", {"region": ["002", "019"]}),
        ("steering-1", {"tier": "individual", "language": "sw"}),
        ("secretariat-1", {"country": "KE", "q": "crowd"}),
    ],
)
def test_every_count_is_what_its_choice_leaves(client, crowd, name, asked):
    """Each number beside a choice is the length of the list with that choice instead of the filter's others."""
    sign_in(client, crowd[name])
    context = client.get(URL, asked).context
    for facet in context["facets"]:
        for choice in facet.choices:
            left = client.get(URL, asked | {facet.name: choice.value}).context
            assert left["total"] == choice.count, (facet.name, choice.value)


@pytest.mark.parametrize("name", ["individual", "steering-1", "secretariat-1"])
def test_lines_are_those_of_the_projection(client, crowd, name):
    sign_in(client, crowd[name])
    first = client.get(URL).context
    second = client.get(URL + first["next_url"]).context
    lines = {line.public_id: line for page in (first, second) for line in page["people"]}
    known = taking_part(visible_to(crowd[name], on=today()), on=today())
    views = project_all(crowd[name], known.with_everything(), on=today())
    assert lines.keys() == {view.public_id for view in views}
    for view in views:
        line = lines[view.public_id]
        for field in ("name", "latin_name", "headline", "posts", "country", "tiers", "listed"):
            assert getattr(line, field) == getattr(view, field), field
        assert line.expertise == tuple(map(str, view.expertise))


def test_an_organisation_that_one_may_not_know_of_is_no_choice(client, cast):
    apart = made.organisation("Institute Apart")
    organisations.affiliate(person=member("Works Apart"), organisation=apart, by=None)
    sign_in(client, cast["individual"])
    response = client.get(URL, {"organisation": apart.slug})
    assert response.context["filter"].used == 0
    [facet] = [facet for facet in response.context["facets"] if facet.name == "organisation"]
    assert apart.slug not in {choice.value for choice in facet.choices}
    assert Organisation.objects.filter(slug=apart.slug).exists()


@pytest.mark.django_db(transaction=True)
def test_kept_counts_follow_every_change_and_never_show_what_is_not_committed(client):
    cast = assemble()
    sign_in(client, cast["individual"])

    def total():
        context = client.get(URL, {"tier": "individual"}).context
        [facet] = [facet for facet in context["facets"] if facet.name == "tier"]
        [choice] = [choice for choice in facet.choices if choice.value == "individual"]
        assert choice.count == context["total"]
        return context["total"]

    before = total()
    assert DirectoryCount.objects.count() == 1
    assert total() == before
    member("Somebody New")
    assert total() == before + 1
    written, committed = Event(), Event()

    def write_and_wait():
        with transaction.atomic():
            member("Somebody Later")
            written.set()
            committed.wait(20)
        connection.close()

    thread = Thread(target=write_and_wait)
    thread.start()
    assert written.wait(20)
    assert total() == before + 1
    member("Somebody Between")
    assert total() == before + 2
    committed.set()
    thread.join()
    assert total() == before + 3


def test_the_readers_own_row_is_counted_as_oneself_sees_it(client, cast):
    own = cast.person("individual")
    people.change(person=own, by=None, revision=own.revision, listed=False)
    for name, extra in (("individual", 1), ("institution", 0)):
        sign_in(client, cast[name])
        listed = client.get(URL).context
        assert listed["total"] == len(listed["people"])
        assert (own.name in {line.name for line in listed["people"]}) == bool(extra)


# --- Suggestions --------------------------------------------------------------------------------------------------


def test_suggestions_are_the_first_names_and_say_no_more_than_the_page(client, cast):
    member("Amina Open")
    hidden = member("Amina Hidden", listed=False)
    asked = {"headers": {"HX-Request": "true", "HX-Target": "suggestions"}}
    sign_in(client, cast["individual"])
    answer = client.get(URL, {"q": "ami"}, **asked)
    assert "Amina Open" in answer.text
    assert "Amina Hidden" not in answer.text
    assert "<html" not in answer.text
    assert "Amina" not in client.get(URL, {"q": ""}, **asked).text
    sign_in(client, cast["secretariat-1"])
    assert hidden.name in client.get(URL, {"q": "ami"}, **asked).text


def test_a_kind_of_reader_is_one_bit():
    assert sum(Reader) == 31

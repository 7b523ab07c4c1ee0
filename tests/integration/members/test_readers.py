"""Fields shown to fewer: for every field, choice, kind of reader and way to ask, what is given away."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import directory, memberships, people
from members.choices.audiences import Audience
from members.choices.verbs import Verb
from members.forms.people import READERS
from members.kernel import filenames as files
from members.kernel.clock import today
from members.kernel.refusals import Refused
from members.models import AuditEvent, Country, Expertise, Language, Narrowing, Person, Region, Tier
from members.permissions.fields import FIELDS, NARROWABLE, REACHES, audiences_of
from members.queries.people import SEEN_AS, project, project_as
from tests.factories import members as made
from tests.factories.files import picture
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

VIEWERS = {
    "individual": Audience.MEMBERS,
    "institution": Audience.MEMBERS,
    "steering-1": Audience.STEERING,
    "alternate": Audience.STEERING,
    "secretariat-1": Audience.SECRETARIAT,
}
"""Readers of the directory by the innermost audience they belong to."""
WORDS = {
    "headline": "Seismographer",
    "biography": "Kilimanjaro",
    "website": "https://quetzal.example",
    "country": "Bhutan",
    "expertise": None,
    "regions": "Melanesia",
    "languages": "Tetum",
    "affiliations": "Observatory of Obsidian",
    "positions": "Polytechnic of Pumice",
    "publications": "Zeugma and Zither",
    "availability": "Never on a Wednesday",
    "contact": "By carrier pigeon",
    "photo": None,
}
"""What each field holds, in a word that stands nowhere else; of expertise the name of an entry nobody else has, of the
photo its address."""
ON_THE_PAGE_ONLY = {"positions", "publications"}
"""What no line of a list has."""
RIVAL = "Jacaranda Quixote"
"""Whom the member does not want to be connected with."""
SEARCHED = {"headline": "Seismographer", "biography": "kilimanjaro", "affiliations": "obsidian"}


def entry():
    return Expertise.objects.filter(parent__isnull=False).order_by("-pk")[0]


@pytest.fixture
def member(cast) -> Person:
    """A member with something in every field that may be narrowed; but for a language, the only one to have it."""
    cast.person("rising").languages.add(Language.objects.get(code="tet"))
    directory.reindex([cast.person("rising").pk])
    person = made.person(
        "Somebody of Many Fields",
        user=made.login("many@made.test"),
        headline=WORDS["headline"],
        biography=f"She walked up {WORDS['biography']}.",
        website=WORDS["website"],
        country=Country.objects.get(code="BT"),
        expertise=[entry()],
        regions=list(Region.objects.filter(code="054")),
        languages=list(Language.objects.filter(code="tet")),
        availability="limited",
        availability_note=WORDS["availability"],
        contact_note=WORDS["contact"],
    )
    person.positions.create(organisation=WORDS["positions"], title="Fellow", from_year=2001)
    person.publications.create(title=WORDS["publications"], year=2002, place=0)
    person.separations.create(words=RIVAL, reason="Wrote against her.")
    person.photo.save(files.stored_name("webp"), ContentFile(picture("WEBP")))
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    observatory = made.member(WORDS["affiliations"])
    made.organisations.affiliate(person=person, organisation=observatory, position="Keeper", by=None)
    return person


def narrow(person, field, reach) -> Person:
    row = Person.objects.get(pk=person.pk)
    return people.narrow(person=row, by=row.user, revision=row.revision, **{field: reach})


def word_of(field) -> str:
    if field == "photo":
        return reverse("members:person-photo", args=[Person.objects.get(name="Somebody of Many Fields").public_id])
    return WORDS[field] or str(entry())


def asked_by(field) -> dict[str, str] | None:
    """The question to the directory that finds people by a field; None where there is none."""
    if field in SEARCHED:
        return {"q": SEARCHED[field]}
    return {
        "country": {"region": Country.objects.get(code="BT").region.continent.code},
        "expertise": {"expertise": entry().code},
        "languages": {"language": "tet"},
        "website": {"q": "quetzal"},
        "positions": {"q": "pumice"},
        "publications": {"q": "zeugma"},
        "availability": {"q": "wednesday"},
        "contact": {"q": "pigeon"},
    }.get(field)


NOT_SEARCHED = {"website", "positions", "publications", "availability", "contact"}
"""Fields by which the directory finds nobody, whoever asks."""


def finds(client, question) -> set:
    return {row.public_id for row in client.get(reverse("members:directory"), question).context["people"]}


each_choice = pytest.mark.parametrize("reach", REACHES)
each_field = pytest.mark.parametrize("field", NARROWABLE)


def test_every_field_that_may_be_narrowed_is_tried():
    assert set(NARROWABLE) == WORDS.keys()
    assert READERS.keys() == REACHES.keys()


@each_field
def test_a_choice_never_shows_a_field_to_more(field):
    """The steering committee is of the members: whoever a choice names was a reader before."""
    for reach in REACHES.values():
        wider = reach - FIELDS[field].audiences
        assert wider <= {Audience.STEERING}
        assert not wider or Audience.MEMBERS in FIELDS[field].audiences


@each_field
@each_choice
def test_who_reads_what_where(client, cast, member, field, reach):
    """On the person's page, in the line of the list, through search, filter, choice and count: all or nothing."""
    narrow(member, field, reach)
    for name, audience in VIEWERS.items():
        sign_in(client, cast[name])
        reads = not SEEN_AS[audience].isdisjoint(REACHES[reach])
        page = client.get(reverse("members:person", args=[member.public_id])).text
        assert (word_of(field) in page) == reads, (name, "page")
        listed = client.get(reverse("members:directory"), {"q": "Somebody of Many"})
        [line] = listed.context["people"]
        if hasattr(line, field):  # a line of the list does not hold every field
            assert bool(getattr(line, field)) == (reads and field not in ON_THE_PAGE_ONLY), (name, "line")
        if question := asked_by(field):
            found = member.public_id in finds(client, question)
            assert found == (reads and field not in NOT_SEARCHED), (name, "search")
        if field == "photo":
            assert client.get(word_of("photo")).status_code == (200 if reads else 404), (name, "photo")
        if field == "country":
            [facet] = [facet for facet in listed.context["facets"] if facet.name == "region"]
            assert sum(choice.count for choice in facet.choices) == reads, (name, "count")
        if field == "affiliations":
            organisation = member.affiliations.get().organisation
            found = client.get(reverse("members:directory"), {"organisation": organisation.slug})
            assert bool(found.context["people"]) == reads, (name, "organisation")


@pytest.mark.parametrize("name", [*VIEWERS, "applicant", "institution", "delegate", "rising"])
def test_whom_somebody_is_kept_apart_from_is_read_by_the_secretariat_alone(client, cast, member, name):
    sign_in(client, cast[name])
    reads = VIEWERS.get(name) == Audience.SECRETARIAT
    pages = [reverse("members:person", args=[member.public_id]), reverse("members:directory") + "?q=Many"]
    assert any(RIVAL in client.get(page).text for page in pages) == reads
    assert member.public_id not in {
        row.public_id
        for row in (client.get(reverse("members:directory"), {"q": RIVAL}).context or {}).get("people", [])
    }
    view = project(cast[name], member, on=today())
    assert bool(view and view.separations) == reads


def test_nobody_but_the_secretariat_is_shown_them_as_others_see_it(client, member):
    sign_in(client, member.user)
    shown = {each: RIVAL in client.get(reverse("members:profile-as", args=[each])).text for each in SEEN_AS}
    assert {each for each, is_shown in shown.items() if is_shown} == {Audience.SECRETARIAT}
    assert RIVAL in client.get(reverse("members:profile")).text


def test_a_photo_that_is_not_shown_and_one_of_nobody_are_one(client, cast, member):
    narrow(member, "photo", Audience.SECRETARIAT)
    sign_in(client, cast["individual"])
    unknown = reverse("members:person-photo", args=["00000000-0000-4000-8000-000000000000"])
    answers = [client.get(url) for url in (word_of("photo"), unknown, word_of("photo"))]
    assert {answer.status_code for answer in answers} == {404}
    plain = {
        "\n".join(line for line in answer.text.splitlines() if not re.search("csrf|nonce|/photo/", line))
        for answer in answers
    }
    assert len(plain) == 1


@pytest.mark.parametrize("name", VIEWERS)
def test_a_language_is_offered_to_those_who_may_know_of_a_speaker(client, cast, member, name):
    cast.person("rising").languages.clear()
    directory.reindex([cast.person("rising").pk])
    sign_in(client, cast[name])
    for reach, readers in REACHES.items():
        narrow(member, "languages", reach)
        facets = client.get(reverse("members:directory")).context["facets"]
        [offered] = [facet.choices for facet in facets if facet.name == "language"]
        assert ("tet" in {choice.value for choice in offered}) != SEEN_AS[VIEWERS[name]].isdisjoint(readers), reach


@each_field
def test_the_person_always_reads_and_finds_their_own(client, member, field):
    narrow(member, field, Audience.SECRETARIAT)
    sign_in(client, member.user)
    assert word_of(field) in client.get(reverse("members:profile")).text
    if (question := asked_by(field)) and field not in NOT_SEARCHED:
        assert member.public_id in finds(client, question)
    if field == "photo":
        assert client.get(word_of("photo")).status_code == 200


@pytest.mark.parametrize("field", sorted({*NARROWABLE} - {"regions", "photo"}))
def test_not_found_and_not_there_are_one(client, cast, member, field):
    """The list of a question by a field is byte for byte that of a world where the field is empty."""
    question = asked_by(field)
    narrow(member, field, Audience.SECRETARIAT)
    sign_in(client, cast["individual"])

    def answer():
        text = client.get(reverse("members:directory"), question).text
        return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]

    hidden = answer()
    if field == "affiliations":
        made.organisations.end_affiliation(affiliation=member.affiliations.get(), by=None)
    elif field in ("expertise", "languages"):
        getattr(member, field).clear()
    elif field in ("positions", "publications"):
        getattr(member, field).all().delete()
    elif field in ("availability", "contact"):
        columns = {"availability": ("availability", "availability_note"), "contact": ("contact_by", "contact_note")}
        Person.objects.filter(pk=member.pk).update(**dict.fromkeys(columns[field], ""))
    else:
        Person.objects.filter(pk=member.pk).update(**{field: None if field == "country" else ""})
    directory.reindex([member.pk])
    assert answer() == hidden


@pytest.mark.parametrize("name", VIEWERS)
def test_what_one_sees_as_others_is_what_they_see(cast, member, name):
    for field, reach in zip(NARROWABLE, [*REACHES] * 5, strict=False):
        narrow(member, field, reach)
    real = project(cast[name], member, on=today())
    assert project_as(VIEWERS[name], member, on=today()) == real
    assert audiences_of(cast[name]) | {Audience.MEMBERS} == SEEN_AS[VIEWERS[name]]


def test_it_takes_effect_at_the_next_request_and_is_taken_back_as_easily(client, cast, member):
    sign_in(client, cast["individual"])
    page = reverse("members:person", args=[member.public_id])
    for reach, reads in ((Audience.STEERING, False), (Audience.MEMBERS, True), (Audience.SECRETARIAT, False)):
        narrow(member, "biography", reach)
        assert (WORDS["biography"] in client.get(page).text) == reads
    narrow(member, "biography", Audience.MEMBERS)
    assert not Narrowing.objects.exists()


def test_a_list_takes_no_more_statements_for_those_who_show_less(client, cast, member):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("members:directory"))
        return len(asked)

    sign_in(client, cast["individual"])
    statements()
    before = statements()
    for field in NARROWABLE:
        narrow(member, field, Audience.STEERING)
    assert statements() == before <= 24


# --- The page -----------------------------------------------------------------------------------------------------

URL = reverse("members:profile-readers")


def choices(member, **changed) -> dict:
    row = Person.objects.get(pk=member.pk)
    return {"revision": row.revision} | dict.fromkeys(NARROWABLE, Audience.MEMBERS.value) | changed


def test_the_choice_is_saved_shown_and_on_record(client, member):
    sign_in(client, member.user)
    response = client.post(URL, choices(member, country="secretariat", biography="steering"), follow=True)

    assert response.redirect_chain == [(reverse("members:profile"), 302)]
    assert "Shown to fewer" in response.text
    assert dict(Narrowing.objects.values_list("field", "audiences")) == {
        "country": ["oneself", "secretariat"],
        "biography": ["oneself", "secretariat", "steering"],
    }
    event = AuditEvent.objects.about(member).filter(verb=Verb.PROFILE_CHANGED).latest("pk")
    assert event.facts == {"readers_of": ["biography", "country"]}
    form = client.get(URL).context["form"]
    assert form["country"].value() == "secretariat"
    assert form["headline"].value() == "members"


@pytest.mark.parametrize("value", ["public", "oneself", "everybody", ""])
def test_nobody_is_offered_more_or_something_else(client, member, value):
    sign_in(client, member.user)
    response = client.post(URL, choices(member, country=value))

    assert response.context["form"].errors.keys() == {"country"}
    assert not Narrowing.objects.exists()


@pytest.mark.parametrize(
    "field", ["name", "email", "memberships", "speaks_for", "listed", "separations", "revision_of"]
)
def test_what_may_not_be_narrowed_is_not(client, member, field):
    with pytest.raises(Refused) as refused:
        narrow(member, field, Audience.SECRETARIAT)
    assert refused.value.code == "not-allowed"

    sign_in(client, member.user)
    client.post(URL, choices(member) | {field: "secretariat"})
    assert not Narrowing.objects.exists()


def test_a_stale_window_changes_nothing_and_may_be_sent_again(client, member):
    sign_in(client, member.user)
    old = choices(member, country="secretariat")
    narrow(member, "headline", Audience.STEERING)

    response = client.post(URL, old)

    assert "another window" in response.text
    assert set(Narrowing.objects.values_list("field", flat=True)) == {"headline"}
    again = {name: response.context["form"][name].value() for name in ("revision", *NARROWABLE)}
    assert again["country"] == "secretariat"
    assert client.post(URL, again).status_code == 302
    assert set(Narrowing.objects.values_list("field", flat=True)) == {"country"}


def test_a_login_without_a_person_has_nothing_to_choose(client, cast):
    sign_in(client, cast["stranger"])
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"revision": 0}).status_code == 403
    assert client.get(reverse("members:profile-as", args=["members"])).status_code == 403


def test_one_looks_at_oneself_as_each(client, member):
    narrow(member, "biography", Audience.STEERING)
    sign_in(client, member.user)

    def page(audience):
        return client.get(reverse("members:profile-as", args=[audience])).text

    assert WORDS["biography"] in page("steering")
    assert WORDS["biography"] in page("secretariat")
    assert WORDS["biography"] not in page("members")
    assert "Somebody of Many Fields" in page("members")
    assert "many@made.test" in page("secretariat")
    assert "many@made.test" not in page("steering")
    assert "Nothing at all" in page("public")
    assert client.get(reverse("members:profile-as", args=["oneself"])).status_code == 404
    assert client.get(reverse("members:profile-as", args=["everybody"])).status_code == 404


def test_who_is_not_listed_sees_that_members_find_nobody(client, member):
    Person.objects.filter(pk=member.pk).update(listed=False)
    directory.reindex([member.pk])
    sign_in(client, member.user)

    assert "They do not find you" in client.get(reverse("members:profile-as", args=["members"])).text
    assert "They do not find you" in client.get(reverse("members:profile-as", args=["steering"])).text
    assert WORDS["biography"] in client.get(reverse("members:profile-as", args=["secretariat"])).text

"""The sections of one's own profile: rows added and taken away, saved, refused, kept from a stale window."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.actions import people, profiles
from members.choices.profiles import Availability
from members.choices.verbs import Verb
from members.kernel.clock import today
from members.kernel.refusals import Refused
from members.models import AuditEvent, Expertise, Language, Person, Region
from members.queries.people import project
from members.rules.profiles import MOST
from members.views.profiles import GAPS, MOST_GAPS, SECTIONS
from tests.factories import members as made
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

PROFILE = reverse("members:profile")
URL = {slug: reverse("members:profile-section", args=[slug]) for slug in SECTIONS}
LISTS = {"expertise", "languages", "positions", "publications", "separations"}
BOOK = {"title": "Early Notice", "appeared_in": "The Review", "year": "2019", "language": "fr", "address": ""}
POST = {"organisation": "Institute of Basalt", "title": "Fellow", "from_year": "2011", "to_year": "2015"}


@pytest.fixture
def own(cast) -> Person:
    return cast.person("individual")


@pytest.fixture
def reader(client, cast):
    return sign_in(client, cast["individual"])


def sent(person, *rows, **changed) -> dict:
    """What the page of a list sends with these rows."""
    body = {f"row-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()}
    return {"revision": Person.objects.get(pk=person.pk).revision, "rows": len(rows)} | body | changed


def changes_of(person):
    return AuditEvent.objects.about(person).filter(verb=Verb.PROFILE_CHANGED)


def statements(reader, url) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert reader.get(url).status_code == 200
    return len(counted)


# --- Saving -------------------------------------------------------------------------------------------------------


def test_expertise_and_languages_are_saved_with_their_levels(reader, own):
    fields = [{"expertise": "early-warning-osint", "level": "leads"}, {"expertise": "", "level": "aware"}]
    assert reader.post(URL["expertise"], sent(own, *fields)).url == PROFILE
    tongues = [{"language": "sw", "level": "native"}, {"language": "en", "level": ""}]
    assert reader.post(URL["languages"], sent(own, *tongues)).url == PROFILE

    assert list(own.expertise_levels.values_list("expertise__code", "level")) == [("early-warning-osint", "leads")]
    assert dict(own.language_levels.values_list("language__code", "level")) == {"sw": "native", "en": ""}
    assert [event.facts for event in changes_of(own).order_by("pk")] == [
        {"fields": ["expertise"]},
        {"fields": ["languages"]},
    ]
    text = reader.get(PROFILE).text
    assert "Leads in the field" in text
    assert "Native" in text


def test_a_level_stays_when_the_list_is_set_as_a_whole(own):
    """The Secretariat corrects lists without levels, and applications bring some along."""
    swahili, english = Language.objects.get(code="sw"), Language.objects.get(code="en")
    rows = [{"language": swahili, "level": "native"}]
    row = profiles.keep_languages(person=own, by=None, revision=own.revision, rows=rows)
    people.change(person=row, by=None, revision=row.revision, languages=[swahili, english])
    assert dict(own.language_levels.values_list("language__code", "level")) == {"sw": "native", "en": ""}


def test_positions_stand_as_a_timeline_the_present_first(reader, own):
    now = {"organisation": "Institute of Marl", "title": "", "from_year": "2016", "to_year": ""}
    reader.post(URL["positions"], sent(own, POST, now))
    shown = project(own.user, own, on=today()).positions
    assert [(post.organisation, post.from_year, post.to_year) for post in shown] == [
        ("Institute of Marl", 2016, None),
        ("Institute of Basalt", 2011, 2015),
    ]
    text = reader.get(PROFILE).text
    assert "since 2016" in text
    assert "2011 to 2015" in text


def test_publications_stand_in_the_order_given_and_a_doi_becomes_an_address(reader, own):
    works = [BOOK | {"title": title, "address": where} for title, where in (("Second", "10.1000/xyz.1"), ("First", ""))]
    reader.post(URL["publications"], sent(own, *works))
    shown = project(own.user, own, on=today()).publications
    assert [(work.title, work.address) for work in shown] == [
        ("Second", "https://doi.org/10.1000/xyz.1"),
        ("First", ""),
    ]
    assert shown[0].language == "French"


def test_what_is_saved_stands_in_the_form(reader, own):
    reader.post(URL["publications"], sent(own, BOOK))
    [row] = reader.get(URL["publications"]).context["form"].rows
    assert {name: str(row[name].value()) for name in BOOK} == BOOK


@pytest.mark.parametrize("section", sorted(LISTS))
def test_an_empty_list_empties_the_section(reader, own, section):
    person = own
    person.expertise.add(Expertise.objects.filter(parent__isnull=False)[0])
    person.languages.add(Language.objects.get(code="sw"))
    person.positions.create(organisation="Institute", from_year=2001)
    person.publications.create(title="A Book", year=2002, place=0)
    person.separations.create(words="A Rival")
    reader.post(URL[section], sent(own))
    assert not getattr(project(own.user, own, on=today()), section)


def test_availability_and_contact_are_saved_and_shown(reader, own):
    again = today() + timedelta(days=40)
    sent_by_form = {"availability": "not-now", "available_again_on": again.isoformat(), "availability_note": "Exams"}
    assert reader.post(URL["availability"], sent_by_form | {"revision": 0}).url == PROFILE
    assert reader.post(URL["contact"], {"contact_by": "secretariat", "contact_note": "", "revision": 1}).url == PROFILE
    view = project(own.user, Person.objects.get(pk=own.pk), on=today())
    assert (view.availability.state, view.availability.again_on, view.availability.note) == ("not-now", again, "Exams")
    assert view.contact.way == "secretariat"
    later = project(own.user, own, on=again)
    assert (later.availability.state, later.availability.note) == ("open", "")
    found = Person.objects.filter(pk=own.pk)
    assert [found.of_availability(state, on=again).exists() for state in Availability] == [True, False, False]
    assert [found.of_availability(state, on=today()).exists() for state in Availability] == [False, False, True]


# --- Buttons that add, remove and move --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("button", "titles"),
    [
        ({"add": "1"}, ["One", "Two", "x" * 400, ""]),
        ({"remove": "0"}, ["Two", "x" * 400]),
        ({"remove": "7"}, ["One", "Two", "x" * 400]),
        ({"up": "2"}, ["One", "x" * 400, "Two"]),
        ({"up": "0"}, ["One", "Two", "x" * 400]),
        ({"remove": "-1"}, ["One", "Two", "x" * 400]),
    ],
)
def test_a_button_changes_the_rows_keeps_what_was_typed_and_saves_nothing(reader, own, button, titles):
    rows = [BOOK | {"title": title, "year": "soon"} for title in ("One", "Two", "x" * 400)]
    response = reader.post(URL["publications"], sent(own, *rows, **button))
    form = response.context["form"]
    assert [row["title"].value() or "" for row in form.rows] == titles
    assert {row["year"].value() for row in form.rows if row["title"].value()} == {"soon"}
    assert not form.wrong
    assert not own.publications.exists()
    assert not changes_of(own).exists()


# --- Refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "row", "wrong"),
    [
        ("positions", POST | {"to_year": "2009"}, "to_year"),
        ("positions", POST | {"from_year": "12"}, "from_year"),
        ("positions", POST | {"organisation": ""}, "organisation"),
        ("positions", POST | {"organisation": "x" * 201}, "organisation"),
        ("publications", BOOK | {"year": "2999"}, "year"),
        ("publications", BOOK | {"address": "javascript:alert(1)"}, "address"),
        ("publications", BOOK | {"title": ""}, "title"),
        ("publications", BOOK | {"language": "xx"}, "language"),
        ("expertise", {"expertise": "early-warning", "level": ""}, "expertise"),
        ("expertise", {"expertise": "early-warning-osint", "level": "supreme"}, "level"),
        ("languages", {"language": "sw", "level": "leads"}, "level"),
        ("separations", {"name": "", "reason": "Because."}, "name"),
        ("separations", {"name": "x" * 201, "reason": ""}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(reader, own, section, row, wrong):
    response = reader.post(URL[section], sent(own, row))
    [refused] = response.context["form"].wrong
    assert set(refused.errors) == {wrong}
    assert f'href="#id_row-0-{wrong}' in response.text
    assert {refused[name].value() for name in row} == set(row.values())
    assert Person.objects.get(pk=own.pk).revision == 0
    assert not changes_of(own).exists()


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("expertise", {"expertise": "early-warning-osint", "level": ""}),
        ("languages", {"language": "sw", "level": ""}),
        ("separations", {"name": "Rival", "reason": ""}),
    ],
)
def test_nothing_is_named_twice(reader, own, section, row):
    response = reader.post(URL[section], sent(own, row, row))
    assert [list(wrong.errors) for wrong in response.context["form"].wrong] == [[next(iter(row))]]
    assert not changes_of(own).exists()


def test_fifty_publications_and_no_more(reader, own):
    works = [BOOK | {"title": f"Work {number}"} for number in range(MOST + 1)]
    response = reader.post(URL["publications"], sent(own, *works))
    assert "At most 50" in response.text
    assert len(response.context["form"].rows) == MOST + 1
    assert not own.publications.exists()
    assert reader.post(URL["publications"], sent(own, *works[1:])).url == PROFILE
    assert own.publications.count() == MOST
    assert not reader.get(URL["publications"]).context["form"].has_room


@pytest.mark.parametrize(
    ("said", "again", "wrong"),
    [("open", 5, "available_again_on"), ("", 5, "available_again_on"), ("limited", 0, "available_again_on")],
)
def test_a_day_to_be_open_again_belongs_to_a_pause_and_lies_ahead(reader, own, said, again, wrong):
    day = (today() + timedelta(days=again)).isoformat()
    response = reader.post(URL["availability"], {"availability": said, "available_again_on": day, "revision": 0})
    assert set(response.context["form"].errors) == {wrong}
    with pytest.raises(Refused):
        profiles.offer(
            person=own,
            by=None,
            revision=0,
            availability=said,
            available_again_on=today() + timedelta(days=again),
            availability_note="",
        )
    assert not changes_of(own).exists()


@pytest.mark.parametrize("section", sorted(LISTS))
def test_a_stale_window_overwrites_nothing_and_shows_both(reader, own, section):
    typed = {
        "expertise": {"expertise": "early-warning-osint", "level": "leads"},
        "languages": {"language": "sw", "level": "native"},
        "positions": POST,
        "publications": BOOK,
        "separations": {"name": "A Rival", "reason": ""},
    }[section]
    old = sent(own, typed)
    people.change(person=own, by=None, revision=0, headline="Changed meanwhile")
    own.publications.create(title="Saved meanwhile", year=2001, place=0)
    before = changes_of(own).count()

    form = reader.post(URL[section], old).context["form"]

    assert "another window" in form.refusals[0]
    assert [{name: row[name].value() for name in typed} for row in form.rows] == [typed]
    assert ("Saved meanwhile" in str(form.saved_meanwhile)) == (section == "publications")
    assert changes_of(own).count() == before
    assert reader.post(URL[section], old | {"revision": form.revision}).url == PROFILE
    assert changes_of(own).count() == before + 1


@pytest.mark.parametrize("broken", [{"rows": "many"}, {"rows": "-1"}, {"rows": "9999999"}, {"revision": "x"}, {}])
def test_what_no_form_sends_breaks_nothing(reader, own, broken):
    response = reader.post(URL["publications"], {"revision": "", "rows": "1"} | broken)
    assert response.status_code == 200
    assert not changes_of(own).exists()


# --- Kept apart ---------------------------------------------------------------------------------------------------


def key_of(person) -> str:
    return f"person:{person.public_id}"


def test_somebody_is_looked_up_among_those_one_may_know_of_and_chosen(reader, own, cast):
    made.person("Cast Stranger of Nowhere")
    form = reader.post(URL["separations"], sent(own, {"name": "cast", "reason": "x"}, find="0")).context["form"]
    [row] = form.rows
    names = {name for _key, name in row.fields["whom"].choices}
    assert "Institute of the Cast" in names
    assert "Cast Stranger of Nowhere" not in names
    assert own.name not in names
    assert row["reason"].value() == "x"

    other = cast.person("rising")
    chosen = {"name": other.name, "whom": key_of(other), "reason": ""}
    assert reader.post(URL["separations"], sent(own, chosen)).url == PROFILE
    assert own.separations.get().from_person == other
    [row] = reader.get(URL["separations"]).context["form"].rows
    assert (row["name"].value(), row["whom"].value()) == (other.name, key_of(other))
    assert other.name in reader.get(PROFILE).text


def test_nobody_unknown_oneself_or_of_another_name_is_chosen(reader, own, cast):
    stranger, other = made.person("Cast Stranger"), cast.person("rising")
    for chosen in (
        {"name": stranger.name, "whom": key_of(stranger)},
        {"name": own.name, "whom": key_of(own)},
        {"name": "Somebody Else", "whom": key_of(other)},
    ):
        reader.post(URL["separations"], sent(own, chosen | {"reason": ""}))
        assert not own.separations.filter(from_person__isnull=False).exists()
    row = {"words": "", "reason": "", "from_person": own, "from_organisation": None}
    revision = Person.objects.get(pk=own.pk).revision
    with pytest.raises(Refused) as refused:
        profiles.keep_separations(person=own, by=None, revision=revision, rows=[row])
    assert refused.value.code == "oneself"


def test_who_was_chosen_and_is_no_longer_known_stays_without_a_name(reader, own, cast):
    other = cast.person("rising")
    own.separations.create(from_person=other, reason="Old quarrel")
    Person.objects.filter(pk=other.pk).update(listed=False)
    text = reader.get(URL["separations"]).text
    assert other.name not in text
    assert other.name not in reader.get(PROFILE).text
    kept = {"name": "a member", "whom": key_of(other), "reason": "Old quarrel"}
    assert reader.post(URL["separations"], sent(own, kept)).url == PROFILE
    assert own.separations.get().from_person == other


def test_the_record_holds_no_word_of_it(reader, own):
    reader.post(URL["separations"], sent(own, {"name": "Jacaranda", "reason": "Quixote"}))
    facts = str([event.facts for event in changes_of(own)])
    assert "separations" in facts
    assert "Jacaranda" not in facts
    assert "Quixote" not in facts


# --- What is missing, and how much a page costs --------------------------------------------------------------------


def test_an_empty_profile_is_told_what_saying_more_enables(reader, own):
    gaps = reader.get(PROFILE).context["gaps"]
    assert len(gaps) == MOST_GAPS
    text = reader.get(PROFILE).text
    assert all(gap["url"] in text for gap in gaps)
    reader.post(URL["languages"], sent(own, {"language": "sw", "level": ""}))
    assert "inquiries in those languages" not in reader.get(PROFILE).text


def test_a_profile_that_says_everything_is_told_nothing(reader, own):
    people.change(person=own, by=None, revision=0, headline="A", biography="B", availability="open", contact_by="email")
    own.expertise.add(Expertise.objects.filter(parent__isnull=False)[0])
    own.languages.add(Language.objects.get(code="sw"))
    own.regions.set(Region.objects.filter(code="014"))
    own.positions.create(organisation="Institute", from_year=2001)
    own.publications.create(title="A Book", year=2002, place=0)
    profiles.hang(person=own, by=own.user, picture=made.portrait())
    assert set(GAPS) <= {name for name in GAPS if getattr(project(own.user, own, on=today()), name)}
    response = reader.get(PROFILE)
    assert response.context["gaps"] == []
    assert 'id="gaps"' not in response.text


@pytest.mark.parametrize("section", sorted(LISTS))
def test_thirty_rows_take_as_many_statements_as_one(reader, own, section):
    def fill(numbers):
        for number in numbers:
            own.publications.create(title=f"{number}", year=2001, place=number, language=Language.objects.all()[number])
            own.positions.create(organisation=f"{number}", from_year=2001)
            own.separations.create(from_organisation=made.organisation(f"Apart {number}"))
            own.languages.add(Language.objects.all()[number])
            own.expertise.add(Expertise.objects.filter(parent__isnull=False)[number])

    reader.get(URL[section])
    fill(range(1))
    few = [statements(reader, url) for url in (URL[section], PROFILE)]
    fill(range(1, 30))
    assert [statements(reader, url) for url in (URL[section], PROFILE)] == few


def test_a_section_that_is_none_is_not_found(reader, client, cast):
    assert reader.get(reverse("members:profile-section", args=["nothing"])).status_code == 404
    stranger = sign_in(client, cast["stranger"])
    for url in (*URL.values(), reverse("members:profile-photo"), reverse("members:profile-photo-remove")):
        assert stranger.get(url).status_code == 403
        assert stranger.post(url, {"rows": 0, "revision": 0}).status_code == 403

"""Two worlds: the same but for one more protected member. Outside the audience they chose, nobody sees a difference.

Every address of the portal is asked about every row of the world, the administration, and searches for every value
that is sealed and for its parts, by everybody: before somebody is there and protected, and after.
"""

import re

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils.http import urlencode

from members.actions import accounts, memberships, organisations, people, protection
from members.choices.bodies import OrganisationKind
from members.models import Country, Expertise, Language, Region, Tier, User
from taskforces.actions import seats
from taskforces.choices import SeatKind
from tests.permission_table import CLOSED, OPEN_WITHOUT_FACTOR, TABLE
from tests.permission_table.people import MEMBERS, OFFICE, expected
from tests.world.visits import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("permission-table")]

NAME, LATIN, ADDRESS = "Zubayda Qurbonzoda-Vexler", "Zubajda Kurbonsoda", "zubayda.vexler@hidden.test"
EMPLOYER, POSITION, HEADLINE = "Institute of Quixotry", "Wyrmologist", "Xenolithic archives of the Pamir"
SEALED = (
    NAME,
    *NAME.split(),
    "Qurb",
    LATIN,
    "Kurbon",
    ADDRESS,
    "zubayda",
    "vexler",
    POSITION,
    "Wyrm",
    HEADLINE,
    "Pamir",
)
"""What is sealed of the further member, and its parts."""
VARYING = re.compile(
    rb'(csrfmiddlewaretoken" value="|nonce="|name="nonce" value="|X-CSRFToken&quot;: &quot;|"at": ")[\w\-/+=.:]+'
)
"""What is new in every answer: tokens and nonces."""
NEW_EACH_TIME = {"mfa_authenticate", "mfa_add_webauthn", "mfa_activate_totp", "mfa_reauthenticate_webauthn"}
"""Pages of one's own sign-in that ask something else each time."""
SEARCHED = ("members:directory", "members:organisations", "members:desk-applications", "members:decisions")


def plain(answer) -> tuple:
    """An answer without what is new in every one."""
    headers = re.sub(r"nonce-[\w\-/+=]+|'Expires', '[^']+'", "", answer.headers)
    return answer.status, answer.location, headers, VARYING.sub(rb"\1", answer.content)


def opens(name, row, person) -> bool:
    """Whether somebody gets a page there: of each address about two rows; of what is refused, some."""
    line = TABLE[name][row][0]
    answer = expected(line, closed=name in CLOSED, confining=name not in OPEN_WITHOUT_FACTOR)[person]
    if name in NEW_EACH_TIME or answer == "405":
        return False
    place = list(TABLE[name]).index(row)
    return place < 2 if answer == "200" else place == 0 and len(name) % 4 == 0


def places(visit, person) -> list[str]:
    """Everywhere somebody looks: every address about every row, lists with searches, and the administration."""
    found = [visit.path(name, row) for name, rows in TABLE.items() for row in rows if opens(name, row, person)]
    for name in [name for name in SEARCHED if opens(name, "", person)]:
        texts = SEALED if name == "members:directory" else SEALED[:2]
        found += [f"{reverse(name)}?{urlencode({'q': text})}" for text in texts]
    found += [f"{reverse('members:directory')}?region=142", f"{reverse('members:directory')}?tier=individual"]
    if person in OFFICE:
        for model, site in admin.site._registry.items():
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            found.append(path)
            found += [f"{path}?{urlencode({'q': text})}" for text in SEALED[:2] if site.search_fields]
    return found


def seen_by(visit, person) -> dict[str, tuple]:
    return {path: plain(visit.ask(person, "GET", path)) for path in places(visit, person)}


@pytest.fixture
def employer():
    """Known to the platform in both worlds: that somebody works there is what one of them has more."""
    return organisations.enter(name=EMPLOYER, kind=OrganisationKind.RESEARCH, by=None)


def one_more(employer, *, listed_for=(), seat=None) -> User:
    """A further member of everything that is counted and listed, then protected by their own act."""
    user = accounts.open_login(email=ADDRESS, by=None, password="a-password-of-nobody-81")
    person = people.enter(
        name=NAME,
        latin_name=LATIN,
        headline=HEADLINE,
        biography="Writes of the Pamir.",
        country=Country.objects.get(code="TJ"),
        expertise=Expertise.objects.filter(parent__isnull=False)[:2],
        regions=Region.objects.filter(countries="TJ"),
        languages=Language.objects.filter(code__in=["tg", "ru"]),
        user=user,
        by=None,
    )
    memberships.grant(tier_terms=Tier.objects.get(short_name="individual").current_terms, person=person, by=None)
    organisations.affiliate(person=person, organisation=employer, position=POSITION, by=None)
    if seat:
        seat(person)
    protection.protect(user=user, by=user)
    if listed_for:
        protection.list_for(user=user, listed_for=listed_for, by=user)
    return User.objects.get(pk=user.pk)


def differing(before: dict, after: dict) -> list[str]:
    """Where the worlds differ."""
    return [path for path in before if before[path] != after[path]]


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_sees_a_difference(visit, employer, person):
    before = seen_by(visit, person)
    one_more(employer)
    assert differing(before, seen_by(visit, person)) == []


@pytest.mark.parametrize("person", ["visitor", "stranger", "applicant", "individual", "steering-1", "secretariat-1"])
def test_listed_for_members_only_the_entry_of_the_handle_differs(visit, employer, person):
    before = seen_by(visit, person)
    handle = one_more(employer, listed_for=["members"]).protection.handle
    after = seen_by(visit, person)
    changed = differing(before, after)
    if person not in MEMBERS:
        assert changed == []
        return
    lists = reverse("members:directory")
    assert changed == [path for path in changed if path.startswith(lists) and "q=" not in path] != []
    contents = [after[path][-1].decode() for path in changed]
    assert any(handle in content for content in contents)
    assert [text for text in SEALED if any(text in content for content in contents)] == []


@pytest.mark.parametrize("person", ["visitor", "delegate", "other-institution", "secretariat-1", "individual"])
def test_in_a_working_group_its_own_people_alone_find_the_handle(visit, employer, person):
    """Whoever observes, chairs another group or serves in the Secretariat sees no difference, in no number either."""
    group, office = visit.world.groups["active"], visit.world.office
    before = seen_by(visit, person)
    user = one_more(
        employer,
        seat=lambda person: seats.grant(group=group, person=person, role=SeatKind.MEMBER, by=office),
    )
    after = seen_by(visit, person)
    page = reverse("taskforces:group-people", args=[group.slug])
    assert differing(before, after) == ([page] if person == "individual" else [])
    contents = after[page][-1].decode() if page in after else ""
    assert (user.protection.handle in contents) == (person == "individual")
    assert [text for text in SEALED if text in contents] == []

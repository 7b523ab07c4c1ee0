"""What stands in the rail, the bar and the foot: one table, shown to each person as far as they may open it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from members.choices.bodies import Role
from members.permissions.roles import roles_of
from members.permissions.table import MEMBERS
from members.queries.ballots import needs_position
from secretariat.queries import unread_count

ACCOUNT, PLATFORM, STEERING, DESK = _("My account"), _("Platform"), _("Steering"), _("Secretariat")


def unread(request) -> int:
    """Notices that the reader has not opened."""
    return unread_count(request.user)


def positions_awaited(request) -> int:
    """Ballots that wait for the position of the reader's seat."""
    return needs_position(request.user, request.today, request.now).count()


@dataclass(frozen=True, eq=False)
class Entry:
    """One place to go: its name (a noun), its address, and who may open it. Nobody named means whoever is signed in."""

    label: str
    url_name: str
    who: frozenset[Role] | None = None
    icon: str = ""
    in_bar: bool = False
    counts: Callable | None = None  # takes the request, gives how many things wait there
    url: str = ""
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Section:
    """Entries under one heading; the first has none."""

    label: str
    entries: list[Entry] = field(default_factory=list)


VISITOR_ENTRIES = [
    Entry(_("About"), "about"),
    Entry(_("Membership"), "members:tiers"),
    Entry(_("Working groups"), "taskforces:groups"),
    Entry(_("How we decide"), "how-we-decide"),
    Entry(_("Decisions"), "members:decisions"),
]

FOOT_ENTRIES = [
    Entry(_("Research"), "taskforces:research"),
    Entry(_("About"), "about"),
    Entry(_("How we decide"), "how-we-decide"),
    Entry(_("Privacy"), "privacy"),
    Entry(_("Accessibility"), "accessibility"),
]

SECTIONS = [
    Section(
        "",
        [
            Entry(_("Today"), "today", icon="house", in_bar=True),
            Entry(pgettext_lazy("messages", "Inbox"), "secretariat:inbox", icon="inbox", in_bar=True, counts=unread),
            Entry(
                _("My applications"), "members:applications", frozenset({Role.APPLICANT}), icon="document", in_bar=True
            ),
            Entry(_("My profile"), "members:profile", MEMBERS),
            Entry(
                _("My membership"), "members:membership", frozenset({Role.MEMBER, Role.REPRESENTATIVE, Role.STEERING})
            ),
        ],
    ),
    Section(
        PLATFORM,
        [
            Entry(_("Members"), "members:directory", MEMBERS, icon="people", in_bar=True),
            Entry(_("Organisations"), "members:organisations", MEMBERS),
            Entry(_("Working groups"), "taskforces:groups"),
            Entry(_("Research"), "taskforces:research"),
            Entry(_("Decisions"), "members:decisions"),
            Entry(_("Tiers of membership"), "members:tiers"),
        ],
    ),
    Section(
        STEERING,
        [
            Entry(
                _("Ballots"),
                "members:ballots",
                frozenset({Role.STEERING, Role.CHAIR, Role.SECRETARIAT}),
                icon="ballot",
                in_bar=True,
                counts=positions_awaited,
            ),
            Entry(
                _("Sealed identities"),
                "members:custody",
                frozenset({Role.STEERING, Role.CHAIR, Role.SECRETARIAT}),
            ),
        ],
    ),
    Section(
        DESK,
        [
            Entry(
                _("Applications"), "members:desk-applications", frozenset({Role.SECRETARIAT}), icon="desk", in_bar=True
            ),
            Entry(_("Lost second factors"), "members:desk-factors", frozenset({Role.SECRETARIAT})),
            Entry(_("Requests about data"), "members:desk-data", frozenset({Role.SECRETARIAT})),
            Entry(_("Administration"), "admin:index", frozenset({Role.SECRETARIAT})),
        ],
    ),
    Section(
        ACCOUNT,
        [
            Entry(_("Sign-in and security"), "members:security"),
            Entry(_("Protection"), "members:protection"),
            Entry(_("My data"), "members:own-data"),
            Entry(_("Sign out"), "account_logout"),
        ],
    ),
]
BAR_LENGTH = 4
MOST_DRAWN = 2048
"""Parts of the frame that are kept: some kilobytes each."""
WAYS_OUT = {"account_logout"}  # what a session may open that lacks the second factor its user needs


def served_from() -> tuple[str, str]:
    """The table of addresses, and the place that it is served from: addresses are worked out once for each."""
    return get_urlconf() or settings.ROOT_URLCONF, get_script_prefix()


@cache
def _resolved(entry: Entry, _served_from: tuple[str, str]) -> Entry | None:
    try:
        return replace(entry, url=reverse(entry.url_name))
    except NoReverseMatch:
        return None


def resolved(entries) -> list[Entry]:
    """The entries whose address exists, with it."""
    place = served_from()
    return [found for entry in entries if (found := _resolved(entry, place)) is not None]


@cache
def _open_to(roles: frozenset[Role] | None, is_confined: bool, _served_from: tuple[str, str]) -> tuple[Section, ...]:  # noqa: FBT001
    """The sections that stand open to whoever has these roles: the same for all of them, and worked out once."""
    found = {}
    for place, section in enumerate(SECTIONS if roles is not None else []):
        for entry in resolved(section.entries):
            if (entry.who is None or entry.who & roles) and not (is_confined and entry.url_name not in WAYS_OUT):
                found.setdefault(place, Section(section.label)).entries.append(entry)
    return tuple(found.values())


@dataclass(frozen=True)
class Navigation:
    """Everything that the frame of a page says of its reader: what is open to them, what is marked, and what waits.

    It says the same of two readers only if it is equal, and so its parts are drawn once and kept. The roles of a
    visitor are None; whoever is signed in may have none yet.
    """

    roles: frozenset[Role] | None
    is_confined: bool
    served_from: tuple[str, str]
    current: str = ""
    counts: tuple[tuple[str, int], ...] = ()  # by name of address, where something waits

    @property
    def sections(self) -> list[Section]:
        found = _open_to(self.roles, self.is_confined, self.served_from)
        return [Section(section.label, self.marked(section.entries)) for section in found]

    @property
    def bar(self) -> list[Entry]:
        return [entry for section in self.sections for entry in section.entries if entry.in_bar][:BAR_LENGTH]

    @property
    def visitor(self) -> list[Entry]:
        """Where a visitor may go."""
        return self.marked(resolved(VISITOR_ENTRIES)) if self.roles is None else []

    @property
    def foot(self) -> list[Entry]:
        return resolved(FOOT_ENTRIES)

    def entries(self) -> list[Entry]:
        """What is open, without marks."""
        if self.roles is None:
            return resolved(VISITOR_ENTRIES)
        found = _open_to(self.roles, self.is_confined, self.served_from)
        return [entry for section in found for entry in section.entries]

    def marked(self, entries) -> list[Entry]:
        counts = dict(self.counts)
        return [
            replace(entry, current=entry.url == self.current, count=counts.get(entry.url_name, 0)) for entry in entries
        ]

    def url_of(self, url_name: str) -> str:
        """The address of an entry that is open, or nothing."""
        return next((entry.url for entry in self.entries() if entry.url_name == url_name), "")

    @property
    def home_url(self) -> str:
        """Where the portal's name leads."""
        return "/" if self.roles is None else self.url_of("today")

    @property
    def about_url(self) -> str:
        """What the platform is, for pages of lower floors, which know no address of this one."""
        return reverse("about")

    @property
    def rules_url(self) -> str:
        """How decisions are made, for pages of lower floors."""
        return reverse("how-we-decide")

    @property
    def search_url(self) -> str:
        """Where the search in the masthead leads: the directory, for those who may open it."""
        return self.url_of("members:directory")

    @property
    def account_url(self) -> str:
        """One's own place: the profile, or for those who have none yet the page of sign-in and security."""
        return self.url_of("members:profile") or self.url_of("members:security")

    @property
    def drawn(self) -> "Drawn":
        """The parts of the frame as HTML, by the names of their components."""
        return Drawn(self, get_language())


@dataclass(frozen=True)
class Drawn:
    """The parts of a frame in a language."""

    navigation: Navigation
    language: str

    def __getitem__(self, part: str) -> str:
        return _draw(part, self.navigation, self.language)


@lru_cache(maxsize=MOST_DRAWN)
def _draw(part: str, navigation: Navigation, language: str) -> str:
    """A part of the frame. It is handed nothing but its key, so it can tell nobody of anybody else, and keeps no right
    beyond its end: whoever has other roles, or less waiting, a moment later asks by another key.
    """
    return render_to_string(f"components/{part}.html", {"navigation": navigation})


def navigation_of(request) -> Navigation:
    """What the frame says on a page: the entry is marked that the page lies deepest under."""
    user = getattr(request, "user", None)
    roles = roles_of(user) if user is not None and user.is_authenticated else None
    found = Navigation(roles, getattr(request, "is_confined", False), served_from())
    entries = found.entries()
    current = max((entry.url for entry in entries if request.path.startswith(entry.url)), key=len, default="")
    waiting = ((entry.url_name, entry.counts(request)) for entry in entries if entry.counts)
    return replace(found, current=current, counts=tuple((name, count) for name, count in waiting if count))


def navigation(request):
    """Context processor: `navigation` in every template."""
    return {"navigation": SimpleLazyObject(lambda: navigation_of(request))}

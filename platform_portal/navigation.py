"""What stands in the rail, the bar and the foot: one table, shown to each person as far as they may open it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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


@dataclass(frozen=True)
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
WAYS_OUT = {"account_logout"}  # what a session may open that lacks the second factor its user needs


def resolved(entries):
    """The entries whose address exists, with it."""
    for entry in entries:
        try:
            yield replace(entry, url=reverse(entry.url_name))
        except NoReverseMatch:
            continue


def with_current(entries, path):
    """The entries, with the one marked that the reader's page lies deepest under."""
    entries = list(entries)
    above = [entry.url for entry in entries if path.startswith(entry.url)]
    deepest = max(above, key=len, default="")
    return [replace(entry, current=entry.url == deepest) for entry in entries]


class Navigation:
    """The navigation of one request; worked out when a template first asks for it."""

    def __init__(self, request):
        self.request = request
        user = getattr(request, "user", None)
        self.user = user if user is not None and user.is_authenticated else None
        self.is_confined = getattr(request, "is_confined", False)
        self.foot = list(resolved(FOOT_ENTRIES))
        self.visitor = with_current(resolved(VISITOR_ENTRIES), request.path) if self.user is None else []
        self.sections = self.sections_for(request.path) if self.user else []
        self.bar = [entry for section in self.sections for entry in section.entries if entry.in_bar][:BAR_LENGTH]
        self.home_url = self.url_of("today") if self.user else self.url_of("home")

    def sections_for(self, path):
        roles = roles_of(self.user)
        mine = [
            (section.label, entry)
            for section in SECTIONS
            for entry in resolved(section.entries)
            if (entry.who is None or entry.who & roles) and not (self.is_confined and entry.url_name not in WAYS_OUT)
        ]
        marked = with_current((entry for _label, entry in mine), path)
        shown = {}
        for (label, _entry), entry in zip(mine, marked, strict=True):
            count = entry.counts(self.request) if entry.counts else 0
            shown.setdefault(label, Section(label)).entries.append(replace(entry, count=count))
        return list(shown.values())

    def url_of(self, url_name):
        """The address of an entry that this person may open, or nothing."""
        every = [entry for section in self.sections for entry in section.entries]
        return next((entry.url for entry in every if entry.url_name == url_name), "/" if url_name == "home" else "")

    @property
    def about_url(self):
        """What the platform is, for pages of lower floors, which know no address of this one."""
        return reverse("about")

    @property
    def rules_url(self):
        """How decisions are made, for pages of lower floors."""
        return reverse("how-we-decide")

    @property
    def search_url(self):
        """Where the search in the masthead leads: the directory, for those who may open it."""
        return self.url_of("members:directory")

    @property
    def account_url(self):
        """One's own place: the profile, or for those who have none yet the page of sign-in and security."""
        return self.url_of("members:profile") or self.url_of("members:security")


def navigation(request):
    """Context processor: `navigation` in every template."""
    return {"navigation": SimpleLazyObject(lambda: Navigation(request))}

"""The questions of an application, by page: words, shape and limits. What makes an answer good is in `rules.answers`.

Answers are kept as they were typed: a string for each question, or a list of strings where several may be chosen.
Statements and commitments are not here: they come from the tier's terms.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from members.choices.applications import HolderKind, Step


class Shape(TextChoices):
    """What an answer looks like."""

    LINE = "line"
    TEXT = "text"
    ADDRESS = "address"  # of a website
    CHOICE = "choice"
    LISTED = "listed"  # one of a long list
    SEVERAL = "several"
    TICK = "tick"


@dataclass(frozen=True)
class Question:
    """One question. `most` counts characters, or choices where several may be chosen; `words` is 0 for no limit.

    `options` names a list (see `members.queries.options`). `holder` is whom it is put to, all if empty.
    A question that must be answered in some cases only is not `required`; `unmarked` leaves "optional" unsaid.
    """

    name: str
    label: str
    shape: Shape = Shape.LINE
    required: bool = True
    help: str = ""
    most: int = 160
    words: int = 0
    options: str = ""
    autocomplete: str = ""
    holder: str = ""
    unmarked: bool = False


TEXT_MOST = 8000
"""Characters of a long answer, whatever its limit in words."""
PERSON, ORGANISATION = HolderKind.PERSON, HolderKind.ORGANISATION
ROWS_OF_AFFILIATION = {
    1: (_("Organisation"), _("Your position there")),
    2: (_("Second organisation"), _("Your position in the second")),
    3: (_("Third organisation"), _("Your position in the third")),
}
FURTHER_LANGUAGES = {
    "language_1": _("Another language"),
    "language_2": _("A second other language"),
    "language_3": _("A third other language"),
}

QUESTIONS: dict[str, tuple[Question, ...]] = {
    Step.HOLDER: (Question("holder_kind", _("Who is to be the member?"), Shape.CHOICE, options="holders"),),
    Step.SAFETY: (
        Question(
            "risk",
            _("Could it harm you, or people close to you, if somebody learned that you applied?"),
            Shape.CHOICE,
            options="risks",
        ),
        Question(
            "proceed",
            _("I have read this, and want to go on now"),
            Shape.TICK,
            required=False,
            help=_("Needed only if it could harm you. You can also pause here: the page is saved."),
        ),
    ),
    Step.IDENTITY: (
        Question(
            "name",
            _("Your name"),
            help=_("As you write it yourself, in any script."),
            autocomplete="name",
        ),
        Question(
            "latin_name",
            _("Your name in Latin letters"),
            required=False,
            help=_("If you write your name in another script."),
        ),
        Question(
            "position",
            _("Your position in the organisation"),
            autocomplete="organization-title",
            holder=ORGANISATION,
        ),
        Question("country", _("Country you live in"), Shape.LISTED, options="countries", autocomplete="country"),
        Question(
            "headline",
            _("What you do, in one line"),
            required=False,
            help=_("For example: researcher on early warning in the Sahel."),
            holder=PERSON,
        ),
        Question(
            "biography",
            _("Your work so far"),
            Shape.TEXT,
            help=_("A short biography. Members read it once you are admitted."),
            most=4000,
            words=300,
            holder=PERSON,
        ),
        Question("website", _("Website"), Shape.ADDRESS, required=False, most=200, autocomplete="url", holder=PERSON),
    ),
    Step.ORGANISATION: (
        Question("name", _("Name of the organisation"), most=200, autocomplete="organization"),
        Question("acronym", _("Acronym"), required=False, most=30),
        Question("kind", _("Kind of organisation"), Shape.CHOICE, options="organisation_kinds"),
        Question("country", _("Country of its seat"), Shape.LISTED, options="countries"),
        Question("website", _("Website"), Shape.ADDRESS, required=False, most=200),
        Question(
            "about",
            _("What the organisation does"),
            Shape.TEXT,
            help=_("Shown on its page once it is admitted."),
            most=4000,
            words=250,
        ),
        Question(
            "legal_status",
            _("Legal status"),
            help=_("Its legal form, where it is registered, and the number if there is one."),
            most=300,
        ),
        Question(
            "leadership",
            _("Who leads and governs it"),
            Shape.TEXT,
            help=_("Its head, its board or other governing body, and how they come into office."),
            most=4000,
            words=200,
        ),
    ),
    Step.AFFILIATION: (
        Question("standing", _("Do you belong to an organisation now?"), Shape.CHOICE, options="standings"),
        *(
            question
            for row, (organisation, position) in ROWS_OF_AFFILIATION.items()
            for question in (
                Question(
                    f"organisation_{row}",
                    organisation,
                    required=False,
                    help=_("Its full name. Leave empty if you are independent.") if row == 1 else "",
                    most=200,
                    autocomplete="organization" if row == 1 else "",
                    unmarked=row == 1,
                ),
                Question(
                    f"position_{row}",
                    position,
                    required=False,
                    autocomplete="organization-title" if row == 1 else "",
                ),
            )
        ),
        Question(
            "background",
            _("Earlier posts that matter for this application"),
            Shape.TEXT,
            required=False,
            help=_("Former public offices above all, with their years."),
            most=4000,
            words=250,
        ),
    ),
    Step.EXPERTISE: (
        Question(
            "expertise",
            _("Fields of expertise"),
            Shape.SEVERAL,
            options="expertise",
            most=8,
            help=_("Up to eight. Colleagues find you by these."),
        ),
        Question("regions", _("Regions you work on"), Shape.SEVERAL, options="regions", most=30),
        Question(
            "languages",
            _("Languages you work in"),
            Shape.SEVERAL,
            required=False,
            options="common_languages",
            most=30,
            unmarked=True,
        ),
        *(
            Question(name, label, Shape.LISTED, required=False, options="languages")
            for name, label in FURTHER_LANGUAGES.items()
        ),
    ),
    Step.MENTOR: (
        Question(
            "themes",
            _("Themes on which you wish for a mentor"),
            Shape.SEVERAL,
            options="expertise",
            most=5,
            help=_("Up to five."),
        ),
        Question("language_1", _("Language you would speak with a mentor"), Shape.LISTED, options="languages"),
        Question("language_2", _("Another language"), Shape.LISTED, required=False, options="languages"),
        Question(
            "wish",
            _("What you hope for from a mentor"),
            Shape.TEXT,
            most=4000,
            words=200,
            help=_("What you want to learn, and what would make two years worth the time of both."),
        ),
    ),
    Step.CONFLICTS: (
        Question(
            "relation",
            _("Do you have relations that somebody could take for a conflict of interest?"),
            Shape.CHOICE,
            options="relations",
            help=_(
                "Employment, funding, family or close work with a member of the steering committee, its institution or "
                "a person of the Secretariat, now or in the last three years."
            ),
        ),
        Question(
            "seats",
            _("Members of the steering committee concerned"),
            Shape.SEVERAL,
            required=False,
            options="steering",
            most=60,
            unmarked=True,
            help=_("Their seats will take no part in the decision about you."),
        ),
        Question(
            "details",
            _("Which relations, and with whom"),
            Shape.TEXT,
            required=False,
            most=4000,
            words=300,
            unmarked=True,
            help=_("Name persons too. A relation that is declared does you no harm; one that is hidden does."),
        ),
    ),
    Step.REFEREES: (),
    Step.DOCUMENTS: (),
    Step.STATEMENT: (),
    Step.COMMITMENTS: (),
}

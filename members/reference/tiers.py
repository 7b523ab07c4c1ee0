"""The four tiers the platform starts with: their texts, terms and criteria, from the concept update, third point.

They are data: staff change them by new versions of a tier's terms. Every text is marked for translation and
translated where it is shown. The fields are those of `members.models.Tier` and `members.models.TierTerms`. Steps and
documents that name a `holder` are asked of that kind of holder only; see `members.rules.tiers`.
"""

from django.utils.translation import gettext_noop as _

from members.choices.applications import DocumentKind, HolderKind, Step
from members.reference.rules import MEMBERSHIP_RULE


def pages(*steps: Step) -> list[str]:
    """The pages of an application, in their order, as they are stored."""
    return [step.value for step in steps]


INDEPENDENCE = {
    "key": "independence",
    "label": _("What protects your independence"),
    "help": _(
        "Name your main sources of funds in the last three years and their shares, roughly. Say who decides what you "
        "research and publish, and what happens when a funder disagrees."
    ),
    "words": 300,
}
"""Asked of every organisation: most concerns of the steering committee turn on it."""
PERSONS, ORGANISATIONS = HolderKind.PERSON.value, HolderKind.ORGANISATION.value
LETTER = {"kind": DocumentKind.LETTER.value, "required": True, "holder": ORGANISATIONS}
STATUTE = {"kind": DocumentKind.STATUTE.value, "required": True, "holder": ORGANISATIONS}
REPORT = {"kind": DocumentKind.REPORT.value, "required": True, "holder": ORGANISATIONS}
CURRICULUM = {"kind": DocumentKind.CURRICULUM.value, "required": True, "holder": PERSONS}
PUBLICATION = {"kind": DocumentKind.PUBLICATION.value, "required": False}

STEERING = {
    "short_name": "steering",
    "name": _("Steering membership"),
    "ring": 1,
    "terms": {
        "summary": _(
            "For those who take responsibility for the platform: they lead it, decide for it and host it in turn."
        ),
        "who_for": _(
            "Institutions with a record in preventing mass atrocities that are willing to lead and govern the platform "
            "and, from time to time, to host its Secretariat. As a rule the seat is held by an institution, which "
            "fills it "
            "with a principal and an alternate. A person may hold a seat without an institution, but cannot host."
        ),
        "gives": [
            _(
                "A seat on the steering committee, with one vote on admissions, working groups, hosts and the research "
                "agenda."
            ),
            _("A principal and an alternate of your own choice, either of whom may fill the seat."),
            _("The right to stand as host of the Secretariat."),
            _("Everything that members of the other tiers see and may do."),
        ],
        "commitments": [
            _("We take part in leading and governing the platform, and vote on what comes before the committee."),
            _(
                "We are ready to host the Secretariat for a period when our turn comes, with staff, room and accounts "
                "of its own."
            ),
            _("We declare conflicts of interest before we read a dossier, and step aside where we have one."),
            _("We keep confidential what the committee discusses about people and institutions."),
            _("We name a principal and an alternate within one month, and fill a vacancy as soon."),
        ],
        "criteria": [
            _("A record of at least five years in research, policy or practice of atrocity prevention."),
            _("Willingness and means to lead, and to host the Secretariat for a period."),
            _("Independence in what it researches, publishes and recommends."),
            _("What its region, languages and closeness to those at risk add to the committee."),
            _("Good standing: no conduct that contradicts the platform's purpose."),
        ],
        "statements": [
            {
                "key": "leadership",
                "label": _("What you would bring to leading the platform"),
                "help": _(
                    "Describe your work on preventing mass atrocities, who in your institution leads it, and what you "
                    "would change first."
                ),
                "words": 500,
            },
            {
                "key": "hosting",
                "label": _("When and how you could host the Secretariat"),
                "help": _(
                    "Say from which year, with how many people and in which city, and what you would need from others. "
                    "If you apply "
                    "as a person, write how you would support the host instead."
                ),
                "words": 400,
            },
            {
                "key": "local-voices",
                "label": _("How those closest to the risk shape your work"),
                "help": _("Give one example in which people in an affected place changed what you did."),
                "words": 300,
            },
            INDEPENDENCE,
        ],
        "steps": pages(
            Step.SAFETY,
            Step.IDENTITY,
            Step.ORGANISATION,
            Step.AFFILIATION,
            Step.EXPERTISE,
            Step.STATEMENT,
            Step.COMMITMENTS,
            Step.REFEREES,
            Step.DOCUMENTS,
            Step.CONFLICTS,
        ),
        "documents": [LETTER, STATUTE, REPORT, CURRICULUM, PUBLICATION],
        "holder_kind": HolderKind.EITHER.value,
        "term_months": 36,
        "renewable": True,
        "seats": 12,
        "referees_needed": 2,
        "reapply_after_days": 365,
        "rule_key": MEMBERSHIP_RULE["key"],
    },
}

INSTITUTIONAL = {
    "short_name": "institutional",
    "name": _("Institutional membership"),
    "ring": 2,
    "terms": {
        "summary": _(
            "For leading organisations and research institutions that put their knowledge to work with others."
        ),
        "who_for": _(
            "Leading organisations and research institutions whose work bears on preventing mass atrocities: "
            "universities, "
            "research institutes, non-governmental organisations, networks and foundations, in any region."
        ),
        "gives": [
            _(
                "A page of your institution, a principal and an alternate representative, and as many delegates as you "
                "name."
            ),
            _(
                "Inquiries from policymakers that match your expertise, directed by the Secretariat, to accept or "
                "decline."
            ),
            _("A place for your people in working groups, consultations and convenings."),
            _("The directory of members and the decisions of the committee with their grounds."),
        ],
        "commitments": [
            _("We answer the inquiries we accept, in the time we promise."),
            _("We take part in consultations on the research agenda."),
            _("We keep our page and our list of representatives correct."),
            _("We tell the Secretariat of changes in control or funding that touch our independence."),
        ],
        "criteria": [
            _("Substantial work that bears on preventing mass atrocities, in the last three years."),
            _("Standing in its field or its region, shown by what others make of its work."),
            _("Independence in what it researches, publishes and recommends."),
            _("What its region, languages and closeness to those at risk add to the platform."),
            _("Good standing: no conduct that contradicts the platform's purpose."),
        ],
        "statements": [
            {
                "key": "work",
                "label": _("Your work on preventing mass atrocities"),
                "help": _(
                    "What have you done in the last three years, where, and what came of it? Two or three examples say "
                    "more than a list."
                ),
                "words": 400,
            },
            {
                "key": "contribution",
                "label": _("What you would bring, and what you hope for"),
                "help": _("Think of questions policymakers could ask you, and of partners you are looking for."),
                "words": 300,
            },
            INDEPENDENCE,
        ],
        "steps": pages(
            Step.IDENTITY,
            Step.ORGANISATION,
            Step.EXPERTISE,
            Step.STATEMENT,
            Step.COMMITMENTS,
            Step.REFEREES,
            Step.DOCUMENTS,
            Step.CONFLICTS,
        ),
        "documents": [LETTER, STATUTE, REPORT, PUBLICATION],
        "holder_kind": HolderKind.ORGANISATION.value,
        "term_months": 36,
        "renewable": True,
        "seats": None,
        "referees_needed": 2,
        "reapply_after_days": 180,
        "rule_key": MEMBERSHIP_RULE["key"],
    },
}

INDIVIDUAL = {
    "short_name": "individual",
    "name": _("Individual membership"),
    "ring": 3,
    "terms": {
        "summary": _("For experts and former senior officials who are not affiliated to a participating institution."),
        "who_for": _(
            "Individual experts and former senior government officials who are not presently affiliated to an "
            "institution that "
            "takes part in the platform. If your institution takes part, you join through it, without a ballot."
        ),
        "gives": [
            _("A profile of which you decide, part by part, who sees it."),
            _("Inquiries from policymakers that match your expertise; they learn who you are only if you accept."),
            _("A place in working groups, consultations and convenings, and on rosters of experts."),
            _("Protection of your identity, should it put you at risk to be known as a member."),
        ],
        "commitments": [
            _("I answer the inquiries I accept, in the time I promise."),
            _("I speak for myself and do not present my views as the platform's."),
            _("I tell the Secretariat when I join an institution that takes part, or take public office."),
            _("I keep confidential what is entrusted to me, above all who is protected."),
        ],
        "criteria": [
            _("Recognised expertise, or senior public service, that bears on preventing mass atrocities."),
            _("No present affiliation to a participating institution."),
            _("Time and readiness to answer inquiries and to take part."),
            _("What your region, languages and experience add to the platform."),
            _("Good standing: no conduct that contradicts the platform's purpose."),
        ],
        "statements": [
            {
                "key": "experience",
                "label": _("What you have done that bears on prevention"),
                "help": _(
                    "Research, public service or practice. Say what was your own part, and what you would do "
                    "differently today."
                ),
                "words": 400,
            },
            {
                "key": "contribution",
                "label": _("What others could ask you"),
                "help": _("Name the questions you can answer better than most, and how much time you have in a year."),
                "words": 250,
            },
        ],
        "steps": pages(
            Step.SAFETY,
            Step.IDENTITY,
            Step.AFFILIATION,
            Step.EXPERTISE,
            Step.STATEMENT,
            Step.COMMITMENTS,
            Step.REFEREES,
            Step.DOCUMENTS,
            Step.CONFLICTS,
        ),
        "documents": [CURRICULUM, PUBLICATION],
        "holder_kind": HolderKind.PERSON.value,
        "term_months": 24,
        "renewable": True,
        "seats": None,
        "referees_needed": 2,
        "reapply_after_days": 180,
        "rule_key": MEMBERSHIP_RULE["key"],
    },
}

RISING_LEADERS = {
    "short_name": "rising-leaders",
    "name": _("Rising leaders"),
    "ring": 4,
    "terms": {
        "summary": _("For people early in their career: two years with a mentor, and then on to another tier."),
        "who_for": _(
            "People in their first ten years of work on preventing mass atrocities or a neighbouring field, in "
            "research, "
            "government, civil society, journalism, technology or the arts. You need no degree and no employer."
        ),
        "gives": [
            _("A mentor from among the members, chosen with you, for two years."),
            _("A place in working groups and convenings, with your travel paid where there are funds."),
            _("Inquiries answered together with a senior member, under your name too."),
            _("A way on: at the end of two years the Secretariat helps you apply for the tier that fits."),
        ],
        "commitments": [
            _("I meet my mentor at least every two months."),
            _("I bring one piece of work of my own to an end and share it with the members."),
            _("I help the next rising leaders find their way."),
            _("I keep confidential what is entrusted to me, above all who is protected."),
        ],
        "criteria": [
            _("Early in one's career, whatever one's age."),
            _("A piece of work, an idea or an experience that shows promise for prevention."),
            _("What two years with a mentor would change."),
            _("What your region, languages and experience add to the platform."),
        ],
        "statements": [
            {
                "key": "motivation",
                "label": _("What brings you to this work"),
                "help": _("Write as you would speak. We read for what you have seen and understood, not for titles."),
                "words": 400,
            },
            {
                "key": "project",
                "label": _("What you want to work on in these two years"),
                "help": _("One piece of work: a question, a place, a method. It may change later."),
                "words": 300,
            },
        ],
        "steps": pages(
            Step.SAFETY,
            Step.IDENTITY,
            Step.AFFILIATION,
            Step.EXPERTISE,
            Step.STATEMENT,
            Step.MENTOR,
            Step.COMMITMENTS,
            Step.REFEREES,
            Step.DOCUMENTS,
            Step.CONFLICTS,
        ),
        "documents": [CURRICULUM, PUBLICATION],
        "holder_kind": HolderKind.PERSON.value,
        "term_months": 24,
        "renewable": False,
        "seats": None,
        "referees_needed": 1,
        "reapply_after_days": 180,
        "rule_key": MEMBERSHIP_RULE["key"],
    },
}

TIERS = (STEERING, INSTITUTIONAL, INDIVIDUAL, RISING_LEADERS)
"""From the innermost outwards."""

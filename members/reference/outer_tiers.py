"""The texts and terms of the two outer tiers, individual and rising leaders. See `members.reference.tiers`."""

from django.utils.translation import gettext_noop as _

from members.choices.applications import HolderKind, Step
from members.reference.asked import CURRICULUM, PUBLICATION, pages
from members.reference.rules import MEMBERSHIP_RULE

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
            _(
                "A profile that you write yourself, for members and the Secretariat alone; you decide whether the "
                "directory lists you."
            ),
            _("Questions of policymakers in your field, which the Secretariat passes on by hand for now."),
            _("A place in consultations, convenings and working groups as they are set up."),
        ],
        "commitments": [
            _("I answer the inquiries I accept, in the time I promise."),
            _("I speak for myself and do not present my views as the platform's."),
            _("I tell the Secretariat when I join an institution that takes part, or take public office."),
            _("I keep confidential what is entrusted to me, above all who could be harmed."),
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
            _(
                "Questions of policymakers answered together with a senior member, where the Secretariat can arrange "
                "it."
            ),
            _("A way on: at the end of two years the Secretariat helps you apply for the tier that fits."),
        ],
        "commitments": [
            _("I meet my mentor at least every two months."),
            _("I bring one piece of work of my own to an end and share it with the members."),
            _("I help the next rising leaders find their way."),
            _("I keep confidential what is entrusted to me, above all who could be harmed."),
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

"""The texts and terms of the two inner tiers, steering and institutional. See `members.reference.tiers`."""

from django.utils.translation import gettext_noop as _

from members.choices.applications import HolderKind, Step
from members.reference.asked import CURRICULUM, INDEPENDENCE, LETTER, PUBLICATION, REPORT, STATUTE, pages
from members.reference.rules import MEMBERSHIP_RULE

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
                "of its own; whoever holds a seat as a person supports the host instead."
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
            _("Questions of policymakers in your field, which the Secretariat passes on by hand for now."),
            _("A place for your people in consultations, convenings and working groups as they are set up."),
            _("The directory of members, and the committee's decisions with the count and the rule behind each."),
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

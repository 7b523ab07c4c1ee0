"""The checks the Secretariat starts with when it screens an application. Staff edit the list in the admin."""

from django.utils.translation import gettext_noop as _

from members.choices.applications import CheckKind

PEOPLE = ("individual", "rising-leaders")
INSTITUTIONS = ("steering", "institutional")

CHECKS = (
    {
        "key": "answers",
        "kind": CheckKind.COMPLETENESS.value,
        "label": _("Every question is answered"),
        "help": _("Each statement answers what was asked; “see attached” does not."),
        "tiers": (),
    },
    {
        "key": "documents",
        "kind": CheckKind.COMPLETENESS.value,
        "label": _("The documents are there and can be read"),
        "help": _(
            "Open each. Ask again for scans that cannot be read and for documents in a language nobody here reads."
        ),
        "tiers": (),
    },
    {
        "key": "referees",
        "kind": CheckKind.COMPLETENESS.value,
        "label": _("The referees have answered"),
        "help": _("A referee who declines is no mark against the applicant: ask for another name."),
        "tiers": (),
    },
    {
        "key": "authority",
        "kind": CheckKind.COMPLETENESS.value,
        "label": _("Whoever applies may speak for the organisation"),
        "help": _("The letter is signed by somebody the statute names, and says who represents the organisation."),
        "tiers": INSTITUTIONS,
    },
    {
        "key": "commitments",
        "kind": CheckKind.COMPLETENESS.value,
        "label": _("The commitments are accepted and the declaration of conflicts is made"),
        "help": _("“None” is an answer; an empty declaration is not."),
        "tiers": (),
    },
    {
        "key": "identity",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("The applicant is who they say"),
        "help": _(
            "One independent source for an organisation, one for a person. Never contact a third party about an "
            "applicant at risk."
        ),
        "tiers": (),
    },
    {
        "key": "duplicates",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("Not known under another name"),
        "help": _("Look at the hints beside the application: same person, same organisation, an earlier application."),
        "tiers": (),
    },
    {
        "key": "affiliation",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("No affiliation to a participating institution"),
        "help": _("If there is one, offer the way in through that institution; the answers so far go along."),
        "tiers": ("individual",),
    },
    {
        "key": "independence",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("The funds are known and leave it independent"),
        "help": _("Look for a single funder above one half, and for parties to a conflict among the funders."),
        "tiers": INSTITUTIONS,
    },
    {
        "key": "conduct",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("Nothing in its conduct contradicts the platform's purpose"),
        "help": _(
            "Credible findings of abuse, incitement, denial of atrocities or harassment. Note the source and its date; "
            "an accusation by a government that persecutes the applicant is no finding."
        ),
        "tiers": (),
    },
    {
        "key": "safety",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("Being known as a member puts nobody at risk"),
        "help": _("If it might, ask the applicant on a channel they chose before anything is published."),
        "tiers": PEOPLE,
    },
    {
        "key": "hosting",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("It could host the Secretariat"),
        "help": _("Staff, room, accounts kept apart, and a legal seat where staff from every region can travel to."),
        "tiers": ("steering",),
    },
    {
        "key": "career",
        "kind": CheckKind.DUE_DILIGENCE.value,
        "label": _("Early in the career, and a mentor can be found"),
        "help": _("Within the first ten years of work. Name two members who could be asked."),
        "tiers": ("rising-leaders",),
    },
)
"""In the order in which they are shown. No tiers named means all."""

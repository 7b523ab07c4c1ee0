"""Applications that are ready for the committee, and ballots on them, made with as few rows as a test needs."""

from members.actions import ballots
from members.choices.applications import Advice, ApplicationState, HolderKind
from members.choices.ballots import ConflictAnswer
from members.kernel.clock import database_now
from members.kernel.tokens import new_token
from members.models import Application, ApplicationVersion, DecisionRule, Recommendation, Tier, TierTerms
from members.rules.applications import digest_of

PERSON_ANSWERS = {
    "identity": {"name": "Awa Testcase", "country": "SN", "biography": "Early warning, ten years."},
    "affiliation": {"standing": "independent"},
    "expertise": {"expertise": [], "regions": [], "languages": ["en"]},
    "conflicts": {"relation": "none"},
}
ORGANISATION_ANSWERS = PERSON_ANSWERS | {
    "organisation": {
        "name": "Institute of a Testcase",
        "acronym": "IT",
        "kind": "research",
        "country": "SN",
        "about": "Research on early warning.",
    },
}


def recommended(cast, *, tier="individual", applicant="applicant", answers=None, holder_kind=None, **columns):
    """An application of the cast's applicant that the Secretariat has recommended, with one frozen version."""
    row = Tier.objects.get(short_name=tier)
    terms = row.current_terms
    kind = holder_kind or (terms.holder_kind if terms.holder_kind != HolderKind.EITHER else HolderKind.ORGANISATION)
    given = answers or (ORGANISATION_ANSWERS if kind == HolderKind.ORGANISATION else PERSON_ANSWERS)
    application = Application.objects.create(
        number=f"APP-2000-{Application.objects.count() + 1:04d}",
        tier=row,
        terms=terms,
        holder_kind=kind,
        applicant=cast[applicant],
        person=getattr(cast[applicant], "person", None),
        state=ApplicationState.RECOMMENDED,
        submitted_at=database_now(),
        answers=given,
        **columns,
    )
    version(application, given)
    return application


def version(application, answers):
    """The next frozen version of an application, with the Secretariat's recommendation on it."""
    number = application.versions.count() + 1
    frozen = ApplicationVersion.objects.create(
        application=application,
        number=number,
        answers=answers,
        digest=digest_of(
            number=application.number,
            version=number,
            tier=application.tier.short_name,
            terms=application.terms.version,
            holder_kind=application.holder_kind,
            answers=answers,
            documents=[],
        ),
        submitted_by=application.applicant,
    )
    Recommendation.objects.create(
        application=application,
        version=frozen,
        advice=Advice.ADMIT,
        text="Sound work, good references.",
        made_by=application.applicant,
    )
    return frozen


def opened(cast, *, application=None, days=None, rule=None, **facts):
    """An open ballot on an application, run by the Secretariat. `rule` holds settings unlike those of the tier's."""
    application = application or recommended(cast, **facts)
    if rule:
        under(application, **rule)
    ballot = ballots.prepare(subject=application, by=cast["secretariat-1"])
    return ballots.open(ballot=ballot, by=cast["secretariat-1"], days=days)


def under(application, *, counting=None, procedure=None):
    """Put an application's tier under a new version of its rule."""
    current = DecisionRule.current(application.terms.rule_key)
    settings = current.settings | {
        "counting": current.settings["counting"] | (counting or {}),
        "procedure": current.settings["procedure"] | (procedure or {}),
    }
    return DecisionRule.objects.create(
        key=current.key, version=current.version + 1, title=current.title, settings=settings
    )


def limited(application, *, seats):
    """Give an application terms of its tier that have so many places."""
    columns = {field.attname: getattr(application.terms, field.attname) for field in TierTerms._meta.concrete_fields}
    newest = application.tier.terms.order_by("-version").first()
    terms = TierTerms.objects.create(**columns | {"id": None, "version": newest.version + 1, "seats": seats})
    Application.objects.filter(pk=application.pk).update(terms=terms)
    application.terms = terms
    return application


def clear(ballot, *users):
    """Let these say that they have no conflict of interest."""
    for user in users:
        ballots.answer_conflict(ballot=ballot, by=user, answer=ConflictAnswer.NONE)


def vote(ballot, user, choice, reason="", *, nonce=None, based_on=None):
    """Take a position for the seat of a user, on a page read just now."""
    last = ballot.events.order_by("-sequence").first().sequence if based_on is None else based_on
    return ballots.cast(
        ballot=ballot,
        by=user,
        choice=choice,
        reason=reason or ("Because." if choice in ("no", "hold") else ""),
        nonce=nonce or new_token(),
        based_on=last,
    )


def voted(cast, choices, **facts):
    """An open ballot on which the seats have said `choices`, in the order of their numbers; None is silent."""
    ballot = opened(cast, **facts)
    for user, choice in zip(cast.seats, choices, strict=False):
        if choice:
            clear(ballot, user)
            vote(ballot, user, choice)
    ballot.refresh_from_db()
    return ballot

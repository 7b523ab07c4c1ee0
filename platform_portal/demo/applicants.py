"""The fictional applicants of the demo and what they write, at every stage of an application."""

from dataclasses import dataclass, field

from platform_portal.demo import sources

FILES = {"individual": "individual", "rising-leaders": "rising", "institutional": "institutional"}
STATEMENTS = {
    "steering": ("leadership", "hosting", "local-voices", "independence"),
    "institutional": ("work", "contribution", "independence"),
    "individual": ("experience", "contribution"),
    "rising-leaders": ("motivation", "project"),
}
"""The keys of the statements each tier asks, as in the reference data."""


@dataclass(frozen=True)
class DemoApplicant:
    """One applicant. A person has a `culture`, from which the name comes; an organisation has its key.

    `stage` is the state in which the application is left. `employer` is where a person works now, empty for one who is
    independent. What belongs to some stages only (`concern` of a hold, `question` and `answer` of a request, `reason`
    of a refusal or return) is empty otherwise.
    """

    key: str
    tier: str
    stage: str
    statements: dict[str, str]
    culture: str = ""
    organisation: str = ""
    headline: str = ""
    biography: str = ""
    position: str = ""
    employer: str = ""
    expertise: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    referees: tuple[str, ...] = field(default=())
    mentor: str = ""
    concern: str = ""
    question: str = ""
    answer: str = ""
    reason: str = ""

    @property
    def is_person(self) -> bool:
        return not self.organisation


def applicants() -> dict[str, DemoApplicant]:
    """All of them by key, persons first."""
    found = {}
    for tier, file in FILES.items():
        for entry in sources.texts(f"applicants_{file}")["applicant"]:
            tier_of_entry = entry.get("tier", tier)
            asked = STATEMENTS[tier_of_entry]
            found[entry["key"]] = DemoApplicant(
                tier=tier_of_entry,
                statements={key: " ".join(entry[key].split()) for key in asked},
                **{
                    key: tuple(value) if isinstance(value, list) else value
                    for key, value in entry.items()
                    if key not in (*asked, "tier")
                },
            )
    return found

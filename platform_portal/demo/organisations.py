"""The fictional organisations of the demo: members, applicants, and a few that do not take part.

Their names are built on words and places that do not exist; each description says that it is fictional.
"""

from dataclasses import dataclass

from platform_portal.demo import sources

REMARK = "This organisation is fictional and part of the demonstration."
NOT_MEMBERS = ("applicant", "none")


@dataclass(frozen=True)
class DemoOrganisation:
    """One organisation. `tier` is a tier's short name or one of NOT_MEMBERS; other codes are those of the reference."""

    key: str
    name: str
    acronym: str
    kind: str
    country: str
    culture: str
    tier: str
    languages: tuple[str, ...]
    expertise: tuple[str, ...]
    about: str

    @property
    def domain(self) -> str:
        """Where its people have their addresses: reserved for tests, owned by nobody."""
        return f"{self.key}.demo.test"

    @property
    def website(self) -> str:
        return f"https://{self.key}.example/"

    @property
    def participates(self) -> bool:
        return self.tier not in NOT_MEMBERS


def organisations() -> dict[str, DemoOrganisation]:
    """All of them by key; the steering members first, in the order of their seats."""
    return {
        row["key"]: DemoOrganisation(
            **{
                **row,
                "languages": tuple(row["languages"].split()),
                "expertise": tuple(row["expertise"].split()),
                "about": f"{row['about']} {REMARK}",
            }
        )
        for row in sources.rows("organisations")
    }

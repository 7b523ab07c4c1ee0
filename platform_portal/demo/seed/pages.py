"""What applicants of the story write on the pages of their applications, as it is typed."""

from members.choices.applications import DocumentKind, HolderKind, Relation, Risk, Standing, Step
from members.choices.questions import FURTHER_LANGUAGES
from members.queries.options import COMMON_LANGUAGES
from platform_portal.demo.applicants import DemoApplicant
from platform_portal.demo.biographies import country_in_prose
from platform_portal.demo.organisations import DemoOrganisation
from platform_portal.demo.people import DemoPerson
from platform_portal.demo.seed.courses import Course
from platform_portal.demo.seed.papers import Paper

TICKED = "on"
LEGAL_STATUS = {
    "company": "Limited company owned by its staff, registered in {country}, entry 20418.",
    "university": "Institute of a public university in {country}, by order of the senate.",
    "network": "Registered association in {country}, entry 1187 in the register of associations.",
    "foundation": "Foundation under the law of {country}, supervised by the foundations authority.",
}
GOVERNANCE = {
    "company": "The staff elect a managing director for three years. A council of users, which is not paid, must agree "
    "to every new client.",
    "university": "A director appointed by the senate for five years, and a board of seven of whom three come from "
    "outside the university.",
    "foundation": "A board of five, who serve six years and choose their successors. The board appoints the director.",
}
ASSEMBLY = (
    "An assembly of members elects a board of seven for three years, at least three of them women. The board appoints "
    "the director."
)
"""Who governs all other kinds."""
RELATIONS = "Joint work with the member named above in the last three years; no money has passed."


class Pages:
    """The answers of one application, page by page."""

    def __init__(
        self, applicant: DemoApplicant, writer: DemoPerson, organisation: DemoOrganisation | None, course: Course
    ):
        self.applicant, self.writer, self.organisation, self.course = applicant, writer, organisation, course

    def answers(self, step: str, questions) -> dict:
        """The answers of a page with these questions, none of them left out."""
        given = getattr(self, f"_{step}")()
        if step == Step.COMMITMENTS:
            given = {question.name: TICKED for question in questions}
        return {question.name: given.get(question.name, "") for question in questions}

    def _holder(self):
        return {"holder_kind": HolderKind.ORGANISATION.value}

    def _safety(self):
        at_risk = self.course.is_at_risk
        return {"risk": (Risk.PERHAPS if at_risk else Risk.NO).value, "proceed": TICKED if at_risk else ""}

    def _identity(self):
        return {
            "name": self.writer.name,
            "latin_name": self.writer.latin_name,
            "position": self.writer.position,
            "country": self.writer.country,
            "headline": self.writer.headline,
            "biography": self.writer.biography,
        }

    def _organisation(self):
        made_up = self.organisation
        country = country_in_prose(made_up.country)
        return {
            "name": made_up.name,
            "acronym": made_up.acronym,
            "kind": made_up.kind,
            "country": made_up.country,
            "website": made_up.website,
            "about": made_up.about,
            "legal_status": LEGAL_STATUS.get(made_up.kind, LEGAL_STATUS["network"]).format(country=country),
            "leadership": GOVERNANCE.get(made_up.kind, ASSEMBLY),
        }

    def _affiliation(self):
        if not self.applicant.employer:
            return {"standing": Standing.INDEPENDENT.value, "background": self.applicant.position}
        return {
            "standing": Standing.AFFILIATED.value,
            "organisation_1": self.applicant.employer,
            "position_1": self.applicant.position,
        }

    def _expertise(self):
        source = self.organisation or self.applicant
        spoken = self.organisation.languages if self.organisation else self.writer.languages
        further = [code for code in spoken if code not in COMMON_LANGUAGES]
        return {
            "expertise": list(source.expertise),
            "regions": list(self.writer.regions),
            "languages": [code for code in spoken if code in COMMON_LANGUAGES],
            **dict(zip(FURTHER_LANGUAGES, further, strict=False)),
        }

    def _statement(self):
        return self.applicant.statements

    def _commitments(self):
        return {}

    def _mentor(self):
        first, *others = self.writer.languages
        return {
            "themes": list(self.applicant.expertise)[:5],
            "language_1": first,
            "language_2": others[0] if others else "",
            "wish": self.applicant.mentor,
        }

    def _conflicts(self):
        seats = [str(number) for number in self.course.related]
        relation = Relation.SOME if seats else Relation.NONE
        return {"relation": relation.value, "seats": seats, "details": RELATIONS if seats else ""}

    # --- Documents ------------------------------------------------------------------------------------------------

    def papers(self) -> dict[str, Paper]:
        """The documents asked for, by kind."""
        return self._of_organisation() if self.organisation else {DocumentKind.CURRICULUM.value: self._curriculum()}

    def _curriculum(self) -> Paper:
        name = self.writer.latin_name or self.writer.name
        posts = [f"At present: {self.applicant.position}", *self.applicant.biography.split(". ")]
        return Paper(
            f"CV {name}.{'jpg' if self.course.sends_scans else 'pdf'}",
            name,
            [self.writer.headline, *posts, "All particulars are fictional."],
            is_scan=self.course.sends_scans,
        )

    def _of_organisation(self) -> dict[str, Paper]:
        """The letter is of its own; statute and report are one paper, sent as both, to be quick."""
        made_up, statements = self.organisation, self.applicant.statements
        writer = self.writer.latin_name or self.writer.name
        authority = (
            f"The board of {made_up.name} has resolved to apply for membership of the platform and authorises "
            f"{writer}, {self.writer.position.lower()}, to speak for it."
        )
        kept = f"{made_up.acronym} statute and annual report.pdf"
        record = Paper(
            kept, made_up.name, [made_up.about, GOVERNANCE.get(made_up.kind, ASSEMBLY), statements["independence"]]
        )
        ending = "jpg" if self.course.sends_scans else "pdf"
        letter = Paper(
            f"Letter of authority {made_up.acronym}.{ending}",
            made_up.name,
            [authority, "Signed for the board"],
            is_scan=self.course.sends_scans,
        )
        return {
            DocumentKind.LETTER.value: letter,
            DocumentKind.STATUTE.value: record,
            DocumentKind.REPORT.value: record,
        }

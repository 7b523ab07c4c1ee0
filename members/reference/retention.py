"""How long things are kept at first; staff revise it in the administration."""

from members.choices.audiences import LegalBasis
from members.choices.retention import Kept

PERIODS = {
    Kept.DRAFT: (365, LegalBasis.INTEREST, "Somebody may come back to a draft within a year; later it is out of date."),
    Kept.ENTRY_LINK: (7, LegalBasis.INTEREST, "For a week, whoever opens a link that has ended is told so."),
    Kept.NOTICE: (730, LegalBasis.CONTRACT, "Readers look things up that they were told; the record keeps the act."),
    Kept.STRANGER: (30, LegalBasis.INTEREST, "For a month it can be said whether a mail left."),
    Kept.DOWNLOAD: (
        365,
        LegalBasis.INTEREST,
        "For a year one sees when one's data was fetched.",
    ),
    Kept.FACTOR_NOTE: (365, LegalBasis.INTEREST, "For a year it can be checked how an identity was established."),
    Kept.CORRESPONDENCE: (730, LegalBasis.CONTRACT, "Both can look up for two years what they wrote to each other."),
    Kept.CORRECTION: (730, LegalBasis.INTEREST, "For two years it can be shown what was asked and answered."),
    Kept.APPLICANT: (
        730,
        LegalBasis.INTEREST,
        "For two years one can apply again, ask for the reasons, and refer to what was written.",
    ),
    Kept.FORMER_MEMBER: (
        730,
        LegalBasis.INTEREST,
        "For two years one may come back, and can be asked about what one had a part in.",
    ),
}
"""Days, basis and reason of the first version of each kind."""

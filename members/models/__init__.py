"""The tables of the ground floor."""

from members.models.accounts import EntryLink, User
from members.models.applications import (
    Application,
    ApplicationGroupPermission,
    ApplicationVersion,
    Document,
    InformationRequest,
    Referee,
)
from members.models.audit import AuditEvent
from members.models.ballots import Ballot, BallotEvent, BallotGroupPermission, RollEntry
from members.models.bodies import (
    Body,
    ChairTerm,
    NumberSeries,
    OrganisationGroupPermission,
    SeatTerm,
    StaffTerm,
    SteeringSeat,
)
from members.models.correspondence import Correspondence, Message
from members.models.decisions import Decision
from members.models.directory import (
    DirectoryCount,
    DirectoryEntry,
    DirectoryExport,
    DirectoryLine,
    DirectoryText,
    ReadingDay,
    SavedSearch,
)
from members.models.factors import LostFactor
from members.models.memberships import Membership
from members.models.organisations import Affiliation, Organisation, Representation
from members.models.own_data import Consent, Correction, Download, Erasure
from members.models.people import Narrowing, Person
from members.models.positions import BallotComment, Concern, ConflictAnswer, Recusal, SeatPosition
from members.models.profiles import (
    DeclaredPosition,
    PersonExpertise,
    PersonLanguage,
    Publication,
    Separation,
)
from members.models.protection import CustodianTerm, Custody, Protection, Unsealing
from members.models.retention import RetentionPeriod
from members.models.screening import Check, CheckItem, Letter, LetterTemplate, Recommendation
from members.models.taxonomies import Country, Expertise, Language, Region
from members.models.tiers import DecisionRule, Tier, TierTerms

__all__ = [
    "Affiliation",
    "Application",
    "ApplicationGroupPermission",
    "ApplicationVersion",
    "AuditEvent",
    "Ballot",
    "BallotComment",
    "BallotEvent",
    "BallotGroupPermission",
    "Body",
    "ChairTerm",
    "Check",
    "CheckItem",
    "Concern",
    "ConflictAnswer",
    "Consent",
    "Correction",
    "Correspondence",
    "Country",
    "CustodianTerm",
    "Custody",
    "Decision",
    "DecisionRule",
    "DeclaredPosition",
    "DirectoryCount",
    "DirectoryEntry",
    "DirectoryExport",
    "DirectoryLine",
    "DirectoryText",
    "Document",
    "Download",
    "EntryLink",
    "Erasure",
    "Expertise",
    "InformationRequest",
    "Language",
    "Letter",
    "LetterTemplate",
    "LostFactor",
    "Membership",
    "Message",
    "Narrowing",
    "NumberSeries",
    "Organisation",
    "OrganisationGroupPermission",
    "Person",
    "PersonExpertise",
    "PersonLanguage",
    "Protection",
    "Publication",
    "ReadingDay",
    "Recommendation",
    "Recusal",
    "Referee",
    "Region",
    "Representation",
    "RetentionPeriod",
    "RollEntry",
    "SavedSearch",
    "SeatPosition",
    "SeatTerm",
    "Separation",
    "StaffTerm",
    "SteeringSeat",
    "Tier",
    "TierTerms",
    "Unsealing",
    "User",
]

"""Canaries: words that stand in one secret each, and who may read it. Nobody else is ever sent one."""

import re
from functools import cache

from tests.permission_table.people import GROUPS
from tests.world.visits import PEOPLE
from tests.world.words import word

ATTENDING = "institution individual delegate protected office"

SECRETS: dict[str, str] = {
    # What an applicant writes: theirs alone until it is sent; then the Secretariat's; then the voters'.
    "answers, draft": "applicant",
    "document, draft": "applicant",
    "address of a referee, draft": "applicant",
    "answers, finished": "other-applicant",
    "answers, paper": "office",
    "answers, submitted": "other-applicant office",
    "answers, of an officer": "office",
    "answers, asked": "applicant office",
    "address of a referee, asked": "applicant office",
    "unsent answers": "applicant",
    "unsent document": "applicant",
    "answers, declined": "applicant office",
    "answers, open": "other-applicant office voters",
    "document, open": "other-applicant office voters",
    "address of a referee, open": "other-applicant office",
    "answers, recommended": "candidate office",
    "answers, of a seat": "unasked office chair",
    "answers, held": "candidate office seats",
    "answers, refused": "candidate office seats",
    # What the Secretariat asks and says.
    "question, asked": "applicant office",
    "letter, declined": "applicant office",
    "reason of a return": "applicant office",
    "note of a check": "office",
    # What is said about an applicant: never the applicant's to read.
    "letter of a referee, open": "office voters",
    "letter as a file, open": "office voters",
    "recommendation, open": "office voters",
    "letter of a referee, of a seat": "office chair",
    "recommendation, of a seat": "office chair",
    "letter of a referee, recommended": "office",
    "recommendation, recommended": "office",
    "letter of a referee, held": "office seats",
    "letter of a referee, admitted": "office seats",
    "recommendation, refused": "office seats",
    # What the committee says: to those who have said something themselves, and after the close to whoever read.
    "reason of a position": "chair holding",
    "concern of a hold": "chair holding",
    "comment": "chair holding",
    "note of a recusal": "chair office",
    "reason, held": "office seats",
    "reason, refused": "office seats",
    "reason, admitted": "office seats",
    "note on an identity": "office",
    # What people ask about their own data.
    "correction, individual": "individual office",
    "correction, of an officer": "secretariat-2 secretariat-1",
    # People.
    "biography of a member": "members",
    "wish of a member": "members",
    "reason to be kept apart": "individual office",
    "biography of no member": "applicant office",
    # Whoever sits in a group with others is known to them, and to no other member.
    "name of an unlisted member": "delegate institution individual protected office",
    "comment on a charter": "members",
    "charter, handed in": "other-institution office",
    "request, newcomer": "newcomer institution office",
    "request, protected": "protected other-institution",
    # The library of the group in which the chair, a member, an observer and a protected member are.
    "draft of a document": "individual institution office",
    "document of chairs": "institution office",
    "document of the group": "institution individual delegate protected office",
    "comment, individual": "institution individual delegate protected office",
    "comment, protected": "institution individual protected",
    "address of an invited person": "institution delegate office",
    # What a group keeps of its meetings: for who attends it, drafts for who keeps them, published minutes for members.
    "title of a meeting": ATTENDING,
    "link of a meeting": ATTENDING,
    "action item": ATTENDING,
    "minutes, draft": "institution office",
    "minutes, circulated": ATTENDING,
    "minutes, published": "members",
    # Of a protected member nothing is anybody's but their own; the one look is tested where it is made.
    "name of a protected member": "protected",
    "biography of a protected member": "protected",
    "message of a protected member": "protected individual",
    "reason of a request": "protected secretariat-1 custodians",
}
"""Each secret of the world, with those who may read it: people and groups of the permission table."""

HELD_OUT = {
    ("members:entry-link", "invitation"): {word("address of an invited person")},
    ("members:unsealing-look", "unsealing, agreed"): {
        word("name of a protected member"),
        word("biography of a protected member"),
        "protected@cast.test",
    },
}
"""Where whoever holds a link reads what it is about, and whom two custodians let look reads who somebody is."""


@cache
def kept_from(person: str) -> re.Pattern:
    """What must not be sent to somebody: words of secrets, and e-mail addresses that are not theirs to know."""
    words = [word(secret) for secret, readers in SECRETS.items() if person not in readers_of(readers)]
    addresses = [f"{other}@cast.test" for other in PEOPLE if person not in readers_of_address(other)]
    alternatives = sorted({re.escape(text) for text in (*words, *addresses)}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<![\w-]){text}(?![\w-])" for text in alternatives).encode())


def readers_of(readers: str) -> frozenset[str]:
    return frozenset(person for name in readers.split() for person in GROUPS[name])


def readers_of_address(person: str) -> frozenset[str]:
    """Who may read somebody's address: oneself and the Secretariat. The confined officer knows their own."""
    if person == "protected":
        return frozenset({person})
    own = {person, "confined"} if person == "secretariat-1" else {person}
    return frozenset(own | set(GROUPS["office"]))


def leaked(person: str, content: bytes, *, place: tuple[str, str] = ("", "")) -> list[str]:
    """The secrets in an answer that were not to be sent to somebody."""
    found = {match.decode() for match in kept_from(person).findall(content)}
    return sorted(found - HELD_OUT.get(place, set()))


def everyone_who_reads(secret: str) -> frozenset[str]:
    return readers_of(SECRETS[secret])

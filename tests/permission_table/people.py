"""The people of the table, one by one and in groups, and how a line of the table is read."""

from tests.world.visits import CONFINED, PEOPLE, VISITORS

SEATS = {
    "chair": "steering-1",
    "holding": "steering-2",
    "reading": "steering-3",
    "unasked": "steering-4",
    "recused": "steering-5",
}
"""The five seats by what they do in the open ballot: two voted, one reads, one has not answered, one stands aside."""
CUSTODIANS = ("steering-1", "steering-2", "steering-3")
COMMITTEE = (*SEATS.values(), "alternate")
OFFICE = ("secretariat-1", "secretariat-2")
REPRESENTATIVES = ("institution", "delegate", "other-institution")
MEMBERS = ("individual", "rising", "newcomer", "protected", *REPRESENTATIVES, *COMMITTEE, *OFFICE)

GROUPS: dict[str, tuple[str, ...]] = (
    {name: (name,) for name in PEOPLE}
    | {name: (person,) for name, person in SEATS.items()}
    | {
        "visitors": VISITORS,
        "voters": ("steering-1", "steering-2", "steering-3"),
        "seats": tuple(SEATS.values()),
        "committee": COMMITTEE,
        "custodians": CUSTODIANS,
        "office": OFFICE,
        "representatives": REPRESENTATIVES,
        "members": MEMBERS,
        "everybody": PEOPLE,
    }
)
"""`voters` are the seats that answered the conflict question of the open ballot and may vote in it."""
SPEAKING_FOR_ALL = (*VISITORS, CONFINED, "stranger", "applicant", "steering-1", "secretariat-1")


def expected(line: str, *, closed: bool, confining: bool) -> dict[str, str]:
    """The answer to everybody by a line of the table: on a page that is `closed` to visitors, and that sends who lacks
    the second factor to get it (`confining`). Raises ValueError for a line that leaves somebody out.
    """
    found = dict.fromkeys(VISITORS, "login") if closed else {}
    found |= {CONFINED: "factor"} if confining else {}
    rest = None
    for part in line.split(";"):
        answer, colon, people = part.strip().partition(": ")
        if not colon:
            rest = answer
            continue
        for person in (person for name in people.split() for person in GROUPS[name]):
            if person in found:
                raise ValueError(f"“{line}” speaks of {person} twice.")
            found[person] = answer
    left = [person for person in PEOPLE if person not in found]
    if left and rest is None:
        raise ValueError(f"“{line}” leaves out {', '.join(left)}.")
    return found | dict.fromkeys(left, rest)

"""What people do for a living in the demo: positions in organisations, and the one line of those without."""

from random import Random

from members.reference import tables

LEADING = {
    "research": ("Director", "Executive director"),
    "university": ("Director", "Professor and director"),
    "ngo": ("Executive director", "General coordinator"),
    "network": ("Coordinator", "General secretary"),
    "foundation": ("President", "Managing director"),
    "company": ("Managing director", "Founder"),
    "media": ("Editor-in-chief",),
}
SECOND = {
    "research": ("Deputy director", "Head of research"),
    "university": ("Deputy director", "Associate professor"),
    "ngo": ("Head of programmes", "Deputy director"),
    "network": ("Deputy coordinator", "Regional coordinator"),
    "foundation": ("Head of programmes", "Secretary of the board"),
    "company": ("Head of analysis", "Head of engineering"),
    "media": ("Desk editor",),
}
OTHERS = {
    "research": ("Senior researcher", "Researcher", "Data editor", "Programme manager"),
    "university": ("Lecturer", "Research fellow", "Doctoral researcher", "Programme manager"),
    "ngo": ("Legal adviser", "Field coordinator", "Programme officer", "Head of training"),
    "network": ("Programme officer", "Field coordinator", "Secretary"),
    "foundation": ("Programme officer", "Research adviser"),
    "company": ("Senior analyst", "Engineer"),
    "media": ("Reporter", "Night editor"),
}
INDEPENDENT = {
    "individual": (
        "Independent researcher on {field}",
        "Adviser on {field}",
        "Writer and consultant on {field}",
        "Senior fellow without an institution: {field}",
        "Practitioner: {field}",
        "Former investigator; works on {field}",
        "Professor emeritus: {field}",
    ),
    "rising-leaders": (
        "Doctoral student: {field}",
        "Early-career researcher on {field}",
        "Junior analyst: {field}",
        "Organiser and trainer: {field}",
        "Reporter on {field}",
        "Volunteer coordinator: {field}",
    ),
}
OFFICIAL = {
    "Former deputy minister; {field}": "Was deputy minister in {country} for a term and a half, and resigned over a "
    "list.",
    "Former director for human rights; {field}": "Headed the office for human rights in a ministry that did not want "
    "one.",
    "Former member of parliament; {field}": "Sat in parliament for twelve years, eight of them on the committee for "
    "foreign affairs.",
    "Former police commissioner; {field}": "Commanded a police district, and afterwards the school where its officers "
    "are trained.",
    "Former ambassador; {field}": "Represented {country} at two regional organisations.",
    "Former chief of staff of a head of government; {field}": "Ran the private office of a prime minister, and learned "
    "what is decided in corridors.",
}
"""The one line of former senior officials, and the sentence of the biography that belongs to it."""
PROPER = ("United Nations", "Genocide Convention", "LGBTI")
"""How labels begin that keep their capital inside a sentence."""


def position_in(kind: str, part: str, random: Random) -> str:
    """A position that fits an organisation of a kind and the part a person plays for it."""
    if part in ("principal", "applicant"):
        return random.choice(LEADING[kind])
    return random.choice((SECOND if part == "alternate" else OTHERS)[kind])


def field_in_prose(expertise: str) -> str:
    """The label of a field of expertise as it stands inside a sentence."""
    label = {row["code"]: row["label"] for row in tables.rows("expertise")}[expertise]
    return label if label.startswith(PROPER) else label[0].lower() + label[1:]


def independent_headline(part: str, expertise: str, random: Random) -> str:
    """The one line of somebody who works for no organisation; `part` is a key of INDEPENDENT."""
    return random.choice(INDEPENDENT[part]).format(field=field_in_prose(expertise))


def official_headline(number: int, expertise: str) -> tuple[str, str]:
    """The one line of the official with a number, and the sentence on the office held, its country still to be "
    "filled."""
    headline, before = list(OFFICIAL.items())[number % len(OFFICIAL)]
    return headline.format(field=field_in_prose(expertise)), before

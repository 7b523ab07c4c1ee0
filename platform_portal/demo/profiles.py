"""What the made-up people say in the other sections of their profiles, and what their portraits look like.

The portraits are drawn: two shapes before a coloured ground. Nobody is shown in them.
"""

import io
from dataclasses import dataclass, field
from random import Random

from PIL import Image, ImageDraw

from members.choices.profiles import Availability, ContactWay, ExpertiseLevel, LanguageLevel
from platform_portal.demo.people import DemoPerson, Part
from platform_portal.demo.positions import field_in_prose

FULL = {"individual-29", "lumbasi-principal", "saintebrume-principal"}
"""Those whose profiles say everything; whoever looks around in the demo signs in as one of them."""
SPARSE = {"rising-leaders-1"}
"""Those who have said next to nothing yet."""
TITLES = {
    "en": (
        "Reading the signs: {field} in practice",
        "What {field} can and cannot tell",
        "Ten years of {field}: a look back",
        "A short handbook of {field}",
        "Who listens? Notes on {field}",
    ),
    "fr": ("Prévenir avant de compter", "Le témoin et l'archive : une méthode", "Alerter sans être entendu"),
    "es": ("Avisar a tiempo", "La memoria como prueba: apuntes de método", "Cuando nadie responde"),
    "pt": ("Avisar a tempo", "O arquivo e a testemunha", "Prevenir é escutar"),
    "ar": ("الإنذار قبل فوات الأوان", "الشاهد والأرشيف: ملاحظات في المنهج", "من يسمع التحذير؟"),
    "sw": ("Kuonya kabla ya wakati", "Shahidi na kumbukumbu"),
    "ru": ("Предупредить вовремя", "Свидетель и архив"),
}
PLACES = (
    "The Imagined Review of Prevention",
    "Papers of an Invented Institute",
    "Made-up Monographs",
    "The Fictional Quarterly",
    "",
)
EMPLOYERS = (
    "University of Nowhere in Particular",
    "Fictional Centre for Documentation",
    "Invented Ministry of Remembrance",
    "Imagined Mediation Service",
    "Made-up Radio",
    "Office of an Imaginary Ombudsman",
)
TITLES_HELD = ("Researcher", "Lecturer", "Programme officer", "Adviser", "Head of unit", "Field coordinator", "Editor")
NOTES = ("Short questions only.", "Written advice rather than calls.", "Nothing before the summer.", "")
WISHES = ("In the mornings, please.", "By writing; never by telephone.", "English or my first language.", "", "")


@dataclass(frozen=True)
class DemoPosition:
    organisation: str
    title: str
    from_year: int
    to_year: int | None


@dataclass(frozen=True)
class DemoWork:
    title: str
    language: str
    year: int
    appeared_in: str
    address: str


@dataclass(frozen=True)
class DemoProfile:
    """What a person adds to their profile; what is empty they leave out. `pause` is in days from now, or none."""

    expertise: dict[str, str] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)
    positions: tuple[DemoPosition, ...] = ()
    works: tuple[DemoWork, ...] = ()
    availability: str = ""
    pause: int | None = None
    note: str = ""
    contact: str = ""
    wish: str = ""
    rival: str = ""
    quarrel: str = ""
    has_portrait: bool = False


def profile_of(person: DemoPerson, *, year: int) -> DemoProfile:
    """What somebody says in a year. The same person says the same every time."""
    random = Random(f"profile of {person.key}")  # noqa: S311  nothing secret
    if person.key in SPARSE or person.part == Part.STAFF:
        return DemoProfile()

    def says(share: float) -> bool:
        return random.random() < share or person.key in FULL

    availability = random.choices(list(Availability), (6, 3, 2))[0] if says(0.7) else ""
    has_pause = availability in (Availability.LIMITED, Availability.NOT_NOW) and random.random() < 0.6
    return DemoProfile(
        expertise={code: _expertise_level(place, random) for place, code in enumerate(person.expertise)}
        if says(0.7)
        else {},
        languages={code: _language_level(place, random) for place, code in enumerate(person.languages)}
        if says(0.75)
        else {},
        positions=_positions(person, random, year=year) if says(0.5) else (),
        works=_works(person, random, year=year) if says(0.4) else (),
        availability=availability,
        pause=random.randint(20, 160) if has_pause else None,
        note=random.choice(NOTES) if availability else "",
        contact=random.choice(list(ContactWay)) if says(0.5) else "",
        wish=random.choice(WISHES),
        rival=EMPLOYERS[-2] if person.key in FULL else "",
        quarrel="They printed what was said in confidence." if person.key in FULL else "",
        has_portrait=says(0.06),
    )


def _expertise_level(place: int, random: Random) -> str:
    if place == 0:
        return random.choice((ExpertiseLevel.LEADS, ExpertiseLevel.PRACTISES))
    return random.choice((ExpertiseLevel.PRACTISES, ExpertiseLevel.AWARE, ""))


def _language_level(place: int, random: Random) -> str:
    if place == 0:
        return LanguageLevel.NATIVE
    return random.choice((LanguageLevel.FLUENT, LanguageLevel.WORKING, LanguageLevel.WORKING, LanguageLevel.BASIC))


def _positions(person: DemoPerson, random: Random, *, year: int) -> tuple[DemoPosition, ...]:
    """From the newest to the oldest; whoever works in an organisation of the demo has that one on record."""
    found, until = [], None if not person.organisation else year - random.randint(2, 6)
    for organisation in random.sample(EMPLOYERS, k=random.randint(1, 3)):
        began = (until or year) - random.randint(2, 7)
        found.append(DemoPosition(organisation, random.choice(TITLES_HELD), began, until))
        until = began
    return tuple(found)


def _works(person: DemoPerson, random: Random, *, year: int) -> tuple[DemoWork, ...]:
    language = person.languages[0] if person.languages[0] in TITLES else "en"
    prose = field_in_prose(person.expertise[0])
    chosen = [("en", title) for title in random.sample(TITLES["en"], k=random.randint(1, 3))]
    if language != "en":
        chosen += [(language, random.choice(TITLES[language]))]
    years = sorted((year - random.randint(1, 16) for _title in chosen), reverse=True)
    return tuple(
        DemoWork(
            title.format(field=prose),
            code,
            published,
            random.choice(PLACES),
            f"https://reading.demo.test/{person.key}/{number}" if random.random() < 0.6 else "",
        )
        for number, ((code, title), published) in enumerate(zip(chosen, years, strict=True), 1)
    )


def portrait_of(person: DemoPerson) -> bytes:
    """A drawn portrait, as JPEG: head and shoulders as two shapes, in colours of the person's own."""
    random = Random(f"portrait of {person.key}")  # noqa: S311  nothing secret
    hue = random.randint(0, 359)
    ground, cloth, skin = (
        f"hsl({(hue + turn) % 360}, {saturation}%, {light}%)"
        for turn, saturation, light in ((0, 30, 78), (random.choice((150, 180, 210)), 35, 38), (30 - hue, 32, 55))
    )
    picture = Image.new("RGB", (640, 800), ground)
    draw = ImageDraw.Draw(picture)
    draw.ellipse((-160, 60, 360, 580), fill=f"hsl({(hue + 25) % 360}, 30%, 84%)")
    draw.ellipse((90, 520, 550, 1040), fill=cloth)
    draw.ellipse((205, 180, 435, 470), fill=skin)
    draw.pieslice((190, 150, 450, 450), 180, 360, fill=f"hsl({(hue + 300) % 360}, 20%, {random.randint(16, 62)}%)")
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()

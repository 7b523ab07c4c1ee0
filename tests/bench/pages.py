"""The pages that are measured: each with the best statements written by hand for the same people."""

from dataclasses import dataclass

from django.db import connection

from members.kernel.clock import today
from members.models import User
from members.queries.directory_letters import Lists, letter_of_country

SEEN = "(e.readers & 1) <> 0 AND (e.holds_until IS NULL OR e.holds_until > %s)"
LINES = "JOIN members_directoryline l ON l.entry_id = h.id"
FIRST = (
    f"SELECT l.content FROM (SELECT e.id FROM members_directoryentry e WHERE {SEEN} {{where}}"
    f" ORDER BY e.sort_key, e.public_id LIMIT 26) h {LINES}"
)
WORDS = (
    "SELECT l.content FROM (SELECT e.id FROM (SELECT e.id, e.sort_key FROM members_directoryentry e"
    f" JOIN members_directorytext t ON t.entry_id = e.id WHERE {SEEN} AND t.vector @@ %s::tsquery OFFSET 0) e"
    f" ORDER BY e.sort_key LIMIT 26) h {LINES}"
)
"""The best there is without the ranks, which the portal gives besides."""
FACETS = (
    "WITH hits AS MATERIALIZED (SELECT e.* FROM members_directoryentry e {join} WHERE " + SEEN + " {where})"
    " SELECT 's', tiers || '|' || region || '|' || country || '|' || availability, count(*) FROM hits GROUP BY 2"
    " UNION ALL SELECT 'e', key, count(*) FROM (SELECT string_to_table(expertise, NULL) AS key FROM hits) x GROUP BY 2"
    " UNION ALL SELECT 'l', key, count(*) FROM (SELECT string_to_table(languages, NULL) AS key FROM hits) x GROUP BY 2"
    " UNION ALL SELECT 'o', key, count(*) FROM (SELECT string_to_table(organisations, NULL) AS key FROM hits) x"
    " GROUP BY 2"
)


@dataclass(frozen=True)
class Page:
    """A page and its best statements, each with its values. `rows` is the most rows it may read of the directory, or
    none where it counts everybody it finds; `keeps` says that counts are taken once and kept."""

    name: str
    address: str
    statements: tuple[tuple[str, list], ...]
    rows: int | None = None
    keeps: bool = True


def pages() -> list[Page]:
    """The pages, over the database the portal works in now."""
    lists, on = Lists.load(), today()
    individual = lists.tier["individual"].letter
    africa, kenya = lists.region["002"].letter, letter_of_country("KE")
    by_tier = "AND strpos(e.tiers, %s) > 0 AND strpos(e.region, %s) > 0"
    words = "JOIN members_directorytext t ON t.entry_id = e.id"
    found = []
    found.append(Page("first page", "/members/", ((FIRST.format(where=""), [on]),), rows=400))
    filtered = (FIRST.format(where=by_tier), [on, individual, africa])
    found.append(Page("filtered by tier and region", "/members/?tier=individual&region=002", (filtered,), rows=2_000))
    country = (FIRST.format(where="AND e.country = %s"), [on, kenya])
    found.append(Page("filtered by country", "/members/?country=KE", (country,), rows=20_000))
    for name, word in (("nobody", "zzzzqq"), ("few", "wanjiku"), ("some", "notebook"), ("many", "researcher")):
        asked = f"'{word}':*"
        best = (WORDS, [on, asked]), (FACETS.format(join=words, where="AND t.vector @@ %s::tsquery"), [on, asked])
        found.append(Page(f"search, {name} found", f"/members/?q={word}", best, keeps=False))
    suggested = ((WORDS.replace("LIMIT 26", "LIMIT 9"), [on, "'~wanj':*"]),)
    found.append(Page("suggestions", "/members/?q=wanj", suggested, keeps=False))
    return found


def reader() -> User:
    """A member to read as."""
    return User.objects.filter(person__memberships__tier__short_name="individual").order_by("pk").first()


def run(statements) -> None:
    """Ask the best statements, and take their rows."""
    with connection.cursor() as cursor:
        for text, values in statements:
            cursor.execute(text, values)
            cursor.fetchall()

"""The counts beside the filters once more, by plain SQL over the tables that hold the facts, to compare."""

from django.db import connection

from members.choices.directory import Reader
from members.kernel.clock import today
from members.queries.directory import Asker, Question, counts
from members.queries.directory_letters import Lists, country_of_letter

TAKING_PART = """
    part AS (
        SELECT p.id, m.tier_id FROM members_person p JOIN members_membership m ON m.person_id = p.id
        WHERE p.listed AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
        UNION SELECT p.id, m.tier_id FROM members_person p JOIN members_representation r ON r.person_id = p.id
        JOIN members_membership m ON m.organisation_id = r.organisation_id
        WHERE p.listed AND m.starts_on <= %(on)s AND (m.ends_on IS NULL OR m.ends_on > %(on)s)
        AND r.starts_on <= %(on)s AND (r.ends_on IS NULL OR r.ends_on > %(on)s)
    )
"""
SHOWN = "NOT EXISTS (SELECT FROM members_narrowing n WHERE n.person_id = p.id AND n.field = '{}')"
PLAIN = {
    "tier": f"WITH {TAKING_PART} SELECT t.short_name, count(DISTINCT part.id) FROM part"
    " JOIN members_tier t ON t.id = part.tier_id GROUP BY 1",
    "country": f"WITH {TAKING_PART} SELECT p.country_id, count(DISTINCT p.id) FROM part"
    f" JOIN members_person p USING (id) WHERE p.country_id IS NOT NULL AND {SHOWN.format('country')} GROUP BY 1",
    "language": f"WITH {TAKING_PART} SELECT l.code, count(DISTINCT p.id) FROM part JOIN members_person p USING (id)"
    " JOIN members_person_languages s ON s.person_id = p.id JOIN members_language l ON l.id = s.language_id"
    f" WHERE {SHOWN.format('languages')} GROUP BY 1",
    "expertise": f"WITH {TAKING_PART} SELECT f.code, count(DISTINCT p.id) FROM part JOIN members_person p USING (id)"
    " JOIN members_person_expertise s ON s.person_id = p.id JOIN members_expertise x ON x.id = s.expertise_id"
    " JOIN members_expertise f ON f.id IN (x.id, x.parent_id)"
    f" WHERE {SHOWN.format('expertise')} GROUP BY 1",
}


def differences() -> list[str]:
    """The filters whose counts for an ordinary member differ from those by plain SQL; none if all is well."""
    found, _snapshot = counts(Question(), Asker(Reader.MEMBERS, 0, today()))
    lists = Lists.load()
    named = {
        "tier": {row.letter: row.code for row in lists.tier.values()},
        "language": {row.letter: row.code for row in lists.language.values()},
        "expertise": {row.letter: row.code for row in lists.expertise.values()},
        "country": {sign: country_of_letter(sign) for sign in found.by["country"]},
    }
    wrong = []
    for name, statement in PLAIN.items():
        with connection.cursor() as cursor:
            cursor.execute(statement, {"on": today()})
            plain = dict(cursor.fetchall())
        if plain != {named[name][sign]: number for sign, number in found.by[name].items()}:
            wrong.append(name)
    return wrong

"""Rows that are written once, and whose personal content an erasure blanks once: see `docs/adr/0014-erasure.md`.

The database itself lets nothing else through. A row may change only in the columns named, only to their blank value,
and only if the ledger of erasures says that the person it belongs to was erased.
"""

from collections.abc import Iterable, Mapping

import pgtrigger

BLANK_TEXT = "''"
BLANK_OBJECT = "'{}'::jsonb"
BLANK_LIST = "'[]'::jsonb"


def is_erased(owners: str) -> str:
    """SQL that is true where the erasure of one of these logins was carried out. `owners` is a query or a column."""
    return f"EXISTS (SELECT 1 FROM members_erasure WHERE state = 'done' AND user_id IN ({owners}))"  # noqa: S608 - of our own words


def only_blanks(blanks: Mapping[str, str], *, owners: str, marked: str = "") -> str:
    """SQL that is true where an update blanks these columns of a row of an erased person, and does nothing else.

    `blanks` gives each column's blank value in SQL. `marked` names a column that says when it was blanked: it is set in
    the same update, and only once.
    """
    free = ", ".join(f"'{column}'" for column in (*blanks, *([marked] if marked else [])))
    is_blank = " AND ".join(f"NEW.{column} = {value}" for column, value in blanks.items())
    once = f" AND OLD.{marked} IS NULL AND NEW.{marked} IS NOT NULL" if marked else ""
    unchanged = f"(to_jsonb(OLD) - ARRAY[{free}]) = (to_jsonb(NEW) - ARRAY[{free}])"
    return f"({unchanged} AND {is_blank}{once} AND {is_erased(owners)}) IS TRUE"


def only_seals(columns: Iterable[str], *, owners: str) -> str:
    """SQL that is true where an update changes these columns alone, of a row that belongs to a protected member."""
    free = ", ".join(f"'{column}'" for column in columns)
    is_protected = f"EXISTS (SELECT 1 FROM members_protection WHERE user_id IN ({owners}))"  # noqa: S608 - our own words
    return f"((to_jsonb(OLD) - ARRAY[{free}]) = (to_jsonb(NEW) - ARRAY[{free}]) AND {is_protected}) IS TRUE"


def kept_whole():
    """The trigger that keeps a table from being emptied."""
    return pgtrigger.Trigger(
        name="kept_whole",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'this table is never emptied';",
    )


def blanked_once(blanks: Mapping[str, str], *, owners: str, marked: str = "", sealable: bool = False):
    """The triggers of a table whose rows are written once: no update but an erasure's, no delete, no truncation.

    A table that is `sealable` lets the same columns be sealed too, and opened again, while its owner is protected.
    """
    let_through = only_blanks(blanks, owners=owners, marked=marked)
    if sealable:
        let_through = f"{let_through} OR {only_seals(blanks, owners=owners)}"
    return [
        pgtrigger.Trigger(
            name="blanked_once",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            func=(
                f"IF NOT ({let_through}) THEN "
                f"RAISE EXCEPTION 'rows of % are written once, and only an erasure blanks them', TG_TABLE_NAME; "
                f"END IF; RETURN NEW;"
            ),
        ),
        pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        kept_whole(),
    ]

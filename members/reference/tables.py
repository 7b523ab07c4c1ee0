"""The governed lists the platform starts with, read from the CSV files beside this module.

- `expertise.csv`: a first taxonomy of two levels, which staff extend and retire;
- `regions.csv`: the regions of the United Nations' M49 standard, from the world down;
- `countries.csv`: every country and area of ISO 3166-1 with its M49 region; their names come from django-countries.
  Antarctica has no region but the world; Taiwan, which M49 does not list, stands with Eastern Asia;
- `languages.csv`: languages of wide use or of special use in prevention, by ISO 639 code, with their own names.

Each file holds a parent before its children.
"""

import csv
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one table, as strings by column."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

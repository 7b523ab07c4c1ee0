"""Reading the data files of the demo: tables as CSV, texts as TOML."""

import csv
import tomllib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "data"


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, as strings by column."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def texts(name: str) -> dict:
    """The texts of a file, as it nests them."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))

"""A list of facts in a file outside the database, one JSON object a line, that only ever grows."""

import json
import os
from collections.abc import Iterable
from pathlib import Path


def read(path: Path) -> list[dict]:
    """The facts of a file, in their order; none where there is no file."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def add(path: Path, facts: Iterable[dict]) -> int:
    """Add the facts that are not in a file yet, so that it is whole at every moment; says how many were new."""
    known = read(path)
    new = [fact for fact in facts if fact not in known]
    if new:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(fact, sort_keys=True) + "\n" for fact in [*known, *new])
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    return len(new)

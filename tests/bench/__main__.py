"""`make bench`: measure the directory with 10,000 and 100,000 people beside the floor, and say which promises broke."""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.bench.acts import measure_acts  # noqa: E402
from tests.bench.directory import measure_all  # noqa: E402
from tests.bench.report import broken, page  # noqa: E402

SIZES = (10_000, 100_000)
REPORT = Path(__file__).resolve().parent.parent.parent / "docs" / "performance.md"


def main(sizes=SIZES, report=REPORT) -> int:
    """Measure, write the report, and give the status to end with."""
    runs, pages, further = measure_all(sizes)
    acts = measure_acts()
    faults = broken(runs, pages, acts)
    report.write_text(page(runs, acts, faults, further), encoding="utf-8")
    print(f"Written to {report.name}.")  # noqa: T201
    for fault in faults:
        print(f"Broken: {fault}", file=sys.stderr)  # noqa: T201
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

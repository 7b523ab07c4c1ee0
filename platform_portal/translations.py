"""Compiling the translations: what Django reads is made from what translators write, where no gettext tools are."""

from pathlib import Path

import polib
from django.conf import settings


def compile_languages() -> list[str]:
    """Make the catalogue of each language that is missing or older than its source. Gives the languages made."""
    made = []
    for folder in settings.LOCALE_PATHS:
        for source in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
            catalogue = source.with_suffix(".mo")
            if not catalogue.exists() or catalogue.stat().st_mtime < source.stat().st_mtime:
                unfinished = source.with_suffix(".mo.new")
                polib.pofile(str(source)).save_as_mofile(str(unfinished))
                unfinished.replace(catalogue)
                made.append(source.parts[-3])
    return made

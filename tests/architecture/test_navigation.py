"""Every entry of the navigation leads somewhere, and every component says what it takes."""

import pytest
from django.urls import reverse

from platform_portal.navigation import FOOT_ENTRIES, SECTIONS, VISITOR_ENTRIES
from tests.architecture.project import ROOT, where

ENTRIES = [*VISITOR_ENTRIES, *FOOT_ENTRIES, *(entry for section in SECTIONS for entry in section.entries)]


@pytest.mark.parametrize("url_name", sorted({entry.url_name for entry in ENTRIES}))
def test_every_entry_resolves(url_name):
    assert reverse(url_name).startswith("/")


def test_every_component_names_its_parameters_in_its_first_line():
    components = (ROOT / "templates" / "components").glob("*.html")
    silent = [where(path) for path in components if not path.read_text().startswith("{# ")]
    assert not silent

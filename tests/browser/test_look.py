"""The look, seen by a browser: no barrier that axe knows, nothing that scrolls sideways, in any scheme or direction."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from members.actions import reference
from tests.browser.conftest import PHONE, WIDE

PAGES = (
    "/",
    "/about/",
    "/about/decisions/",
    "/privacy/",
    "/accessibility/",
    "/leave/",
    "/demo/components/",
    "/demo/components/?show=confirmation",
    "/accounts/login/",
    "/accounts/password/reset/",
    "/lost-factor/",
    "/there-is-no-such-page/",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
VARIANTS = {
    "wide, light": {"viewport": WIDE, "color_scheme": "light"},
    "phone, dark": {"viewport": PHONE, "color_scheme": "dark"},
    "phone, right to left": {"viewport": PHONE, "color_scheme": "light", "locale": "ar"},
    "wide, dark, right to left": {"viewport": WIDE, "color_scheme": "dark", "locale": "ar"},
}


def barriers(page):
    """What axe finds: rule and place."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [(violation["id"], node["html"][:120]) for violation in violations for node in violation["nodes"]]


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
def test_no_page_has_a_barrier_or_scrolls_sideways(visit, portal, variant):
    reference.load()
    page = visit(**variant)
    found = {}
    for path in PAGES:
        page.goto(path)
        sideways = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found[path] = barriers(page) + (["scrolls sideways"] if sideways else [])
    assert not {path: faults for path, faults in found.items() if faults}


def test_a_form_can_be_sent_and_its_errors_are_focused(page):
    page.goto("/accounts/login/")
    page.fill("[name=login]", "nobody@example.org")
    page.get_by_label("Password", exact=True).fill("not the password of anybody")
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()

    summary = page.get_by_role("alert")
    assert "There is a problem" in summary.inner_text()
    assert summary.evaluate("element => element === document.activeElement")
    assert page.input_value("[name=login]") == "nobody@example.org"


def test_a_language_is_chosen_without_javascript(visit):
    page = visit(java_script_enabled=False)
    page.goto("/about/")

    page.locator("summary", has_text="English").click()
    page.locator("button[name=language][value=ar]").click()

    assert page.url.endswith("/about/")
    assert page.get_attribute("html", "dir") == "rtl"


def test_the_keyboard_reaches_the_content_first(page):
    page.goto("/about/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"

"""Take the pictures of docs/screens/: the main pages of a running demo, wide and narrow, light, dark, right to left.

Run the portal first (`make run`), then `make screens`; `PORT=` says where it is. Needs Debian's Chromium.
"""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from platform_portal.demo_logins import PASSWORD

PORT = os.environ.get("PORT", "8000")
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screens"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
STEERING, OFFICE, MEMBER = "steering-1@demo.test", "secretariat-1@demo.test", "individual@demo.test"

# Name, login, first page, link to follow there if any, viewport, scheme, locale.
SHOTS = (
    ("home-wide", None, "/", None, WIDE, "light", "en-GB"),
    ("tiers-rtl", None, "/join/", None, WIDE, "light", "ar"),
    ("today-wide", STEERING, "/today/", None, WIDE, "light", "en-GB"),
    ("today-phone-dark", STEERING, "/today/", None, PHONE, "dark", "en-GB"),
    ("ballot-wide", STEERING, "/ballots/", "main a[href^='/ballots/SC-']", WIDE, "light", "en-GB"),
    ("directory-wide", MEMBER, "/members/", None, WIDE, "light", "en-GB"),
    ("desk-wide", OFFICE, "/desk/applications/?shelf=screening", None, WIDE, "light", "en-GB"),
    ("application-dark", OFFICE, "/desk/applications/?shelf=screening", "main tbody a", WIDE, "dark", "en-GB"),
    (
        "apply-phone",
        "applicant@demo.test",
        "/applications/",
        "main a[href^='/applications/APP-']",
        PHONE,
        "light",
        "en-GB",
    ),
)


def signed_in(context, login):
    """A page of somebody who has signed in by the ordinary form; of a visitor where there is no login."""
    page = context.new_page()
    if login:
        page.goto("/accounts/login/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.locator("main form button[type=submit], main form button:not([type])").first.click()
        page.wait_for_url("**/today/")
    return page


def take(browser, name, login, path, link, viewport, scheme, locale):
    """One picture, as wide as the viewport and at most two of its heights high."""
    context = browser.new_context(
        base_url=f"http://localhost:{PORT}", viewport=viewport, color_scheme=scheme, locale=locale
    )
    page = signed_in(context, login)
    page.goto(path)
    if link:
        page.goto(page.locator(link).first.get_attribute("href"))
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    context.close()


def main():
    """All pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--no-first-run"])
        for shot in SHOTS:
            take(browser, *shot)
            print(FOLDER / f"{shot[0]}.png")  # noqa: T201 - it says what it made
        browser.close()


if __name__ == "__main__":
    main()

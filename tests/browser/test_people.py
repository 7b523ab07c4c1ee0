"""People look after what is known of them, in a real browser: who reads what, protection, their data, a poor line."""

import io
import re
import zipfile

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from members.actions import protection
from members.choices.applications import Step
from members.models import Application, Country, Person, Protection, User
from tests import people
from tests.browser.actors import follow, heading, may_sign_in, press, sign_in
from tests.browser.conftest import PHONE
from tests.factories import members as made

POOR_LINE = {"offline": False, "downloadThroughput": 50_000, "uploadThroughput": 50_000, "latency": 400}
"""400 kbit/s with 400 ms delay."""
MOST_BYTES = 25_000
"""What the document of a later page may weigh on the way."""


@pytest.fixture
def cast():
    cache.clear()
    return people.assemble()


@pytest.fixture
def member(cast) -> User:
    """A member with a country, who may sign in."""
    person = cast.person("individual")
    person.country = Country.objects.get(code="UY")
    person.save()
    may_sign_in(cast["individual"])
    return cast["individual"]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_somebody_shows_their_country_to_fewer_and_looks_as_others_do(member, visit, scripts):
    page = visit(java_script_enabled=scripts)
    sign_in(page, member)
    page.goto("/me/as/members/")
    assert "Uruguay" in page.locator("main").inner_text()

    page.goto("/me/readers/")
    page.select_option("[name=country]", "secretariat")
    press(page, "Save who sees it")

    page.goto("/me/as/members/")
    assert "Uruguay" not in page.locator("main").inner_text()
    page.goto("/me/as/secretariat/")
    assert "Uruguay" in page.locator("main").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_applicant_is_protected_before_the_first_page_is_saved(cast, visit, scripts):
    user = made.login("khadija@made.test")
    made.draft("individual", user=user)
    may_sign_in(user)
    page = visit(java_script_enabled=scripts)
    sign_in(page, user)
    number = Application.objects.get(applicant=user).number
    page.goto(f"/applications/{number}/steps/{Step.SAFETY.value}/")
    follow(page, "Protect yourself")
    assert heading(page) == "Protect yourself now"
    press(page, "Protect me now")
    handle = Protection.objects.get(user=user).handle
    assert handle in page.locator("main").inner_text()

    page.goto(f"/applications/{number}/steps/{Step.IDENTITY.value}/")
    page.fill("[name=name]", "Khadija Unknown")
    press(page, "Save and come back later")
    page.goto(f"/applications/{number}/steps/{Step.IDENTITY.value}/")
    assert page.locator("[name=name]").input_value() == "Khadija Unknown"
    row = Application.objects.get(applicant=user)
    assert "Khadija" not in str(row.answers)
    assert User.objects.get(pk=user.pk).email.endswith("@sealed.invalid")


def test_the_directory_is_searched_on_a_phone_with_a_poor_line_and_without_scripts(member, visit):
    page = visit(viewport=PHONE, java_script_enabled=False)
    sign_in(page, member)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", POOR_LINE)
    weights = []
    line.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    page.goto("/members/?q=rising")
    assert page.locator("ul.results > li").count() == Person.objects.filter(name__icontains="rising").count() > 0
    assert max(weights) <= MOST_BYTES
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_own_data_from_the_request_to_the_file(member, visit, tmp_path):
    page = visit()
    sign_in(page, member)
    page.goto("/me/data/download/")
    press(page, "Ask for my data")
    ready = page.get_by_role("button", name="Fetch my data")
    expect(ready).to_be_visible(timeout=60_000)
    with page.expect_download() as coming:
        ready.click()
    kept = tmp_path / "data.zip"
    coming.value.save_as(kept)
    with zipfile.ZipFile(io.BytesIO(kept.read_bytes())) as archive:
        assert {"index.html", "data.json"} <= set(archive.namelist())
        assert member.email in archive.read("data.json").decode()


def test_leaving_at_once_shows_a_page_that_says_nothing(member, visit):
    page = visit()
    sign_in(page, member)
    page.locator("form.leave button").first.click()
    page.wait_for_load_state()
    assert "Prevention" not in page.locator("body").inner_text()
    page.goto("/today/")
    expect(page).to_have_url(re.compile("/accounts/login/"))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_member_writes_to_a_handle_and_is_answered(cast, member, visit, scripts):
    protection.protect(user=member, by=member)
    held = protection.list_for(user=User.objects.get(pk=member.pk), listed_for=["members"], by=member)
    writer = cast["rising"]
    may_sign_in(writer)
    page = visit(java_script_enabled=scripts)
    sign_in(page, writer)
    page.goto(f"/members/{held.public_id}/")
    follow(page, "Write a message")
    page.fill("[name=text]", "Would you read two pages?")
    press(page, "Send")
    assert heading(page) == held.handle

    answering = visit(java_script_enabled=scripts)
    sign_in(answering, member)
    answering.goto("/me/messages/")
    assert "Unread" in answering.locator("main").inner_text()
    follow(answering, cast.person("rising").name)
    assert "Would you read two pages?" in answering.locator("main").inner_text()
    answering.fill("[name=text]", "Gladly.")
    press(answering, "Send")

    page.reload()
    said = page.locator("main").inner_text()
    assert "Gladly." in said
    assert "individual@cast.test" not in said

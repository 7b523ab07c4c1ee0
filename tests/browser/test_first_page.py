"""What a visitor's browser loads first: little, from one place, without a complaint."""

from playwright.sync_api import expect

MOST_BYTES = 90 * 1024


def test_the_first_page_is_light_and_complains_about_nothing(page):
    responses = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - it takes no built-in

    answer = page.goto("/", wait_until="networkidle")

    assert answer.ok
    expect(page.locator("h1")).to_have_count(1)
    sizes = [response.request.sizes() for response in responses]
    assert sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) <= MOST_BYTES


def test_the_first_page_needs_no_javascript(visit):
    page = visit(java_script_enabled=False)

    answer = page.goto("/")

    assert answer.ok
    expect(page.locator("h1")).to_be_visible()

"""The queue without a mouse."""

from playwright.sync_api import expect

from tests.e2e.conftest import Visitor


def test_keys_move_through_the_queue_search_and_open(visitor: Visitor) -> None:
    page = visitor("checker")
    page.goto("/ban/?view=all")
    rows = page.locator("[data-row]")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(rows.nth(1)).to_have_class("kt-q is-cursor")
    page.keyboard.press("k")
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    page.keyboard.press("/")
    expect(page.locator("[data-key-search]")).to_be_focused()
    page.keyboard.type("j")  # a letter in a field moves nothing
    expect(rows.nth(0)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    address = rows.nth(1).locator("[data-open]").get_attribute("href") or ""
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")

"""Every kind of page on a phone and on a large screen, light and dark: accessible, nothing cut off,
no console errors, nothing untranslated."""

import re
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Visitor

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
PUBLIC = ["/", "/gui/", "/tra-cuu/", "/dinh-chinh/", "/cach-kiem-chung/", "/quyen-rieng-tu/"]
DESK = ["/ban/", "/ban/duyet/", "/ban/nguon/", "/ban/xem-xet-lai/", "/tai-khoan/cai-dat/"]
ENGLISH = re.compile(r"\b(the|and|with|your|this|answer|case|report)\b", re.IGNORECASE)


def page_errors(page: Page) -> list[str]:
    """Errors of axe-core, and what a person would see at once."""
    page.evaluate(AXE.read_text())
    result = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
    )
    errors = [
        f"{v['id']}: {node['html'][:160]}" for v in result["violations"] for node in v["nodes"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        errors.append("wider than the screen")
    return errors


def errors_on(page: Page, paths: list[str]) -> list[str]:
    errors: list[str] = []
    page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    for path in paths:
        page.goto(path)
        errors += [f"{path}: {error}" for error in page_errors(page)]
    return errors


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
class TestEveryPage:
    def test_public_page_is_accessible_and_fits(
        self, visitor: Visitor, phone: bool, scheme: str
    ) -> None:
        page = visitor(phone=phone, color_scheme=scheme, bypass_csp=True)
        page.goto("/")
        notice = page.locator(".kt-item a").first.get_attribute("href") or ""
        assert errors_on(page, [*PUBLIC, notice, f"{notice}in/", f"{notice}xem-xet-lai/"]) == []

    def test_desk_page_is_accessible_and_fits(
        self, visitor: Visitor, phone: bool, scheme: str
    ) -> None:
        page = visitor("checker", phone=phone, color_scheme=scheme, bypass_csp=True)
        page.goto("/ban/?view=mine")
        case = page.locator(".kt-q h3 a").first.get_attribute("href") or ""
        page.goto("/ban/?view=unassigned")
        other = page.locator(".kt-q h3 a").first.get_attribute("href") or ""
        comparison = f"{case}so-sanh/{other.strip('/').split('/')[-1]}/"
        assert errors_on(page, [*DESK, case, comparison]) == []


def test_pages_contain_no_english_for_a_vietnamese_reader(visitor: Visitor) -> None:
    page = visitor("admin")
    for path in [*PUBLIC, *DESK, "/tai-khoan/don-vi/", "/tai-khoan/ma-truy-cap/"]:
        page.goto(path)
        page.locator("[lang=en]").evaluate_all("nodes => nodes.forEach(node => node.remove())")
        assert ENGLISH.findall(page.locator("body").inner_text()) == [], path


def test_pages_load_nothing_from_other_hosts(visitor: Visitor) -> None:
    page = visitor(phone=True)
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    for path in PUBLIC:
        page.goto(path)
    own_host = page.url.split("/")[2]
    assert {url.split("/")[2] for url in requested if not url.startswith("data:")} == {own_host}

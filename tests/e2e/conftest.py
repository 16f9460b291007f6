"""The product as `make run` starts it, and its users in a real browser."""

import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from demo.organisation import PASSWORD
from tests.services import browser as chromium
from tests.services import certificates, program
from tests.services.ports import free_port

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    url: str
    program: program.Program

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as response:
                return bool(response.status == 200)
        except (urllib.error.URLError, OSError):
            return False


LETTER = Path(__file__).parent.parent / "documents" / "letter-2207.pdf"


@pytest.fixture(scope="session")
def office_key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key with which the department signs; the root that the site trusts lies beside it."""
    folder = tmp_path_factory.mktemp("roots")
    return certificates.issue(folder, "Sở Giáo dục và Đào tạo Thanh Giang")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, office_key: Path) -> Iterator[Site]:
    """Web, worker and beat on SQLite and a folder as the queue, with the demo data."""
    port = free_port()
    variables = {
        "VAR_DIR": str(tmp_path_factory.mktemp("site")),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DEMO": "1",
        "EMAIL_URL": "dummymail://",
        "EVIDENCE_TRUST_ROOTS": str(office_key.parent),
    }
    command = [sys.executable, "manage.py", "start", "--port", str(port)]
    with program.running(command, variables) as started:
        site = Site(variables["SITE_URL"], started)
        started.wait_until(site.answers, seconds=240)
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium.running() as running:
        expect.set_options(timeout=20_000)
        yield running


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Opens the site in a browser of its own; `account` signs in first."""
    contexts = []

    def open_as(account: str = "", *, phone: bool = False, **options: object) -> Page:
        context = browser.new_context(
            base_url=site.url, viewport=PHONE if phone else DESK, locale="vi-VN", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        if account:
            page.goto("/tai-khoan/dang-nhap/")
            page.fill("input[name=login]", f"{account}@demo.example")
            page.fill("input[name=password]", PASSWORD)
            page.get_by_role("button", name="Đăng nhập").click()
            page.wait_for_url("**/ban/**")
        return page

    yield open_as
    for context in contexts:
        context.close()


@pytest.fixture
def letter(tmp_path: Path, office_key: Path) -> Path:
    """A letter of the office, digitally signed, as a checker would have saved it."""
    path = tmp_path / "2207-sgddt.pdf"
    with ThreadPoolExecutor(1) as thread:  # both the signer and the browser run an event loop
        path.write_bytes(thread.submit(certificates.sign, LETTER.read_bytes(), office_key).result())
    return path

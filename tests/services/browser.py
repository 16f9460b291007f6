"""The system's Chromium for tests/e2e: no browser is downloaded."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: inside containers and as root Chromium cannot make one. No background requests: they
# go to the maker's servers, which a test must not.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


class Missing(LookupError):
    """The machine has no Chromium."""


def find_program() -> str:
    """Path of the browser; the environment variable CHROMIUM has precedence.

    Raises:
        Missing: there is none.
    """
    given = os.environ.get("CHROMIUM")
    program = given or next((path for name in NAMES if (path := shutil.which(name))), None)
    if not program:
        raise Missing("Chromium")
    return program


@contextmanager
def running() -> Iterator[Browser]:
    """A headless browser."""
    # Playwright's own loop runs in this thread; Django would refuse the database beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_program(), headless=True, args=FLAGS
        )
        try:
            yield browser
        finally:
            browser.close()

"""What the public reads is made of notices: no module of it can name a report, a match or a person.

The import contract forbids the apps above which such rows are; this forbids the rows of factcheck.
"""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# Rows a public page may be made of. Reconsideration: its decision; pages.decisions leaves the rest.
PUBLIC_MODELS = {"Notice", "NoticeVersion", "Topic", "Reconsideration"}
PAGES = [
    ROOT / "public" / name
    for name in (
        "presenters/notice_page.py",
        "templatetags/notice_tags.py",
        "templatetags/rating_tags.py",
        "views/about.py",
        "views/feeds.py",
        "views/notices.py",
        "views/reconsider.py",
        "views/robots.py",
    )
]
# The form, the receipt and the tracking page are made of reports: another contract keeps them.
REPORT_PAGES = {
    "presenters/receipt.py", "presenters/report_form.py", "views/receipt.py", "views/submit.py",
    "views/suggest.py", "views/track.py",
}  # fmt: skip


def imported(path: Path) -> set[tuple[str, str]]:
    """Module and name of every ``from … import …``, and the module alone of ``import …``."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            names |= {(node.module or "", alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {(alias.name, "") for alias in node.names}
    return names


@pytest.mark.parametrize(
    "path",
    [*sorted((ROOT / "publishing").rglob("*.py")), *PAGES],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_public_words_import_no_row_of_a_report_or_person(path: Path) -> None:
    for module, name in imported(path):
        app, _dot, inside = module.partition(".")
        assert app not in ("intake", "channels", "accounts"), f"{module} import {name}"
        if app == "factcheck" and inside.startswith("models"):
            assert name in PUBLIC_MODELS, f"{module} import {name}"
        assert (module, name) not in (("factcheck", "models"), ("factcheck", "")), "too wide"


def test_every_page_of_the_public_app_is_of_notices_or_of_reports() -> None:
    modules = {
        path.relative_to(ROOT / "public").as_posix()
        for folder in ("presenters", "templatetags", "views")
        for path in (ROOT / "public" / folder).rglob("*.py")
        if path.name != "__init__.py"
    }
    notices = {path.relative_to(ROOT / "public").as_posix() for path in PAGES}
    assert modules == notices | REPORT_PAGES

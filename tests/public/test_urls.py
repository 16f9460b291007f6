"""Addresses of pages are named by the apps that have pages, and below them by four functions."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BELOW_THE_PAGES = ["publishing", "factcheck", "intake", "channels", "accounts", "audit", "matching"]
ALLOWED = {
    "accounts/domain/invitations.py": "accounts:invitation",
    "factcheck/domain/editorial/guest_reviews.py": "guest:review",
    "factcheck/models/case.py": "desk:case",
    "factcheck/models/notice.py": "public:notice",
    "intake/domain/receipts.py": "public:track",
}
HAS_GET_ABSOLUTE_URL = ("public:notice", "desk:case")


def reversed_names(path: Path) -> Iterator[str]:
    """The first argument of every ``reverse(…)`` and ``reverse_lazy(…)`` in a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in ("reverse", "reverse_lazy"):
            argument = node.args[0]
            yield str(argument.value) if isinstance(argument, ast.Constant) else "?"


def test_only_five_functions_below_the_pages_name_an_address() -> None:
    names = {
        path.relative_to(ROOT).as_posix(): name
        for app in BELOW_THE_PAGES
        for path in (ROOT / app).rglob("*.py")
        for name in reversed_names(path)
    }
    assert names == ALLOWED


def test_address_of_a_notice_or_case_is_built_by_its_model_alone() -> None:
    apps = {path.parent for path in ROOT.glob("*/__init__.py")} - {ROOT / "tests"}
    places = {
        path.relative_to(ROOT).as_posix()
        for app in apps
        for path in app.rglob("*.py")
        for name in reversed_names(path)
        if name in HAS_GET_ABSOLUTE_URL
    }
    assert places == {"factcheck/models/case.py", "factcheck/models/notice.py"}

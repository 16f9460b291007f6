"""The public face reads notices alone: no module of it can name a report, a match or a person."""

import ast
from pathlib import Path

ROOM = Path(__file__).resolve().parent.parent.parent / "publishing"
# Rows a public page may be made of. Reconsideration: its decision; pages.decisions leaves the rest.
OPEN = {"Notice", "NoticeVersion", "Topic", "Reconsideration"}
STAFF_HEADER = {"accounts.enums", "accounts.models", "accounts.permissions"}  # the desk's own shell


def imports(path: Path) -> set[tuple[str, str]]:
    tree = ast.parse(path.read_text())
    return {
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_publishing_imports_no_row_of_a_report_or_person() -> None:
    for path in ROOM.rglob("*.py"):
        for module, name in imports(path):
            if module == "factcheck.models":
                assert name in OPEN, path
            if path.name != "kt.py":
                assert module not in STAFF_HEADER, path
            assert not module.startswith(("intake.models", "channels")), path
            assert (module, name) == ("intake.domain", "qr") or not module.startswith("intake"), (
                path
            )

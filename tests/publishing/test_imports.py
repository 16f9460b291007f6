"""Pages of published notices name no report, match or person: which models and apps they import."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = (
    *("presenters/notice_page", "views/about", "views/copies", "views/feeds", "views/notices"),
    *("views/reconsider", "views/robots"),
)  # of public/; the contract in pyproject.toml lists the same
# Pages of reports: another contract keeps them from cases.
REPORT_PAGES = (
    *(
        "presenters/picture_words",
        "presenters/reader_choice",
        "presenters/receipt",
        "presenters/report_form",
        "views/receipt",
        "views/submit",
    ),
    *("views/suggest", "views/track"),
)
# Models a public page may read. Of a Reconsideration only the decision: notice_content.decisions.
# Of an Evidence only a copy that a second person opened: publishing.domain.copies.
ALLOWED_MODELS = {"Evidence", "Notice", "NoticeVersion", "Topic", "Reconsideration"}
FORBIDDEN_APPS = {"accounts", "audit", "channels", "intake"}


def _imports(path: Path) -> set[tuple[str, str]]:
    tree = ast.parse(path.read_text())
    return {
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    } | {
        (alias.name, "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }


def _forbidden(path: Path) -> list[str]:
    return [
        f"{module} {name}"
        for module, name in sorted(_imports(path))
        if (module.startswith("factcheck.models") and name not in ALLOWED_MODELS)
        or module.partition(".")[0] in FORBIDDEN_APPS
    ]


def test_pages_of_notices_import_no_model_of_a_report_or_person() -> None:
    pages = [ROOT / "public" / f"{name}.py" for name in PAGES]
    tags = (ROOT / "public" / "templatetags").glob("*.py")
    paths = [*(ROOT / "publishing").rglob("*.py"), *pages, *tags]
    assert len(paths) > 10
    assert {path.name: _forbidden(path) for path in paths if _forbidden(path)} == {}


def test_every_page_of_public_is_of_notices_or_of_reports() -> None:
    modules = {
        f"{folder}/{path.stem}"
        for folder in ("presenters", "views")
        for path in (ROOT / "public" / folder).glob("*.py")
        if path.stem != "__init__"
    }
    assert modules == {*PAGES, *REPORT_PAGES}


def test_forbidden_import_would_be_noticed(tmp_path: Path) -> None:
    module = tmp_path / "page.py"
    module.write_text(
        "from factcheck.models import Case, Notice\nfrom intake.domain import reports\n"
        "import accounts.models\n"
    )
    assert _forbidden(module) == [
        "accounts.models ", "factcheck.models Case", "intake.domain reports",
    ]  # fmt: skip

"""Contracts and tools cover every app: a new folder of code must be given its place."""

import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_APPS = {"tests", "benchmarks"}  # they may import everything and nothing imports them
NOT_CODE = {"var", "node_modules"}  # data, and the installed formatter of CSS and JavaScript
BELOW_THE_PAGES = ["publishing", "factcheck", "intake", "channels", "accounts", "audit", "matching"]


def tool_settings() -> dict[str, Any]:
    tools: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    return tools


def folders_with_code() -> set[str]:
    return {
        path.name
        for path in ROOT.iterdir()
        if path.is_dir()
        and not path.name.startswith(".")
        and path.name not in NOT_CODE
        and any(path.rglob("*.py"))
    }


APPS = folders_with_code() - NOT_APPS


def test_layers_contain_every_app() -> None:
    layers = tool_settings()["importlinter"]["contracts"][0]["layers"]
    assert {app.strip() for layer in layers for app in layer.split("|")} == APPS


def test_root_packages_are_the_apps() -> None:
    assert set(tool_settings()["importlinter"]["root_packages"]) == APPS


def test_imports_are_sorted_and_coverage_is_measured_for_every_app() -> None:
    first_party = set(tool_settings()["ruff"]["lint"]["isort"]["known-first-party"])
    assert first_party == APPS | {"tests"}
    assert set(tool_settings()["coverage"]["run"]["source"]) == APPS


def test_every_app_is_a_package() -> None:
    """Derived lists (translations, settings) look for packages at the top of the project."""
    assert {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_APPS == APPS


def test_no_module_lies_beside_the_apps() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"manage.py"}


def test_no_catch_all_module_exists() -> None:
    names = {"common", "core", "utils", "services", "helpers.py", "utils.py"}
    paths = [path for app in APPS for path in (ROOT / app).rglob("*") if path.name in names]
    assert [str(path.relative_to(ROOT)) for path in paths] == []


def test_only_intake_calls_a_function_that_a_setting_names() -> None:
    """Such a name may lead up the layers, and no import contract sees it."""
    modules = [path for app in BELOW_THE_PAGES for path in (ROOT / app).rglob("*.py")]
    users = {path.relative_to(ROOT) for path in modules if "import_string" in path.read_text()}
    assert users == {Path("intake/domain/notice_suggestions.py")}

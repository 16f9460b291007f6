import tomllib
from pathlib import Path

import polib
import pytest
from django.apps import apps as django_apps

from ops import catalogues, extraction
from ops.extraction import Message


def test_every_app_is_translated() -> None:
    """The folders are derived, so that the texts of a new app cannot be left out."""
    folders = set(catalogues.translated_folders())
    apps = {Path(app.path) for app in django_apps.get_app_configs()}
    assert {app.name for app in apps if app.parent == catalogues.ROOT} <= folders
    project = tomllib.loads((catalogues.ROOT / "pyproject.toml").read_text())
    assert folders == {*project["tool"]["importlinter"]["root_packages"], "templates"}


def test_a_new_package_is_translated(source: Path) -> None:
    for name in ("letters", "tests"):
        (source / name).mkdir()
        (source / name / "__init__.py").write_text("_('Dear reader')" if name == "letters" else "")
    assert catalogues.translated_folders(source) == ["letters", "templates"]
    assert error_of("Dear reader") == "missing"


def error_of(text: str) -> str | None:
    return {message.msgid: error for message, error in catalogues.errors()}.get(text)


def test_every_text_without_a_catalogue_is_missing(source: Path) -> None:
    assert error_of("Queue") == "missing"
    assert error_of("%(n)s report") == "missing"


def test_merged_translations_are_complete(source: Path) -> None:
    unknown = catalogues.merge({"Queue": "Hàng đợi", "%(n)s report": "%(n)s phản ánh"})
    assert unknown == set()
    assert catalogues.errors() == []
    entry = polib.pofile(str(catalogues.OWN_CATALOGUE)).find("%(n)s report")
    assert entry.msgid_plural == "%(n)s reports"
    assert entry.msgstr_plural == {0: "%(n)s phản ánh"}


def test_a_text_nobody_uses_is_reported_and_not_written(source: Path) -> None:
    assert catalogues.merge({"Queue": "Hàng đợi", "Gone": "Đã bỏ"}) == {"Gone"}
    assert polib.pofile(str(catalogues.OWN_CATALOGUE)).find("Gone") is None


def test_a_text_of_another_package_goes_into_the_vendor_catalogue(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = Message("Sign In", None, None, "account/login.html:1")
    monkeypatch.setattr(catalogues, "vendor_messages", lambda: {message.key: message})
    assert catalogues.merge({"Sign In": "Đăng nhập", "Queue": "Hàng đợi"}) == set()
    assert polib.pofile(str(catalogues.VENDOR_CATALOGUE)).find("Sign In").msgstr == "Đăng nhập"
    assert polib.pofile(str(catalogues.OWN_CATALOGUE)).find("Sign In") is None


def test_fuzzy_translation_is_an_error_until_it_is_merged_again(source: Path) -> None:
    catalogues.merge({"Queue": "Hàng"})
    catalogue = polib.pofile(str(catalogues.OWN_CATALOGUE))
    catalogue.find("Queue").flags.append("fuzzy")
    catalogue.save()
    assert error_of("Queue") == "fuzzy"
    catalogues.merge({"Queue": "Hàng đợi"})
    assert error_of("Queue") is None


def test_an_empty_translation_is_an_error(source: Path) -> None:
    catalogues.merge({"Queue": "Hàng đợi"})
    catalogue = polib.pofile(str(catalogues.OWN_CATALOGUE))
    catalogue.find("Queue").msgstr = " "
    catalogue.save()
    assert error_of("Queue") == "empty"


def test_a_placeholder_that_is_not_given_is_an_error(source: Path) -> None:
    catalogues.merge({"%(n)s report": "%(count)s phản ánh"})
    assert error_of("%(n)s report") == "has a placeholder the text does not give"


def test_pruning_drops_what_no_source_uses(source: Path) -> None:
    catalogues.merge({"Queue": "Hàng đợi"})
    (source / "templates" / "page.html").write_text("")
    assert catalogues.unused() == ["Queue"]
    assert catalogues.prune() == 1
    assert catalogues.unused() == []


def test_other_packages_texts_are_found_where_they_are_used() -> None:
    """The list of parts is of this version of the packages: none may have moved away."""
    from importlib.util import find_spec

    for package, parts in catalogues.VENDOR_PARTS.items():
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        root = Path(spec.origin).parent
        for part in parts:
            assert extraction.extract_tree(root, [part]), f"{package}: {part}"

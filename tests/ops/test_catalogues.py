import tomllib
from pathlib import Path

import polib
import pytest
from django.apps import apps as django_apps
from django.core.management import CommandError, call_command

from ops import catalogues, extraction
from ops.extraction import Message


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two texts, with catalogues of its own."""
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "Queue" %}{% blocktranslate count n=n %}'
        "{{ n }} report{% plural %}{{ n }} reports{% endblocktranslate %}"
    )
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    own, vendor = "locale/vi/LC_MESSAGES/django.po", "locale/vendor/vi/LC_MESSAGES/django.po"
    monkeypatch.setattr(catalogues, "OWN_CATALOGUE", tmp_path / own)
    monkeypatch.setattr(catalogues, "VENDOR_CATALOGUE", tmp_path / vendor)
    monkeypatch.setattr(catalogues, "vendor_messages", lambda: {})
    return tmp_path


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


def test_a_fuzzy_translation_is_an_error_until_it_is_merged_anew(source: Path) -> None:
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


def test_merging_a_file_reads_its_escapes(source: Path, tmp_path: Path) -> None:
    (source / "templates" / "mail.txt").write_text(
        '{% load i18n %}{% blocktranslate %}Say "hi"\nnow{% endblocktranslate %}'
    )
    fragment = tmp_path / "fragment.tsv"
    fragment.write_text('# a comment\n\nSay \\"hi\\"\\nnow\tNói \\"chào\\"\\nngay\n')
    call_command("catalogues", "--merge", str(fragment))
    entry = polib.pofile(str(catalogues.OWN_CATALOGUE)).find('Say "hi"\nnow')
    assert entry.msgstr == 'Nói "chào"\nngay'


@pytest.mark.parametrize("line", ["one column", "a\tb\tc", "msgid\t"])
def test_a_broken_line_is_named_and_nothing_is_written(
    source: Path, tmp_path: Path, line: str
) -> None:
    fragment = tmp_path / "fragment.tsv"
    fragment.write_text(f"Queue\tHàng đợi\n{line}\n")
    with pytest.raises(CommandError, match=r"fragment\.tsv:2"):
        call_command("catalogues", "--merge", str(fragment))
    assert not catalogues.OWN_CATALOGUE.exists()


def test_the_check_fails_with_the_count(source: Path) -> None:
    with pytest.raises(CommandError, match="2 of our texts and 0 of other packages"):
        call_command("catalogues", "--check")


def test_what_is_missing_can_be_filled_in_and_merged(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("catalogues", "--missing")
    lines = capsys.readouterr().out.splitlines()
    filled = [line if line.startswith("#") else line + "dịch %(n)s" for line in lines]
    fragment = tmp_path / "fragment.tsv"
    fragment.write_text("\n".join(filled))
    call_command("catalogues", "--merge", str(fragment))
    assert {error for _message, error in catalogues.errors()} <= {
        "has a placeholder the text does not give"
    }


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

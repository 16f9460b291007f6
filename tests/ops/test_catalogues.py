import gettext
import os
from pathlib import Path

import polib
import pytest
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
    monkeypatch.setattr(catalogues, "FOLDERS", ["templates"])
    monkeypatch.setattr(catalogues, "OURS", tmp_path / "locale/vi/LC_MESSAGES/django.po")
    monkeypatch.setattr(catalogues, "VENDOR", tmp_path / "locale/vendor/vi/LC_MESSAGES/django.po")
    monkeypatch.setattr(catalogues, "vendor_messages", lambda: {})
    return tmp_path


def fault_of(text: str) -> str | None:
    return {message.msgid: fault for message, fault in catalogues.faults()}.get(text)


def test_every_text_without_a_catalogue_is_missing(source: Path) -> None:
    assert fault_of("Queue") == "missing"
    assert fault_of("%(n)s report") == "missing"


def test_merged_translations_are_complete(source: Path) -> None:
    unknown = catalogues.merge({"Queue": "Hàng đợi", "%(n)s report": "%(n)s phản ánh"})
    assert unknown == set()
    assert catalogues.faults() == []
    entry = polib.pofile(str(catalogues.OURS)).find("%(n)s report")
    assert entry.msgid_plural == "%(n)s reports"
    assert entry.msgstr_plural == {0: "%(n)s phản ánh"}


def test_a_text_nobody_uses_is_reported_and_not_written(source: Path) -> None:
    assert catalogues.merge({"Queue": "Hàng đợi", "Gone": "Đã bỏ"}) == {"Gone"}
    assert polib.pofile(str(catalogues.OURS)).find("Gone") is None


def test_a_text_of_another_package_goes_into_the_vendor_catalogue(
    source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Message("Sign In", None, None, "account/login.html:1")
    monkeypatch.setattr(catalogues, "vendor_messages", lambda: {theirs.key: theirs})
    assert catalogues.merge({"Sign In": "Đăng nhập", "Queue": "Hàng đợi"}) == set()
    assert polib.pofile(str(catalogues.VENDOR)).find("Sign In").msgstr == "Đăng nhập"
    assert polib.pofile(str(catalogues.OURS)).find("Sign In") is None


def test_a_fuzzy_translation_is_a_fault_until_it_is_merged_anew(source: Path) -> None:
    catalogues.merge({"Queue": "Hàng"})
    catalogue = polib.pofile(str(catalogues.OURS))
    catalogue.find("Queue").flags.append("fuzzy")
    catalogue.save()
    assert fault_of("Queue") == "fuzzy"
    catalogues.merge({"Queue": "Hàng đợi"})
    assert fault_of("Queue") is None


def test_an_empty_translation_is_a_fault(source: Path) -> None:
    catalogues.merge({"Queue": "Hàng đợi"})
    catalogue = polib.pofile(str(catalogues.OURS))
    catalogue.find("Queue").msgstr = " "
    catalogue.save()
    assert fault_of("Queue") == "empty"


def test_a_placeholder_that_is_not_given_is_a_fault(source: Path) -> None:
    catalogues.merge({"%(n)s report": "%(count)s phản ánh"})
    assert fault_of("%(n)s report") == "has a placeholder the text does not give"


def test_pruning_drops_what_no_source_uses(source: Path) -> None:
    catalogues.merge({"Queue": "Hàng đợi"})
    (source / "templates" / "page.html").write_text("")
    assert catalogues.unused() == ["Queue"]
    assert catalogues.prune() == 1
    assert catalogues.unused() == []


def test_a_catalogue_is_compiled_once_and_again_when_changed(source: Path) -> None:
    catalogues.merge({"Queue": "Hàng đợi"})
    folders = [source / "locale"]
    mo = catalogues.OURS.with_suffix(".mo")
    assert catalogues.compile_changed(folders) == [mo]
    assert catalogues.compile_changed(folders) == []
    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Queue") == "Hàng đợi"
    later = mo.stat().st_mtime + 10
    os.utime(catalogues.OURS, (later, later))
    assert catalogues.compile_changed(folders) == [mo]


def test_merging_a_file_reads_its_escapes(source: Path, tmp_path: Path) -> None:
    (source / "templates" / "mail.txt").write_text(
        '{% load i18n %}{% blocktranslate %}Say "hi"\nnow{% endblocktranslate %}'
    )
    fragment = tmp_path / "fragment.tsv"
    fragment.write_text('# a comment\n\nSay \\"hi\\"\\nnow\tNói \\"chào\\"\\nngay\n')
    call_command("catalogues", "--merge", str(fragment))
    entry = polib.pofile(str(catalogues.OURS)).find('Say "hi"\nnow')
    assert entry.msgstr == 'Nói "chào"\nngay'


@pytest.mark.parametrize("line", ["one column", "a\tb\tc", "msgid\t"])
def test_a_broken_line_is_named_and_nothing_is_written(
    source: Path, tmp_path: Path, line: str
) -> None:
    fragment = tmp_path / "fragment.tsv"
    fragment.write_text(f"Queue\tHàng đợi\n{line}\n")
    with pytest.raises(CommandError, match=r"fragment\.tsv:2"):
        call_command("catalogues", "--merge", str(fragment))
    assert not catalogues.OURS.exists()


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
    assert {fault for _message, fault in catalogues.faults()} <= {
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
            assert extraction.from_tree(root, [part]), f"{package}: {part}"

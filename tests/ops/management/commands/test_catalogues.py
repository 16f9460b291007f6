from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from ops import catalogues, extraction


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


def test_pruning_prints_how_many_texts_were_dropped(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogues.merge({"Queue": "Hàng đợi"})
    (source / "templates" / "page.html").write_text("")
    call_command("catalogues", "--prune")
    assert capsys.readouterr().out == "1 unused texts dropped.\n"


def test_the_check_of_complete_catalogues_passes(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogues.merge({"Queue": "Hàng đợi", "%(n)s report": "%(n)s phản ánh"})
    call_command("catalogues", "--check")
    assert capsys.readouterr().out == "Catalogues are complete.\n"


def test_the_check_names_texts_that_are_no_longer_used(
    source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogues.merge({"Queue": "Hàng đợi"})
    (source / "templates" / "page.html").write_text("")
    call_command("catalogues", "--check")
    assert "note: no longer used: Queue" in capsys.readouterr().out


def test_the_check_names_texts_of_other_packages(
    source: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    message = extraction.Message("No such text", None, None, "account/login.html:1")
    monkeypatch.setattr(catalogues, "vendor_messages", lambda: {message.key: message})
    with pytest.raises(CommandError, match="and 1 of other packages"):
        call_command("catalogues", "--check")
    error = "(package) account/login.html:1: missing: No such text"
    assert error in capsys.readouterr().err

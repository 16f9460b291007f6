import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from factcheck.domain.editorial import sources
from factcheck.models import Source

OFFICE = "education:Sở GD&ĐT Thanh Giang=sgddt.thanhgiang.gov.vn"


def _run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("name_sources", *arguments, stdout=out)
    return out.getvalue()


def test_office_is_named_once_and_can_be_cited(db: None) -> None:
    sources.seed()
    assert not sources.any_named()
    for _time in range(2):
        _run("--office", OFFICE)
    source = Source.objects.get(name_vi="Sở GD&ĐT Thanh Giang")
    assert (source.domain, source.field, source.is_official) == (
        "sgddt.thanhgiang.gov.vn",
        "education",
        True,
    )
    assert source in sources.citable()
    assert sources.any_named()


def test_placeholders_of_the_file_cannot_be_cited(db: None) -> None:
    sources.seed()
    names = set(sources.unnamed().values_list("name_vi", flat=True))
    assert {"Sở GD&ĐT của tỉnh/thành phố", "Công an tỉnh/thành phố"} <= names
    assert not sources.citable().filter(name_vi__in=names).exists()
    assert Source.objects.get(name_vi__startswith="Tổ chức Y tế Thế giới").domains == ["who.int"]


@pytest.mark.parametrize("office", ["education:=a.vn", "nothing:Sở=a.vn", "police:Công an=không"])
def test_office_out_of_shape_is_refused(db: None, office: str) -> None:
    with pytest.raises(CommandError):
        _run("--office", office)
    assert not Source.objects.exists()


def test_machine_without_a_terminal_is_told_how(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert "--office" in _run("--if-unnamed")
    _run("--office", OFFICE)
    assert _run("--if-unnamed") == ""


def test_terminal_is_asked_for_each_office(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["Sở GD&ĐT Thanh Giang", "sgddt.thanhgiang.gov.vn", "", ""])
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    _run()
    assert Source.objects.get().domain == "sgddt.thanhgiang.gov.vn"

import pytest
from django.core.management import CommandError, call_command

from factcheck.domain.editorial import registry, sources
from tests.factories import Cast


def test_confirm_source_lists_and_confirms_what_waits(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    values = {"name_vi": "Báo tỉnh", "domain": "bao.example.vn", "field": "media"}
    source = registry.propose(by=cast.admin, unit=cast.school, kind="official_media", **values)
    call_command("confirm_source")
    number = capsys.readouterr().out.split()[0]
    call_command("confirm_source", number)
    assert "Confirmed: source_named Báo tỉnh" in capsys.readouterr().out
    assert list(sources.usable_in(cast.school)) == [source]
    call_command("confirm_source")
    assert "No change" in capsys.readouterr().out
    for wrong in (number, "999999"):
        with pytest.raises(CommandError):
            call_command("confirm_source", wrong)

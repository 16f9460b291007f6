from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from factcheck.domain.index import rebuilding, wordings
from factcheck.management.commands import rebuild_index
from factcheck.models import IndexState, Wording
from matching.scoring.ranking import Query
from ops.management.commands import prepare
from tests.factories import RUMOUR, Cast, case_of, submit_report


def run(**options: Any) -> str:
    out = StringIO()
    call_command("rebuild_index", stdout=out, **options)
    return out.getvalue()


def test_rebuild_index_says_how_far_it_is_how_fast_and_how_long(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        submit_report(f"{RUMOUR} lần {number}", cast.school)
    monkeypatch.setattr(rebuild_index, "LOG_SECONDS", 0.0)
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    lines = run(all=True).splitlines()
    assert lines[0].startswith("2 of 3 wordings, ")
    assert lines[0].endswith(" a second, 0 min left")
    assert lines[-1].startswith("3 wordings indexed in ")
    assert run().splitlines()[-1].startswith("0 wordings indexed in ")


def test_prepare_brings_an_outdated_index_up_to_date(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(submit_report(RUMOUR, cast.school))
    Wording.objects.update(terms=b"", prepared={}, keys=0)  # as an upgrade leaves them
    IndexState.objects.all().delete()
    monkeypatch.setattr(prepare, "collect_static", lambda: None)
    out = StringIO()
    call_command("prepare", stdout=out)
    assert rebuilding.is_current()
    assert "1 wordings indexed" in out.getvalue()
    assert [c.key for c in wordings.candidates(Query(RUMOUR + " nhé"))] == [case.pk]
    out = StringIO()
    call_command("prepare", stdout=out)
    assert "indexed" not in out.getvalue()

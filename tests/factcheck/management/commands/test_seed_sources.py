import pytest
from django.core.management import call_command

from factcheck.models import Source

pytestmark = pytest.mark.django_db


def test_seed_sources_adds_the_shipped_ones_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_sources")
    call_command("seed_sources")
    assert capsys.readouterr().out.splitlines() == [
        f"{Source.objects.count()} sources added",
        "0 sources added",
    ]

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from ops import catalogues


def test_the_number_of_compiled_catalogues_is_printed(
    source: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.LOCALE_PATHS = [source / "locale"]
    catalogues.merge({"Queue": "Hàng đợi"})
    for _run in range(2):
        call_command("compile_catalogues")
    assert capsys.readouterr().out == "1 catalogues compiled.\n0 catalogues compiled.\n"

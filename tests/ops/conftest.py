from pathlib import Path

import pytest

from ops import catalogues
from tests.factories import cast

__all__ = ["cast", "source"]


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

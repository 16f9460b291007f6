import gettext
import os
from pathlib import Path

import polib

from ops.compilation import compile_changed


def test_a_catalogue_is_compiled_once_and_again_when_changed(tmp_path: Path) -> None:
    po = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalogue.append(polib.POEntry(msgid="Queue", msgstr="Hàng đợi"))
    catalogue.save(str(po))
    mo = po.with_suffix(".mo")
    assert compile_changed([tmp_path]) == [mo]
    assert compile_changed([tmp_path]) == []
    with mo.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Queue") == "Hàng đợi"
    later = mo.stat().st_mtime + 10
    os.utime(po, (later, later))
    assert compile_changed([tmp_path]) == [mo]

"""Compiled translation catalogues: every .po below a folder becomes a .mo, without GNU gettext."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_changed(folders: Iterable[Path | str]) -> list[Path]:
    """Write each .mo that is older than its .po; returns those written.

    The file appears whole or not at all: web, worker and tests may start together.
    """
    written = []
    for po in sorted(
        path for folder in folders for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    ):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        data = polib.pofile(str(po)).to_binary()
        with tempfile.NamedTemporaryFile(dir=po.parent, delete=False) as file:
            file.write(data)
        os.chmod(file.name, 0o644)  # a temporary file is private, a catalogue is not
        os.replace(file.name, mo)
        written.append(mo)
    return written

"""A server has loaded every module before its first request; the garbage collector skips them."""

import subprocess
import sys
from pathlib import Path

from tests.services import program

ROOT = Path(__file__).resolve().parent.parent.parent
ASKED = "import gc, sys, config.wsgi; print('desk.urls' in sys.modules, gc.get_freeze_count())"


def test_modules_are_loaded_and_frozen_for_the_garbage_collector(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=ROOT,
        env=program.environment({"VAR_DIR": str(tmp_path)}),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded, frozen = done.stdout.split()
    assert loaded == "True"
    assert int(frozen) > 50_000  # all that was there, not what one request leaves behind

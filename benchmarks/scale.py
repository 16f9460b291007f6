"""Cost of the candidate index at 10,000, 100,000 and 1,000,000 wordings, on both databases.

    python -m benchmarks.scale --claims F [--more F] --sizes 10000,100000,1000000 \\
        --databases sqlite,postgresql --json OUT

F are JSON lines with ``text``, gzipped or not; they are not part of the project. Real texts come
first, then altered copies (``scale_texts``). Rows are written in bulk, then packed by the
product's own functions. Questions are altered copies of real texts that are in every size, run in a
process of their own. Peers (``scale_peers``) answer the same questions up to 100,000 texts.
Databases are temporary; PostgreSQL writes to the disk as in production.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import django
import psycopg2

from benchmarks import scale_texts
from benchmarks.temporary_installation import environment
from tests.services import postgres

ASKED = 300  # questions
ADDED = 200  # texts added one by one
# As docs/production.md advises for this size; the longer log only shortens the filling.
SERVER = {"shared_buffers": "1GB", "effective_io_concurrency": "32", "max_wal_size": "4GB"}


def run_step(step: str, arguments: dict[str, Any], variables: dict[str, str]) -> dict[str, Any]:
    """Run a step of ``scale_steps`` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.scale_steps", step, json.dumps(arguments)]
    done = subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def checkpoint(admin_url: str) -> None:
    """Checkpoint after the bulk load, which an archive that grows for years never waits for."""
    with closing(psycopg2.connect(admin_url)) as connection:
        connection.autocommit = True
        connection.cursor().execute("CHECKPOINT")


def measure(
    name: str, url: str, folder: Path, sizes: list[int], texts: Path, admin_url: str = ""
) -> Any:
    """Grow one database through the sizes; return figures by size."""
    rows, asked = texts / "rows.pickle", texts / "asked.json"
    variables = os.environ | environment(folder / "var", url)
    run_step("migrate", {}, variables)
    figures, built_size, seconds = [], 0, 0.0
    for size in sizes:
        built = run_step("build", {"rows": str(rows), "start": built_size, "end": size}, variables)
        seconds, built_size = seconds + built["index_s"], size
        if admin_url:
            checkpoint(admin_url)
        row = {"database": name, "claims": size, **built, "index_s": round(seconds, 1)}
        row |= run_step("ask", {"asked": str(asked)}, variables)
        if size <= 100_000:
            row |= run_step(
                "peer", {"rows": str(rows), "end": size, "asked": str(asked)}, variables
            )
        row |= run_step("add", {"asked": str(asked)}, variables)
        print(json.dumps(row), flush=True)
        figures.append(row)
    return figures


def prepare(folder: Path, paths: list[Path], sizes: list[int]) -> dict[str, Any]:
    """Prepare all rows and questions, once for both databases."""
    os.environ.update(environment(folder / "var"))
    django.setup()
    real = scale_texts.read(paths)
    started = time.perf_counter()
    scale_texts.write_prepared(folder / "rows.pickle", real, sizes[-1])
    seconds = time.perf_counter() - started
    asked = {
        "questions": scale_texts.make_questions(real, ASKED, sizes[0]),
        "new": scale_texts.make_new_texts(real, ADDED),
    }
    (folder / "asked.json").write_text(json.dumps(asked))
    about = {"real": len(real), "prepare_ms": round(seconds * 2000 / sizes[-1], 3)}
    (folder / "about.json").write_text(json.dumps(about))
    return about


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--more", type=Path, action="append", default=[])
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--texts", type=Path, help="keep the prepared texts here, or take them")
    options = parser.parse_args()
    sizes = sorted(int(size) for size in options.sizes.split(","))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kt-scale-")))
        texts = options.texts or folder
        texts.mkdir(exist_ok=True)
        if (texts / "about.json").exists():
            about = json.loads((texts / "about.json").read_text())
        else:
            about = prepare(texts, [options.claims, *options.more], sizes)
        print(json.dumps(about), flush=True)
        figures = []
        for name in options.databases.split(","):
            url, admin_url = f"sqlite:///{folder}/scale.sqlite3", ""
            if name == "postgresql":
                cluster = stack.enter_context(postgres.running(durable=True, options=SERVER))
                url, admin_url = cluster.url, cluster.admin_url
            figures += measure(name, url, folder, sizes, texts, admin_url)
            if options.json:
                options.json.write_text(json.dumps({**about, "figures": figures}, indent=1))


if __name__ == "__main__":
    main()

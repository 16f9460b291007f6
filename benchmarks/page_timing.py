"""Response times of five main pages, in this tree and in an earlier commit, in turn.

    python -m benchmarks.page_timing --against COMMIT [--rounds 5] [--requests 40]

Each tree runs in a process of its own on demo data of its own (SQLite), through Django's test
client: the whole stack but the network. The trees alternate, so that a slow minute of the machine
meets both. Prints a Markdown table: median and 95th percentile in ms, and the ratio of medians.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Runs inside either tree, so it uses only what both keep: URL paths and the demo accounts.
PROBE = """
import json, logging, re, sys, time
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
logging.disable(logging.CRITICAL)
settings.ALLOWED_HOSTS = ["*"]
anybody, staff, case = Client(), Client(), None
notice = re.search(r'href="(/thong-bao/[-a-z0-9]+/)"', anybody.get("/").content.decode())[1]
for user in get_user_model().objects.order_by("pk"):
    staff.force_login(user)
    if case := re.search(r'href="(/ban/ho-so/[0-9]+/)"', staff.get("/ban/").content.decode()):
        break
pages = {"home": (anybody, "/"), "notice": (anybody, notice), "form": (anybody, "/gui/"),
         "queue": (staff, "/ban/"), "case": (staff, case[1])}
times = {}
for name, (client, path) in pages.items():
    times[name] = []
    for number in range(REQUESTS + 5):
        began = time.perf_counter()
        assert client.get(path).status_code == 200, path
        if number >= 5:
            times[name].append((time.perf_counter() - began) * 1000)
print("TIMES " + json.dumps(times))
"""


def run(tree: Path, folder: Path, *arguments: str, stdin: str = "") -> str:
    variables = {
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "CELERY_BROKER_URL": "memory://",
        "DEMO": "1",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=tree,
        env=os.environ | variables,
        input=stdin,
        text=True,
        check=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout


def prepare(tree: Path, folder: Path) -> None:
    folder.mkdir()
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["seed_demo"]):
        run(tree, folder, *command)


def measure(tree: Path, folder: Path, requests: int) -> dict[str, list[float]]:
    """Page → times in ms of one process."""
    output = run(tree, folder, "shell", stdin=PROBE.replace("REQUESTS", str(requests)))
    line = next(line for line in output.splitlines() if line.startswith("TIMES "))
    times: dict[str, list[float]] = json.loads(line.removeprefix("TIMES "))
    return times


def table(before: dict[str, list[float]], after: dict[str, list[float]]) -> str:
    lines = [
        "| page | before, p50/p95 ms | after, p50/p95 ms | ratio of medians |",
        "| --- | --- | --- | --- |",
    ]
    for page, earlier in before.items():
        cells = []
        for times in (earlier, after[page]):
            p95 = statistics.quantiles(times, n=20)[-1]
            cells.append(f"{statistics.median(times):.1f}/{p95:.1f}")
        ratio = statistics.median(after[page]) / statistics.median(earlier)
        lines.append(f"| {page} | {cells[0]} | {cells[1]} | {ratio:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--against", required=True, metavar="COMMIT")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=40)
    options = parser.parse_args()
    before: dict[str, list[float]] = defaultdict(list)
    after: dict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="kt-timing-") as name:
        folder = Path(name)
        earlier = folder / "tree"
        subprocess.run(["git", "clone", "-q", "-s", "-n", ROOT, earlier], check=True)
        subprocess.run(["git", "checkout", "-q", options.against], cwd=earlier, check=True)
        trees = [(earlier, folder / "before", before), (ROOT, folder / "after", after)]
        for tree, data, _times in trees:
            prepare(tree, data)
        for _round in range(options.rounds):
            for tree, data, times in trees:
                for page, values in measure(tree, data, options.requests).items():
                    times[page] += values
    print(table(before, after))


if __name__ == "__main__":
    main()

"""Waiting reports: how long until the workers have matched them all, and until a verbatim question
about a published claim is answered?

    python -m benchmarks.queue_drain sqlite --texts FILE.jsonl.gz [--reports 1000]
    python -m benchmarks.queue_drain postgresql --texts FILE.jsonl.gz

Reports are submitted while no worker runs, so their messages wait in the broker; then the workers
start as in production: on SQLite the one of ``make run`` with the file broker, on PostgreSQL two of
docker-compose.yml with Redis. The peer matches as many reports one after the other in this process,
without a queue. Questions are sent one at a time afterwards. FILE has a ``text`` per line.
"""

import argparse
import gzip
import io
import json
import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from benchmarks.temporary_installation import DATABASES, installation, log_progress
from tests.pipeline import processes
from tests.services import program, redis

WORKERS = 2  # on PostgreSQL
QUESTIONS = 10
GIVE_UP_SECONDS = 900.0


def texts(path: Path, count: int) -> list[str]:
    """The first texts of ten or more words: shorter ones are no reports."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        long = (text for line in lines if len((text := json.loads(line)["text"]).split()) > 9)
        return list(islice(long, count))


def submit(text: str) -> int:
    from intake.domain import reports, submissions  # noqa: PLC0415 (after Django's set-up)

    return reports.submit(submissions.Submission(text=text[:5000])).report.pk


def seconds_until(condition: Callable[[], bool]) -> float:
    started = time.monotonic()
    while not condition():
        if time.monotonic() - started > GIVE_UP_SECONDS:
            raise SystemExit(f"not so after {GIVE_UP_SECONDS:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - started


def all_matched() -> bool:
    from intake.models import Report  # noqa: PLC0415

    return not Report.objects.filter(matched_at__isnull=True).exists()


def match_here(waiting: list[str]) -> float:
    """Seconds to match new reports one after the other in this process."""
    from channels import dispatch  # noqa: PLC0415
    from factcheck.domain.duplicates import matches  # noqa: PLC0415
    from intake.models import Report  # noqa: PLC0415

    with dispatch.muted():
        pks = [submit(text) for text in waiting]
        started = time.monotonic()
        for report in Report.objects.filter(pk__in=pks):
            matches.match_report(report)
        return time.monotonic() - started


def answer_seconds() -> Iterator[float]:
    """Seconds from sending a published claim word for word to its answer."""
    from factcheck.models import NoticeVersion  # noqa: PLC0415
    from intake.enums import Stage  # noqa: PLC0415
    from intake.models import Reply  # noqa: PLC0415

    current = NoticeVersion.objects.filter(is_current=True, review_by__isnull=False)
    for version in current.exclude(kind="retraction").order_by("pk")[:QUESTIONS]:
        pk = submit(version.claim)
        answers = Reply.objects.filter(report=pk, stage=Stage.ANSWERED)
        yield seconds_until(answers.exists)


def worker_commands(database: str) -> list[list[str]]:
    if database == "postgresql":
        return [list(processes.SERVICES["worker"]["command"])] * WORKERS
    from ops.management.commands.start import Command  # noqa: PLC0415

    start = Command()
    start.host, start.port = "127.0.0.1", 8000
    return [list(start.children()[1].command)]


def measure(database: str, path: Path, count: int) -> None:
    from django.core.management import call_command  # noqa: PLC0415

    call_command("seed_demo", verbosity=0, stdout=io.StringIO())
    both = texts(path, 2 * count)
    alone = match_here(both[:count])
    log_progress(f"one after the other: {alone:.1f} s")
    for text in both[count:]:
        submit(text)
    with ExitStack() as stack:
        for command in worker_commands(database):
            stack.enter_context(program.running(command, os.environ))
        queued = seconds_until(all_matched)
        log_progress(f"by the workers: {queued:.1f} s")
        answers = sorted(answer_seconds())
    median, longest = statistics.median(answers), answers[-1]
    cells = (database, f"{count:,}", f"{alone:.1f}", f"{queued:.1f}", f"{queued / alone:.2f}")
    print(f"| {' | '.join(cells)} | {len(answers)} | {median:.2f} | {longest:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database", choices=DATABASES)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=1000)
    options = parser.parse_args()
    with ExitStack() as stack:
        more = {"DEMO": "1", "CELERY_BROKER_URL": "filesystem://localhost"}
        if options.database == "postgresql":
            more["CELERY_BROKER_URL"] = stack.enter_context(redis.running())
        stack.enter_context(installation(options.database, more))
        measure(options.database, options.texts, options.reports)


if __name__ == "__main__":
    main()

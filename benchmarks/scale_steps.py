"""Steps of ``benchmarks.scale``, each in its own process, so that its memory is measured alone."""

import json
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Max  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.domain import units  # noqa: E402
from accounts.models import Unit, UnitKind, User  # noqa: E402
from benchmarks import scale_peers, scale_texts  # noqa: E402
from benchmarks.timing import peak_mb, quantiles, time_calls  # noqa: E402
from factcheck.domain.index import packing, wordings  # noqa: E402
from factcheck.models import Case, Notice, NoticeVersion, Verdict, Wording  # noqa: E402
from intake.models import Report  # noqa: E402
from matching.scoring import policy, ranking  # noqa: E402
from matching.scoring.ranking import Query  # noqa: E402
from tests.audit import rule_suspension  # noqa: E402

BULK = 20_000
WARM_UP = 30  # questions asked, or wordings added, before anything is timed
PUBLISHED = 50  # one case in so many has a public notice
INDEX_TABLES = ("factcheck_postingblock", "factcheck_variant")


def migrate() -> dict[str, Any]:
    call_command("migrate", interactive=False, verbosity=0)
    rule_suspension.disable(connection)  # made-up notices: no second person, no evidence
    kind, _created = UnitKind.objects.get_or_create(
        code="school", defaults={"name_vi": "x", "name_en": "x"}
    )
    units.create(code="one", name="One", kind=kind, by=None)
    User.objects.create_user("one@example.vn", handle="one")
    return {}


def _cases(count: int) -> list[Case]:
    unit, now = Unit.objects.get(), timezone.now()
    start = Case.objects.aggregate(top=Max("number"))["top"] or 0
    return Case.objects.bulk_create(
        Case(number=start + offset + 1, unit=unit, claim="x", due_at=now) for offset in range(count)
    )


def _many_cases(count: int) -> list[int]:
    """Copy cases without history from one inside the database; return their ids."""
    (first,) = _cases(1)
    columns = [str(field.column) for field in Case._meta.concrete_fields]
    copied = [{"id": "id + n", "number": "number + n"}.get(name, name) for name in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {count - 1})"  # noqa: S608
            f" INSERT INTO factcheck_case ({', '.join(columns)})"
            f" SELECT {', '.join(copied)} FROM factcheck_case, s WHERE id = {first.pk}"
        )
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('factcheck_case', 'id'), %s)",
                [first.pk + count],
            )
    return list(range(first.pk, first.pk + count))


def _wordings(cases: list[int], chunk: list[scale_texts.PreparedRow]) -> None:
    """Write the rows as the product does, many in one statement."""
    now = timezone.now()
    rows = [
        Wording(case_id=case, text=text, created_at=now, **fields)
        for case, (text, fields) in zip(cases, chunk, strict=True)
    ]
    columns = [field for field in Wording._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in columns)
    place = f"({', '.join(['%s'] * len(columns))})"
    with connection.cursor() as cursor:
        for first in range(0, len(rows), 500):
            part = rows[first : first + 500]
            values = [
                field.get_db_prep_save(getattr(row, field.attname), connection)
                for row in part
                for field in columns
            ]
            places = ", ".join([place] * len(part))
            cursor.execute(f"INSERT INTO factcheck_variant ({names}) VALUES {places}", values)  # noqa: S608


def _publish(cases: list[int]) -> None:
    user, unit, today = User.objects.get(), Unit.objects.get(), timezone.localdate()
    verdicts = Verdict.objects.bulk_create(
        Verdict(case_id=case, written_by=user, author_unit=unit) for case in cases
    )
    notices = Notice.objects.bulk_create(
        Notice(case_id=case, slug=f"n-{case}", unit=unit) for case in cases
    )
    NoticeVersion.objects.bulk_create(
        NoticeVersion(
            notice=notice, number=1, verdict=verdict, kind="first", rating="false", claim="x",
            headline="x", explanation="x", what_is_true="x", review_by=today, published_by=user,
        )
        for notice, verdict in zip(notices, verdicts, strict=True)
    )  # fmt: skip


def build(rows: str, start: int, end: int) -> dict[str, Any]:
    """Write the wordings' rows, then pack them as a rebuild does."""
    source = islice(scale_texts.read_prepared(Path(rows)), start, end)
    position, in_rows, packed = start, 0.0, 0.0
    while chunk := list(islice(source, BULK)):
        cases = _many_cases(len(chunk))
        _publish(cases[::PUBLISHED])
        began = time.perf_counter()
        with transaction.atomic():
            _wordings(cases, chunk)
        in_rows += time.perf_counter() - began
        began = time.perf_counter()
        packing.pack_waiting(BULK)
        packed += time.perf_counter() - began
        position += len(chunk)
        print(f"{position:,} {in_rows:.0f} s + {packed:.0f} s", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM")  # as autovacuum does in the years such an archive takes
        cursor.execute("ANALYZE")
        sizes = [_bytes(cursor, table) for table in INDEX_TABLES]
        cursor.execute("SELECT count(*) FROM factcheck_postingblock")
        blocks = cursor.fetchone()[0]
    return {
        "index_s": in_rows + packed,
        "blocks": blocks,
        "blocks_mb": round(sizes[0] / 1e6, 1),
        "wordings_mb": round(sizes[1] / 1e6, 1),
    }


def _bytes(cursor: Any, table: str) -> int:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_total_relation_size(%s)", [table])
    else:
        cursor.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name IN"
            " (SELECT name FROM sqlite_master WHERE tbl_name = %s)",
            [table],
        )
    return int(cursor.fetchone()[0])


def _decide(text: str, published_only: bool = False) -> Any:
    query = Query(text, "", timezone.localdate())
    candidates = wordings.candidates(query, published_only=published_only)
    return policy.decide(ranking.rank(query, candidates))


def ask(asked: str) -> dict[str, Any]:
    """Run every question: first when much is on disk only; then again, candidates alone, with the
    decision, and among published cases."""
    questions = json.loads(Path(asked).read_text())["questions"]
    texts = [text for text, _source in questions]
    for text in texts[-WARM_UP:]:
        _decide(text)
    _candidates, first = time_calls(
        [partial(wordings.candidates, Query(text)) for text in texts[:-WARM_UP]]
    )
    retrieved, retrieval = time_calls([partial(wordings.candidates, Query(text)) for text in texts])
    _decisions, whole = time_calls([partial(_decide, text) for text in texts])
    _shown, published = time_calls([partial(_decide, text, True) for text in texts])
    places = [
        [candidate.text for candidate in candidates].index(source)
        if source in {candidate.text for candidate in candidates} else None
        for (_text, source), candidates in zip(questions, retrieved, strict=True)
    ]  # fmt: skip
    return {
        "first_ms": first,
        "candidates_ms": retrieval,
        "decided_ms": whole,
        "published_ms": published,
        "found_first": round(sum(place == 0 for place in places) / len(places), 3),
        "found100": round(sum(place is not None for place in places) / len(places), 3),
        "rss_mb": peak_mb(),
    }


def add(asked: str) -> dict[str, Any]:
    """Add one wording after the other, as the transaction that links a report does; the first are
    not timed."""
    texts = json.loads(Path(asked).read_text())["new"]
    cases, unit = _cases(len(texts)), Unit.objects.get()
    reports = Report.objects.bulk_create(
        Report(unit=unit, text=text, form_key=str(case.pk), receipt_hash=str(case.pk))
        for case, text in zip(cases, texts, strict=True)
    )
    inside, whole = [], []
    for case, report in zip(cases, reports, strict=True):
        began = time.perf_counter()
        with transaction.atomic():
            opened = time.perf_counter()
            wordings.add_report(case, report)
            inside.append((time.perf_counter() - opened) * 1000)
        whole.append((time.perf_counter() - began) * 1000)
    began = time.perf_counter()
    packed = packing.pack_waiting()
    return {
        "add_ms": quantiles(inside[WARM_UP:]),
        "add_and_commit_ms": quantiles(whole[WARM_UP:]),
        "pack_ms_each": round((time.perf_counter() - began) * 1000 / packed, 2),
    }


def peer(rows: str, end: int, asked: str) -> dict[str, Any]:
    texts = (text for text, _fields in islice(scale_texts.read_prepared(Path(rows)), end))
    built = scale_peers.build(texts)
    measured = scale_peers.measure(json.loads(Path(asked).read_text())["questions"])
    return {"peer": {**built, **measured, "times": None, **quantiles(measured["times"])}}


if __name__ == "__main__":
    steps: dict[str, Callable[..., dict[str, Any]]] = {
        "migrate": migrate, "build": build, "ask": ask, "add": add, "peer": peer,
    }  # fmt: skip
    print(json.dumps(steps[sys.argv[1]](**json.loads(sys.argv[2]))))

"""Peers at scale: trigrams in PostgreSQL, full-text search in SQLite. Same texts, same questions,
same run."""

import time
from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection

from matching.text.letters import fold
from matching.text.normalisation import normalise

BEST = 50
SECONDS = 10  # one question may take
ASKED = 60  # questions: enough for a ratio, and trigrams are slow


def _folded(text: str) -> str:
    return fold(normalise(text)) or fold(text.lower()).replace("\0", "")


def build(texts: Iterable[str]) -> dict[str, Any]:
    """Load the folded texts into the peer's own index."""
    postgres = connection.vendor == "postgresql"
    started = time.perf_counter()
    with connection.cursor() as cursor:
        if postgres:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute("DROP TABLE IF EXISTS peer")
            cursor.execute("CREATE TABLE peer (id serial PRIMARY KEY, text text)")
        else:
            cursor.execute("DROP TABLE IF EXISTS peer")
            cursor.execute("CREATE VIRTUAL TABLE peer USING fts5(text)")
        source = iter(texts)
        while chunk := [_folded(text) for text in islice(source, 1000)]:
            values = ", ".join("(%s)" for _text in chunk)
            cursor.execute(f"INSERT INTO peer (text) VALUES {values}", chunk)  # noqa: S608
        if postgres:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("CREATE INDEX peer_trgm ON peer USING gin (text gin_trgm_ops)")
            cursor.execute("ANALYZE peer")
    name = "pg_trgm GIN" if postgres else "FTS5"
    return {"peer": name, "index_s": round(time.perf_counter() - started, 1)}


def ask(text: str) -> list[str]:
    """Return the folded texts that the peer finds, best first."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT text FROM peer WHERE text %% %s"
                " ORDER BY similarity(text, %s) DESC LIMIT %s",
                [_folded(text), _folded(text), BEST],
            )
        else:
            words = " OR ".join(f'"{word}"' for word in dict.fromkeys(_folded(text).split()))
            cursor.execute(
                "SELECT text FROM peer WHERE peer MATCH %s ORDER BY rank LIMIT %s", [words, BEST]
            )
        return [row[0] for row in cursor.fetchall()]


def measure(questions: list[tuple[str, str]]) -> dict[str, Any]:
    """Return sorted milliseconds, the share of questions that found their source, and timeouts."""
    times, hits, late = [], 0, 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = %s", [f"{SECONDS}s"])
    for text, source in questions[:ASKED]:
        started = time.perf_counter()
        try:
            hits += _folded(source) in ask(text)
        except DatabaseError:
            late += 1
        times.append((time.perf_counter() - started) * 1000)
    return {"times": sorted(times), "found50": hits / len(times), "late": late}

"""Blocks of the candidate index as rows, read and written many at a time.

Plain SQL where the ORM costs more than the work itself: packing a thousand wordings writes tens of
thousands of rows. The SQL is the same on both databases except for lists.
"""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from matching.terms.packed_postings import number_bytes

TABLE = "factcheck_postingblock"
CHUNK = 20_000  # terms or rows in one statement
_UPSERT = (
    " ON CONFLICT (term, number, generation) DO UPDATE SET full_blocks = excluded.full_blocks,"
    " data = excluded.data"
)


@dataclass(frozen=True, slots=True)
class BlockRow:
    """One block; ``full_blocks`` on block 0 is the number of full blocks of the term."""

    term: int
    number: int
    full_blocks: int
    data: bytes


def _on_postgres() -> bool:
    return connection.vendor == "postgresql"


def _chunks(values: list[int]) -> Iterator[list[int]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))


def _listed(values: list[int]) -> tuple[str, list[int] | str]:
    """SQL for "one of these numbers" with one parameter, whatever their count."""
    if _on_postgres():
        return "= ANY(%s::bigint[])", values
    return "IN (SELECT value FROM json_each(%s))", json.dumps(values)


def open_blocks(generation: int, terms: Iterable[int]) -> list[BlockRow]:
    """Block 0 of each of these terms that the index has."""
    rows: list[BlockRow] = []
    with connection.cursor() as cursor:
        for chunk in _chunks(list(terms)):
            condition, listed = _listed(chunk)
            cursor.execute(
                f"SELECT term, full_blocks, data FROM {TABLE}"  # noqa: S608 constants
                f" WHERE term {condition} AND number = 0 AND generation = %s",
                [listed, generation],
            )
            rows += [BlockRow(term, 0, full, bytes(data)) for term, full, data in cursor.fetchall()]
    return rows


def newest_blocks(generation: int, wanted: dict[int, int]) -> list[tuple[int, bytes]]:
    """(term, block) of the full blocks of each term from the wanted number on."""
    if not wanted:
        return []
    # PostgreSQL reads alternatives in the order of the disk, many pages at a time.
    alternatives = " OR ".join(
        "(term = %s AND number >= %s AND generation = %s)" for _term in wanted
    )
    sql = f"SELECT term, data FROM {TABLE} WHERE {alternatives}"  # noqa: S608 constants
    parameters = [value for pair in wanted.items() for value in (*pair, generation)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(term, bytes(data)) for term, data in cursor.fetchall()]


def full_blocks_with(generation: int, term: int, wordings: Collection[int]) -> list[BlockRow]:
    """The term's full blocks that may contain one of these wordings.

    The database looks for the bytes of their numbers; a match across two numbers does no harm.
    """
    position = "position(%s::bytea IN data)" if _on_postgres() else "instr(data, %s)"
    needles = [number_bytes(wording) for wording in wordings]
    alternatives = " OR ".join(f"{position} > 0" for _needle in needles)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, full_blocks, data FROM {TABLE}"  # noqa: S608 constants
            f" WHERE term = %s AND number > 0 AND generation = %s AND ({alternatives})",
            [term, generation, *needles],
        )
        return [
            BlockRow(term, number, full, bytes(data)) for number, full, data in cursor.fetchall()
        ]


def read_terms(ids: list[int]) -> list[tuple[int, bytes]]:
    """(id, packed terms) of wordings."""
    if not ids:
        return []
    condition, listed = _listed(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, terms FROM factcheck_variant WHERE id {condition}",  # noqa: S608
            [listed],
        )
        return [(pk, bytes(terms)) for pk, terms in cursor.fetchall()]


def wordings_with_notice(ids: list[int]) -> list[int]:
    """Those of these wordings that have the public flag, in the order given."""
    if not ids:
        return []
    condition, listed = _listed(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM factcheck_variant WHERE answered AND id {condition}",  # noqa: S608
            [listed],
        )
        flagged = {pk for (pk,) in cursor.fetchall()}
    return [pk for pk in ids if pk in flagged]


def write(generation: int, rows: list[BlockRow]) -> None:
    """Insert or replace blocks; always in the order of terms, so that writers cannot deadlock."""
    rows = sorted(rows, key=lambda row: (row.term, row.number))
    columns = f"INSERT INTO {TABLE} (term, number, full_blocks, generation, data)"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            if _on_postgres():
                cursor.execute(
                    f"{columns} SELECT t, n, f, %s, d FROM unnest(%s::bigint[], %s::int[],"  # noqa: S608
                    f" %s::int[], %s::bytea[]) AS u(t, n, f, d){_UPSERT}",
                    [
                        generation,
                        [row.term for row in part],
                        [row.number for row in part],
                        [row.full_blocks for row in part],
                        [row.data for row in part],
                    ],
                )
            else:
                cursor.executemany(
                    f"{columns} VALUES (%s, %s, %s, %s, %s){_UPSERT}",
                    [(row.term, row.number, row.full_blocks, generation, row.data) for row in part],
                )


def drop_empty(generation: int, terms: Iterable[int]) -> None:
    """Delete every block of those of these terms that no wording has any more."""
    filled = f"SELECT 1 FROM {TABLE} o WHERE o.term = b.term AND o.generation = b.generation"  # noqa: S608
    with connection.cursor() as cursor:
        for chunk in _chunks(list(terms)):
            condition, listed = _listed(chunk)
            cursor.execute(
                f"DELETE FROM {TABLE} AS b WHERE b.term {condition} AND b.generation = %s"  # noqa: S608
                f" AND NOT EXISTS ({filled} AND length(o.data) > 0)",
                [listed, generation],
            )


def drop_generations_before(generation: int, parts: int) -> Iterator[None]:
    """Delete all blocks of former generations, one part of the terms at each step."""
    width = 2**64 // parts
    with connection.cursor() as cursor:
        for low in range(-(2**63), 2**63, width):
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE term BETWEEN %s AND %s AND generation < %s",  # noqa: S608
                [low, min(low + width, 2**63) - 1, generation],
            )
            yield

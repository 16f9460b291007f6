"""The files of the accuracy benchmarks: claims, queries, distractors; one JSON object a line.

A claim is ``{"id", "text", "title"?, "lang"?, "also"?}`` (``also``: ids that were merged into it),
a query ``{"text", "relevant", "also_relevant"?, "pool"?}``, a distractor ``{"id", "text"}``. Any
file may be gzipped.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

POOLS = {"clef2a": ("clef2a", "crowd"), "clef2b": ("clef2b",), "fct": ("fct",)}
VIETNAMESE = "viweb"  # this pool: every claim in Vietnamese, and the distractors
EVERYTHING = "all"  # the pool of a query that names none
_GZIP = b"\x1f\x8b"


class BadLine(Exception):
    """A file cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact-checked claim; ``wordings`` are the texts it is known by, the claim first.

    ``headline``: the same told in other words by whoever checked it, where there is one.
    """

    id: str
    wordings: tuple[str, ...]
    lang: str = ""
    headline: str = ""

    @property
    def prefix(self) -> str:
        return self.id.split(":")[0]


@dataclass(frozen=True, slots=True)
class Message:
    """A query and the ids that are right answers to it."""

    text: str
    pool: str
    right: frozenset[str]


@dataclass
class Collection:
    """Claims in which no two are the same, and which id every other id has become."""

    claims: list[Claim] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)

    def root(self, key: str) -> str:
        """The id under which a claim stands here; an unknown id stays itself."""
        return self.merged.get(key, key)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON lines, gzipped or not; blank lines do not count.

    Raises:
        BadLine: the file is not there, is cut off, or a line is no JSON object.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw.startswith(_GZIP) else raw).decode("utf-8-sig")
    except (OSError, EOFError, ValueError) as error:
        raise BadLine(f"{path}: {error}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadLine(f"{path}, line {number}: not JSON ({error})") from error
        if not isinstance(row, dict):
            raise BadLine(f"{path}, line {number}: not a JSON object")
        yield row | {"_at": f"{path}, line {number}"}


def _ids(row: dict[str, Any], name: str) -> list[str]:
    given = row.get(name) or []
    if not isinstance(given, list):
        raise BadLine(f'{row["_at"]}: "{name}" is not a list')
    return [str(key) for key in given]


def _text(row: dict[str, Any], name: str) -> str:
    return str(row.get(name) or "")


def _id(row: dict[str, Any]) -> str:
    key = _text(row, "id")
    if not key:
        raise BadLine(f'{row["_at"]}: no "id"')
    return key


def wordings(row: dict[str, Any]) -> tuple[str, ...]:
    """The texts under which a claim is filed, as ``index.add_claim`` does for a published case: its
    own, and that with its title as one text."""
    text, title = _text(row, "text"), _text(row, "title")
    texts = (text, f"{text}. {title}" if text.strip() and title.strip() else title)
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


def read_claims(path: Path) -> Collection:
    """Read the claims; those that are the same become one with the wordings of all.

    Raises:
        BadLine: as ``read_lines``, and for a claim without an id.
    """
    found = Collection()
    rows: dict[str, Claim] = {}
    for row in read_lines(path):
        key = found.root(_id(row))
        for other in _ids(row, "also"):
            if other != key and other not in rows:
                found.merged.setdefault(other, key)
        headline = _text(row, "title") if _text(row, "text").strip() else ""
        claim = Claim(key, wordings(row), _text(row, "lang"), headline.strip())
        if known := rows.get(key):
            texts = tuple(dict.fromkeys((*known.wordings, *claim.wordings)))
            claim = replace(known, wordings=texts)
        rows[key] = claim
    found.claims = list(rows.values())
    return found


def read_distractors(path: Path, limit: int | None = None) -> list[Claim]:
    """Read texts that answer nothing.

    Raises:
        BadLine: as ``read_lines``.
    """
    rows = enumerate(read_lines(path))
    named = ((_text(row, "id") or f"distractor:{at}", wordings(row)) for at, row in rows)
    return [Claim(key, texts) for key, texts in named][:limit]


def read_queries(path: Path, collection: Collection) -> dict[str, list[Message]]:
    """Read the queries by pool, their right answers under the ids the collection has.

    Raises:
        BadLine: as ``read_lines``, and if a list of ids is none.
    """
    pools: dict[str, list[Message]] = {}
    for row in read_lines(path):
        pool = _text(row, "pool") or EVERYTHING
        right = {*_ids(row, "relevant"), *_ids(row, "also_relevant")}
        message = Message(_text(row, "text"), pool, frozenset(map(collection.root, right)))
        pools.setdefault(pool, []).append(message)
    return pools


def documents(pool: str, claims: Iterable[Claim], distractors: Iterable[Claim]) -> list[Claim]:
    """The claims a pool's queries are scored against.

    A pool that is not in the table has the claims whose ids begin with its name, or all when none
    does. Distractors belong to the Vietnamese pool only.
    """
    claims = list(claims)
    if pool == VIETNAMESE:
        own = [claim for claim in claims if claim.lang == "vi" or claim.prefix == VIETNAMESE]
        return [*own, *distractors]
    prefixes = POOLS.get(pool, (pool,))
    own = [claim for claim in claims if claim.prefix in prefixes]
    return own or claims

"""Data sets of the accuracy benchmarks: claims, queries, distractors; one JSON object a line.

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
DEFAULT_POOL = "all"  # the pool of a query that names none
_GZIP = b"\x1f\x8b"


class InvalidFileError(Exception):
    """A file cannot be used; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One fact-checked claim; ``wordings`` are its texts, the claim itself first.

    ``headline``: the fact-checker's own wording of it, if any.
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
    """Distinct claims, and for each merged id the id it was merged into."""

    claims: list[Claim] = field(default_factory=list)
    merged: dict[str, str] = field(default_factory=dict)

    def canonical_id(self, key: str) -> str:
        """Return the id of a claim in the collection; an unknown id is returned as it is."""
        return self.merged.get(key, key)


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Read JSON lines, gzipped or not, without blank lines.

    Raises:
        InvalidFileError: the file is not there, is cut off, or a line is no JSON object.
    """
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw.startswith(_GZIP) else raw).decode("utf-8-sig")
    except (OSError, EOFError, ValueError) as error:
        raise InvalidFileError(f"{path}: {error}") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InvalidFileError(f"{path}, line {number}: not JSON ({error})") from error
        if not isinstance(row, dict):
            raise InvalidFileError(f"{path}, line {number}: not a JSON object")
        yield row | {"_at": f"{path}, line {number}"}


def _ids(row: dict[str, Any], name: str) -> list[str]:
    given = row.get(name) or []
    if not isinstance(given, list):
        raise InvalidFileError(f'{row["_at"]}: "{name}" is not a list')
    return [str(key) for key in given]


def _text(row: dict[str, Any], name: str) -> str:
    return str(row.get(name) or "")


def _id(row: dict[str, Any]) -> str:
    key = _text(row, "id")
    if not key:
        raise InvalidFileError(f'{row["_at"]}: no "id"')
    return key


def wordings(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the texts under which a claim is indexed, as the product does for a published case:
    its text, and text and title together."""
    text, title = _text(row, "text"), _text(row, "title")
    texts = (text, f"{text}. {title}" if text.strip() and title.strip() else title)
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


def read_claims(path: Path) -> Collection:
    """Read the claims; merged ones become one claim with the wordings of all.

    Raises:
        InvalidFileError: as ``read_lines``, and for a claim without an id.
    """
    collection = Collection()
    rows: dict[str, Claim] = {}
    for row in read_lines(path):
        key = collection.canonical_id(_id(row))
        for other in _ids(row, "also"):
            if other != key and other not in rows:
                collection.merged.setdefault(other, key)
        headline = _text(row, "title") if _text(row, "text").strip() else ""
        claim = Claim(key, wordings(row), _text(row, "lang"), headline.strip())
        if former := rows.get(key):
            texts = tuple(dict.fromkeys((*former.wordings, *claim.wordings)))
            claim = replace(former, wordings=texts)
        rows[key] = claim
    collection.claims = list(rows.values())
    return collection


def read_distractors(path: Path, limit: int | None = None) -> list[Claim]:
    """Read texts that answer no query.

    Raises:
        InvalidFileError: as ``read_lines``.
    """
    rows = enumerate(read_lines(path))
    named = ((_text(row, "id") or f"distractor:{number}", wordings(row)) for number, row in rows)
    return [Claim(key, texts) for key, texts in named][:limit]


def read_queries(path: Path, collection: Collection) -> dict[str, list[Message]]:
    """Read the queries by pool, with their right answers as ids of the collection.

    Raises:
        InvalidFileError: as ``read_lines``, and if ids are not a list.
    """
    pools: dict[str, list[Message]] = {}
    for row in read_lines(path):
        pool = _text(row, "pool") or DEFAULT_POOL
        right = {*_ids(row, "relevant"), *_ids(row, "also_relevant")}
        message = Message(_text(row, "text"), pool, frozenset(map(collection.canonical_id, right)))
        pools.setdefault(pool, []).append(message)
    return pools


def pool_claims(pool: str, claims: Iterable[Claim], distractors: Iterable[Claim]) -> list[Claim]:
    """Return the claims that the queries of a pool are scored against.

    A pool that is not in ``POOLS`` has the claims whose ids begin with its name, or all if none
    does. Distractors are added to the Vietnamese pool only.
    """
    claims = list(claims)
    if pool == VIETNAMESE:
        own = [claim for claim in claims if claim.lang == "vi" or claim.prefix == VIETNAMESE]
        return [*own, *distractors]
    prefixes = POOLS.get(pool, (pool,))
    own = [claim for claim in claims if claim.prefix in prefixes]
    return own or claims

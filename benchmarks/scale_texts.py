"""Texts for measuring at scale: real ones first, then copies changed as people change them."""

import gzip
import hashlib
import json
import pickle
import random
from collections.abc import Iterator
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from matching.scoring.ranking import Query
from matching.terms.index_terms import extract_terms
from matching.terms.packed_postings import pack_terms
from matching.text.normalisation import fingerprint

CHUNK = 500
LETTERS = "abcdefghijklmnopqrstuvwxyzăâđêôơưáàảãạéèíìóòúùý"

WHOLE = 20_000  # texts of which everything is made; above, the terms alone

Prepared = tuple[str, dict[str, Any]]  # a text, the fields of its row made of it
_kept: list[Prepared] = []
_whole: list[Prepared] = []  # seen by processes forked after it was filled


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 the same texts in every run


def read(paths: list[Path]) -> list[str]:
    """The ``text`` of JSON lines, gzipped or plain, mixed with a fixed seed; each text once."""
    found: dict[str, None] = {}
    for path in paths:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in raw.decode().split("\n"):
            if line and (text := json.loads(line)["text"].strip()):
                found[text] = None
    texts = list(found)
    _chance(1).shuffle(texts)
    return texts


def _typo(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    kind = chance.randrange(3)
    if kind == 0 and len(word) > 1:  # two letters the wrong way round, or one missing
        return word[:at] + word[at + 1 :]
    letter = chance.choice(LETTERS)
    return word[:at] + letter + word[at + (kind == 1) :]


def changed(text: str, others: list[str], chance: random.Random) -> str:
    """A copy as it might be sent on: words swapped, left out, put in from other texts, numbers
    changed, typing errors; about one word in five."""
    out: list[str] = []
    for word in text.split():
        if any(letter.isdigit() for letter in word) and chance.random() < 0.5:
            word = "".join(str(chance.randrange(10)) if c.isdigit() else c for c in word)
        turn = chance.random()
        if turn < 0.05:
            continue
        if turn < 0.10:
            out.append(chance.choice(chance.choice(others).split() or [word]))
        elif turn < 0.13:
            word = _typo(word, chance)
        elif turn < 0.18:
            word = chance.choice(chance.choice(others).split() or [word])
        elif turn < 0.21 and out:
            word, out[-1] = out[-1], word
        out.append(word)
    return " ".join(out) or text


def texts(real: list[str], count: int) -> Iterator[str]:
    """So many texts: the real ones, then changed copies of one after the other."""
    yield from real[:count]
    chance = _chance(2)
    for at in range(count - len(real)):
        yield changed(real[at % len(real)], real, chance)


def questions(real: list[str], count: int, among: int) -> list[tuple[str, str]]:
    """(what is asked, the text it was made of) for some of the first ``among`` real texts."""
    chance = _chance(3)
    sources = chance.sample(real[:among], min(count, among, len(real)))
    return [(changed(source, real, chance), source) for source in sources]


def new_texts(real: list[str], count: int) -> list[str]:
    """Texts of usual length that nobody asks for: every word from another text."""
    chance = _chance(4)
    lengths = (len(chance.choice(real).split()) for _at in range(count))
    return [
        " ".join(chance.choice(chance.choice(real).split()) for _word in range(length))
        for length in lengths
    ]


def _made(text: str) -> dict[str, Any]:
    """All that the product keeps beside a text."""
    from factcheck.domain.index import wordings  # noqa: PLC0415 after Django is set up

    return {"fingerprint": fingerprint(text), **wordings.index_fields(Query(text))}


def _lent(text: str) -> dict[str, Any]:
    """The terms of the text, the prepared fields of an earlier one (which cost the same to read and
    store), and a fingerprint of its own."""
    made = _whole[hash(text) % len(_whole)][1]
    stand_in = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return {**made, "fingerprint": stand_in, "terms": pack_terms(extract_terms(text))}


def _prepare(chunk: list[str]) -> list[Prepared]:
    return [(text, _lent(text) if _whole else _made(text)) for text in chunk]


def _chunks(every: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(every, CHUNK)):
        yield chunk


def write_prepared(path: Path, real: list[str], count: int) -> None:
    """Make the rows' fields of all texts with two processes; Django must be set up.

    The first ``WHOLE`` are done whole, the others take over what they have in common.
    """
    every = texts(real, count)
    with path.open("wb") as out:
        for part in (islice(every, WHOLE), every):
            with get_context("fork").Pool(2) as pool:
                for rows in pool.imap(_prepare, _chunks(part)):
                    pickle.dump(rows, out, pickle.HIGHEST_PROTOCOL)
                    if len(_kept) < WHOLE:
                        _kept.extend(rows)
            _whole[:] = _kept


def prepared(path: Path) -> Iterator[Prepared]:
    with path.open("rb") as source:
        while True:
            try:
                yield from pickle.load(source)  # noqa: S301 written by this run
            except EOFError:
                return

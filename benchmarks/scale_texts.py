"""Texts for measurements at scale: real ones first, then copies altered as people alter them."""

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

WHOLE = 20_000  # texts of which all fields are computed; of the others, the terms alone

PreparedRow = tuple[str, dict[str, Any]]  # a text and the fields computed from it
_kept: list[PreparedRow] = []
_whole: list[PreparedRow] = []  # seen by processes forked after it was filled


def _random(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 the same texts in every run


def read(paths: list[Path]) -> list[str]:
    """The ``text`` of JSON lines, gzipped or plain, mixed with a fixed seed; each text once."""
    unique: dict[str, None] = {}
    for path in paths:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in raw.decode().split("\n"):
            if line and (text := json.loads(line)["text"].strip()):
                unique[text] = None
    texts = list(unique)
    _random(1).shuffle(texts)
    return texts


def _typo(word: str, generator: random.Random) -> str:
    position = generator.randrange(len(word))
    kind = generator.randrange(3)
    if kind == 0 and len(word) > 1:  # a letter missing
        return word[:position] + word[position + 1 :]
    letter = generator.choice(LETTERS)
    return word[:position] + letter + word[position + (kind == 1) :]


def altered_copy(text: str, others: list[str], generator: random.Random) -> str:
    """Return a copy as it might be forwarded: words swapped, dropped, inserted from other texts,
    numbers changed, typing errors; about one word in five."""
    words: list[str] = []
    for word in text.split():
        if any(letter.isdigit() for letter in word) and generator.random() < 0.5:
            word = "".join(str(generator.randrange(10)) if c.isdigit() else c for c in word)
        draw = generator.random()
        if draw < 0.05:
            continue
        if draw < 0.10:
            words.append(generator.choice(generator.choice(others).split() or [word]))
        elif draw < 0.13:
            word = _typo(word, generator)
        elif draw < 0.18:
            word = generator.choice(generator.choice(others).split() or [word])
        elif draw < 0.21 and words:
            word, words[-1] = words[-1], word
        words.append(word)
    return " ".join(words) or text


def generate_texts(real: list[str], count: int) -> Iterator[str]:
    """Yield ``count`` texts: the real ones, then altered copies of one after the other."""
    yield from real[:count]
    generator = _random(2)
    for index in range(count - len(real)):
        yield altered_copy(real[index % len(real)], real, generator)


def make_questions(real: list[str], count: int, first: int) -> list[tuple[str, str]]:
    """Return (question, the text it was made from) for some of the first ``first`` real texts."""
    generator = _random(3)
    sources = generator.sample(real[:first], min(count, first, len(real)))
    return [(altered_copy(source, real, generator), source) for source in sources]


def make_new_texts(real: list[str], count: int) -> list[str]:
    """Return texts of usual length that no question is about: every word from another text."""
    generator = _random(4)
    lengths = (len(generator.choice(real).split()) for _index in range(count))
    return [
        " ".join(generator.choice(generator.choice(real).split()) for _word in range(length))
        for length in lengths
    ]


def _computed_fields(text: str) -> dict[str, Any]:
    """Return all that the product stores with a text."""
    from factcheck.domain.index import wordings  # noqa: PLC0415 after Django is set up

    return {"fingerprint": fingerprint(text), **wordings.index_fields(Query(text))}


def _borrowed_fields(text: str) -> dict[str, Any]:
    """The terms of the text, the prepared fields of an earlier one (which cost the same to read and
    store), and a fingerprint of its own."""
    borrowed = _whole[hash(text) % len(_whole)][1]
    stand_in = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return {**borrowed, "fingerprint": stand_in, "terms": pack_terms(extract_terms(text))}


def _prepare(chunk: list[str]) -> list[PreparedRow]:
    return [(text, _borrowed_fields(text) if _whole else _computed_fields(text)) for text in chunk]


def _chunks(every: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(every, CHUNK)):
        yield chunk


def write_prepared(path: Path, real: list[str], count: int) -> None:
    """Make the rows' fields of all texts with two processes; Django must be set up.

    Of the first ``WHOLE`` all fields are computed; the others borrow fields from them.
    """
    every = generate_texts(real, count)
    with path.open("wb") as out:
        for part in (islice(every, WHOLE), every):
            with get_context("fork").Pool(2) as pool:
                for rows in pool.imap(_prepare, _chunks(part)):
                    pickle.dump(rows, out, pickle.HIGHEST_PROTOCOL)
                    if len(_kept) < WHOLE:
                        _kept.extend(rows)
            _whole[:] = _kept


def read_prepared(path: Path) -> Iterator[PreparedRow]:
    with path.open("rb") as source:
        while True:
            try:
                yield from pickle.load(source)  # noqa: S301 written by this run
            except EOFError:
                return

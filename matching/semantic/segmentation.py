"""Segments of a message that may each make a claim: a long message is often forwarded for one of
its sentences, whose meaning is lost in the vector of the whole."""

import re

from matching.semantic.embedder import MAX_CHARACTERS

MAX_SEGMENTS = 8  # of one message: each costs as much to embed as a message
_MIN_WORDS = 4  # of a segment
_LONG_SENTENCE = 18  # words; a longer sentence is split into clauses
_MIN_CLAUSE = 6  # words; a shorter clause is joined to the next
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")
_CLAUSE = re.compile(r",\s+|\s+(?:and|but|because|và|nhưng|vì)\s+")


def split_segments(text: str) -> list[str]:
    """Return the sentences of a text, long ones split into clauses; [] for a single segment."""
    segments: list[str] = []
    for sentence in _SENTENCE.split(text[:MAX_CHARACTERS]):
        segments += _clauses(sentence) if len(sentence.split()) > _LONG_SENTENCE else [sentence]
    long_enough = (segment.strip() for segment in segments if len(segment.split()) >= _MIN_WORDS)
    return [segment for segment in dict.fromkeys(long_enough) if segment != text.strip()][
        :MAX_SEGMENTS
    ]


def _clauses(sentence: str) -> list[str]:
    clauses: list[str] = []
    pending = ""
    for clause in _CLAUSE.split(sentence):
        pending = f"{pending}, {clause}" if pending else clause
        if len(pending.split()) >= _MIN_CLAUSE:
            clauses.append(pending)
            pending = ""
    return [*clauses, pending] if pending else clauses

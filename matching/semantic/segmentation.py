"""The parts of a message that may each make a claim: a long message is often passed on for one of
its sentences, which the meaning of the whole drowns."""

import re

from matching.semantic.embedder import MAX_CHARACTERS

MAX_SEGMENTS = 8  # parts of one message: each costs an embedder as much as a message
_LEAST = 4  # words of a part
_LONG = 18  # words of a sentence that is cut further
_SHORT = 6  # words below which a clause goes with the next
_SENTENCE = re.compile(r"(?<=[.!?…;:])\s+|\n+")
_CLAUSE = re.compile(r",\s+|\s+(?:and|but|because|và|nhưng|vì)\s+")


def split_segments(text: str) -> list[str]:
    """Return the sentences of a text, long ones cut into clauses; [] if it has but one part."""
    found: list[str] = []
    for sentence in _SENTENCE.split(text[:MAX_CHARACTERS]):
        found += _clauses(sentence) if len(sentence.split()) > _LONG else [sentence]
    worth = (part.strip() for part in found if len(part.split()) >= _LEAST)
    return [part for part in dict.fromkeys(worth) if part != text.strip()][:MAX_SEGMENTS]


def _clauses(sentence: str) -> list[str]:
    found: list[str] = []
    open_ = ""
    for clause in _CLAUSE.split(sentence):
        open_ = f"{open_}, {clause}" if open_ else clause
        if len(open_.split()) >= _SHORT:
            found.append(open_)
            open_ = ""
    return [*found, open_] if open_ else found

"""Core text of a message, without greetings around the claim, and cautions for a comparison.

``core_fingerprint`` is a little wider than the fingerprint: "Mọi người ơi, ... đúng không ạ?"
around a sentence does not make it a different one. Only whole phrases of the allow-list
(``matching.text.allowed_residue``) and whole sentences of closed classes of words
(``matching.scoring.packaging``) are removed, at both ends; every word and sign that could belong to
the claim stays, in its order.
"""

import re

from matching.scoring.packaging import without_packaging
from matching.text.allowed_residue import (
    CLOSING_SENTENCES,
    CLOSINGS,
    CLOSINGS_AFTER_COMMA,
    EDGE_DECORATION,
    OPENINGS,
    QUESTIONS,
)
from matching.text.normalisation import (
    SIGN,
    digest,
    exact_key,
    is_unaccented,
    is_vietnamese_syllable,
)

MIN_SYLLABLES = 5  # of the core text
_MARKS = frozenset(".,?!:;")
_MARK = rf"(?:[.,?!:;]|{SIGN}[{re.escape(''.join(sorted(EDGE_DECORATION)))}])"
_STRONG = _MARK.replace(",", "")  # a comma may stand between the items of a claim
_AFTER_OPENING = rf"(?: (?:{_MARK}|ạ|là|này))* "
_OPENING = re.compile(rf"(?:{_MARK} )*(?:{'|'.join(OPENINGS)}){_AFTER_OPENING}|(?:{_MARK} )+")
# A decorative sign within the text counts unless a sentence that may go follows it.
_CLOSING = re.compile(
    rf"(?: [.,?!:;])+$| (?:{'|'.join(CLOSINGS)})$| , (?:{'|'.join(CLOSINGS_AFTER_COMMA)})$"
    rf"| {_STRONG}(?: {_MARK})* (?:{'|'.join(CLOSING_SENTENCES)})$"
)
_QUESTION = re.compile("|".join(QUESTIONS))
_MAX_ROUNDS = 24  # phrases, marks and signs removed at the end
_TAIL_LENGTH = 120  # characters searched for a closing phrase
# Frequent English words that are no Vietnamese syllables.
_WORDS = (
    "the of and is are was were for with this that from have has will they you your his her she "
    "who which been said says not in it"
)
_ENGLISH = frozenset(_WORDS.split())


def _without_phrases(text: str) -> str:
    """The text without one opening and one closing of the allow-list."""
    opening = _OPENING.match(text)
    start = opening.end() if opening else 0
    closing = _CLOSING.search(text, max(start, len(text) - _TAIL_LENGTH))
    return text[start : closing.start() if closing else len(text)]


def core_text(exact: str) -> str:
    """Return an exact key (``normalisation.exact_key``) without the allowed phrases at its ends."""
    text = exact
    for _ in range(_MAX_ROUNDS):
        shorter = without_packaging(text)
        if shorter == text:
            shorter = _without_phrases(text)
        if question := _QUESTION.fullmatch(shorter):
            shorter = question["claim"]
        if shorter == text:
            break
        text = shorter
    return text


def says_nothing(text: str) -> bool:
    """Whether a text is empty, or nothing but greetings, questions and decoration."""
    # An opening is followed by something, and a closing follows something: "x" stands for it.
    after_openings = core_text(f"{exact_key(text)} . x").removesuffix("x").strip(" .")
    return not after_openings or core_text(f"x {after_openings}") == "x"


def core_fingerprint(exact: str, links: list[str]) -> str:
    """Return 32 hex digits for the core of an exact key with the text's links.

    ``""`` if too little is left, and for texts without diacritics: the same letters may be
    different words.
    """
    if is_unaccented(exact):
        return ""
    tokens = [token for token in core_text(exact).split(" ") if token not in _MARKS]
    if sum(token[:1] != SIGN for token in tokens) < MIN_SYLLABLES:
        return ""
    return digest(" ".join(tokens), *links)


def is_unaccented_vietnamese(key: str) -> bool:
    """Whether a normalised text is Vietnamese typed without diacritics.

    False for English, and for fewer than three words, which are too few to decide.
    """
    if not key or not key.isascii():
        return False
    words = [word for word in key.split() if word.isalpha()]
    if len(words) < 3:
        return False
    english = sum(word in _ENGLISH for word in words)
    fitting = sum(is_vietnamese_syllable(word) for word in words)
    return fitting * 10 >= len(words) * 7 and english * 10 <= len(words)


def cautions(left_key: str, right_key: str, rebuttal: bool) -> tuple[str, ...]:
    """Return cautions for the person who compares, as codes: ``plain`` (one side was typed without
    diacritics and may mean something else), ``rebuttal`` (one side rebuts the other's claim)."""
    codes = []
    if is_unaccented_vietnamese(left_key) or is_unaccented_vietnamese(right_key):
        codes.append("plain")
    if rebuttal:
        codes.append("rebuttal")
    return tuple(codes)

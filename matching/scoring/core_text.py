"""Core text of a message, without greetings around the claim, and cautions for a comparison.

``core_fingerprint`` is a little wider than the fingerprint: "Mọi người ơi, ... đúng không ạ?"
around a sentence does not make it a different one. Only whole phrases of the allow-list
(``matching.text.allowed_residue``) are removed, at both ends; every word and sign that could belong
to the claim stays, in its order.
"""

import re

from matching.text.allowed_residue import (
    CLOSING_SENTENCES,
    CLOSINGS,
    EDGE_DECORATION,
    MAX_PACKAGING_WORDS,
    OPENINGS,
    PACKAGING_WORDS,
    QUESTION_ENDS,
    QUESTION_STARTS,
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
_AFTER_OPENING = rf"(?: (?:{_MARK}|ạ|là|này))* "
_OPENING = re.compile(rf"(?:{_MARK} )*(?:{'|'.join(OPENINGS)}){_AFTER_OPENING}|(?:{_MARK} )+")
# A decorative sign within the text counts unless a sentence that may go follows it.
_CLOSING = re.compile(
    rf"(?: [.,?!:;])+$| (?:{'|'.join(CLOSINGS)})$|(?: {_MARK})+ (?:{'|'.join(CLOSING_SENTENCES)})$"
)
_BETWEEN = re.compile(rf"(?: {_MARK})+ ")
_ADDRESSES = "ạ nhỉ nha nhé hả vậy thế ta mọi người cả nhà các mẹ bác bạn chị anh em ơi với ad mình"
_ADDRESS = frozenset(_ADDRESSES.split())
_QUESTION = re.compile("|".join(QUESTIONS))
_MAX_ROUNDS = 24  # phrases, marks and signs removed at the end
_TAIL_LENGTH = 120  # characters searched for a closing phrase
# Frequent English words that are no Vietnamese syllables.
_WORDS = (
    "the of and is are was were for with this that from have has will they you your his her she "
    "who which been said says not in it"
)
_ENGLISH = frozenset(_WORDS.split())


def core_text(exact: str) -> str:
    """Return an exact key (``normalisation.exact_key``) without the allowed phrases at its ends."""
    text = exact
    for _ in range(_MAX_ROUNDS):
        opening = _OPENING.match(text)
        start = opening.end() if opening else 0
        closing = _CLOSING.search(text, max(start, len(text) - _TAIL_LENGTH))
        shorter = text[start : closing.start() if closing else len(text)]
        if shorter == text:
            shorter = _without_packaging(text)
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


def _is_packaging(sentence: str) -> bool:
    """Whether a sentence is made of words alone that say nothing about a claim. *Không* is allowed
    only as the end of a question: "có ai biết không ạ"."""
    words = sentence.split(" ")
    if len(words) > MAX_PACKAGING_WORDS or "tin đồn" in sentence:
        return False
    asks = [index for index, word in enumerate(words) if word in QUESTION_ENDS]
    if asks:
        after, before = words[asks[-1] + 1 :], words[: asks[-1]]
        if len(asks) > 1 or QUESTION_STARTS.isdisjoint(before) or not _ADDRESS.issuperset(after):
            return False
        words = before + after
    return PACKAGING_WORDS.union({"có"} if asks else ()).issuperset(words)


def _without_packaging(text: str) -> str:
    """The text without its first and its last sentence, where they are nothing but packaging."""
    first, mark, rest = _split_first(text)
    if mark and first and _is_packaging(first):
        text = rest
    before, mark, last = _split_last(text)
    return before if mark and last and _is_packaging(last) else text


def _split_first(text: str) -> tuple[str, str, str]:
    match = _BETWEEN.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else (text, "", "")


def _split_last(text: str) -> tuple[str, str, str]:
    matches = list(_BETWEEN.finditer(text))
    if not matches:
        return "", "", text
    match = matches[-1]
    return text[: match.start()], match.group(), text[match.end() :]


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

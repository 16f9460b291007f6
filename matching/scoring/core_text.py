"""Core text of a message, without greetings around the claim, and cautions for a comparison.

``core_fingerprint`` is a little wider than the fingerprint: "Mọi người ơi, ... đúng không ạ?"
around a sentence does not make it a different one. Only whole greetings, questions and particles
at both ends are removed; every word that could belong to the claim stays, in its order.
"""

import hashlib
import re

from matching.text.normalisation import is_unaccented, is_vietnamese_syllable

MIN_SYLLABLES = 8  # of the core text
_MARKS = frozenset(".,?!:;")
_ADDRESSEE = (
    r"(?:mọi người|cả nhà|các (?:mẹ|bác|bạn|anh chị|cụ|thầy cô|phụ huynh|chị|bố mẹ)|ad|admin|"
    r"thầy|cô|nhà trường|anh chị|chị em|bà con)"
)
_SPEAKER = r"(?:em|mình|tôi|chị|anh|cháu|con)"
_OPENING = re.compile(
    rf"(?:{_ADDRESSEE} (?:ơi|à)|alo|dạ|xin chào(?: {_ADDRESSEE})?|"
    rf"kính gửi(?: quí)? (?:phụ huynh|{_ADDRESSEE})|"
    rf"(?:{_ADDRESSEE} )?cho(?: {_SPEAKER})? hỏi|xin hỏi|{_SPEAKER} hỏi|"
    rf"(?:{_SPEAKER} )?(?:mới |vừa )?nghe (?:nói|đồn|tin)(?: là)?|"
    rf"(?:{_ADDRESSEE} )?(?:xem|kiểm tra|xác minh)(?: hộ| giúp)?(?: {_SPEAKER})?(?: với)?|"
    rf"(?:{_ADDRESSEE} )?chia sẻ (?:gấp )?(?:giúp|hộ)?(?: {_SPEAKER})?(?: với)?(?: ạ)?|"
    rf"cho {_SPEAKER} hỏi|không biết thật giả thế nào) (?:(?:[.,?!:;]|ạ|là) )*"
)
_CLOSING = re.compile(
    r" (?:[.,?!:;]|ạ|nhé|nha|nhỉ|nè|hả|hen|nghen|à|"
    r"(?:có )?(?:đúng|thật) không|phải không|có đúng thế không|đúng hay sai|thật hay giả|"
    r"có phải không|thật à|vậy|"
    rf"{_ADDRESSEE} (?:ơi|nhé|nha|ạ)|(?:xin |em |mình )?cảm ơn(?: {_ADDRESSEE})?|"
    rf"(?:nhờ )?{_ADDRESSEE} (?:xem|kiểm tra|xác minh) (?:giúp|hộ)(?: {_SPEAKER})?)$"
)
_MAX_ROUNDS = 6
_TAIL_LENGTH = 80  # characters searched for a closing phrase
# Frequent English words that are no Vietnamese syllables.
_WORDS = (
    "the of and is are was were for with this that from have has will they you your his her she "
    "who which been said says not in it"
)
_ENGLISH = frozenset(_WORDS.split())


def core_fingerprint(marked: str) -> str:
    """Return 32 hex digits for ``normalisation.marked_key`` text, ``""`` if too little is left.

    Texts without diacritics have none: the same letters may be different words.
    """
    if is_unaccented(marked):
        return ""
    text = marked
    for _ in range(_MAX_ROUNDS):
        opening = _OPENING.match(text)
        start = opening.end() if opening else 0
        closing = _CLOSING.search(text, max(start, len(text) - _TAIL_LENGTH))
        shorter = text[start : closing.start() if closing else len(text)]
        if shorter == text:
            break
        text = shorter
    words = [word for word in text.split(" ") if word not in _MARKS]
    if len(words) < MIN_SYLLABLES:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]


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

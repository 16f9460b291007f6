"""The wording of a claim without the manners around it, and what to beware of in a comparison.

``wording_key`` is a little wider than the fingerprint: "Mọi người ơi, ... đúng không ạ?" around a
sentence does not make it another one. Only whole greetings, questions and particles at the ends
fall away; every word that could belong to the claim, and their order, stays.
"""

import hashlib
import re

from matching.text.normalisation import is_plain, is_vietnamese_syllable

MIN_SYLLABLES = 8  # syllables that must be left
_MARKS = frozenset(".,?!:;")
_WHO = (
    r"(?:mọi người|cả nhà|các (?:mẹ|bác|bạn|anh chị|cụ|thầy cô|phụ huynh|chị|bố mẹ)|ad|admin|"
    r"thầy|cô|nhà trường|anh chị|chị em|bà con)"
)
_ME = r"(?:em|mình|tôi|chị|anh|cháu|con)"
_OPENING = re.compile(
    rf"(?:{_WHO} (?:ơi|à)|alo|dạ|xin chào(?: {_WHO})?|kính gửi(?: quí)? (?:phụ huynh|{_WHO})|"
    rf"(?:{_WHO} )?cho(?: {_ME})? hỏi|xin hỏi|{_ME} hỏi|"
    rf"(?:{_ME} )?(?:mới |vừa )?nghe (?:nói|đồn|tin)(?: là)?|"
    rf"(?:{_WHO} )?(?:xem|kiểm tra|xác minh)(?: hộ| giúp)?(?: {_ME})?(?: với)?|"
    rf"(?:{_WHO} )?chia sẻ (?:gấp )?(?:giúp|hộ)?(?: {_ME})?(?: với)?(?: ạ)?|"
    rf"cho {_ME} hỏi|không biết thật giả thế nào) (?:(?:[.,?!:;]|ạ|là) )*"
)
_CLOSING = re.compile(
    r" (?:[.,?!:;]|ạ|nhé|nha|nhỉ|nè|hả|hen|nghen|à|"
    r"(?:có )?(?:đúng|thật) không|phải không|có đúng thế không|đúng hay sai|thật hay giả|"
    r"có phải không|thật à|vậy|"
    rf"{_WHO} (?:ơi|nhé|nha|ạ)|(?:xin |em |mình )?cảm ơn(?: {_WHO})?|"
    rf"(?:nhờ )?{_WHO} (?:xem|kiểm tra|xác minh) (?:giúp|hộ)(?: {_ME})?)$"
)
_ROUNDS = 6
_TAIL = 80  # characters in which a closing phrase can stand
# Frequent English words that are no Vietnamese syllables.
_WORDS = (
    "the of and is are was were for with this that from have has will they you your his her she "
    "who which been said says not in it"
)
_ENGLISH = frozenset(_WORDS.split())


def core_fingerprint(marked: str) -> str:
    """Return 32 hex digits for ``normalisation.marked_key`` text, ``""`` if too little is left.

    Texts without diacritics have none: two of them may be the same letters and not the same words.
    """
    if is_plain(marked):
        return ""
    text = marked
    for _ in range(_ROUNDS):
        opening = _OPENING.match(text)
        start = opening.end() if opening else 0
        closing = _CLOSING.search(text, max(start, len(text) - _TAIL))
        shorter = text[start : closing.start() if closing else len(text)]
        if shorter == text:
            break
        text = shorter
    words = [word for word in text.split(" ") if word not in _MARKS]
    if len(words) < MIN_SYLLABLES:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:32]


def is_plain_vietnamese(key: str) -> bool:
    """Say whether a normalised text is Vietnamese typed without diacritics.

    English needs none and is no such text; under three words nothing can be told.
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
    """Return what a person must beware of, as codes: ``plain`` (one side was typed without
    diacritics and may mean something else), ``rebuttal`` (one side denies the other's claim)."""
    found = []
    if is_plain_vietnamese(left_key) or is_plain_vietnamese(right_key):
        found.append("plain")
    if rebuttal:
        found.append("rebuttal")
    return tuple(found)

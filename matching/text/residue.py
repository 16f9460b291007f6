"""Residue: signs that the match key leaves out but that change what a text says.

``mark_signs`` rewrites cleaned text so that no sign is lost on the way to the match key: digits in
emoji become digits, hashtags and mentions of places and schools become words, struck-out words,
scare quotes, minus signs and the like become private characters that ``normalisation`` keeps as
tokens of their own. What may be lost is listed in ``matching.text.allowed_residue``.
"""

import re
import unicodedata

from matching.text.allowed_residue import (
    ATTENTION,
    EDGE_DECORATION,
    EMOJI_MODIFIERS,
    ILLUSTRATIONS,
    RULE_CHARACTERS,
    TAGS,
)
from matching.text.letters import fold, unmask

# Private characters: no text that people type has them, and no later step changes them.
MINUS, QUOTE, MARKS, EXPONENT, PERSON_TAG = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_NIBBLE = 0xE100
_DELIMITER = " | "  # takes the place of decoration: a header may end at it

# Text in which nothing has to be rewritten: letters, digits, spaces and plain punctuation.
_PLAIN = re.compile(r"[\w\s.,?!:;()\[\]{}/%&]*")
# Without superscripts and fractions.
_LATIN = re.compile("[\0-\xa9\xab-\xb1\xb4-\xb8\xbb\xbf-\u024f\u1e00-\u1eff]*")
# Letters, punctuation and currency: none is a combining mark or a superscript.
_WITHOUT_MARKS = re.compile(
    "[\0-\xa9\xab-\xb1\xb4-\xb8\xbb\xbf-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
_GENDER = re.compile("([🙇🤦][🏻-🏿]?)[♀♂]")  # of who makes a gesture
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_ENCLOSED: dict[str | int, str] = {
    code: f" {int(value)} "
    for first, last in ((0x2460, 0x249B), (0x24EA, 0x24FF), (0x2776, 0x2793), (0x1F100, 0x1F10C))
    for code in range(first, last + 1)
    if (value := unicodedata.numeric(chr(code), None)) is not None
}
_ENCLOSED_LETTERS: dict[str | int, str] = {
    first + n: chr(ord("A") + n) for first in (0x1F130, 0x1F150, 0x1F170) for n in range(26)
}
_REPLACED: dict[str | int, str] = {
    "🔟": " 10 ", "₫": "đ", "＋": "+", "＜": "<", "＞": ">", "➔": "→", "➜": "→", "➝": "→",
    "➞": "→", "⇒": "→", "⟶": "→", "⮕": "→", "⇐": "←", "⟵": "←", "✔": "✅", "☑": "✅",
    "✓": "✅", "✗": "❌", "✘": "❌", "✖": "❌",
}  # fmt: skip
_REPLACED.update(_ENCLOSED)
_REPLACED.update(_ENCLOSED_LETTERS)
_CHARACTERS = str.maketrans(_REPLACED)
POINTED = str.maketrans("➡⬅", "→←")  # between words; at an edge they only point
_ARROWS = (
    (re.compile("[-=–—]{1,3}>"), "→"),
    (re.compile("<[-–—]{1,3}"), "←"),
    (re.compile(">="), "≥"),
    (re.compile("<="), "≤"),
    (re.compile("!=|=/="), "≠"),
    (re.compile(r"(?<=[0-9])\*(?!\*)|(?<!\*)\*(?=[0-9])"), "×"),
)
_RULE_RUN = f"[{re.escape(RULE_CHARACTERS)}]{{3,80}}"
_RULE = re.compile(rf"(?m)^[ \t]{{0,8}}{_RULE_RUN}(?!\w)|(?<!\w){_RULE_RUN}[ \t]{{0,8}}$")
_EVERYBODY = re.compile(r"(?i)[@＠](?:mọi người|moi nguoi|tất cả|tat ca|cả nhà|ca nha)\b")
# Of a reply that quotes, and of an item of a list: "> Trường …", "==> Trường …".
_QUOTE_MARK = re.compile(r"(?m)^[ \t]*(?:>{1,3}|→)[ \t]*(?=[^\W\d])")
_BULLET = re.compile(r"(?m)^[ \t]*\+[ \t]+")
_MINUS = re.compile(r"(?<![^\s(:,=])(?<![0-9][ \t])[-–−](?=[0-9])")
_EXPONENT = re.compile("(?<=[0-9])(?=[²³¹⁰⁴-⁹₀-₉])")
_DOUBLE = re.compile('["“”„‟«»《「『]([^"“”„‟«»《》「」『』]*)["“”‟«»》」』]')
_SINGLE = re.compile(r"(?<!\w)['‘‛]([^'‘’‛\n]{1,80})['’](?!\w)")
_SENTENCE_WORDS = 5  # words that a quotation needs to be a sentence
_BEFORE_SENTENCE = re.compile(r"(?:^|[:.!?…\n])[^\S\n]*$")
_AFTER_SENTENCE = re.compile(r"[^\S\n]*(?:$|[.!?…\n])")
_DOUBLE_QUOTES = re.compile('["“”„‟«»《》「」『』]')

_TAG = re.compile(r"(?<![\w&])[#@＃＠](?=[^\W\d]|[0-9]{1,9}[^\W\d])\w+(?:\.\w+)*")
_TAG_READINGS = {
    "tingia": "tin giả", "tinvit": "tin vịt", "tinthat": "tin thật", "fakenews": "fake news",
    "saisuthat": "sai sự thật", "tindon": "tin đồn", "binhthuong": "bình thường",
}  # fmt: skip
# What a mention of a school, office or place begins with, folded; other mentions are persons.
_PLACE_STARTS = re.compile(
    r"(?:truong|thcs|thpt|mamnon|tieuhoc|daihoc|so|bo|phong|ubnd|xa|phuong|tinh|huyen|quan|"
    r"thanhpho|tp|congan|benhvien|cdc|byt|gddt|sgd|bgd|thon|ap)(?![a-z])"
)
_FAMILIES = "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh"
_FAMILY_NAMES = frozenset(_FAMILIES.split())
_SOFT = ' \t,()[]{}|•*"“”_-'  # between a decorative sign and the edge of a sentence
_SEGMENT_ENDS = re.compile(r"([\n.!?:;…]+)")


def _split_camel_case(tag: str) -> str:
    """``TrườngTHCSHoaMai`` → ``Trường THCS Hoa Mai``, ``LớpHai1`` → ``Lớp Hai 1``."""
    pieces = [tag[:1]]
    for position in range(1, len(tag)):
        before, char, after = tag[position - 1], tag[position], tag[position + 1 : position + 2]
        starts = (before.islower() and (char.isupper() or char.isdigit())) or (
            before.isupper() and char.isupper() and after.islower()
        )
        pieces.append(f" {char}" if starts else char)
    return "".join(pieces).replace("_", " ")


def _tag_words(match: re.Match[str]) -> str:
    """Return a hashtag or mention as words; of a person as a sign that is no word."""
    tag = match.group()[1:]
    words = _split_camel_case(tag)
    folded = fold(words).lower()
    joined = folded.replace(" ", "")
    if joined in TAGS:
        return _DELIMITER
    if joined in _TAG_READINGS:
        return f" {_TAG_READINGS[joined]} "
    is_place = bool(_PLACE_STARTS.match(folded))
    parts = folded.split()
    person = match.group()[0] in "@＠" or (len(parts) > 2 and parts[0] in _FAMILY_NAMES)
    if person and not is_place:
        return f" {PERSON_TAG}{_private(joined)} "
    return f" {words} "


def _private(text: str) -> str:
    return "".join(chr(_NIBBLE + int(digit, 16)) for char in text for digit in f"{ord(char):x}")


def _quotation(match: re.Match[str]) -> str:
    content, text = match.group(1), match.string
    if (
        len(content.split()) >= _SENTENCE_WORDS
        and _BEFORE_SENTENCE.search(text[max(0, match.start() - 40) : match.start()])
        and (content.rstrip()[-1:] in ".!?…" or _AFTER_SENTENCE.match(text, match.end()))
    ):
        return f" {content} "
    return f" {QUOTE} {content} {QUOTE} "


def _mark_struck_word(word: re.Match[str]) -> str:
    """Return the word without its combining marks, and a sign that tells which they were."""
    marks = {c for c in word.group() if _is_stray_mark(c)}
    if not marks:
        return word.group()
    bare = "".join(c for c in word.group() if c not in marks)
    if not bare.strip():
        return " "  # a struck-out space
    return f"{MARKS}{_private(''.join(sorted(marks)))} {bare}"


def _is_stray_mark(char: str) -> bool:
    return unicodedata.category(char).startswith("M") and char not in EMOJI_MODIFIERS


def _decoration(text: str) -> frozenset[str]:
    """The signs that are decorative at an edge of this text."""
    lowered = text.lower()
    shown = {
        sign
        for signs, words in ILLUSTRATIONS.items()
        if any(word in lowered for word in words)
        for sign in signs
    }
    return EDGE_DECORATION | shown


def _drop_decoration(text: str) -> str:
    """Replace decorative signs at the edges of sentences, and attention signs anywhere."""
    for sign in ATTENTION:
        text = text.replace(sign, _DELIMITER)
    signs = _decoration(text)
    if signs.isdisjoint(text):
        return text
    soft = "".join(signs | EMOJI_MODIFIERS) + _SOFT
    drop = {ord(sign): _DELIMITER for sign in signs}
    pieces = []
    for piece in _SEGMENT_ENDS.split(text):
        start = len(piece) - len(piece.lstrip(soft))
        end = max(start, len(piece.rstrip(soft)))
        pieces += [piece[:start].translate(drop), piece[start:end], piece[end:].translate(drop)]
    return "".join(pieces)


def mark_signs(text: str) -> str:
    """Return cleaned text without links in which every sign that counts survives normalisation.

    Linear in the text; never raises. Text of letters and plain punctuation is returned as it is.
    """
    if _PLAIN.fullmatch(text) and _LATIN.fullmatch(text):
        return text
    text = _GENDER.sub(r"\1", _KEYCAP.sub(r"\1", text).translate(_CHARACTERS))
    text = _RULE.sub(" ", text)
    for pattern, sign in _ARROWS:
        text = pattern.sub(sign, text)
    text = _TAG.sub(_tag_words, _EVERYBODY.sub(_DELIMITER, text))
    text = _QUOTE_MARK.sub("", text)
    text = _drop_decoration(text)
    if not _WITHOUT_MARKS.fullmatch(text):
        text = re.sub(r"\S+", _mark_struck_word, unmask(_EXPONENT.sub(EXPONENT, text)))
    text = text.translate(POINTED)
    text = _DOUBLE_QUOTES.sub(f" {QUOTE} ", _DOUBLE.sub(_quotation, text))
    text = _SINGLE.sub(_quotation, text)
    return _MINUS.sub(f" {MINUS}", _BULLET.sub(" ", text))

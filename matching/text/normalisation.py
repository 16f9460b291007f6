"""Normalisation: the stored text, its match key and its fingerprint.

``clean`` is for input and changes no wording; ``normalise`` returns the match key; equal
``fingerprint`` means the same words. All are pure and linear in the text.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from matching.links.canonical_urls import canonical_url, find_urls, strip_urls
from matching.text.allowed_residue import EMOJI_MODIFIERS, HEADERS, PUNCTUATION
from matching.text.letters import fold, unify
from matching.text.numerals import DOCUMENT, canonical_numbers
from matching.text.residue import mark_signs
from matching.text.word_lists import ABBREVIATIONS, PHRASES

_NONCHARACTERS = "".join(
    chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)
)
# Control, zero-width, bidirectional and filler characters, lone surrogates, and the noncharacters
# that XML forbids (a PDF viewer copies U+FFFE for the hyphen at the end of a line).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\ufdd0-\ufdef"
    f"{_NONCHARACTERS}]"
)
# Sorting a long run of combining marks is quadratic inside unicodedata; no real letter has 30.
_MARK_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e38-\u0e4d"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]{30})"
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0e38-\u0e4d"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f]+"
)
_SOFT = r"[ \t\[\](){}|•*.,:!?…_–—-]{0,8}"
_HEADER = re.compile(rf"(?:^|(?<=\n)){_SOFT}{HEADERS}[ ]?[\])}}:!?|…;*]{_SOFT}")
_PHRASES = tuple((re.compile(pattern), reading) for pattern, reading in PHRASES)
_READINGS = {unify(short): unify(reading) for short, reading in ABBREVIATIONS.items()}
_TOKEN = re.compile(
    rf"{DOCUMENT}|[0-9]+(?:/[0-9]+)+(?!\w)|[0-9]+\.[0-9]+(?![\w.])|[0-9]+%|[^\W_]+|[.,?!:;\n]"
    r"|[\ue000-\uf8ff]+|\S"
)
_MARKS = frozenset(".,?!:;")
SIGN = "\x1f"  # begins a token that is a sign of the residue, not a word; no cleaned text has it
_BRACKETS = str.maketrans(dict.fromkeys("()[]{}|•", ";"))
_MAX_FINGERPRINTED = 8_000  # characters; of a longer text the fingerprint is over the raw text
_PASSES = 4  # in practice the second pass changes nothing

# A syllable that Vietnamese spelling allows, without diacritics.
_SYLLABLE = re.compile(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|nh|ng|ngh|p|ph|qu?|r|s|t|th|tr|v|x)?"
    r"(?:[aeiouy]|a[iouy]|eo|eu|i[aeu]|ieu|o[aeio]|oa[iy]|oeo|u[aeiouy]|uo[iu]|u[yi]a|u[yi]e|u[yi]u|"
    r"uay|ye|yeu)(?:c|ch|m|n|ng|nh|p|t)?"
)


def clean(text: str) -> str:
    """Return the text for storage: NFC, no NUL, control or invisible characters.

    Line breaks become ``\\n``; tabs, emoji and wording stay. Never raises.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u2028", "\n").replace("\u2029", "\n")
    if text.isascii() and not _INVISIBLE.search(text):
        return text
    return unicodedata.normalize("NFC", _MARK_FLOOD.sub(r"\1", _INVISIBLE.sub("", text)))


def one_line(text: str, limit: int | None = None) -> str:
    """Return cleaned text without line breaks or repeated spaces, cut at ``limit`` characters."""
    return " ".join(clean(text).split())[:limit]


def is_unaccented(text: str) -> bool:
    """Whether the text was typed without Vietnamese diacritics."""
    return fold(text) == text


def _strip_headers(text: str) -> str:
    for _ in range(3):  # "[Chuyển tiếp] KHẨN!!! Cảnh báo: ..."
        stripped = _HEADER.sub("", text)
        if stripped == text:
            break
        text = stripped
    return text


def _tokens(text: str) -> Iterator[str]:
    text = unify(mark_signs(strip_urls(clean(text))))
    text = re.sub(r"[^\S\n]+", " ", _strip_headers(text)).translate(_BRACKETS)
    text = canonical_numbers(text)
    for pattern, reading in _PHRASES:
        text = pattern.sub(reading, text)
    for piece in _TOKEN.findall(text.replace("&", " và ")):
        if piece == "\n":
            yield "."
        elif piece[0].isalnum() or piece in _MARKS:
            yield _READINGS.get(piece, piece)
        elif piece not in PUNCTUATION and piece not in EMOJI_MODIFIERS:
            yield SIGN + piece


@lru_cache(maxsize=4)  # fingerprint, terms and slots of one text each start from it
def exact_key(text: str) -> str:
    """Return the normalised text with sentence marks and with the signs of the residue, each as a
    token that begins with ``SIGN``."""
    return " ".join(_tokens(text))


def strip_signs(exact: str) -> str:
    """Return an exact key without the signs of the residue."""
    if SIGN not in exact:
        return exact
    return " ".join(token for token in exact.split(" ") if token[:1] != SIGN)


def marked_key(text: str) -> str:
    """Return the normalised text with sentence marks ``. , ? ! : ;`` as tokens of their own.

    Slots are extracted from this form: a mark ends a name, a question mark turns *không* into a
    question.
    """
    return strip_signs(exact_key(text))


def strip_marks(text: str) -> str:
    """Return marked text without its sentence marks: one pass of ``normalise``."""
    return " ".join(token for token in text.split(" ") if token not in _MARKS)


def normalise(text: str) -> str:
    """Return the match key: one spelling, no packaging, no punctuation, single spaces.

    Idempotent. For comparison only, never for display. ``""`` if nothing is left.
    """
    key = strip_marks(marked_key(text))
    for _ in range(_PASSES):
        again = strip_marks(marked_key(key))
        if again == key:
            break
        key = again
    return key


def fingerprint(text: str) -> str:
    """Return 32 hex digits of SHA-256 over the match key, the residue and the canonical links.

    Equal only for the same claim in the same words: digits, negation, diacritics, signs and links
    count; case, sentence punctuation, decorative emoji, tone placement, tracking parameters do not
    (``matching.text.allowed_residue``). ``""`` if the
    text contains neither words nor links. A text over 8,000 characters, longer than any report, is
    hashed as it is: normalising it would take too long.
    """
    if len(text) > _MAX_FINGERPRINTED:
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    key = normalise(text)
    links = canonical_links(text)
    if not key and not links:
        return ""
    exact = exact_key(text)
    signs = [strip_marks(exact)] if SIGN in exact else []
    return digest(key, *links, *signs)


def canonical_links(text: str) -> list[str]:
    """Return the links in a text, canonical and sorted; what is no web address stays as it is."""
    return sorted({canonical_url(url) or url for url in find_urls(clean(text))})


def digest(*lines: str) -> str:
    """Return 32 hex digits of SHA-256 over the lines."""
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def is_vietnamese_syllable(word: str) -> bool:
    """Whether a folded lower-case word has the spelling of a Vietnamese syllable."""
    return bool(_SYLLABLE.fullmatch(word))

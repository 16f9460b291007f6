"""Letters in one spelling: look-alikes, tone placement, i/y, repeated letters; and folding.

Sources: Unicode TR39 (confusables) for the look-alikes, hand-picked; Decree-era and post-1980
spelling rules differ only in the place of the tone mark in *oa, oe, uy*, and in *i* or *y* after
h k l m s t and qu.
"""

import re
import unicodedata
from itertools import filterfalse, groupby

# Letters with no other use in Vietnamese or English: always mapped.
_ALWAYS = str.maketrans(
    "ɡɑıɩƒÐðƉɖϲϹᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ",
    "gaiifĐđĐđcCabcdefghijklmnoprstuvwyz",
)

# Capitals first: a capital does not always lower to the letter it imitates (Greek Η → η).
_CAPITALS = str.maketrans(
    "АВЕКМНОРСТУХІЈЅԀԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧՕՏՍԼ",
    "ABEKMHOPCTYXIJSDQWABEZHIKMNOPTYXOSUL",
)
_SMALL = str.maketrans(
    "аеорсухіјѕһԁԛԝӏктмвнгєђαορτυικχβενγςσωօսհցզոյտคทนรยบฬภเקשאץןՇչ",
    "aeopcyxijshdqwlktmbhrehaoptuikxbevycowouhgqnjsanusuuwnipvxyjtz",
)
_IMITATORS = frozenset(chr(code) for code in (*_CAPITALS, *_SMALL))
_IMITATOR = re.compile("[" + "".join(sorted(_IMITATORS)) + "]")
_WORD = re.compile(r"[\w\u0300-\u036f]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_DIGIT = re.compile(r"(?![0-9])\d")

# "hòa" and "hoà" are one word; the tone goes to the second vowel, as in "hoàn".
_TONE_FIRST = "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
_TONE_SECOND = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ"
_TONES = dict(zip(_TONE_FIRST.split(), _TONE_SECOND.split(), strict=True))
_TONE = re.compile("|".join(_TONES))
_Y_TO_I = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")
_FINAL_Y = re.compile(r"\b(?:[hklmst]|qu)[yýỳỷỹỵ]\b")
_LONG = re.compile(r"\b[^\W\d_]{3,}\b")
_TRIPLE = re.compile(r"([^\W\d_])\1\1")
_NO_MARKS = re.compile("[\0-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
_ROMAN = re.compile(r"[ivxlcdm]+")


_VIETNAMESE = "".join(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
)
_BARE = str.maketrans({c: unicodedata.normalize("NFD", c)[0] for c in _VIETNAMESE})
_BARE.update({ord("đ"): "d", ord("Đ"): "D"})


def fold(text: str) -> str:
    """Return the text without diacritics (NFD strip, đ→d), case kept. For candidate keys only."""
    text = text.translate(_BARE)
    if text.isascii():
        return text
    bare = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFD", text)))
    return unicodedata.normalize("NFC", bare).translate(_BARE)


def _unmask_word(match: re.Match[str]) -> str:
    word = match.group()
    if not _IMITATOR.search(word):
        return word
    letters = [c for c in word if c.isalpha()]
    if _LATIN.search(word) or all(c in _IMITATORS for c in letters):
        return word.translate(_CAPITALS).translate(_SMALL)
    return word


def unmask(text: str) -> str:
    """Return the text with imitating letters replaced by the Latin ones they imitate (case kept).

    Mathematical and full-width alphabets come out plain (NFKC). Cyrillic, Greek, Armenian and
    Thai letters are replaced only in a word that also contains Latin letters, or that consists of
    imitators in a text which is otherwise Latin.
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text.translate(_ALWAYS))
    plain = _DIGIT.sub(lambda m: str(unicodedata.decimal(m.group())), plain)
    if _LATIN.search(plain) and _IMITATOR.search(plain):
        plain = unicodedata.normalize("NFC", _WORD.sub(_unmask_word, plain))
    return plain


def _drop_stray_marks(text: str) -> str:
    # A mark that NFC could not compose is decoration (Zalgo, keycaps) in Vietnamese text.
    if _NO_MARKS.fullmatch(text):
        return text
    kept = "".join(c for c in text if not unicodedata.category(c).startswith("M"))
    return unicodedata.normalize("NFKC", kept)


def squeeze(word: str) -> str:
    """Return the word with three or more of one letter in a row reduced to one (``nghỉiii``).

    Tones are ignored when comparing; the letter that carries a mark is kept. Doubles stay
    (*xoong*), and so do Roman numerals (*III*).
    """
    if _ROMAN.fullmatch(word):
        return word
    out: list[str] = []
    for base, group in groupby(word, key=fold):
        run = list(group)
        marked = [c for c in run if c != base]
        out += run if len(run) < 3 else (marked or run)[:1]
    return "".join(out)


def unify(text: str) -> str:
    """Return lower-case text in one spelling: look-alikes, tone placement, i/y, long letters.

    Expects cleaned NFC text of any length; never raises.
    """
    plain = _drop_stray_marks(unmask(text).lower())
    plain = _TONE.sub(lambda m: _TONES[m.group()], plain)
    plain = _FINAL_Y.sub(lambda m: m.group().translate(_Y_TO_I), plain)
    if _TRIPLE.search(fold(plain)):
        plain = _LONG.sub(lambda m: squeeze(m.group()), plain)
    return plain

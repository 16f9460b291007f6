"""Vietnamese number words to digits: ``hai trăm nghìn`` → ``200 nghìn``.

Only groups below a thousand are turned into digits; *nghìn, triệu, tỉ* stay for the money rule.
A lone digit word changes only where it must be a number, because *năm* is also "year",
*ba* "father", *chín* "ripe".
"""

import re

_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
    "mot": 1, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_TENS = frozenset({"mươi", "muoi"})
_TEN = frozenset({"mười", "muoi"})
_HUNDRED = frozenset({"trăm", "tram"})
_AND = frozenset({"linh", "lẻ", "le"})
_WORDS = sorted({*_DIGITS, *_TENS, *_TEN, *_HUNDRED, *_AND}, key=len, reverse=True)
_ONE_WORD = "|".join(_WORDS)
_RUN = re.compile(rf"\b(?:{_ONE_WORD})(?: (?:{_ONE_WORD})){{0,7}}\b")
_SCALE_NEXT = re.compile(r" (?:nghìn|ngàn|triệu|tỉ|nghin|ngan|trieu|ti)\b(?! vi\b)")
# Words after which "hai", "ba" ... can only count. None of them follows "năm" meaning a year.
_COUNTED_NEXT = re.compile(
    r" (?:ca|học sinh|giáo viên|người|em|cháu|trẻ|bé|bạn|trường|lớp|ngày|tuần|tháng|năm|giờ|"
    r"tiếng|phút|buổi|lần|triệu|môn|đợt|mũi|liều|vụ|xã|phường|tỉnh|bệnh nhân|con|trăm)\b"
)
_KIN_NEXT = re.compile(r" (?:em|cháu|con|bạn|mẹ|trẻ|bé)\b")
_ORDINAL_BEFORE = re.compile(r"\b(?:tháng|thứ|lớp|khối)$")
_NUMBER_BEFORE = re.compile(r"[0-9]$")
_ACCENTED = frozenset(word for word in _DIGITS if not word.isascii()) | {"hai", "ba"}


def _group(words: list[str], start: int) -> tuple[int, int, bool]:
    """Read one group below a thousand: (value, words used, whether a ten or hundred was named)."""
    value, at, named = 0, start, False
    size = len(words)
    if at + 1 < size and words[at] in _DIGITS and words[at + 1] in _HUNDRED:
        value, at, named = _DIGITS[words[at]] * 100, at + 2, True
        if at + 1 < size and words[at] in _AND and words[at + 1] in _DIGITS:
            return value + _DIGITS[words[at + 1]], at + 2 - start, True
    if at + 1 < size and words[at] in _DIGITS and words[at + 1] in _TENS:
        value, at, named = value + _DIGITS[words[at]] * 10, at + 2, True
    elif at < size and words[at] in _TEN and words[at] == "mười":
        value, at, named = value + 10, at + 1, True
    elif at > start or at >= size or words[at] not in _DIGITS:
        return value, at - start, named
    if at < size and words[at] in _DIGITS:
        value, at = value + _DIGITS[words[at]], at + 1
    return value, at - start, named


def _lone_counts(word: str, before: str, after: str) -> bool:
    """Say whether a digit word standing alone is a number here."""
    if _SCALE_NEXT.match(after):
        return not _NUMBER_BEFORE.search(before)
    if word not in _ACCENTED:
        return False
    if _ORDINAL_BEFORE.search(before):
        return True
    if word in ("năm", "tư", "lăm", "mốt", "nhăm"):
        return False
    if word == "ba" and _KIN_NEXT.match(after):
        return False
    return bool(_COUNTED_NEXT.match(after))


def _rewrite(match: re.Match[str]) -> str:
    words = match.group().split()
    out: list[str] = []
    at = 0
    while at < len(words):
        value, used, named = _group(words, at)
        context = match.string[max(0, match.start() - 12) : match.start()].strip()
        before = " ".join((context, *out)).strip()
        rest = "".join(" " + word for word in words[at + used :])
        after = rest + match.string[match.end() : match.end() + 16]
        if used and (named or (used == 1 and _lone_counts(words[at], before, after))):
            out.append(str(value))
        else:
            used = max(used, 1)
            out += words[at : at + used]
        at += used
    return " ".join(out)


def spell_in_digits(text: str) -> str:
    """Return lower-case text with its number words below a thousand as digits.

    Works without diacritics where a hundred, ten or scale word proves a number
    (``hai tram nghin``). Linear: a run of number words is at most eight long.
    """
    return _RUN.sub(_rewrite, text)

"""Vietnamese number words as digits: ``hai trăm nghìn`` → ``200 nghìn``.

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
_AFTER_TENS = frozenset({"lăm", "nhăm", "mốt"})  # "hai lăm" is 25
_HUNDRED = frozenset({"trăm", "tram"})
_AND = frozenset({"linh", "lẻ", "le"})
_WORDS = sorted({*_DIGITS, *_TENS, *_TEN, *_HUNDRED, *_AND}, key=len, reverse=True)
_ONE_WORD = "|".join(_WORDS)
_RUN = re.compile(rf"\b(?:{_ONE_WORD})(?: (?:{_ONE_WORD})){{0,7}}\b")
_SCALE_NEXT = re.compile(r" (?:nghìn|ngàn|triệu|tỉ|nghin|ngan|trieu|ti)\b(?! vi\b)")
# Before these words "hai", "ba" ... can only be numbers. None follows "năm" meaning a year.
_COUNTED_NEXT = re.compile(
    r" (?:ca|học sinh|giáo viên|người|em|cháu|trẻ|bé|bạn|trường|lớp|ngày|tuần|tháng|năm|giờ|"
    r"tiếng|phút|buổi|lần|triệu|môn|đợt|mũi|liều|vụ|xã|phường|tỉnh|bệnh nhân|con|trăm)\b"
)
_KIN_NEXT = re.compile(r" (?:em|cháu|con|bạn|mẹ|trẻ|bé)\b")
_ORDINAL_BEFORE = re.compile(r"\b(?:tháng|thứ|lớp|khối)$")
_NUMBERED_BEFORE = re.compile(r"\b(?:cấp|mùng|mồng|lần|đợt|mũi|liều|vòng|hạng|học kì|nguyện vọng)$")
# "tháng năm 2020", "lần năm ngoái": a year, not the number five.
_YEAR_NEXT = re.compile(r" (?:(?:19|20)[0-9]{2}|nay|ngoái|sau|trước|học)\b")
_HALF_HOUR_NEXT = re.compile(r" rưỡi (?:sáng|trưa|chiều|tối|đêm)\b")
# "hơn trăm em", "3 trăm em", "2 chục em".
_ABOUT_A_HUNDRED = re.compile(
    r"\b(hơn|gần|khoảng|cả|trên|ngót|chừng|tầm|tới|đến) (trăm|chục)(?= (?:em|cháu|học sinh|hs|"
    r"người|"
    r"trẻ|bé|bạn|ca|phụ huynh|nghìn|ngàn|triệu|tỉ)\b)"
)
_MIXED = re.compile(r"(?<![\w.,/])([1-9]) (trăm|chục)\b")
_NUMBER_BEFORE = re.compile(r"[0-9]$")
_ACCENTED = frozenset(word for word in _DIGITS if not word.isascii()) | {"hai", "ba"}


def _read_group(words: list[str], start: int) -> tuple[int, int, bool]:
    """Read one group below a thousand: (value, words used, whether it has a ten or hundred)."""
    value, position, named = 0, start, False
    size = len(words)
    if position + 1 < size and words[position] in _DIGITS and words[position + 1] in _HUNDRED:
        value, position, named = _DIGITS[words[position]] * 100, position + 2, True
        if position + 1 < size and words[position] in _AND and words[position + 1] in _DIGITS:
            return value + _DIGITS[words[position + 1]], position + 2 - start, True
    if position + 1 < size and words[position] in _DIGITS and words[position + 1] in _TENS:
        value, position, named = value + _DIGITS[words[position]] * 10, position + 2, True
    elif position + 1 < size and words[position] in _DIGITS and words[position + 1] in _AFTER_TENS:
        value, position, named = value + _DIGITS[words[position]] * 10, position + 1, True
    elif position < size and words[position] in _TEN and words[position] == "mười":
        value, position, named = value + 10, position + 1, True
    elif position > start or position >= size or words[position] not in _DIGITS:
        return value, position - start, named
    if position < size and words[position] in _DIGITS:
        value, position = value + _DIGITS[words[position]], position + 1
    return value, position - start, named


def _is_lone_number(word: str, before: str, after: str) -> bool:
    """Whether a single digit word is a number here."""
    if _SCALE_NEXT.match(after):
        return not _NUMBER_BEFORE.search(before)
    if word not in _ACCENTED:
        return False
    if word == "năm" and _YEAR_NEXT.match(after):
        return False
    if _ORDINAL_BEFORE.search(before) or _NUMBERED_BEFORE.search(before):
        return True
    if _HALF_HOUR_NEXT.match(after):
        return not _NUMBER_BEFORE.search(before)
    if word in ("năm", "tư", "lăm", "mốt", "nhăm"):
        return False
    if word == "ba" and _KIN_NEXT.match(after):
        return False
    return bool(_COUNTED_NEXT.match(after))


def _rewrite(match: re.Match[str]) -> str:
    words = match.group().split()
    out: list[str] = []
    position = 0
    while position < len(words):
        value, used, named = _read_group(words, position)
        context = match.string[max(0, match.start() - 12) : match.start()].strip()
        before = " ".join((context, *out)).strip()
        rest = "".join(" " + word for word in words[position + used :])
        after = rest + match.string[match.end() : match.end() + 16]
        if used and (named or (used == 1 and _is_lone_number(words[position], before, after))):
            out.append(str(value))
        else:
            used = max(used, 1)
            out += words[position : position + used]
        position += used
    return " ".join(out)


def _mixed(match: re.Match[str]) -> str:
    return match[1] + ("00" if match[2] == "trăm" else "0")


def _about_a_hundred(match: re.Match[str]) -> str:
    return f"{match[1]} {'100' if match[2] == 'trăm' else '10'}"


def spell_in_digits(text: str) -> str:
    """Return lower-case text with its number words below a thousand as digits.

    Works without diacritics where a hundred, ten or scale word proves a number
    (``hai tram nghin``). Linear: a run of number words is at most eight long.
    """
    text = _RUN.sub(_rewrite, text)
    if "trăm" not in text and "chục" not in text:
        return text
    return _MIXED.sub(_mixed, _ABOUT_A_HUNDRED.sub(_about_a_hundred, text))

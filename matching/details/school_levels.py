"""School levels, grades, ages and exams that a text mentions, and schools by name."""

import re
from collections.abc import Container

from matching.details.proper_names import Token, name_after
from matching.text.letters import fold
from matching.text.patterns import MarkedText, compile_lexicon, compile_pattern

_AGES = (
    compile_pattern(r"(?P<a>[0-9]{1,2}) (?:đến|tới)(?: dưới)? (?P<b>[0-9]{1,2}) tuổi"),
    compile_pattern(r"(?P<side>dưới|trên|từ|đủ) (?P<a>[0-9]{1,2}) tuổi"),
    compile_pattern(r"(?:aged?|ages) (?P<a>[0-9]{1,2}) đến (?P<b>[0-9]{1,2})"),
    compile_pattern(r"(?P<a>[0-9]{1,2}) tuổi"),
)
_AGE_BOUNDS = {"duoi": "dưới", "tren": "trên", "tu": "từ", "du": "đủ"}
_EXAMS_AND_LEVELS: tuple[tuple[str, str, bool], ...] = (
    (
        r"(?:kì )?(?:thi )?(?:tuyển sinh |thi )?vào (?:lớp )?10|(?:tuyển sinh|thi)(?: vào)? lớp 10",
        "thi vào lớp 10",
        True,
    ),
    (r"thi (?:tuyển )?vào (?:lớp )?6(?: chuyên)?", "thi vào lớp 6", True),
    (
        r"(?:thi )?(?:tốt nghiệp|tn(?= thpt))(?: (?:thpt|trung học|lớp 12))?|thi thpt quốc gia"
        r"|graduation exams?",
        "thi tốt nghiệp",
        True,
    ),
    (r"(?:thi )?đánh giá năng lực", "đánh giá năng lực", True),
    (r"đại học(?= 20)|thi đại học", "thi đại học", True),
    (r"(?:thi )?học sinh giỏi", "thi học sinh giỏi", True),
    (r"(?:thi |kiểm tra )?giữa kì(?: [12i]{1,2})?", "giữa kì", True),
    (r"(?:thi |kiểm tra )?cuối kì(?: [12i]{1,2})?", "cuối kì", True),
    (r"học kì (?:1|i)|hk ?(?:1|i)", "học kì 1", True),
    (r"học kì (?:2|ii)|hk ?(?:2|ii)", "học kì 2", True),
    (r"mầm non|mẫu giáo|nhà trẻ|kindergartens?|preschools?", "mầm non", True),
    (r"tiểu học|cấp 1|cấp i|primary schools?", "tiểu học", True),
    (r"thcs|cấp 2|cấp ii|secondary schools?", "THCS", True),
    (r"thpt|cấp 3|cấp iii|high schools?", "THPT", True),
    (r"trung học(?! (?:cơ|phổ))", "trung học", True),
    (r"đại học|cao đẳng|sinh viên|university", "đại học", True),
)
_EXAM_OR_LEVEL = compile_lexicon(_EXAMS_AND_LEVELS)
_GRADE_SPAN = compile_pattern(
    r"(?:lớp|khối) (?P<a>[0-9]{1,2}) (?:đến|tới)(?: lớp)? (?P<b>[0-9]{1,2})"
)
_GRADES = compile_pattern(
    r"(?:lớp|lop|khối|grade) (?P<a>[0-9]{1,2}(?:[a-z][0-9]{0,2})?)"
    r"(?P<more>(?: (?:,|và) [0-9]{1,2}(?![0-9])){0,6})"
)

_SCHOOL_LEVELS: dict[str, str] = {
    "tiểu học": "Tiểu học", "tieu hoc": "Tiểu học", "th": "Tiểu học", "thcs": "THCS",
    "thpt": "THPT", "ptth": "THPT", "mầm non": "Mầm non", "mam non": "Mầm non", "mn": "Mầm non",
    "mẫu giáo": "Mầm non", "mau giao": "Mầm non", "đại học": "Đại học", "đh": "Đại học",
    "cao đẳng": "Cao đẳng", "trung học cơ sở": "THCS", "trung học phổ thông": "THPT",
    "trung hoc co so": "THCS", "trung hoc pho thong": "THPT", "liên cấp": "Liên cấp",
    "cấp 2": "THCS", "cap 2": "THCS", "cấp ii": "THCS", "cấp 3": "THPT", "cap 3": "THPT",
    "cấp iii": "THPT", "cấp 1": "Tiểu học", "cap 1": "Tiểu học", "nhà trẻ": "Mầm non",
}  # fmt: skip
_LEVEL_VALUES = {"Mầm non": "mầm non", "Tiểu học": "tiểu học", "THCS": "THCS", "THPT": "THPT"}
_SHORT = frozenset({"th", "mn", "đh"})  # a school level only right after "trường"
# Verbs and nouns that follow a level in lower case: "học sinh tiểu học uống sữa" names no school.
_VERBS = (
    "uống ăn đau ngộ nghỉ học đi tham vẫn cũng hết chưa lại ngay sẽ bắt phải trở xin nhận nộp được "
    "đóng mua thi ôn mắc nhiễm tử bỏ tự rơi gặp theo nói bảo tới còn không dừng cho "
    "uong an dau nghi hoc di van cung het lai se bat phai nhan nop duoc dong mua thi mac bo"
)
_NOT_NAMES = frozenset(_VERBS.split())
_KINDS_OF_SCHOOL = frozenset({"chuyên", "chuyen", "quốc tế"})
_LEVEL_STARTS = frozenset(phrase.split()[0] for phrase in _SCHOOL_LEVELS)
SCHOOL_WORDS = frozenset({"trường", "truong", "trg"})
_NAME_HEADS = _LEVEL_STARTS | SCHOOL_WORDS


def _extract_ages(marked: MarkedText) -> tuple[set[str], MarkedText]:
    ages: set[str] = set()
    for age in _AGES:
        matches, marked = age.extract(marked)
        for match in matches:
            g = match.groupdict()
            span = f"{int(g['a'])}–{int(g['b'])} tuổi" if g.get("b") else f"{int(g['a'])} tuổi"
            side = g.get("side")
            ages.add(f"{_AGE_BOUNDS.get(side, side)} {span}" if side else span)
    return ages, marked


def _extract_grades(marked: MarkedText) -> tuple[set[str], MarkedText]:
    spans, marked = _GRADE_SPAN.extract(marked)
    names = {f"lớp {int(match['a'])}–{int(match['b'])}" for match in spans}
    grades, marked = _GRADES.extract(marked)
    for match in grades:
        names.add(f"lớp {match['a'].upper().lstrip('0') or '0'}")
        names.update(f"lớp {int(number)}" for number in re.findall("[0-9]+", match["more"]))
    return names, marked


def extract_levels(marked: MarkedText) -> tuple[set[str], MarkedText]:
    """Return levels (``THCS``, ``lớp 4A``, ``5–11 tuổi``, ``thi vào lớp 10``), and the rest."""
    digits = marked.has_digits
    levels, marked = _extract_ages(marked) if digits else (set(), marked)
    # Exams before grades: "thi vào lớp 10" names no tenth grade.
    matches, marked = _EXAM_OR_LEVEL.extract(marked)
    levels |= {value for _, value in matches}
    if digits:
        grades, marked = _extract_grades(marked)
        levels |= grades
    return levels, marked


def school_level(words: list[Token], index: int, alone: bool = False) -> tuple[str, int]:
    """Return the school level at a position: (level or "", number of tokens).

    ``alone``: the tokens are a complete name, so that "TH Hoa Mai" needs no "trường".
    """
    if index >= len(words) or words[index].lower not in _LEVEL_STARTS:
        return "", 0
    lows = [word.lower for word in words[index : index + 4]]
    for size in range(len(lows), 0, -1):
        level = _SCHOOL_LEVELS.get(" ".join(lows[:size]))
        if level:
            # "TH Võ Thị Sáu", "MN Sao Mai": a short form needs "trường" before it or capitals.
            short = size == 1 and lows[0] in _SHORT
            if not short or alone or (index > 0 and words[index - 1].lower in SCHOOL_WORDS):
                return level, size
            if (
                words[index].raw.isupper()
                and index + 1 < len(words)
                and words[index + 1].capitalised
            ):
                return level, size
    return "", 0


def find_schools(words: list[Token], taken: Container[int] = ()) -> set[str]:
    """Return schools by level and name, e.g. ``THCS Hoa Mai``, from the tokens of a text.

    "Trường Hoa Mai" without a level is recognised by its capitals only. ``taken``: positions of
    tokens that already belong to a unit's name.
    """
    schools: set[str] = set()
    for index, word in enumerate(words):
        if word.lower not in _NAME_HEADS or index in taken:
            continue
        level, size = school_level(words, index)
        if level:
            name = _school_name(words, index + size)
            if name:
                schools.add(f"{level} {name}")
        elif word.lower in SCHOOL_WORDS and index + 1 < len(words) and words[index + 1].capitalised:
            name = _school_name(words, index + 1)
            if name and not school_level(words, index + 1)[0]:
                schools.add(f"Trường {name}")
    return schools


def _school_name(words: list[Token], index: int) -> str:
    """Return the name after a level: "chuyên" and "nội trú" are kinds of school, not names."""
    while index < len(words) and words[index].lower in _KINDS_OF_SCHOOL:
        index += 1
    name = name_after(words, index)
    if not name or name.isdecimal() or words[index].lower in _NOT_NAMES:
        return ""
    end = index + len(name.split())
    if end < len(words) and words[end].raw.isdecimal() and len(words[end].raw) == 1:
        return f"{name} {words[end].raw}"  # "Tân Mai 2" is a different school from "Tân Mai 1"
    return name


def levels_of_school(school: str) -> set[str]:
    """Return the level in a school's canonical name, as a value of the slot ``levels``."""
    return {value for name, value in _LEVEL_VALUES.items() if school.startswith(name + " ")}


def same_school(left: str, right: str) -> bool:
    """Whether two schools may be one: "Trường Hoa Mai" has no level, so it fits any."""
    one, other = left.partition(" "), right.partition(" ")
    if "Trường" not in (one[0], other[0]) or one[0] == other[0]:
        return False
    bare, levelled = (one[2], right) if one[0] == "Trường" else (other[2], left)
    return fold(levelled).casefold().endswith(" " + fold(bare).casefold())


def may_abbreviate(left: str, right: str) -> bool:
    """Whether one of two schools is named by the initials of the other: ``THPT Ntmk``."""
    (level, _, one), (other_level, _, other) = left.partition(" "), right.partition(" ")
    if level != other_level and "Trường" not in (level, other_level):
        return False
    return _are_initials(one, other) or _are_initials(other, one)


def _are_initials(short: str, name: str) -> bool:
    words = name.split()
    return len(words) >= 3 and short.casefold() == "".join(word[0] for word in words).casefold()

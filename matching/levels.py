"""Which pupils a text is about: school levels, grades, ages, exams; and schools by name."""

import re

from matching.names import Word, name_after
from matching.patterns import Board, pattern

_AGES = (
    pattern(r"(?P<a>[0-9]{1,2}) (?:đến|tới)(?: dưới)? (?P<b>[0-9]{1,2}) tuổi"),
    pattern(r"(?P<side>dưới|trên|từ|đủ) (?P<a>[0-9]{1,2}) tuổi"),
    pattern(r"(?P<a>[0-9]{1,2}) tuổi"),
)
_SIDES = {"duoi": "dưới", "tren": "trên", "tu": "từ", "du": "đủ"}
_EXAMS: dict[str, str] = {
    r"(?:kì )?(?:thi )?(?:tuyển sinh |thi )vào (?:lớp )?10|(?:tuyển sinh|thi) lớp 10|vào lớp 10": (
        "thi vào lớp 10"
    ),
    r"(?:thi )?tốt nghiệp(?: (?:thpt|trung học|lớp 12))?|thi thpt quốc gia": "thi tốt nghiệp",
    r"(?:thi )?đánh giá năng lực": "đánh giá năng lực",
    r"(?:thi )?(?:đại học)(?= 20)|thi đại học": "thi đại học",
    r"(?:thi )?học sinh giỏi": "thi học sinh giỏi",
    r"(?:thi |kiểm tra )?giữa kì(?: [12i]{1,2})?": "giữa kì",
    r"(?:thi |kiểm tra )?cuối kì(?: [12i]{1,2})?": "cuối kì",
    r"học kì (?:1|i)": "học kì 1",
    r"học kì (?:2|ii)": "học kì 2",
}
_LEVELS: dict[str, str] = {
    r"mầm non|mẫu giáo|nhà trẻ": "mầm non",
    r"tiểu học|cấp 1|cấp i": "tiểu học",
    r"thcs|cấp 2|cấp ii": "THCS",
    r"thpt|cấp 3|cấp iii": "THPT",
    r"trung học(?! (?:cơ|phổ))": "trung học",
    r"đại học|cao đẳng|sinh viên": "đại học",
}
_EXAM_PATTERNS = tuple((pattern(source), value) for source, value in _EXAMS.items())
_LEVEL_PATTERNS = tuple((pattern(source), value) for source, value in _LEVELS.items())
_GRADE_SPAN = pattern(r"(?:lớp|khối) (?P<a>[0-9]{1,2}) (?:đến|tới)(?: lớp)? (?P<b>[0-9]{1,2})")
_GRADES = pattern(
    r"(?:lớp|khối) (?P<a>[0-9]{1,2}(?:[a-z][0-9]{0,2})?)"
    r"(?P<more>(?: (?:,|và) [0-9]{1,2}(?![0-9])){0,6})"
)

_SCHOOL_LEVELS: dict[str, str] = {
    "tiểu học": "Tiểu học", "tieu hoc": "Tiểu học", "th": "Tiểu học", "thcs": "THCS",
    "thpt": "THPT", "ptth": "THPT", "mầm non": "Mầm non", "mam non": "Mầm non", "mn": "Mầm non",
    "mẫu giáo": "Mầm non", "mau giao": "Mầm non", "đại học": "Đại học", "đh": "Đại học",
    "cao đẳng": "Cao đẳng", "trung học cơ sở": "THCS", "trung học phổ thông": "THPT",
    "trung hoc co so": "THCS", "trung hoc pho thong": "THPT", "liên cấp": "Liên cấp",
}  # fmt: skip
_SHORT = frozenset({"th", "mn", "đh"})  # a school level only right after "trường"
_LEVEL_STARTS = frozenset(phrase.split()[0] for phrase in _SCHOOL_LEVELS)
_SCHOOL_WORDS = frozenset({"trường", "truong", "trg"})


def _take_ages(board: Board) -> tuple[set[str], Board]:
    found: set[str] = set()
    for age in _AGES:
        matches, board = age.take(board)
        for match in matches:
            g = match.groupdict()
            span = f"{int(g['a'])}–{int(g['b'])} tuổi" if g.get("b") else f"{int(g['a'])} tuổi"
            side = g.get("side")
            found.add(f"{_SIDES.get(side, side)} {span}" if side else span)
    return found, board


def _take_grades(board: Board) -> tuple[set[str], Board]:
    spans, board = _GRADE_SPAN.take(board)
    found = {f"lớp {int(match['a'])}–{int(match['b'])}" for match in spans}
    grades, board = _GRADES.take(board)
    for match in grades:
        found.add(f"lớp {match['a'].upper().lstrip('0') or '0'}")
        found.update(f"lớp {int(number)}" for number in re.findall("[0-9]+", match["more"]))
    return found, board


def take_levels(board: Board) -> tuple[set[str], Board]:
    """Return levels (``THCS``, ``lớp 4A``, ``5–11 tuổi``, ``thi vào lớp 10``) and the rest."""
    found, board = _take_ages(board)
    for exam, value in _EXAM_PATTERNS:
        matches, board = exam.take(board)
        if matches:
            found.add(value)
    grades, board = _take_grades(board)
    found |= grades
    for level, value in _LEVEL_PATTERNS:
        matches, board = level.take(board)
        if matches:
            found.add(value)
    return found, board


def _school_level(words: list[Word], at: int) -> tuple[str, int]:
    """Read a school level at a position: (level or "", words used)."""
    if words[at : at + 1] and words[at].low not in _LEVEL_STARTS:
        return "", 0
    for size in (4, 3, 2, 1):
        phrase = " ".join(word.low for word in words[at : at + size])
        if phrase in _SCHOOL_LEVELS and len(words) >= at + size:
            after_school = at > 0 and words[at - 1].low in _SCHOOL_WORDS
            if phrase not in _SHORT or after_school:
                return _SCHOOL_LEVELS[phrase], size
    return "", 0


def schools(words: list[Word]) -> set[str]:
    """Return schools by level and name, e.g. ``THCS Hoa Mai``, from the words of a text.

    "Trường Hoa Mai" without a level needs capitals to be recognised.
    """
    found: set[str] = set()
    for at, word in enumerate(words):
        level, size = _school_level(words, at)
        if level:
            name = name_after(words, at + size)
            if name and not name.isdecimal():
                found.add(f"{level} {name}")
        elif word.low in _SCHOOL_WORDS and at + 1 < len(words) and words[at + 1].capital:
            name = name_after(words, at + 1)
            if name and not _school_level(words, at + 1)[0] and not name.isdecimal():
                found.add(f"Trường {name}")
    return found

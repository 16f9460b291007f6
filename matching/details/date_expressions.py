"""Dates and date ranges in marked text, as ISO 8601 where they can be.

``17/2 đến hết tháng 2`` is ``--02-17/--02-29`` without a year. What only a clock could tell
("ngày mai") resolves against the day the text was seen, or stays in words.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from matching.text.patterns import MarkedText, compile_pattern

_WEEKDAYS = ("thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "chủ nhật")
_RELATIVE_DAYS = {-1: "hôm qua", 0: "hôm nay", 1: "ngày mai", 2: "ngày kia"}
_ATOM = compile_pattern(
    r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})(?:/(?P<y>[0-9]{4}))?"
    r"|(?P<end>(?:hết|cuối) )?tháng (?P<mm>[0-9]{1,2})(?:/(?P<my>[0-9]{4}))?"
    r"|(?P<months>(?:hết )?tháng (?:này|sau|tới|trước))"
    r"|(?:năm |năm học |tết (?:nguyên đán )?)(?P<year>(?:19|20)[0-9]{2})"
    r"|(?P<lone>20[1-3][0-9])(?! (?:người|học sinh|em|ca|trẻ|cháu|đồng|trường|liều|lượt))"
    r"|(?:sáng |chiều |tối |đêm )?(?:thứ (?P<wd>[2-7])|(?P<sun>chủ nhật))"
    r"(?P<wk> (?:tuần (?:sau|tới|trước|này)|tới))?"
    r"|(?P<tomorrow>(?:ngày|sáng|chiều|tối|đêm|trưa) mai)"
    r"|(?P<today>(?:ngày )?hôm nay|(?:sáng|chiều|tối|đêm|trưa) nay)"
    r"|(?P<later>ngày kia)|(?P<yesterday>hôm qua|(?:tối|đêm|sáng|chiều) qua)"
)
_DAY_TO_DATE = compile_pattern(
    r"(?P<d1>[0-9]{1,2}) (?:đến|tới)(?: hết)? "
    r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})(?:/(?P<y>[0-9]{4}))?"
)
_TO = re.compile(r" (?:cho )?(?:đến|tới|den|toi)(?: hết| het)?(?: ngày| ngay)? ")
_BESIDE = re.compile(r" (?:(?:ngày|ngay|tức|tuc|,|là|la) ){0,2}")


@dataclass(frozen=True, slots=True)
class _Atom:
    start: int
    end: int
    value: str
    vague: bool  # a weekday or "tomorrow": drops out beside a written date


def _iso(year: int | None, month: int, day: int, seen_on: date | None) -> str:
    """Write one day; without a year the nearest one to the day it was seen, if that is known."""
    years = [year] if year else [seen_on.year + n for n in (0, 1, -1)] if seen_on else []
    days: list[date] = []
    for candidate in years:
        if candidate and 1 <= month <= 12 and 1 <= day <= monthrange(candidate, month)[1]:
            days.append(date(candidate, month, day))
    if not days:
        return f"--{month:02d}-{day:02d}"
    return min(days, key=lambda d: abs(d - seen_on) if seen_on else timedelta()).isoformat()


def _month(year: int | None, month: int, last_day: bool, seen_on: date | None) -> str:
    if not 1 <= month <= 12:
        return f"--{month:02d}"
    if not year and seen_on:
        year = int(_iso(None, month, 15, seen_on)[:4])
    if last_day:
        # 2020 is a leap year: without a year, "to the end of February" reaches the 29th.
        return _iso(year, month, monthrange(year or 2020, month)[1], None)
    return f"{year}-{month:02d}" if year else f"--{month:02d}"


def _weekday(index: int, which: str, seen_on: date | None) -> str:
    name = _WEEKDAYS[index]
    if seen_on is None:
        return name + which.replace("tới", "sau")
    monday = seen_on - timedelta(days=seen_on.weekday())
    weeks = 1 if "sau" in which or "tuần tới" in which or "toi" in which else 0
    weeks = -1 if "trước" in which or "truoc" in which else weeks
    if weeks:
        return (monday + timedelta(days=index, weeks=weeks)).isoformat()
    return (seen_on + timedelta(days=(index - seen_on.weekday()) % 7)).isoformat()


def _months_away(words: str, seen_on: date | None) -> str:
    if seen_on is None:
        return words.removeprefix("hết ").removeprefix("het ").replace("tới", "sau")
    step = 1 if words.endswith(("sau", "tới", "toi")) else 0
    step = -1 if words.endswith(("trước", "truoc")) else step
    count = seen_on.year * 12 + seen_on.month - 1 + step
    return _month(count // 12, count % 12 + 1, words.startswith("h"), seen_on)


def _relative(days: int, seen_on: date | None) -> str:
    return (seen_on + timedelta(days=days)).isoformat() if seen_on else _RELATIVE_DAYS[days]


def _year(digits: str | None) -> int | None:
    return int(digits) if digits and digits != "0000" else None


def _read(match: re.Match[str], seen_on: date | None) -> _Atom:
    g, vague = match.groupdict(), False
    if g["d"]:
        value = _iso(_year(g["y"]), int(g["m"]), int(g["d"]), seen_on)
    elif g["mm"]:
        value = _month(_year(g["my"]), int(g["mm"]), bool(g["end"]), seen_on)
    elif g["year"] or g["lone"]:
        value = g["year"] or g["lone"]
    elif g["months"]:
        value = _months_away(g["months"], seen_on)
    else:
        vague = True
        if g["wd"] or g["sun"]:
            value = _weekday(int(g["wd"]) - 2 if g["wd"] else 6, g["wk"] or "", seen_on)
        else:
            names = {"tomorrow": 1, "today": 0, "later": 2, "yesterday": -1}
            value = _relative(next(n for key, n in names.items() if g[key]), seen_on)
    return _Atom(match.start(), match.end(), value, vague)


def _join(atoms: list[_Atom], text: str) -> list[str]:
    """Join atoms linked by "đến" to ranges; drop a weekday beside the date it explains."""
    values: list[str] = []
    last: _Atom | None = None
    for atom in atoms:
        gap = text[last.end : atom.start] if last else ""
        if last and _TO.fullmatch(gap) and "/" not in values[-1]:
            values[-1] = f"{values[-1]}/{atom.value}"
        elif last and last.vague and not atom.vague and _BESIDE.fullmatch(gap):
            values[-1] = values[-1].rpartition("/")[0]
            values[-1] = f"{values[-1]}/{atom.value}" if values[-1] else atom.value
        elif last and atom.vague and not last.vague and _BESIDE.fullmatch(gap):
            continue
        else:
            values.append(atom.value)
        last = atom
    return values


def extract_dates(board: MarkedText, seen_on: date | None) -> tuple[set[str], MarkedText]:
    """Return the dates and ranges of a board, and the board without them.

    Values: ``2026-11-23``, ``--11-23``, ``2026-11``, ``2026``, ``A/B`` for a range, or words
    such as ``ngày mai`` where ``seen_on`` is needed and missing.
    """
    found: set[str] = set()
    spans, board = _DAY_TO_DATE.extract(board)
    for match in spans:
        year, month = _year(match["y"]), int(match["m"])
        ends = (_iso(year, month, int(match[group]), seen_on) for group in ("d1", "d"))
        found.add("/".join(ends))
    matches = _ATOM.find(board)
    found.update(_join([_read(match, seen_on) for match in matches], board.text))
    return found, board.remove_spans([match.span() for match in matches])


def is_relative(value: str) -> bool:
    """Say whether a value still waits for the day it was seen."""
    return not (value[:1].isdigit() or value.startswith("--"))


def same_date(left: str, right: str) -> bool:
    """Say whether two values can be the same: a missing year fits any year."""
    lefts, rights = left.split("/"), right.split("/")
    if len(lefts) != len(rights):
        return False
    return all(_same_day(a, b) for a, b in zip(lefts, rights, strict=True))


def _same_day(left: str, right: str) -> bool:
    if "--02-29" in (left, right) and {left[-6:], right[-6:]} == {"-02-29", "-02-28"}:
        return True  # "to the end of February", once read without a year
    if left.startswith("--") != right.startswith("--"):
        return left.removeprefix("--") == right[5:] or right.removeprefix("--") == left[5:]
    return left == right

"""Date expressions in marked text: dates and ranges, in ISO 8601 where possible.

``17/2 đến hết tháng 2`` becomes ``--02-17/--02-29`` without a year. Relative expressions ("ngày
mai") are resolved against the day the text was seen; without that day they stay words.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from matching.details.bounds import find_day_bounds
from matching.text.patterns import MarkedText, compile_pattern

_WEEKDAYS = ("thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "chủ nhật")
_RELATIVE_DAYS = {-1: "hôm qua", 0: "hôm nay", 1: "ngày mai", 2: "ngày kia"}
_EXPRESSION = compile_pattern(
    r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})(?:/(?P<y>[0-9]{4}))?(?: (?P<lunar>âm lịch))?"
    r"|(?:mùng|mồng) (?P<lunar_day>[0-9]{1,2})(?: (?P<feast>tết|âm lịch|tháng giêng|tháng chạp))?"
    r"|(?P<end>(?:hết|cuối) )?tháng (?P<mm>[0-9]{1,2})(?:/(?P<my>[0-9]{4}))?"
    r"(?! (?:lần|lượt|mũi|liều)(?!\S))"
    r"|(?P<months>(?:hết )?tháng (?:này|sau|tới|trước))"
    r"|(?:năm |năm học |tết (?:nguyên đán )?)(?P<year>(?:19|20)[0-9]{2})"
    r"|(?P<lone>20[1-3][0-9])(?! (?:người|học sinh|em|ca|trẻ|cháu|đồng|trường|liều|lượt))"
    r"|(?:sáng |chiều |tối |đêm )?(?:thứ (?P<wd>[2-7])|(?P<sun>chủ nhật)"
    r"|t(?P<short>[2-7])(?:(?<=từ t[2-7])|(?<=đến t[2-7])|(?<=tới t[2-7])|(?<=sáng t[2-7])|"
    r"(?<=chiều t[2-7])|(?<=tối t[2-7])|(?<=nghỉ t[2-7])|(?<=vào t[2-7])|(?<=và t[2-7])|"
    r"(?<=, t[2-7]))"
    r"|(?P<cn>cn)(?:(?<=từ cn)|(?<=đến cn)|(?<=tới cn)|(?<=sáng cn)|(?<=chiều cn)|(?<=tối cn)|"
    r"(?<=nghỉ cn)|(?<=vào cn)|(?<=và cn)|(?<=, cn)))"
    r"(?P<wk> (?:tuần (?:sau|tới|trước|này)|tới))?"
    r"|(?P<tomorrow>(?:ngày|sáng|chiều|tối|đêm|trưa) mai)"
    r"|(?P<today>(?:ngày )?hôm nay|(?:sáng|chiều|tối|đêm|trưa) nay)"
    r"|(?P<later>ngày kia)|(?P<yesterday>hôm qua|(?:tối|đêm|sáng|chiều) qua)"
)
_DAY_TO_DATE = compile_pattern(
    r"(?P<d1>[0-9]{1,2}) (?:đến|tới)(?: hết)? "
    r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})(?:/(?P<y>[0-9]{4}))?"
)
_RANGE_WORDS = re.compile(r" (?:cho )?(?:đến|tới|den|toi)(?: hết| het)?(?: ngày| ngay)? ")
_APPOSITION = re.compile(r" (?:(?:ngày|ngay|tức|tuc|,|là|la) ){0,2}")


@dataclass(frozen=True, slots=True)
class _DateExpression:
    start: int
    end: int
    value: str
    vague: bool  # a weekday or "tomorrow": dropped next to a written date


def _iso(year: int | None, month: int, day: int, seen_on: date | None) -> str:
    """Return one day in ISO 8601; without a year the one nearest to ``seen_on``, if given."""
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


def _relative_month(words: str, seen_on: date | None) -> str:
    if seen_on is None:
        return words.removeprefix("hết ").removeprefix("het ").replace("tới", "sau")
    step = 1 if words.endswith(("sau", "tới", "toi")) else 0
    step = -1 if words.endswith(("trước", "truoc")) else step
    count = seen_on.year * 12 + seen_on.month - 1 + step
    return _month(count // 12, count % 12 + 1, words.startswith("h"), seen_on)


def _relative_day(days: int, seen_on: date | None) -> str:
    return (seen_on + timedelta(days=days)).isoformat() if seen_on else _RELATIVE_DAYS[days]


def _year(digits: str | None) -> int | None:
    return int(digits) if digits and digits != "0000" else None


def _is_possible(match: re.Match[str]) -> bool:
    """Whether a day and month can be those of a date: 24/24 cannot."""
    return not match["d"] or (1 <= int(match["d"]) <= 31 and 1 <= int(match["m"]) <= 12)


def _read_expression(match: re.Match[str], seen_on: date | None) -> _DateExpression:
    g, vague = match.groupdict(), False
    if g["d"] and g["lunar"]:
        value = f"{int(g['d'])}/{int(g['m'])} âm lịch"
    elif g["d"]:
        value = _iso(_year(g["y"]), int(g["m"]), int(g["d"]), seen_on)
    elif g["lunar_day"]:
        value = " ".join(("mùng", g["lunar_day"], g["feast"] or "")).strip()
    elif g["mm"]:
        value = _month(_year(g["my"]), int(g["mm"]), bool(g["end"]), seen_on)
    elif g["year"] or g["lone"]:
        value = g["year"] or g["lone"]
    elif g["months"]:
        value = _relative_month(g["months"], seen_on)
    else:
        vague = True
        weekday = g["wd"] or g["short"]
        if weekday or g["sun"] or g["cn"]:
            value = _weekday(int(weekday) - 2 if weekday else 6, g["wk"] or "", seen_on)
        else:
            names = {"tomorrow": 1, "today": 0, "later": 2, "yesterday": -1}
            value = _relative_day(next(n for key, n in names.items() if g[key]), seen_on)
    return _DateExpression(match.start(), match.end(), value, vague)


def _join_ranges(atoms: list[_DateExpression], text: str) -> list[str]:
    """Join expressions linked by "đến" into ranges; drop a weekday next to its date."""
    values: list[str] = []
    last: _DateExpression | None = None
    for atom in atoms:
        gap = text[last.end : atom.start] if last else ""
        if last and _RANGE_WORDS.fullmatch(gap) and "/" not in values[-1]:
            values[-1] = f"{values[-1]}/{atom.value}"
        elif last and last.vague and not atom.vague and _APPOSITION.fullmatch(gap):
            values[-1] = values[-1].rpartition("/")[0]
            values[-1] = f"{values[-1]}/{atom.value}" if values[-1] else atom.value
        elif last and atom.vague and not last.vague and _APPOSITION.fullmatch(gap):
            continue
        else:
            values.append(atom.value)
        last = atom
    return values


def extract_dates(
    marked: MarkedText, seen_on: date | None
) -> tuple[set[str], set[str], MarkedText]:
    """Return the dates and ranges in a text, bounds such as ``trước 5/6``, and the other text.

    Values: ``2026-11-23``, ``--11-23``, ``2026-11``, ``2026``, ``A/B`` for a range, or words
    such as ``ngày mai`` where ``seen_on`` is needed and missing.
    """
    values: set[str] = set()
    ranges, marked = _DAY_TO_DATE.extract(marked)
    for match in ranges:
        year, month = _year(match["y"]), int(match["m"])
        ends = (_iso(year, month, int(match[group]), seen_on) for group in ("d1", "d"))
        values.add("/".join(ends))
    matches = [match for match in _EXPRESSION.find(marked) if _is_possible(match)]
    values.update(
        _join_ranges([_read_expression(match, seen_on) for match in matches], marked.text)
    )
    bounds = find_day_bounds(matches, marked.text)
    return values, bounds, marked.remove_spans([match.span() for match in matches])


def is_relative(value: str) -> bool:
    """Whether a value is relative to a day that is unknown."""
    return not (value[:1].isdigit() or value.startswith("--")) or value.endswith("lịch")


def same_date(left: str, right: str) -> bool:
    """Whether two values can be the same: a missing year matches any year."""
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

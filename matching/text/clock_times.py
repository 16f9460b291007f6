"""Times of day in one written form: ``4 rưỡi chiều``, ``4h30 chiều``, ``16 giờ 30`` → ``16h30``.

The part of the day stays in the text, so that no word is lost. Without diacritics only *chieu* is
read: *toi* may be "I" or "to".
"""

import re

_NOT_INSIDE = r"(?<![\w.,/:])"
_HOUR_WORD = r"(?:giờ|gio|h|g)"
_ANY_CLOCK = re.compile(r"[0-9] ?(?:[hg:]|rưỡi|ruoi)")
_CLOCK = re.compile(
    rf"{_NOT_INSIDE}([01]?[0-9]|2[0-4]) ?{_HOUR_WORD}(?: ?([0-5][0-9]) ?(?:phút|phut)"
    r"|([0-5][0-9]))?(?!\w)"
)
# "16 giờ 30 em" may be sixteen o'clock and thirty pupils; after these words it is a time.
_CLOCK_IN_WORDS = re.compile(
    rf"\b(lúc|luc|từ|đến|tới|vào|là|khoảng) ([01]?[0-9]|"
    rf"2[0-4]) {_HOUR_WORD} ([0-5][0-9])(?![\w.,/])"
)
_CLOCK_COLON = re.compile(r"(?<![\w.,/:])([01]?[0-9]|2[0-3]):([0-5][0-9])(?![\w:])")
_HALF_PAST = re.compile(
    rf"{_NOT_INSIDE}(1[0-2]|[1-9]) ?(?:{_HOUR_WORD} ?(?:rưỡi|ruoi)"
    r"|(?:rưỡi|ruoi)(?= (?:sáng|sang|trưa|trua|chiều|chieu|tối|toi|đêm|dem)\b))(?!\w)"
)
_TO_THE_HOUR = re.compile(
    rf"{_NOT_INSIDE}(2[0-4]|1[0-9]|[1-9]) ?{_HOUR_WORD} kém ([0-9]{{1,2}})(?: phút)?(?!\w)"
)
_PART_AFTER = re.compile(
    rf"{_NOT_INSIDE}(1[0-2]|[1-9])h([0-5][0-9])?(?= ?(chiều|chieu|tối|đêm|trưa|pm)\b)"
)
_PART_BEFORE = re.compile(
    r"\b(chiều|chieu|tối|đêm|trưa)((?: (?:nay|mai|qua))?(?: (?:vào|lúc|luc|khoảng|tầm)){0,2}) "
    r"(1[0-2]|[1-9])h([0-5][0-9])?(?![\w/])"
)
# Hours at which a part of the day begins a second round of twelve.
_AFTERNOONS = {
    "chiều": range(1, 8), "chieu": range(1, 8), "tối": range(4, 12), "đêm": range(7, 12),
    "trưa": range(1, 4), "pm": range(1, 12),
}  # fmt: skip


def _clock(match: re.Match[str]) -> str:
    minutes = next((m for m in match.groups()[1:] if m and m != "00"), "")
    return f"{int(match[1])}h{minutes}"


def _before_the_hour(match: re.Match[str]) -> str:
    minutes = int(match[2])
    if not 1 <= minutes <= 45:
        return match.group()
    return f"{int(match[1]) - 1}h{60 - minutes:02d}"


def _hour_of_day(hour: str, part: str) -> int:
    if part == "đêm" and hour == "12":
        return 0
    return int(hour) + 12 if int(hour) in _AFTERNOONS[part] else int(hour)


def canonical_times(text: str) -> str:
    """Return lower-case unified text with its times of day as ``7h``, ``16h30``. Linear."""
    if not _ANY_CLOCK.search(text):
        return text
    text = _HALF_PAST.sub(r"\1h30", text)
    text = _TO_THE_HOUR.sub(_before_the_hour, text)
    text = _CLOCK_IN_WORDS.sub(r"\1 \2h\3", text)
    text = _CLOCK_COLON.sub(_clock, _CLOCK.sub(_clock, text))
    text = _PART_AFTER.sub(lambda m: f"{_hour_of_day(m[1], m[3])}h{m[2] or ''}", text)
    return _PART_BEFORE.sub(lambda m: f"{m[1]}{m[2]} {_hour_of_day(m[3], m[1])}h{m[4] or ''}", text)

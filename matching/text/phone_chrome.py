"""Phone chrome: what a telephone draws around a message, in words that OCR read from a screenshot.

Clock, carrier and battery, the group's name with its members, times between messages, buttons of
Zalo, Facebook and Messenger. A line counts as chrome only as a whole.
"""

import re

from matching.text.letters import fold

_CLOCK = r"[0-2]?[0-9][:.h][0-5][0-9]"
_STATUS = (
    rf"{_CLOCK}|[0-9]{{1,3}} ?%|[2-5]g\+?|lte|4g\+|5ga|volte|wi-?fi|viettel|vinaphone|mobifone|"
    r"vietnamobile|vn mobifone|vn vinaphone|itel|sos|"
    r"[•●○◦.|<>«»‹›=~^*°@©®…:;,_—–-]+|[^\w\s]{1,3}|[a-z]|[0-9]"
)
_DAY = (
    r"hom nay|hom qua|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn|"
    r"[0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{2,4})?"
)
_STATUS_LINE = re.compile(rf"(?:(?:{_STATUS})(?: |$)){{1,12}}")
_TIME_LINE = re.compile(rf"(?:{_DAY})?,? ?(?:luc )?(?:{_CLOCK})?(?: (?:am|pm|sa|ch))?")
_GROUP_LINE = re.compile(
    r"(?:\S+ ){0,10}[0-9]{1,4} (?:thanh vien|members?|nguoi tham gia)\b.{0,20}"
)
_BUTTONS = re.compile(
    r"(?:(?:da (?:xem|nhan|gui|chuyen tiep)|dang hoat dong|(?:truy cap|hoat dong) .{1,20} truoc|"
    r"vua (?:moi )?truy cap|nhap tin nhan|tin nhan|nhan tin(?: toi .{1,40})?|gui tin nhan|aa|"
    r"(?:thich|tra loi|phan hoi|chia se|binh luan|like|reply|comment|share|theo doi|follow)|"
    r"xem (?:them|ban dich|tat ca(?: \S+){0,3}|cau tra loi)|viet (?:binh luan|cau tra loi).{0,20}|"
    r"[0-9.,]+ ?(?:k|tr)? ?(?:binh luan|luot (?:chia se|thich|xem)|"
    r"likes?|comments?|shares?|phan hoi)|"
    r"[0-9]+ ?(?:gio|phut|ngay|tuan|h|m|d|w)(?: truoc)?|tin nhan duoc chuyen tiep|"
    r"[0-9]+ tin nhan (?:moi|chua doc)|hinh anh|camera|thu vien|chup man hinh|tai ve)[ ·•.|]*){1,8}"
)
_SPACES = re.compile(r"\s+")


def _is_chrome(line: str) -> bool:
    plain = _SPACES.sub(" ", fold(line).lower()).strip(" ·•|")
    if not plain:
        return True
    return any(
        pattern.fullmatch(plain) for pattern in (_STATUS_LINE, _TIME_LINE, _GROUP_LINE, _BUTTONS)
    )


def strip_chrome(text: str) -> str:
    """Return the lines of a text read from a picture that are no chrome; ``""`` if none is left."""
    return "\n".join(line for line in text.split("\n") if not _is_chrome(line)).strip()

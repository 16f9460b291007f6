"""Numbers with a stroke that are no dates: classes, fractions, scores, house numbers, "24/7".

``lớp 6/3`` is a class in the south, ``2/3 học sinh`` a fraction, ``9/10 điểm`` a score. What none
of these rules claims stays in the text and is read as a date.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from matching.text.letters import fold
from matching.text.patterns import MarkedText

_PAIR = re.compile(r"(?<!\S)([0-9]{1,4})/([0-9]{1,4})(?:/[0-9]{1,3})?(?!\S)")
_WINDOW = 32  # characters before and after that are read

# All patterns are over folded text, so that one table serves both ways of typing.
_DATE_BEFORE = re.compile(
    r"(?:^| )(?:ngay|tu|den|toi|het|hom|sang|chieu|dem|truoc|sau|vao|chu nhat|thu [2-7]|mung)"
    r"(?: het)? $"
)
_AS_MANY_AS = re.compile(r"(?:co|len|chiem|mat|tang|giam) (?:den|toi) $")
_ADDRESS_BEFORE = re.compile(
    r"(?:^| )(?:so nha|nha so|dia chi|hem|ngo|ngach|kiet|lo|thua|can ho|toa|phong so|phong|so) $"
)
_LETTER_BEFORE = re.compile(r"(?:van ban|cong van|quyet dinh|thong tu|nghi dinh) so $")
_STREET_AFTER = re.compile(r" (?:duong|pho|quoc lo|tinh lo)(?: |$)")
_STREET_BEFORE = re.compile(
    r"(?:^| )(?:duong|pho|cau|cong vien|cho|khu pho|benh vien|quang truong|ap|thon|to dan pho) $"
)
_CLASS_BEFORE = re.compile(r"(?:^| )(?:lop|khoi|chi doi) $")
_PUPILS_BEFORE = re.compile(
    r"(?:^| )(?:hoc sinh|hs|em|ban|tap the|phu huynh|gvcn|chu nhiem|lop minh|lop con) $"
)
_RETURN_AFTER = re.compile(
    r" (?:(?:duoc|se|bat dau|tiep tuc|di|da|phai|moi|chua|khong|toan truong|ca truong) ){0,2}"
    r"(?:nghi|hoc|tro lai|tuu truong|khai giang|thi|den truong|kham|tiem|ve|quay lai)(?: |$)"
)
_LIST_BETWEEN = re.compile(r" (?:,|va|voi) ")
_ALWAYS_BEFORE = re.compile(r"[^ .,:;?!] $")
_ON_DUTY_BEFORE = re.compile(
    r"(?:^| )(?:truc|hoat dong|mo cua|phuc vu|ho tro|lam viec|camera|canh)(?: ca)? $"
)
_SCORE_AFTER = re.compile(r" (?:diem|cau|sao)(?: |$)")
_SCORE_BEFORE = re.compile(r"(?:^| )(?:diem|diem so|dat|cham|duoc|danh gia)(?: la| duoc| chi)? $")
_SCALES = frozenset({4, 5, 10, 20, 30, 40, 50, 100, 120, 150})
_RATIO_BEFORE = re.compile(
    r"(?:^| )(?:ti le|xac suat|choi|thi luc|huyet ap|ti so|nong do)(?: la| khoang| chi)? $"
)
_PART_BEFORE = re.compile(r"(?:^| )(?:trang|phan|ki|tap|bai) $")
_SHARE_BEFORE = re.compile(
    r"(?:^| )(?:chi|chi co|hon|gan|khoang|chiem|mat|giam|tang|con|it nhat|nhieu nhat|hau nhu) $"
)
_COUNTED_AFTER = re.compile(
    r" (?:(?:tong|so|cac|tong so) )?(?:so|hoc sinh|hs|lop|truong|phu huynh|giao vien|gv|em|tre|"
    r"chau|"
    r"ban|dan|dan so|nguoi|thoi gian|chuong trinh|mon|bai|quy|qui|tien|suat|luong|tiet|hoc phi|"
    r"lieu|"
    r"thi sinh|sinh vien|can bo|truong hop|cong nhan|giao trinh|lop hoc|ti le|gia dinh|ho)(?: |$)"
)
# Days that everybody calls by their numbers: "2/9 học sinh nghỉ lễ" is no share of the pupils.
_FEASTS = frozenset({(2, 9), (5, 9), (1, 6), (1, 5), (3, 2), (8, 3), (1, 9), (2, 4)})
_SIMPLE_SHARES = frozenset({2, 3, 4, 5, 8, 10})


@dataclass(frozen=True, slots=True)
class _Context:
    """Two numbers with what stands before and after them, folded."""

    first: int
    second: int
    before: str
    after: str
    follows_class: bool

    @property
    def dated(self) -> bool:
        """Whether a word before it announces a date."""
        return bool(_DATE_BEFORE.search(self.before)) and not _AS_MANY_AS.search(self.before)

    @property
    def possible_date(self) -> bool:
        return 1 <= self.first <= 31 and 1 <= self.second <= 12


def _is_address(c: _Context) -> bool:
    if _ADDRESS_BEFORE.search(c.before):
        return not _LETTER_BEFORE.search(c.before)
    return bool(_STREET_BEFORE.search(c.before)) or (
        not c.dated and bool(_STREET_AFTER.match(c.after))
    )


def _is_class(c: _Context) -> bool:
    if not (1 <= c.first <= 12 and 1 <= c.second <= 30):
        return False
    if c.follows_class or _CLASS_BEFORE.search(c.before):
        return True
    return bool(_PUPILS_BEFORE.search(c.before)) and not _RETURN_AFTER.match(c.after)


def _is_around_the_clock(c: _Context) -> bool:
    if (c.first, c.second) == (24, 24):
        return True
    if c.second != 7 or c.dated:
        return False
    if c.first == 24:
        return bool(_ALWAYS_BEFORE.search(c.before))
    return 8 <= c.first <= 20 and bool(_ON_DUTY_BEFORE.search(c.before))


def _is_score(c: _Context) -> bool:
    if c.dated or c.second not in _SCALES or c.first > c.second:
        return False
    return bool(
        _SCORE_AFTER.match(c.after)
        or (_SCORE_BEFORE.search(c.before) and not _COUNTED_AFTER.match(c.after))
    )


def _is_fraction(c: _Context) -> bool:
    if _RATIO_BEFORE.search(c.before):
        return True
    if c.dated or not 0 < c.first < c.second:
        return False
    share, counted = bool(_SHARE_BEFORE.search(c.before)), bool(_COUNTED_AFTER.match(c.after))
    if not c.possible_date:
        return share or counted
    if share:
        return counted or c.second in _SIMPLE_SHARES
    return counted and c.second in _SIMPLE_SHARES and (c.first, c.second) not in _FEASTS


# In this order: the slot, and whether a pair belongs to it.
_RULES: tuple[tuple[str, Callable[[_Context], bool]], ...] = (
    ("addresses", _is_address),
    ("levels", _is_class),
    ("periods", _is_around_the_clock),
    ("ordinals", lambda c: bool(_PART_BEFORE.search(c.before)) and c.first <= c.second),
    ("scores", _is_score),
    ("fractions", _is_fraction),
)


def _slot_of(context: _Context) -> str:
    return next((slot for slot, applies in _RULES if applies(context)), "")


def _value(slot: str, match: re.Match[str]) -> str:
    return f"lớp {match.group()}" if slot == "levels" else match.group()


def extract_slashed(marked: MarkedText) -> tuple[dict[str, set[str]], MarkedText]:
    """Return what is no date by slot (``levels``, ``fractions``, ``scores`` ...), and the rest."""
    slots: dict[str, set[str]] = {}
    spans: list[tuple[int, int]] = []
    class_end = -1
    for match in _PAIR.finditer(marked.text):
        start, end = match.span()
        before = fold(marked.text[max(0, start - _WINDOW) : start])
        between = fold(marked.text[class_end:start]) if class_end >= 0 else ""
        follows = bool(_LIST_BETWEEN.fullmatch(between))
        after = fold(marked.text[end : end + _WINDOW])
        slot = _slot_of(_Context(int(match[1]), int(match[2]), before, after, follows))
        if slot:
            slots.setdefault(slot, set()).add(_value(slot, match))
            spans.append((start, end))
        class_end = end if slot == "levels" else -1
    return slots, marked.remove_spans(spans) if spans else marked

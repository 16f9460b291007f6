"""Wordings with slots: texts with typed gaps, and the exact test whether a text is a wording.

A slot is written as its name in braces, ``{số tiền}``. A text is a wording if everything outside
the slots is equal by the rule of the fingerprint, signs and links included, and each slot holds a
value of its kind. Slots take words from short lists, never free text: a word that none of them
knows is no value, so nothing unread is passed over.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from matching.details.provinces import PROVINCES
from matching.scoring.core_text import core_text
from matching.text.letters import fold
from matching.text.normalisation import canonical_links, exact_key, is_unaccented
from matching.text.word_lists import EMPTY_WORDS

MIN_FIXED_WORDS = 6  # outside the slots; fewer would fit too much
MIN_SHARED = 0.6  # of the fixed content words, for a text that is only alike
_MAX_LENGTH = 2_000  # characters of a text that is compared


class SlotKind(StrEnum):
    """What a slot may hold; the value is its name in a wording."""

    AMOUNT = "số tiền"
    PHONE = "số điện thoại"
    ACCOUNT = "số tài khoản"
    BANK = "ngân hàng"
    HOSPITAL = "bệnh viện"
    SCHOOL = "trường"
    CLASS = "lớp"
    CALLER = "người gọi"
    CHILD = "con"
    NAME = "tên"


def _one_of(phrases: str) -> str:
    """A pattern of one of the phrases, which are separated by commas; the longest first."""
    words = sorted((phrase.strip() for phrase in phrases.split(",")), key=len, reverse=True)
    return "(?:" + "|".join(map(re.escape, words)) + ")"


_PLACES = ", ".join({word for row in PROVINCES for word in row.name.lower().split()})
_HOSPITAL_WORD = _one_of(
    "nhi, đồng, trung, ương, đa, khoa, tỉnh, huyện, thành, phố, quận, khu, vực, phụ, sản, "
    "bạch, mai, chợ, rẫy, việt, đức, xanh, pôn, thống, nhất, quốc, tế, quân, y, bỏng, mắt, "
    "từ, dũ, hùng, vương, gia, định, bình, dân, thủ, 1, 2, 3, 103, 108, 115, 175, 198, "
    f"{_PLACES}"
)
_GIVEN_NAME = _one_of(
    "an, anh, bình, châu, chi, cường, dung, dũng, duyên, đạt, đức, giang, hà, hải, hạnh, "
    "hằng, hiền, hiếu, hoa, hòa, hoài, hoàng, hồng, huệ, hùng, huy, huyền, hương, khánh, "
    "khoa, lan, lâm, liên, linh, loan, long, ly, mai, minh, my, mỹ, nam, nga, ngân, ngọc, "
    "nguyên, nhi, nhung, oanh, phong, phú, phúc, phương, quân, quang, quyên, quỳnh, sơn, tâm, "
    "tân, thanh, thành, thảo, thắm, thắng, thịnh, thu, thủy, thùy, thư, tiên, toàn, trang, "
    "trâm, trinh, trung, trúc, tú, tuấn, tuyết, uyên, vân, việt, vy, xuân, yến, nguyễn, trần, "
    "lê, phạm, huỳnh, phan, vũ, võ, đặng, bùi, đỗ, hồ, ngô, dương, lý, thị, văn"
)
_PATTERNS = {
    SlotKind.AMOUNT: r"[0-9]{4,12}(?: (?:đồng|vnd|usd|đô))?",
    SlotKind.PHONE: r"\+?(?:0|84)[0-9]{8,10}",
    SlotKind.ACCOUNT: r"[0-9]{6,19}",
    SlotKind.BANK: "(?:ngân hàng )?" + _one_of(
        "vietcombank, vcb, vietinbank, bidv, agribank, techcombank, tcb, mb, mbbank, mb bank, acb,"
        " vpbank, tpbank, sacombank, vib, shb, hdbank, msb, ocb, seabank, lpbank, momo, zalopay"
    ),
    SlotKind.HOSPITAL: f"(?:(?:bệnh viện|bv|viện) )?{_HOSPITAL_WORD}(?: {_HOSPITAL_WORD}){{0,6}}",
    SlotKind.SCHOOL: r"[^\W_]+(?: [^\W_]+){0,7}",
    SlotKind.CLASS: "(?:lớp )?[0-9]{1,2}(?:[a-zđ][0-9]{0,2})?",
    SlotKind.CALLER: _one_of(
        "cô, thầy, cô giáo, thầy giáo, giáo viên, giáo viên chủ nhiệm, cô giáo viên chủ nhiệm,"
        " cô giáo chủ nhiệm, thầy giáo chủ nhiệm, cô chủ nhiệm, thầy chủ nhiệm, bác sĩ, y tá,"
        " điều dưỡng, nhân viên y tế, y tế trường, nhân viên nhà trường, công an, cán bộ công an,"
        " hiệu trưởng, phó hiệu trưởng, cô hiệu trưởng, thầy hiệu trưởng, bảo vệ trường"
    ),
    SlotKind.CHILD: _one_of(
        "con, bé, cháu, con trai, con gái, cháu nhà, bé nhà, con anh, con chị, con anh chị, con em,"
        " cháu nhà mình, bé nhà mình, con nhà mình, con mình"
    ),
    SlotKind.NAME: f"{_GIVEN_NAME}(?: {_GIVEN_NAME}){{0,3}}",
}  # fmt: skip
_SLOT = re.compile(r"\{([^{}]*)\}")
_TOKEN = "zqslot{}qz"  # noqa: S105 -- stands in a wording for one slot; nobody types it
_ADJOINING = re.compile(r"\{([^{}]*)\}(?=[\s,.;:!?-]*\{([^{}]*)\})")
_DIGITS = frozenset({SlotKind.AMOUNT, SlotKind.PHONE, SlotKind.ACCOUNT, SlotKind.CLASS})
_MARKS = frozenset(".,?!:;")
SchoolTest = Callable[[str], bool]


@dataclass(frozen=True)
class SlotValue:
    """What a text has in one slot, in the spelling of the match key."""

    kind: SlotKind
    text: str


@dataclass(frozen=True)
class SlotWording:
    """A wording made ready for comparison."""

    kinds: tuple[SlotKind, ...]
    pattern: re.Pattern[str]
    fixed_words: tuple[str, ...]
    links: tuple[str, ...]


def unknown_slots(text: str) -> list[str]:
    """Names in braces that are no kind of slot."""
    return [name for name in _SLOT.findall(text) if name.strip().lower() not in set(SlotKind)]


def _compared(text: str) -> str:
    tokens = core_text(exact_key(text)).split(" ")
    return " ".join(token for token in tokens if token not in _MARKS)


@lru_cache(maxsize=512)
def prepare_wording(text: str) -> SlotWording:
    """Prepare a wording.

    Raises:
        ValueError: a name in braces is no kind of slot.
    """
    kinds: list[SlotKind] = []

    def stand_in(match: re.Match[str]) -> str:
        kinds.append(SlotKind(match[1].strip().lower()))
        return f" {_TOKEN.format(chr(ord('a') + len(kinds) - 1))} "

    compared = _compared(_SLOT.sub(stand_in, text))
    slots = {_TOKEN.format(chr(ord("a") + n)): kind for n, kind in enumerate(kinds)}
    tokens = compared.split(" ")
    parts = [f"({_PATTERNS[slots[one]]})" if one in slots else re.escape(one) for one in tokens]
    return SlotWording(
        kinds=tuple(slots[one] for one in tokens if one in slots),
        pattern=re.compile(" ".join(parts)),
        fixed_words=tuple(one for one in tokens if one not in slots),
        links=tuple(canonical_links(text)),
    )


def has_adjoining_slots(text: str) -> bool:
    """Whether two slots of a kind that nobody could tell apart adjoin: both of digits, both of one
    kind, or one of them a school, whose name may be any words."""
    for match in _ADJOINING.finditer(text):
        pair = [name.strip().lower() for name in match.groups()]
        if pair[0] == pair[1] or SlotKind.SCHOOL in pair or _DIGITS.issuperset(pair):
            return True
    return False


def values_in(wording: SlotWording, text: str, is_school: SchoolTest) -> list[SlotValue] | None:
    """The values of the slots if the text is a wording of the wording, else None.

    A text without diacritics is never a wording: the same letters may be other words.
    """
    if len(text) > _MAX_LENGTH or is_unaccented(text):
        return None
    if tuple(canonical_links(text)) != wording.links:
        return None
    match = wording.pattern.fullmatch(_compared(text))
    if match is None:
        return None
    values = [
        SlotValue(kind, value) for kind, value in zip(wording.kinds, match.groups(), strict=True)
    ]
    schools = (value.text for value in values if value.kind == SlotKind.SCHOOL)
    return values if all(is_school(name) for name in schools) else None


def is_alike(wording: SlotWording, text: str) -> bool:
    """Whether most fixed words of the wording are in the text, diacritics ignored."""
    words = {fold(word) for word in wording.fixed_words} - {fold(word) for word in EMPTY_WORDS}
    if not words:
        return False
    present = {fold(word) for word in _compared(text[:_MAX_LENGTH]).split(" ")}
    return len(words & present) / len(words) >= MIN_SHARED

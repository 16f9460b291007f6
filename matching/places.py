"""Vietnamese provinces before and after 1 July 2025, and smaller places named in a text.

Source of the merger: Resolution 202/2025/QH15 (34 provinces and cities from 63).
"""

import re

from matching.letters import fold, unify
from matching.names import Word, name_after

# New province: the former ones that went into it. Its own name also stood for a former province.
MERGED: dict[str, tuple[str, ...]] = {
    "Tuyên Quang": ("Hà Giang",), "Lào Cai": ("Yên Bái",), "Thái Nguyên": ("Bắc Kạn",),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình"), "Bắc Ninh": ("Bắc Giang",), "Hưng Yên": ("Thái Bình",),
    "Hải Phòng": ("Hải Dương",), "Ninh Bình": ("Hà Nam", "Nam Định"), "Quảng Trị": ("Quảng Bình",),
    "Đà Nẵng": ("Quảng Nam",), "Quảng Ngãi": ("Kon Tum",), "Gia Lai": ("Bình Định",),
    "Khánh Hòa": ("Ninh Thuận",), "Lâm Đồng": ("Đắk Nông", "Bình Thuận"), "Đắk Lắk": ("Phú Yên",),
    "TP. Hồ Chí Minh": ("Bà Rịa - Vũng Tàu", "Bình Dương"), "Đồng Nai": ("Bình Phước",),
    "Tây Ninh": ("Long An",), "Cần Thơ": ("Sóc Trăng", "Hậu Giang"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"), "Đồng Tháp": ("Tiền Giang",), "Cà Mau": ("Bạc Liêu",),
    "An Giang": ("Kiên Giang",),
}  # fmt: skip
UNCHANGED = (
    "Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa",
    "Nghệ An", "Hà Tĩnh", "Cao Bằng",
)  # fmt: skip
ALIASES: dict[str, str] = {
    "Thừa Thiên Huế": "Huế", "Hà Tây": "Hà Nội", "Sài Gòn": "TP. Hồ Chí Minh",
    "thành phố Hồ Chí Minh": "TP. Hồ Chí Minh", "Vũng Tàu": "Bà Rịa - Vũng Tàu",
    "Bà Rịa Vũng Tàu": "Bà Rịa - Vũng Tàu", "Bà Rịa": "Bà Rịa - Vũng Tàu", "Bắc Cạn": "Bắc Kạn",
    "Đắc Lắc": "Đắk Lắk", "Đăk Lăk": "Đắk Lắk", "Đắc Nông": "Đắk Nông", "Đăk Nông": "Đắk Nông",
    "Kontum": "Kon Tum", "HCM": "TP. Hồ Chí Minh",
}  # fmt: skip
PARENT: dict[str, str] = {old: new for new, olds in MERGED.items() for old in olds}
PROVINCES: frozenset[str] = frozenset((*MERGED, *PARENT, *UNCHANGED))

_KEYS: dict[str, str] = {
    unify(name).replace(" - ", " "): province
    for name, province in (*((p, p) for p in sorted(PROVINCES)), *ALIASES.items())
    if not name.startswith("TP.")
}
_PLAIN_KEYS = {fold(key): province for key, province in _KEYS.items()}
# Words before a province's name that make it a dish, a street or a wish.
_NOT_AFTER = (
    r"(?<!bún bò )(?:(?<=thành phố )|(?<!phố ))(?<!đường )(?<!vì )(?<!nền )(?<!trường )"
    r"(?<!công viên )"
)


def _alternatives(keys: dict[str, str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))


_PROVINCE = re.compile(rf"{_NOT_AFTER}(?<!\S)(?:{_alternatives(_KEYS)})(?!\S)")
_PLAIN_PROVINCE = re.compile(rf"(?<!\S)(?:{_alternatives(_PLAIN_KEYS)})(?!\S)")

_KINDS = {
    "xã": "xã", "phường": "phường", "quận": "quận", "huyện": "huyện", "thị trấn": "thị trấn",
    "thị xã": "thị xã", "đặc khu": "đặc khu", "thôn": "thôn", "ấp": "ấp", "tx": "thị xã",
    "thành phố": "thành phố", "tp": "thành phố", "xa": "xã", "phuong": "phường", "huyen": "huyện",
}  # fmt: skip

_NUMBERED = frozenset({"phường", "quận", "thôn", "ấp"})


def provinces(marked: str, plain: bool = False) -> set[str]:
    """Return the provinces named in marked text; with ``plain`` the text has no diacritics.

    A new province named beside a former one inside it only locates it ("Hòa Bình, nay thuộc
    Phú Thọ") and is left out.
    """
    pattern, keys = (_PLAIN_PROVINCE, _PLAIN_KEYS) if plain else (_PROVINCE, _KEYS)
    found = {keys[match.group()] for match in pattern.finditer(marked)}
    return found - {PARENT[place] for place in found if place in PARENT}


def _is_province(name: str) -> bool:
    # "thành phố hồ chí minh cấm" without capitals: the verb may stick to the name.
    spaced = unify(name) + " "
    return any(spaced.startswith(key.removeprefix("thành phố ") + " ") for key in _KEYS)


def localities(words: list[Word]) -> set[str]:
    """Return smaller places such as ``xã An Bình``, ``quận 1`` from the words of a text."""
    found: set[str] = set()
    for at, word in enumerate(words):
        pair = f"{word.low} {words[at + 1].low}" if at + 1 < len(words) else ""
        head, size = (pair, 2) if pair in _KINDS else (word.low, 1)
        if head not in _KINDS or (size == 1 and at and words[at - 1].low == "thị"):
            continue
        name = name_after(words, at + size)
        numbered = name.isdecimal() and _KINDS[head] not in _NUMBERED
        if name and not numbered and not _is_province(name):
            found.add(f"{_KINDS[head]} {name}")
    return found


def contains(larger: str, smaller: str) -> bool:
    """Say whether the first province took in the second in 2025."""
    return PARENT.get(smaller) == larger

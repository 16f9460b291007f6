"""Places named in a text: provinces before and after 1 July 2025, towns, communes, hamlets."""

import re
from collections.abc import Container
from functools import lru_cache

from matching.details.proper_names import Token, is_ordinary, name_after
from matching.details.provinces import PROVINCE_BY_TOWN, PROVINCES, contains_place
from matching.text.letters import fold, unify


def _key(name: str) -> str:
    return unify(name).replace(" - ", " ")


_KEYS: dict[str, str] = {
    _key(name): row.name
    for row in PROVINCES
    for name in (row.name, *row.aliases)
    if not name.startswith("TP.")
} | {_key(town): town for town in PROVINCE_BY_TOWN}
_UNACCENTED_KEYS = {fold(key): province for key, province in _KEYS.items()}
# Without diacritics these are also everyday words: "dien bien dich" (how the outbreak develops).
_AMBIGUOUS_UNACCENTED = frozenset(
    fold(_key(name)) for name in ("Hội An", "Đông Hà", "Tam Kỳ", "Dĩ An", "Hà Tiên", "Điện Biên")
)
for _word in _AMBIGUOUS_UNACCENTED:
    del _UNACCENTED_KEYS[_word]

# Words before a province's name that make it a dish, a street or a wish.
_NOT_AFTER = ("bún bò ", "đường ", "vì ", "nền ", "trường ", "công viên ")
_STREET, _CITY = "phố ", "thành phố "


def _alternatives(keys: dict[str, str]) -> str:
    return "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))


_PROVINCE = re.compile(rf"(?<!\S)(?:{_alternatives(_KEYS)})(?!\S)")
_UNACCENTED_PROVINCE = re.compile(rf"(?<!\S)(?:{_alternatives(_UNACCENTED_KEYS)})(?!\S)")

_KINDS = {
    "xã": "xã", "phường": "phường", "quận": "quận", "huyện": "huyện", "thị trấn": "thị trấn",
    "thị xã": "thị xã", "đặc khu": "đặc khu", "thôn": "thôn", "ấp": "ấp", "tx": "thị xã",
    "thành phố": "thành phố", "tp": "thành phố", "xa": "xã", "phuong": "phường", "huyen": "huyện",
}  # fmt: skip
_UNACCENTED_KINDS = frozenset({"xa", "phuong", "huyen"})
# "Q7", "P.5": short forms, with a number or a capital after the point.
_SHORT_KINDS = {"q": "quận", "p": "phường"}
_SHORT_NUMBERED = re.compile(r"([qp])([0-9]{1,2})")
_BEFORE_SOCIETY = frozenset(
    [
        "hiểm",
        "mạng",
        "sinh",
        "thương",
        "động",
        "tự",
        "nạn",
        "học",
        "tế",
        "hoá",
        "lợi",
        "toàn",
        "phát",
        "khoa",
        "thuật",
        "hiem",
        "mang",
        "sinh",
    ]
)
_AFTER_SOCIETY = frozenset(
    [
        "chủ",
        "hoá",
        "học",
        "đen",
        "việt",
        "tỉnh",
        "huyện",
        "số",
        "thành",
        "xã",
        "phường",
        "thông",
        "báo",
        "và",
        "của",
        "đang",
        "sẽ",
        "đã",
        "không",
        "có",
    ]
)
_KIND_FIRST_WORDS = frozenset(kind.split()[0] for kind in _KINDS)
_NUMBERED = frozenset({"phường", "quận", "thôn", "ấp"})
# Districts were abolished on 1 July 2025, but people still name them.
_TIERS = {
    "quận": 2, "huyện": 2, "thị xã": 2, "thành phố": 2,
    "xã": 3, "phường": 3, "thị trấn": 3, "đặc khu": 3, "thôn": 4, "ấp": 4,
}  # fmt: skip


def _is_place_name(text: str, start: int) -> bool:
    if text.endswith(_STREET, 0, start):
        return text.endswith(_CITY, 0, start)
    return not text.endswith(_NOT_AFTER, 0, start)


def find_provinces(marked: str, unaccented: bool = False) -> set[str]:
    """Return the provinces and towns in marked text; ``unaccented``: it has no diacritics.

    A larger place next to one it contains only locates it ("Hòa Bình, nay thuộc Phú Thọ") and is
    left out.
    """
    regex, keys = (_UNACCENTED_PROVINCE, _UNACCENTED_KEYS) if unaccented else (_PROVINCE, _KEYS)
    names = {
        keys[match.group()]
        for match in regex.finditer(marked)
        if unaccented or _is_place_name(marked, match.start())
    }
    if len(names) > 1:
        names -= {large for large in names if any(contains_place(large, small) for small in names)}
    return names


@lru_cache(maxsize=4096)
def _is_province(name: str) -> bool:
    # "thành phố hồ chí minh cấm" without capitals: the verb may have become part of the name.
    spaced = unify(name) + " "
    return any(spaced.startswith(key.removeprefix("thành phố ") + " ") for key in _KEYS)


def _short_locality(words: list[Token], index: int) -> str:
    """Return ``quận 7`` for "Q7" and "Q.7", ``quận Bình Thạnh`` for "Q. Bình Thạnh", or ``""``."""
    word = words[index]
    if match := _SHORT_NUMBERED.fullmatch(word.lower):
        return f"{_SHORT_KINDS[match[1]]} {int(match[2])}"
    if word.lower in _SHORT_KINDS and index + 2 < len(words) and words[index + 1].raw == ".":
        following = words[index + 2]
        if following.raw.isdecimal() or (word.capitalised and following.capitalised):
            name = name_after(words, index + 2)
            return f"{_SHORT_KINDS[word.lower]} {name}" if name else ""
    return ""


def _is_society(words: list[Token], index: int) -> bool:
    """Whether "xã hội" is society, as in "Bảo Hiểm Xã Hội", not a commune called "Hội ..."."""
    if index + 1 >= len(words) or words[index + 1].lower not in ("hội", "hoi"):
        return False
    if index and words[index - 1].lower in _BEFORE_SOCIETY:
        return True
    following = words[index + 2] if index + 2 < len(words) else None
    return following is None or not following.capitalised or following.lower in _AFTER_SOCIETY


def find_localities(
    words: list[Token], unaccented: bool = False, taken: Container[int] = ()
) -> set[str]:
    """Return smaller places such as ``xã An Bình``, ``quận 1`` from the tokens of a text.

    ``unaccented``: the text has no diacritics; only then is *xa* read as *xã*. ``taken``: positions
    of tokens that already belong to a unit's name.
    """
    localities: set[str] = set()
    for index, word in enumerate(words):
        if index in taken:
            continue
        if word.lower not in _KIND_FIRST_WORDS:
            if short := _short_locality(words, index):
                localities.add(short)
            continue
        if (word.lower in _UNACCENTED_KINDS and not unaccented) or _is_society(words, index):
            continue
        pair = f"{word.lower} {words[index + 1].lower}" if index + 1 < len(words) else ""
        head, size = (pair, 2) if pair in _KINDS else (word.lower, 1)
        if head not in _KINDS or (size == 1 and index and words[index - 1].lower == "thị"):
            continue
        if index + size < len(words) and is_ordinary(words[index + size]):
            continue
        name = name_after(words, index + size)
        numbered = name.isdecimal() and _KINDS[head] not in _NUMBERED
        if name and not numbered and not _is_province(name):
            localities.add(f"{_KINDS[head]} {name}")
    return localities


def _tier(place: str) -> int:
    """Return 1 province, 2 district or town, 3 commune, 4 hamlet."""
    if place in PROVINCE_BY_TOWN:
        return 2
    head, _, rest = place.partition(" ")
    return _TIERS.get(head) or _TIERS.get(f"{head} {rest.partition(' ')[0]}") or 1


def same_tier(left: str, right: str) -> bool:
    """Whether two places are of one tier; only then can they exclude each other."""
    return _tier(left) == _tier(right)

"""Data: the provinces and cities of Vietnam, their former names, and when each was in use.

Sources: Resolution 202/2025/QH15 (34 from 63, in force on 1 July 2025); Resolution 175/2024/QH15
(Huế a city under central rule from 1 January 2025); Resolution 15/2008/QH12 (Hà Tây into Hà Nội
on 1 August 2008). ``valid_to`` is the first day on which the name was no longer in use.
"""

from dataclasses import dataclass
from datetime import date

MERGER = date(2025, 7, 1)
_HUE = date(2025, 1, 1)
_HA_TAY = date(2008, 8, 1)


@dataclass(frozen=True, slots=True)
class Province:
    """One name of a province or city. ``into``: what it was merged into, ``""`` if still in use.

    ``enlarged_on``: since then the name covers more than before. ``aliases`` are other spellings
    and unambiguous short forms.
    """

    name: str
    into: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    enlarged_on: date | None = None
    aliases: tuple[str, ...] = ()


# A current name: the provinces merged into it on 1 July 2025. The name itself is older.
_MERGED_FORMER: dict[str, tuple[str, ...]] = {
    "Tuyên Quang": ("Hà Giang",), "Lào Cai": ("Yên Bái",), "Thái Nguyên": ("Bắc Kạn",),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình"), "Bắc Ninh": ("Bắc Giang",), "Hưng Yên": ("Thái Bình",),
    "Hải Phòng": ("Hải Dương",), "Ninh Bình": ("Hà Nam", "Nam Định"), "Quảng Trị": ("Quảng Bình",),
    "Đà Nẵng": ("Quảng Nam",), "Quảng Ngãi": ("Kon Tum",), "Gia Lai": ("Bình Định",),
    "Khánh Hòa": ("Ninh Thuận",), "Lâm Đồng": ("Đắk Nông", "Bình Thuận"), "Đắk Lắk": ("Phú Yên",),
    "TP. Hồ Chí Minh": ("Bà Rịa - Vũng Tàu", "Bình Dương"), "Đồng Nai": ("Bình Phước",),
    "Tây Ninh": ("Long An",), "Cần Thơ": ("Sóc Trăng", "Hậu Giang"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"), "Đồng Tháp": ("Tiền Giang",), "Cà Mau": ("Bạc Liêu",),
    "An Giang": ("Kiên Giang",),
    "Hà Nội": (), "Huế": (), "Lai Châu": (), "Điện Biên": (), "Sơn La": (), "Lạng Sơn": (),
    "Quảng Ninh": (), "Thanh Hóa": (), "Nghệ An": (), "Hà Tĩnh": (), "Cao Bằng": (),
}  # fmt: skip
_ALIASES: dict[str, tuple[str, ...]] = {
    "Huế": ("Thừa Thiên Huế", "Thừa Thiên - Huế", "TT Huế"),
    "TP. Hồ Chí Minh": ("thành phố Hồ Chí Minh", "Sài Gòn", "SG", "HCM", "HCMC", "Saigon"),
    "Bà Rịa - Vũng Tàu": ("Bà Rịa Vũng Tàu", "BRVT"),
    "Bắc Kạn": ("Bắc Cạn",), "Đắk Lắk": ("Đắc Lắc", "Đăk Lăk", "Daklak"),
    "Đắk Nông": ("Đắc Nông", "Đăk Nông"), "Kon Tum": ("Kontum",), "Hà Nội": ("Hanoi",),
    "Đà Nẵng": ("Danang",), "Hải Phòng": ("Haiphong",),
}  # fmt: skip
# Cities and towns abolished as districts but still named on their own: their province.
_TOWNS = (
    "Nha Trang=Khánh Hòa;Cam Ranh=Khánh Hòa;Đà Lạt=Lâm Đồng;Bảo Lộc=Lâm Đồng;Buôn Ma Thuột=Đắk Lắk;"
    "Buôn Mê Thuột=Đắk Lắk;Pleiku=Gia Lai;Quy Nhơn=Bình Định;Tuy Hòa=Phú Yên;Phan Thiết=Bình Thuận;"
    "Phan Rang=Ninh Thuận;Hội An=Quảng Nam;Tam Kỳ=Quảng Nam;Đồng Hới=Quảng Bình;Đông Hà=Quảng Trị;"
    "Hạ Long=Quảng Ninh;Móng Cái=Quảng Ninh;Uông Bí=Quảng Ninh;Cẩm Phả=Quảng Ninh;Việt Trì=Phú Thọ;"
    "Vĩnh Yên=Vĩnh Phúc;Sầm Sơn=Thanh Hóa;Biên Hòa=Đồng Nai;Thủ Dầu Một=Bình Dương;"
    "Dĩ An=Bình Dương;Mỹ Tho=Tiền Giang;Cao Lãnh=Đồng Tháp;Sa Đéc=Đồng Tháp;Long Xuyên=An Giang;"
    "Châu Đốc=An Giang;Rạch Giá=Kiên Giang;Hà Tiên=Kiên Giang;Phú Quốc=Kiên Giang;Sa Pa=Lào Cai;"
    "Sapa=Lào Cai;Thủ Đức=TP. Hồ Chí Minh;Côn Đảo=Bà Rịa - Vũng Tàu;Điện Biên Phủ=Điện Biên;"
    "Vũng Tàu=Bà Rịa - Vũng Tàu;Bà Rịa=Bà Rịa - Vũng Tàu;Tam Điệp=Ninh Bình;Gia Nghĩa=Đắk Nông"
)
PROVINCE_BY_TOWN: dict[str, str] = {
    town: province for town, _, province in (pair.partition("=") for pair in _TOWNS.split(";"))
}


def _build_provinces() -> list[Province]:
    rows: list[Province] = []
    for name, olds in _MERGED_FORMER.items():
        since = _HUE if name == "Huế" else None
        grown = MERGER if olds else _HA_TAY if name == "Hà Nội" else None
        rows.append(Province(name, "", since, None, grown, _ALIASES.get(name, ())))
        rows += [Province(o, name, None, MERGER, None, _ALIASES.get(o, ())) for o in olds]
    rows.append(Province("Hà Tây", "Hà Nội", None, _HA_TAY))
    return rows


PROVINCES: tuple[Province, ...] = tuple(_build_provinces())
_BY_NAME = {row.name: row for row in PROVINCES}
MERGED_INTO: dict[str, str] = {row.name: row.into for row in PROVINCES if row.into}


def active(on: date) -> set[str]:
    """Return the names in use on a day: 34 today, 63 before 1 July 2025."""
    return {row.name for row in PROVINCES if row.valid_to is None or on < row.valid_to}


def successor(name: str, on: date = MERGER) -> str:
    """Return the name of a province on a day: its own, or that of what it was merged into."""
    row = _BY_NAME.get(name)
    if row is None or not row.into or (row.valid_to is not None and on < row.valid_to):
        return name
    return successor(row.into, on)


def contains_place(larger: str, smaller: str) -> bool:
    """Whether the first place contains the second: a former province, or a town in it."""
    province = PROVINCE_BY_TOWN.get(smaller, "")
    inside = {MERGED_INTO.get(smaller, ""), province, MERGED_INTO.get(province, "")} - {""}
    return larger in inside

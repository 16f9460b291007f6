"""Headings of a unit sheet: the names of its columns, in English or Vietnamese."""

from collections.abc import Sequence

from accounts.domain.name_keys import name_key

COLUMNS = (
    "code",
    "name",
    "kind",
    "short_name",
    "aliases",
    "administrative_parent",
    "professional_parent",
    "valid_from",
)
REQUIRED = ("code", "name", "kind")
# Columns that lists of schools often have and an import has no use for.
IGNORED = frozenset({"stt", "tt", "so tt", "ghi chu", "note", "notes"})
_VIETNAMESE: dict[str, Sequence[str]] = {
    "code": ("mã", "mã đơn vị", "mã trường"),
    "name": ("tên", "tên đơn vị", "tên trường", "đơn vị", "trường"),
    "kind": ("loại", "loại đơn vị", "loại hình", "cấp học"),
    "short_name": ("tên ngắn", "tên viết tắt", "viết tắt", "tên gọi tắt"),
    "aliases": ("tên khác", "tên gọi khác", "tên cũ"),
    "administrative_parent": (
        "cấp trên hành chính", "mã cấp trên hành chính", "xã phường", "xã/phường", "mã xã",
    ),
    "professional_parent": (
        "cấp trên chuyên môn", "mã cấp trên chuyên môn", "sở", "mã sở",
    ),
    "valid_from": ("hiệu lực từ", "có hiệu lực từ", "từ ngày", "ngày hiệu lực"),
}  # fmt: skip
_COLUMN_OF = {name_key(name): column for column, names in _VIETNAMESE.items() for name in names}


def column_of(heading: str) -> str:
    """The column a heading names; "" for one that is not imported, the heading if it is unknown."""
    key = name_key(heading)
    return "" if key in IGNORED else _COLUMN_OF.get(key, heading.lower())


def named(cells: Sequence[str]) -> list[str]:
    """A row of headings without the nameless columns at its end."""
    width = max((index for index, cell in enumerate(cells, 1) if cell), default=0)
    return [column_of(cell) for cell in cells[:width]]


def is_heading_row(cells: Sequence[str]) -> bool:
    """Whether a row names columns, rather than being a title above them."""
    return sum(column_of(cell) in COLUMNS for cell in cells) > 1

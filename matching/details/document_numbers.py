"""Numbers of official documents: ``1482/SGDDT-VP``, and in short form ``TT22`` as ``22/TT``."""

import re

from matching.text.numerals import DOCUMENT
from matching.text.patterns import MarkedText, compile_pattern

_FULL = compile_pattern(DOCUMENT)
_KINDS = {
    "thông tư": "TT", "thong tu": "TT", "tt": "TT", "nghị định": "ND", "nghi dinh": "ND",
    "nđ": "ND", "nd": "ND", "nghị quyết": "NQ", "nghi quyet": "NQ", "nq": "NQ",
    "quyết định": "QD", "quyet dinh": "QD", "qđ": "QD", "qd": "QD", "chỉ thị": "CT",
    "chi thi": "CT", "ct": "CT", "công văn": "CV", "cong van": "CV", "cv": "CV",
    "kế hoạch": "KH", "ke hoach": "KH", "kh": "KH", "thông báo": "TB", "thong bao": "TB",
    "tb": "TB", "luật": "L", "luat": "L", "điều lệ": "DL", "tờ trình": "TTR", "hướng dẫn": "HD",
}  # fmt: skip
_NUMBER = r"(?P<{0}>[0-9]{{1,5}})(?:/(?P<{0}y>(?:19|20)[0-9]{{2}}))?"
# "quyết định 5 trường nghỉ", "thông báo 3 ca mắc": these kinds need "số" before the number.
_SHORT = compile_pattern(
    r"(?P<kind>thông tư|nghị định|nghị quyết|chỉ thị|công văn|tt|nđ|nq|cv)(?: số)? "
    + _NUMBER.format("n")
    + r"|(?P<verb>quyết định|kế hoạch|thông báo|tờ trình|hướng dẫn) số "
    + _NUMBER.format("k")
    + r"|(?P<joined>tt|nđ|nq|qđ|ct|cv|kh|tb)"
    + _NUMBER.format("j")
)
_PARTS = re.compile(r"(?P<number>[0-9]+)/(?:(?P<year>[0-9]{4})/)?(?P<symbol>.+)")
_TYPES = frozenset(_KINDS.values())


def extract_documents(marked: MarkedText) -> tuple[set[str], MarkedText]:
    """Return document numbers, and the text without them."""
    matches, marked = _FULL.extract(marked)
    values = {match.group().upper() for match in matches}
    matches, marked = _SHORT.extract(marked)
    for match in matches:
        group = "n" if match["kind"] else "k" if match["verb"] else "j"
        kind = _KINDS[match["kind"] or match["verb"] or match["joined"]]
        year = f"{match[group + 'y']}/" if match[group + "y"] else ""
        values.add(f"{match[group]}/{year}{kind}")
    return values, marked


def same_document(left: str, right: str) -> bool:
    """Whether two numbers may be one document's: ``22/TT`` fits ``22/2021/TT-BGDDT``.

    A letter (*công văn*) carries no sign of its kind, so ``1482/CV`` fits ``1482/SGDDT-VP``.
    """
    if left == right:
        return True
    one, other = _PARTS.fullmatch(left), _PARTS.fullmatch(right)
    if not one or not other or one["number"] != other["number"]:
        return False
    if one["year"] and other["year"] and one["year"] != other["year"]:
        return False
    return one["symbol"] == other["symbol"] or _fits(one["symbol"], other["symbol"])


def _fits(left: str, right: str) -> bool:
    """Whether one symbol is only a kind, and the other one of that kind."""
    for short, full in ((left, right), (right, left)):
        kind = full.partition("-")[0]
        if short in _TYPES and (kind == short or (short == "CV" and kind not in _TYPES)):
            return True
    return False

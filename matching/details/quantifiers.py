"""Quantifiers: how many schools, pupils or places a claim is about."""

from matching.text.patterns import MarkedText, compile_lexicon

# (words, value, unambiguous without diacritics).
_QUANTIFIERS: tuple[tuple[str, str, bool], ...] = (
    (r"tất cả|toàn bộ|toàn thể|100%", "tất cả", True),
    (r"mọi(?= (?:học sinh|trường|giáo viên|phụ huynh|trẻ|người dân|lớp|xã))", "tất cả", False),
    (r"toàn (?P<of>tỉnh|trường|quốc|thành phố|xã|huyện|ngành|lớp|khối|phường)", "toàn", True),
    (r"cả (?P<all>nước|tỉnh|trường|xã|lớp|khối|huyện|thành phố|phường)", "toàn", True),
    (r"1 (?:số|vài)|một (?:số|vài|phần)|vài", "một số", True),
    (r"đa số|hầu hết|phần lớn", "hầu hết", True),
    (r"(?:1|một) (?:trường|lớp|học sinh|em|cháu|bé|trẻ|ca|xã|cơ sở|điểm trường)", "một", True),
    (r"duy nhất", "một", True),
    (r"all|every", "tất cả", True), (r"some", "một số", True), (r"most", "hầu hết", True),
)  # fmt: skip
_QUANTIFIER = compile_lexicon(_QUANTIFIERS)
_SCOPE_WORDS = {
    "nước": "quốc", "nuoc": "quốc", "quoc": "quốc", "tinh": "tỉnh", "truong": "trường", "xa": "xã",
    "thanh pho": "thành phố", "huyen": "huyện", "nganh": "ngành", "lop": "lớp", "khoi": "khối",
    "phuong": "phường",
}  # fmt: skip


def extract_quantifiers(marked: MarkedText) -> tuple[set[str], MarkedText]:
    """Return quantifiers (``tất cả``, ``toàn tỉnh``, ``một số``, ``một``), and the other text."""
    quantifiers: set[str] = set()
    matches, marked = _QUANTIFIER.extract(marked)
    for match, value in matches:
        groups = match.groupdict()
        scope = groups.get("of") or groups.get("all")
        quantifiers.add(f"{value} {_SCOPE_WORDS.get(scope, scope)}" if scope else value)
    return quantifiers, marked


def same_scope(left: str, right: str) -> bool:
    """Whether two scopes can be the same: "tất cả" does not name its scope."""
    if left == right:
        return True
    return (
        "tất cả" in (left, right)
        and left.startswith(("tất", "toàn"))
        and (right.startswith(("tất", "toàn")))
    )

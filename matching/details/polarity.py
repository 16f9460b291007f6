"""Polar words of a claim, such as ``tăng`` and ``giảm``, and which of them exclude each other."""

from matching.text.patterns import MarkedText, compile_lexicon

# (words, value, unambiguous without diacritics). Values of one group below exclude each other.
_OPPOSITES: tuple[tuple[str, str, bool], ...] = (
    (r"tăng(?! cường)", "tăng", False), (r"cắt giảm|giảm", "giảm", False), (r"tặng", "tặng", False),
    (r"miễn(?: phí)?", "miễn", False), (r"thu hồi", "thu hồi", True),
    (r"thu(?= (?:phí|tiền|quĩ|học|thêm))", "thu", False),
    (r"sớm", "sớm", True), (r"muộn|trễ", "muộn", False), (r"lùi|hoãn|dời|lui lich", "lùi", False),
    (r"huỷ(?: bỏ)?|bãi bỏ|bỏ(?= (?:thi|kì|môn|biên chế|học phí|chấm|xếp|đồng phục))", "bỏ", False),
    (r"(?:bổ sung|thêm)(?= (?:môn|kì thi|giáo viên|tiết|lớp))", "thêm", False),
    (r"tạm dừng|dừng|ngừng", "dừng", False),
    (r"tiếp tục", "tiếp tục", True), (r"đóng cửa", "đóng cửa", True),
    (r"mở (?:cửa|lại)", "mở cửa", True),
    (r"nghỉ học", "nghỉ", True), (r"nghỉ", "nghỉ", False),
    (r"(?:đi|trở lại|đến|tới) (?:học|trường)", "đi học", True), (r"cấm", "cấm", False),
    (r"cho phép", "cho phép", True), (r"bắt buộc", "bắt buộc", True),
    (r"tự nguyện", "tự nguyện", True), (r"(?:học )?(?:trực tuyến|online)", "trực tuyến", True),
    (r"(?:học )?trực tiếp", "trực tiếp", True), (r"dương tính", "dương tính", True),
    (r"âm tính", "âm tính", True), (r"đỗ|đậu", "đỗ", False), (r"trượt|rớt", "trượt", False),
    (r"tử vong|chết", "tử vong", False), (r"sống sót|còn sống", "sống", True),
    (r"phong to[ảa]|lockdown|lock", "phong toả", True), (r"công khai", "công khai", True),
    (r"tối đa", "tối đa", True), (r"tối thiểu", "tối thiểu", True),
    (r"rút ngắn", "rút ngắn", True), (r"kéo dài", "kéo dài", True),
    (r"cao hơn", "cao hơn", True), (r"thấp hơn", "thấp hơn", True),
    (r"sắp|chuẩn bị", "sắp", False), (r"sẽ", "sẽ", False),
    (r"đã", "đã", False), (r"đề xuất|dự kiến|xem xét|kiến nghị", "đề xuất", True),
    (r"quyết định(?! [0-9])|chốt|chính thức", "quyết định", True),
    (r"an toàn", "an toàn", True), (r"nguy hiểm|độc hại", "nguy hiểm", True),
    (r"increas(?:e|es|ed|ing)|rises?|raised?", "tăng", True),
    (r"decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|cuts?|lower(?:s|ed)?", "giảm", True),
    (r"closed|shut", "đóng cửa", True), (r"reopen(?:s|ed|ing)?", "mở cửa", True),
)  # fmt: skip
_OPPOSITE = compile_lexicon(_OPPOSITES)
_GROUPS = (
    "tăng giảm tặng miễn thu|sớm muộn lùi|bỏ thêm|dừng tiếp_tục|đóng_cửa mở_cửa|nghỉ đi_học|"
    "cấm cho_phép bắt_buộc tự_nguyện|trực_tuyến trực_tiếp|dương_tính âm_tính|đỗ trượt|tử_vong sống|"
    "tối_đa tối_thiểu|rút_ngắn kéo_dài|cao_hơn thấp_hơn|sắp sẽ đã|đề_xuất quyết_định|"
    "an_toàn nguy_hiểm|thu_hồi tặng"
)
_EXCLUSIVE_GROUPS = tuple(
    frozenset(word.replace("_", " ") for word in group.split()) for group in _GROUPS.split("|")
)


def find_polarity(marked: MarkedText) -> set[str]:
    """Return the polar words in the text (``tăng``, ``sớm``, ``đóng cửa`` ...)."""
    return {value for _, value in _OPPOSITE.find(marked)}


def are_opposed(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether polar words of the two sides exclude each other (``tăng`` / ``giảm``)."""
    return any(
        not group.isdisjoint(left) and not group.isdisjoint(right) for group in _EXCLUSIVE_GROUPS
    )

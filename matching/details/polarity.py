"""Polar words of a claim, such as ``tăng`` and ``giảm``, and which of them exclude each other."""

import re

from matching.text.patterns import MarkedText, compile_lexicon

PASSED = "đỗ"  # an examination
# (words, value, unambiguous without diacritics). Values of one group below exclude each other.
_OPPOSITES: tuple[tuple[str, str, bool], ...] = (
    (r"tăng(?! (?:cường|động|xông|huyết áp))", "tăng", False),
    (r"cắt giảm|giảm(?! (?:cân|đau|sốt|thị lực|nhẹ))", "giảm", False), (r"tặng", "tặng", False),
    (r"miễn(?! (?:dịch|là|sao|cưỡng|trừ trách))(?: phí)?", "miễn", False),
    (r"thu hồi", "thu hồi", True),
    (r"thu(?= (?:phí|tiền|quĩ|học|thêm))", "thu", False),
    (r"(?<!sáng )(?<!sang )sớm(?! mai)", "sớm", True), (r"muộn|trễ", "muộn", False),
    (r"(?<!đẩy )lùi(?! xe)|hoãn|dời|lui lich", "lùi", False),
    (
        r"huỷ(?! hoại)(?: bỏ)?|bãi bỏ|bỏ(?= (?:thi|kì|môn|biên chế|học phí|chấm|xếp|đồng phục))",
        "bỏ",
        False,
    ),
    (r"(?:bổ sung|thêm)(?= (?:môn|kì thi|giáo viên|tiết|lớp))", "thêm", False),
    (r"tạm dừng|dừng(?! (?:xe|chân|đèn))|ngừng(?! (?:thở|tim))", "dừng", False),
    (r"tiếp tục", "tiếp tục", True), (r"đóng cửa", "đóng cửa", True),
    (r"mở (?:cửa|lại)", "mở cửa", True),
    (r"nghỉ học", "nghỉ", True), (r"nghỉ", "nghỉ", False),
    (r"(?:đi|trở lại|đến|tới) (?:học|trường)", "đi học", True), (r"cấm", "cấm", False),
    (r"cho phép", "cho phép", True), (r"bắt buộc", "bắt buộc", True),
    (r"tự nguyện", "tự nguyện", True), (r"(?:học )?(?:trực tuyến|online)", "trực tuyến", True),
    (r"(?:học )?trực tiếp", "trực tiếp", True), (r"dương tính", "dương tính", True),
    (r"âm tính", "âm tính", True), (r"đỗ|đậu", PASSED, False),
    (r"(?<!cầu )(?<!máng )(?<!sạt )(?<!rơi )(?:trượt|rớt)"
     r"(?! (?:chân|ngã|té|nước|băng|ván|patin|dài|"
     r"xuống|cầu thang|lại|mạng|giá|khỏi|từ|khi|trên))", "trượt", False),
    (r"tử vong|chết(?! (?:cười|mất|máy|tiệt|mê))", "tử vong", False),
    (r"sống sót|còn sống", "sống", True),
    (r"phong to[ảa]|lockdown|lock", "phong toả", True), (r"công khai", "công khai", True),
    (r"tối đa", "tối đa", True), (r"tối thiểu", "tối thiểu", True),
    (r"rút ngắn", "rút ngắn", True), (r"kéo dài", "kéo dài", True),
    (r"cao hơn", "cao hơn", True), (r"thấp hơn", "thấp hơn", True),
    (r"sắp(?! (?:xếp|đặt|hàng))|chuẩn bị", "sắp", False), (r"sẽ", "sẽ", False),
    (r"đã", "đã", False), (r"đề xuất|dự kiến|xem xét|kiến nghị", "đề xuất", True),
    (
        r"quyết định(?! (?:[0-9]|số))|chốt(?! (?:cửa|chặn|đơn|kiểm|trực|sổ|gác))|chính thức",
        "quyết định",
        True,
    ),
    (
        r"an toàn(?! (?:thực phẩm|giao thông|vệ sinh|lao động|thông tin|khu|trường học))",
        "an toàn",
        True,
    ),
    (r"nguy hiểm|độc hại", "nguy hiểm", True),
    (r"có (?:thể|khả năng)(?! (?:không|cho))", "có thể", True), (r"chắc chắn", "chắc chắn", True),
    (r"increas(?:e|es|ed|ing)|rises?|raised?", "tăng", True),
    (r"decreas(?:e|es|ed|ing)|reduc(?:e|es|ed|ing)|cuts?|lower(?:s|ed)?", "giảm", True),
    (r"closed|shut", "đóng cửa", True), (r"reopen(?:s|ed|ing)?", "mở cửa", True),
)  # fmt: skip
_OPPOSITE = compile_lexicon(_OPPOSITES)
# "Đậu" is also a bean, the pox or a parked car, "đỗ" a bean, a parked car or a family name.
_NOT_PASSED_AFTER = re.compile(
    r" (?:mùa|phộng|phụng|phọng|nành|xanh|đỏ|đen|hũ|hủ|phụ|bắp|que|ván|trắng|tương|rồng|lăng|"
    r"khuôn|rán|"
    r"hà lan|cove|cô ve|quyên|xe|ô tô|thị|văn|mười|đức|minh|hữu|ngọc|xuân|quang|thanh|tất|ngay|sai|"
    r"trước|bên|dưới|giữa|ngoài|dọc|chắn|tại|trên|ở|gần|sát|sau|trong|kín|lề|vỉa|lung|bừa|tràn)\b"
)
_NOT_PASSED_BEFORE = re.compile(
    r"(?:^| )(?:thuỷ|trái|bánh|sữa|chè|hạt|củ|bột|dầu|canh|bã|giá|dị ứng|rau|cấm|dừng|bãi|chỗ|nơi|"
    r"điểm|bến|xôi|cháo|nước|ăn|vỏ|cây|quả|trường|thpt|thcs|tiểu học|đường|cô|thầy|ông|bà|bị|"
    r"mắc|bệnh|nốt|ngừa) $"
)
_VEHICLE_BEFORE = re.compile(
    r"(?:^| )(?:xe|ô tô|oto|taxi|container|máy bay|thuyền|tàu|phương tiện)(?: [^\W_]+){0,4} $"
)
_EXAM_AFTER = re.compile(
    r" (?:đại học|cao đẳng|tốt nghiệp|vào|lớp|chuyên|thủ khoa|á khoa|nguyện vọng|nv|kì|vòng|thpt|"
    r"thcs|"
    r"học bổng|sư phạm|hết|với)\b"
)
_WINDOW = 32  # characters before a word that are read
_GROUPS = (
    "tăng giảm tặng miễn thu|sớm muộn lùi|bỏ thêm|dừng tiếp_tục|đóng_cửa mở_cửa|nghỉ đi_học|"
    "cấm cho_phép bắt_buộc tự_nguyện|trực_tuyến trực_tiếp|dương_tính âm_tính|đỗ trượt|tử_vong sống|"
    "tối_đa tối_thiểu|rút_ngắn kéo_dài|cao_hơn thấp_hơn|sắp sẽ đã|đề_xuất quyết_định|"
    "có_thể chắc_chắn|an_toàn nguy_hiểm|thu_hồi tặng"
)
_EXCLUSIVE_GROUPS = tuple(
    frozenset(word.replace("_", " ") for word in group.split()) for group in _GROUPS.split("|")
)


def find_polarity(marked: MarkedText) -> set[str]:
    """Return the polar words in the text (``tăng``, ``sớm``, ``đóng cửa`` ...)."""
    return {
        value
        for match, value in _OPPOSITE.find(marked)
        if value != PASSED or _is_passed_exam(marked.text, match)
    }


def _is_passed_exam(text: str, match: re.Match[str]) -> bool:
    if _EXAM_AFTER.match(text, match.end()):
        return True
    before = text[max(0, match.start() - _WINDOW) : match.start()]
    return not (
        _NOT_PASSED_AFTER.match(text, match.end())
        or _NOT_PASSED_BEFORE.search(before)
        or _VEHICLE_BEFORE.search(before)
    )


def ambiguous_polarity(folded: str) -> list[str]:
    """Return the words of a text without diacritics that may be polar words (``tang``)."""
    return _OPPOSITE.find_ambiguous(folded)


def are_opposed(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether polar words of the two sides exclude each other (``tăng`` / ``giảm``)."""
    return any(
        not group.isdisjoint(left) and not group.isdisjoint(right) for group in _EXCLUSIVE_GROUPS
    )

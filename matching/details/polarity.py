"""Polarity of a claim: negation, opposites, quantifiers, and whether the text rebuts the claim."""

from matching.details.slot_set import Slots
from matching.text.patterns import MarkedText, compile_lexicon, compile_pattern

# "không khí", "không gian" contain no negation; "phải không?", "đúng không ạ" are questions; "không
# rõ thật giả", "không tin lắm" are about the sender.
_NEGATION = compile_pattern(
    r"(?P<no>không|chưa|chẳng|đừng|chớ|suýt)"
    r"(?! (?:khí|gian|quân|trung|lưu|chỉ|những|biết|rõ|hiểu|hạn|may|dấu|[.,?!:;¦]|ạ|vậy|nhỉ|hả|thế|"
    r"nhé|mọi|các|bạn|cả|ad|em|anh|chị|ta|mình|đấy|cô|thầy|nha|ai|hay|không|chưa|z|zậy|zạ|v|hen|nè|"
    r"bác|mẹ|cụ|tin lắm|kể))"
    r" (?P<what>[^\W\d]+(?: [^\W\d]+)?)",
    match_unaccented=False,
)
_UNACCENTED_NEGATION = compile_pattern(
    r"(?P<no>khong(?! (?:khi|gian|quan|trung|luu|chi|nhung|biet|ro|hieu|dau|[.,?!:;¦]|a|vay|nhi|ha|"
    r"the|nhe|moi|cac|ban|ca|ad|em|anh|chi|ta|minh|day|co|thay|nha|ai|hay|z|zay|v|hen|ne|bac|tin))"
    r"|chua(?= (?:cho|duoc|phai|bi|thong bao|quyet dinh|xac)))"
    r" (?P<what>[^\W\d]+(?: [^\W\d]+)?)"
)
# "khỏi ký", "khỏi phải đóng" mean "need not". "chữa khỏi", "ra khỏi" do not.
_NOT_REQUIRED = compile_pattern(
    r"(?P<no>khỏi)(?: phải| cần)? "
    r"(?P<what>kí|kí tên|đóng|nộp|thi|học|đi học|làm|mua|tiêm|test|đeo)",
    match_unaccented=False,
)
_BEFORE_NOT_REQUIRED = ("ra ", "chữa ", "rời ", "thoát ", "bảo vệ ")
_ENGLISH_NEGATION = compile_pattern(
    r"(?:is|are|was|were|does|do|did|will|would|has|have|had|can|could|should|must|may)"
    r"(?:n? t| not) (?P<what>[a-z]+)|(?:cannot|can t|won t|don t|never) (?P<other>[a-z]+)"
)
_WITH_DIACRITICS = {"khong": "không", "chua": "chưa"}
_BEFORE_NOT_NEGATED = ("hàng ", "hang ", "có hay ", "phải hay ", "hoặc ", "hay ")

_REBUTTAL = compile_pattern(
    r"bác bỏ|bác (?:thông )?tin|phủ nhận|đính chính|cải chính|tin giả|tin (?:đồn )?thất thiệt|"
    r"(?:là|thông tin|văn bản|công văn) giả(?: mạo)?(?! (?:danh|làm))|sai sự thật|tin vịt|"
    r"không (?:đúng(?: sự thật)?|chính xác|có chuyện|có việc|có căn cứ|có cơ sở|phải sự thật|hề có)"
    r"(?! (?:không|ạ))|"
    r"không có (?:(?!thì)[^\W_]+ ){1,6}nào (?:bị|được|đã|phải|tử|mất|mắc|nhiễm|chết)|"
    r"chưa có (?:căn cứ|cơ sở)|hoàn toàn bịa đặt|bịa đặt|tin đồn thất thiệt|tung tin|fake news|"
    r"(?:police|officials|ministry|school|authorities|hospital|who) (?:deny|denies|denied)|"
    r"debunk(?:s|ed|ing)?|hoax|fact ?check(?:s|ed|ers)?|"
    r"(?:is|are|was|were) (?:completely )?(?:false|untrue|fake)|"
    r"false claims?|not true|no evidence|misinformation"
)
_QUESTION_AFTER = (" không ", " khong ", " à ", " a ?", " hả ", " hay ")
_QUESTION_BEFORE = ("có phải ", "có phải là ", "hay là ", "hay ", "hoặc ", "sợ ", "co phai ")
REBUTTAL_VALUE = "bác bỏ"

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


def find_negations(marked: MarkedText) -> set[str]:
    """Return negated phrases, e.g. ``chưa cho phép``; the *không* of a question is not one."""
    phrases: set[str] = set()
    for match in (_UNACCENTED_NEGATION if marked.unaccented else _NEGATION).find(marked):
        before = marked.text[max(0, match.start() - 8) : match.start()]
        if not before.endswith(_BEFORE_NOT_NEGATED):
            phrases.add(f"{_WITH_DIACRITICS.get(match['no'], match['no'])} {match['what']}")
    for match in _NOT_REQUIRED.find(marked):
        if not marked.text.endswith(_BEFORE_NOT_REQUIRED, 0, match.start()):
            phrases.add(f"không phải {match['what']}")
    if " t " in marked.text or "not " in marked.text or "never " in marked.text:
        phrases.update(f"not {m['what'] or m['other']}" for m in _ENGLISH_NEGATION.find(marked))
    return phrases


def find_rebuttal(marked: MarkedText) -> set[str]:
    """Return ``{"bác bỏ"}`` if the text rebuts the claim it is about, else an empty set.

    "Có phải tin giả không?" is a question, not a rebuttal.
    """
    for match in _REBUTTAL.find(marked):
        after = marked.text[match.end() : match.end() + 8] + " "
        if not after.startswith(_QUESTION_AFTER) and not marked.text.endswith(
            _QUESTION_BEFORE, 0, match.start()
        ):
            return {REBUTTAL_VALUE}
    return set()


def find_polarity(marked: MarkedText) -> set[str]:
    """Return the polar words in the text (``tăng``, ``sớm``, ``đóng cửa`` ...)."""
    return {value for _, value in _OPPOSITE.find(marked)}


def are_opposed(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether polar words of the two sides exclude each other (``tăng`` / ``giảm``)."""
    return any(
        not group.isdisjoint(left) and not group.isdisjoint(right) for group in _EXCLUSIVE_GROUPS
    )


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


def one_side_rebuts(a: Slots, b: Slots) -> bool:
    """Whether exactly one side is a rebuttal: the texts are related, never duplicates."""
    return bool(a.rebuttal) != bool(b.rebuttal)

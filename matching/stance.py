"""Words that turn a claim round: negation, opposites, how many, and whether the text rebuts it."""

from matching.patterns import Board, pattern

# "không khí", "không gian" hold no negation; "phải không?", "đúng không ạ" ask.
_NEGATION = pattern(
    r"(?P<no>không|chưa|chẳng|đừng|chớ)"
    r"(?! (?:khí|gian|quân|trung|lưu|chỉ|những|biết|hạn|may|dấu|[.,?!:;¦]|ạ|vậy|nhỉ|hả|thế|nhé|mọi|"
    r"các|bạn|cả|ad|em|anh|chị|ta|mình|đấy|cô|thầy|nha|ai|hay|không|chưa))"
    r" (?P<what>[^\W\d]+(?: [^\W\d]+)?)",
    plain=False,
)
_PLAIN_NEGATION = pattern(
    r"(?P<no>khong(?! (?:khi|gian|quan|trung|luu|chi|nhung|biet|dau|[.,?!:;¦]|a|vay|nhi|ha|the|nhe|"
    r"moi|cac|ban|ca|ad|em|anh|chi|ta|minh|day|co|thay|nha|ai|hay))"
    r"|chua(?= (?:cho|duoc|phai|bi|thong bao|quyet dinh|xac)))"
    r" (?P<what>[^\W\d]+(?: [^\W\d]+)?)"
)
_READ_PLAIN = {"khong": "không", "chua": "chưa"}
_BEFORE_NOT_NEGATED = ("hàng ", "hang ", "có hay ", "phải hay ", "hoặc ", "hay ")

_REBUTTAL = pattern(
    r"bác bỏ|bác (?:thông )?tin|phủ nhận|đính chính|cải chính|tin giả|tin (?:đồn )?thất thiệt|"
    r"(?:là|thông tin|văn bản|công văn) giả(?: mạo)?(?! (?:danh|làm))|sai sự thật|"
    r"không (?:đúng(?: sự thật)?|chính xác|có chuyện|có việc|có căn cứ|có cơ sở)(?! (?:không|ạ))|"
    r"chưa có (?:căn cứ|cơ sở)|hoàn toàn bịa đặt|bịa đặt|tin đồn thất thiệt|tung tin|fake news"
)
REBUTS = "bác bỏ"

# (words, value): values in one group of opposites read differently, so they conflict.
_OPPOSITES: tuple[tuple[str, str, bool], ...] = (
    (r"tăng(?! cường)", "tăng", False), (r"giảm", "giảm", False), (r"tặng", "tặng", False),
    (r"miễn(?: phí)?", "miễn", False), (r"thu(?= (?:phí|tiền|quĩ|học|thêm))", "thu", False),
    (r"sớm", "sớm", True), (r"muộn|trễ", "muộn", False), (r"lùi|hoãn|dời|lui lich", "lùi", False),
    (r"huỷ(?: bỏ)?", "huỷ", False), (r"dừng|ngừng|tạm dừng", "dừng", False),
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
)  # fmt: skip
_OPPOSITE_PATTERNS = tuple((pattern(s, plain=ok), value) for s, value, ok in _OPPOSITES)

_QUANTIFIERS: tuple[tuple[str, str], ...] = (
    (r"tất cả|toàn bộ|toàn thể|100%", "tất cả"),
    (r"toàn (?P<of>tỉnh|trường|quốc|thành phố|xã|huyện|ngành|lớp|khối|phường)", "toàn"),
    (r"cả (?P<of>nước|tỉnh|trường|xã|lớp|khối|huyện)", "toàn"),
    (r"1 (?:số|vài)|một (?:số|vài|phần)|vài", "một số"),
    (r"đa số|hầu hết|phần lớn", "hầu hết"),
    (r"(?:1|một) (?:trường|lớp|học sinh|em|cháu|bé|trẻ|ca|xã|cơ sở|điểm trường)", "một"),
    (r"duy nhất", "một"),
)
_WHOLE = {
    "nước": "quốc", "nuoc": "quốc", "quoc": "quốc", "tinh": "tỉnh", "truong": "trường", "xa": "xã",
    "thanh pho": "thành phố", "huyen": "huyện", "nganh": "ngành", "lop": "lớp", "khoi": "khối",
    "phuong": "phường",
}  # fmt: skip
_QUANTIFIER_PATTERNS = tuple((pattern(source), value) for source, value in _QUANTIFIERS)


def negations(board: Board) -> set[str]:
    """Return negated phrases, e.g. ``chưa cho phép``; a question's *không* is none."""
    found: set[str] = set()
    for match in (_PLAIN_NEGATION if board.plain else _NEGATION).find(board):
        before = board.text[max(0, match.start() - 8) : match.start()]
        if not before.endswith(_BEFORE_NOT_NEGATED):
            found.add(f"{_READ_PLAIN.get(match['no'], match['no'])} {match['what']}")
    return found


def rebuttal(board: Board) -> set[str]:
    """Return ``{"bác bỏ"}`` if the text denies the claim it speaks of, else an empty set."""
    return {REBUTS} if _REBUTTAL.find(board) else set()


def polarity(board: Board) -> set[str]:
    """Return the direction words present (``tăng``, ``sớm``, ``đóng cửa`` ...)."""
    return {value for words, value in _OPPOSITE_PATTERNS if words.find(board)}


def take_quantifiers(board: Board) -> tuple[set[str], Board]:
    """Return how many are meant (``tất cả``, ``toàn tỉnh``, ``một số``, ``một``), and the rest."""
    found: set[str] = set()
    for words, value in _QUANTIFIER_PATTERNS:
        matches, board = words.take(board)
        for match in matches:
            of = match.groupdict().get("of")
            found.add(f"{value} {_WHOLE.get(of, of)}" if of else value)
    return found, board

"""Lexicons of what a claim is about: offices and roles, illnesses, vaccines, weather. Data.

Only words that are unambiguous in school messages. A role is an office or a part in an event, never
a named person.
"""

from matching.text.patterns import MarkedText, compile_lexicon, compile_pattern

# After these words "Sở", "Bộ", "Phòng" alone are an office.
_ACTS = (
    r"(?:kêu|yêu cầu|thông báo|chỉ đạo|quyết định|đề nghị|vừa|mới|đã|sẽ|cấm|bắt|ra công văn|nói|"
    r"bảo|"
    r"cho (?:học sinh|nghỉ|phép))"
)
_OFFICES: tuple[tuple[str, str, bool], ...] = (
    (r"bộ giáo dục(?: và đào tạo)?|ministry of education", "Bộ GD&ĐT", True),
    (r"sở giáo dục(?: và đào tạo)?", "Sở GD&ĐT", True),
    (r"phòng giáo dục(?: và đào tạo)?", "Phòng GD&ĐT", True),
    (r"bộ y tế|ministry of health", "Bộ Y tế", True), (r"sở y tế", "Sở Y tế", True),
    (r"trung tâm y tế|trạm y tế", "trạm y tế", True), (r"cdc", "CDC", True),
    (r"bộ công an", "Bộ Công an", True),
    (r"công an (?:tỉnh|thành phố)", "công an tỉnh", True),
    (r"công an (?:phường|xã)", "công an xã", True), (r"công an|police", "công an", True),
    (r"bộ nội vụ", "Bộ Nội vụ", True), (r"bộ tài chính", "Bộ Tài chính", True),
    (r"chính phủ|thủ tướng|government", "Chính phủ", True), (r"quốc hội", "Quốc hội", True),
    (
        r"(?:uỷ ban(?: nhân dân)?|chủ tịch) (?:tỉnh|thành phố)",
        "UBND tỉnh",
        True,
    ),
    (r"(?:uỷ ban(?: nhân dân)?|chủ tịch) (?:quận|huyện)", "UBND huyện", True),
    (r"(?:uỷ ban(?: nhân dân)?|chủ tịch) (?:xã|phường)", "UBND xã", True),
    (r"hiệu trưởng|principals?|headteachers?", "hiệu trưởng", True),
    (r"hiệu phó|phó hiệu trưởng", "hiệu phó", True),
    (r"bảo mẫu", "bảo mẫu", True), (r"nam sinh|học sinh nam", "nam sinh", True),
    (r"nữ sinh|học sinh nữ", "nữ sinh", True), (r"(?:bé|cháu|học sinh) trai", "bé trai", True),
    (r"(?:bé|cháu|học sinh) gái", "bé gái", True),
    (rf"sở(?= {_ACTS})", "Sở", False), (rf"bộ(?= {_ACTS})", "Bộ", False),
    (rf"phòng(?= {_ACTS})", "Phòng", False),
)  # fmt: skip
_CAUSES: tuple[tuple[str, str, bool], ...] = (
    (r"covid19|corona(?:virus)?|virus corona", "Covid-19", True),
    (
        r"cúm ?(?P<flu>a h[0-9]{1,2}n[0-9]{1,2}|a|b|h[0-9]{1,2}n[0-9]{1,2}|gia cầm)"
        r"|(?:a )?(?P<strain>h[0-9]{1,2}n[0-9]{1,2})|cúm mùa|influenza",
        "cúm",
        True,
    ),
    (r"sởi", "sởi", False),
    (r"measles|soi(?= (?:o|tai|lan|bung|chet|tu vong))", "sởi", True),
    (r"bạch hầu|diphtheria", "bạch hầu", True), (r"ho gà", "ho gà", True),
    (r"tay chân miệng|tcm", "tay chân miệng", True),
    (r"sốt xuất huyết|sxh|dengue", "sốt xuất huyết", True),
    (r"viêm não(?: nhật bản)?", "viêm não", True), (r"viêm gan a", "viêm gan A", True),
    (r"viêm gan b", "viêm gan B", True), (r"viêm gan c", "viêm gan C", True),
    (r"viêm màng não|não mô cầu|meningitis", "viêm màng não", True),
    (r"thuỷ đậu", "thuỷ đậu", True), (r"quai bị", "quai bị", True),
    (r"đau mắt đỏ", "đau mắt đỏ", True), (r"bệnh dại|chó dại|rabies", "dại", True),
    (r"bệnh lao|nhiễm lao|mắc lao", "lao", True), (r"bệnh than", "bệnh than", True),
    (r"ebola", "Ebola", True), (r"đậu mùa khỉ", "đậu mùa khỉ", True), (r"nipah", "Nipah", True),
    (r"hiv|aids", "HIV", True), (r"hpv", "HPV", True), (r"dịch tả lợn", "dịch tả lợn", True),
    (r"ung thư|cancer", "ung thư", True), (r"vô sinh", "vô sinh", True),
    (r"pfizer", "Pfizer", True), (r"moderna", "Moderna", True),
    (r"astra ?zeneca", "AstraZeneca", True),
    (r"vero ?cell|sinopharm", "Sinopharm", True), (r"sinovac", "Sinovac", True),
    (r"abdala", "Abdala", True), (r"nanocovax", "Nanocovax", True),
    (r"siêu bão|bão|áp thấp nhiệt đới|storm|typhoon", "bão", False),
    (r"storm|typhoon", "bão", True),
    (r"lũ quét|lũ lụt|mưa lũ|lũ|ngập lụt|ngập(?: úng)?|floods?|flooding", "lũ lụt", False),
    (r"mua lu|lu lut|ngap(?: lut| ung)?|floods?|flooding", "lũ lụt", True),
    (r"triều cường", "triều cường", True), (r"nắng nóng", "nắng nóng", True),
    (r"rét đậm|rét hại|rét|trời lạnh", "rét", False), (r"ret (?:dam|hai)", "rét", True),
    (r"động đất|earthquake", "động đất", True), (r"sạt lở", "sạt lở", True),
    (r"lốc xoáy|giông lốc|dông lốc", "lốc", True), (r"ô nhiễm không khí", "ô nhiễm", True),
    (r"chập điện", "chập điện", True), (r"mất điện|cúp điện|cắt điện", "mất điện", True),
    (r"mất nước|thiếu nước|cúp nước", "mất nước", True),
)  # fmt: skip
_OFFICE = compile_lexicon(_OFFICES)
_CAUSE = compile_lexicon(_CAUSES)
_PERSON = (
    "cô giáo|thầy giáo|giáo viên|học sinh|phụ huynh|nam sinh|nữ sinh|hiệu trưởng|bảo vệ|bảo mẫu"
)
_DEED = compile_pattern(
    rf"(?P<who>{_PERSON})(?: (?:bị tố|đã))? "
    rf"(?P<deed>đánh|hành hung|tát|đâm|tấn công|xúc phạm|lừa|bạo hành) (?P<whom>{_PERSON})",
    match_unaccented=False,
)
_ENGLISH_DEED = compile_pattern(
    r"(?P<who>teachers?|students?|pupils?|parents?) (?P<deed>hits?|beats?|stabs?|attacks?|attacked)"
    r" (?:the |a )?(?P<whom>teachers?|students?|pupils?|parents?)"
)
_TEACHER = {"cô giáo": "giáo viên", "thầy giáo": "giáo viên"}


def find_offices(marked: MarkedText) -> set[str]:
    """Return authorities and roles: ``Sở Y tế``, ``hiệu trưởng``, ``giáo viên → học sinh``."""
    offices = {value for _, value in _OFFICE.find(marked)}
    for table in (_DEED, _ENGLISH_DEED):
        for match in table.find(marked):
            who, whom = match["who"], match["whom"]
            offices.add(f"{_TEACHER.get(who, who)} → {_TEACHER.get(whom, whom)}")
    return offices


def find_causes(marked: MarkedText) -> set[str]:
    """Return illnesses, vaccines, weather and other causes: ``sởi``, ``cúm A``, ``bão``."""
    causes: set[str] = set()
    for match, value in _CAUSE.find(marked):
        groups = match.groupdict()
        kind = groups.get("flu") or groups.get("strain")
        kind = kind.removeprefix("a ") if kind else kind
        causes.add(f"{value} {kind.upper()}" if kind and value == "cúm" else value)
    return causes

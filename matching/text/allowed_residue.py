"""The allow-list: what may differ between two texts that the machine joins by itself. Data only.

Everything else that normalisation leaves out belongs to the residue (``matching.text.residue``) and
keeps two texts apart. Allowed are spaces, sentence punctuation, decorative emoji, and whole phrases
that greet, forward or ask. No phrase here holds a name, number, day, addressee, issuer or negation:
kin terms and "everybody" address nobody in particular, roles ("phụ huynh lớp 1", "thầy cô") do.

An entry is added only together with its test (``tests/matching/text/test_allowed_residue.py``).
"""

# Punctuation of sentences, brackets, hyphens within words, bullets and markup.
PUNCTUATION = frozenset(".,?!:;…'’‘`´()[]{}|•·-‐‑‒–—_*¿¡")
# Repeated, these draw a line between paragraphs ("=====", "-----").
RULE_CHARACTERS = "-=_~*<>#.+—–"

# Signs that call for attention and stand for no word, wherever they are.
ATTENTION = frozenset("❗❕❓❔⚠🚨📢📣🔔‼⁉")
# Decorative only at the edge of a line or of the message: in a sentence each may stand for a word
# ("vào trường phải 😷"). Faces of mood, not of mockery or lies (🤥 🤡 😂).
_FACES = (
    "😀😃😄😁🙂😊☺😇🥰😍😘🤗🥲🤔🧐😐😑😶🙄😮😯😲😳🥺😦😧😨😰😥😢😭😱"
    "😖😣😞😓😩😫😤😡😠😟😕🙁☹😬😔😪🤒🤕🤢🤮🥵🥶😵😅😒🤯🤭🥹🫣🫠🤧🥴🙇🤦"
)
_HANDS_HEARTS = "🙏🤝💪❤🧡💛💚💙💜🖤🤍💔💕💖💗💓🌹🌸🌺🌷💐🍀✨⭐🌟💫"
_POINTERS = (
    "👉👇👈👆☝📌📍🔻🔺🔽🔼➡⬅⬇⬆▶◀►▸‣▪▫◾◽■□●○◆◇★☆\uf0b7\uf0a7\uf0d8\uf076"
    "🔹🔸🔷🔶💥⚡🆘📝👀💬🗣📨📩✉📧🔁🔄↪⤵⏩➤🔊📰🆕"
)
EDGE_DECORATION = frozenset(_FACES + _HANDS_HEARTS + _POINTERS)
# Pictures of a thing: decorative at an edge if the text itself says it in words.
ILLUSTRATIONS: dict[str, tuple[str, ...]] = {
    "🌪🌀🌬": ("bão", "lốc", "giông", "gió"),
    "🌧⛈☔🌩🌊💧": ("mưa", "bão", "lũ", "lụt", "ngập", "nước"),
    "🔥": ("cháy", "hoả hoạn", "nóng", "hóng", "hot", "khẩn"),
    "🦠😷": ("dịch", "bệnh", "virus", "vi rút", "covid19", "cúm", "sởi"),
    "💉": ("tiêm", "vắc xin"),
    "🏥🚑": ("viện", "cấp cứu"),
    "🏫🎒📚📖✏": ("trường", "học sinh", "lớp"),
    "💰💵💸💴": ("tiền", "phí", "đồng"),
    "📞☎📱": ("gọi", "điện thoại"),
    "📅🗓📆⏰🕐": ("ngày", "lịch", "giờ"),
    "🥚🐔🍗🥩🍚🥛🍜": ("trứng", "gà", "thịt", "cơm", "sữa", "ăn"),
}
# Skin tones and the marks that choose how an emoji is drawn.
EMOJI_MODIFIERS = frozenset("\ufe00\ufe01\ufe0e\ufe0f\u20e3🏻🏼🏽🏾🏿")

# Hashtags and mentions, folded and without separators, that ask to share or name everybody.
_TAG_WORDS = (
    "chiase chiasegap chiaserongrai share sharegap shares hot tinhot tinnong khan khancap gap "
    "canhbao chuyentiep fyp viral trend trending xuhuong all everyone moinguoi tatca"
)
TAGS = frozenset(_TAG_WORDS.split())

# Openings that show that a message was forwarded. Removed at the start of a line.
HEADERS = (
    r"(?:(?:đã |tin nhắn )?(?:được )?chuyển tiếp|chuyen tiep|forwarded(?: message)?"
    r"|fwd?|fw|re|copy|cop|st|sưu tầm|share|chia sẻ|repost|nguồn (?:fb|facebook|zalo|mạng|internet)"
    r"|(?:tin )?(?:rất )?(?:khẩn|nóng|gấp|hot)(?: cấp)?|khan cap|khan|cảnh báo|canh bao|chú ý|chu y"
    r"|lưu ý|thông báo khẩn|breaking(?: news)?|cập nhật|tin mới|mới nhất|hóng"
    r"|hot (?:hot|news)|quan trọng"
    r"|tin (?:hot|sốc|mới nhận|chính xác|lan truyền|chuyển tiếp)"
    r"|(?:tin |tin nhắn )?(?:đã )?(?:được )?chuyển tiếp nhiều lần|forwarded many times"
    r"|(?:mới |vừa )?nhận (?:được )?tin(?: này)?|sốc|nóng hổi|khẩn khẩn|gấp gấp)"
)

_KIN = r"(?:mẹ|bác|bạn|anh chị|cụ|chị|anh|bố mẹ|bố|ba mẹ|mom|mợ|dì|cô bác|chế|má|mệ|bồ|bà)"
VOCATIVE = (
    rf"(?:mọi người|cả nhà(?: mình)?|cả nhóm|các {_KIN}(?: các (?:mẹ|bố|chị))?|mấy {_KIN}|bà con|"
    r"anh chị em|anh chị|chị em|ad|admin)"
)
SPEAKER = r"(?:em|mình|tôi|chị|anh|cháu|con|tui|e|m)"
_PARTICLE = r"(?:ạ|nhé|nha|nhỉ|nè|hả|hen|nghen|à|với|vậy|thế|ta|đi|này|nào|luôn|ha|hơ|z|v)"
_HELP = r"(?:giúp|hộ|dùm|giùm|gấp|ngay|rộng rãi|nhanh|lại|cho)"
_THIS = r"(?:(?:tin|vụ|chuyện|thông tin|việc|ảnh|hình|cái|bài) (?:này|đó|trên|ni|nớ)|thông tin)"
_TRUE = r"(?:đúng|thật|thiệt|chuẩn|chính xác|phải|thực)"
_WHETHER = r"(?:không|hông|hong|hôn|hem|khum|hk|khôn|hổng)"
_SHARE = r"(?:chia sẻ|share|chuyển tiếp|lan toả|đăng|gửi)"
_LOOK = r"(?:xem|kiểm tra|xác minh|xác nhận|check|đọc|coi|kiểm chứng|giải đáp|cho biết)"
_AWARE = r"(?:cùng )?(?:được )?(?:biết|phòng tránh|đề phòng|cảnh giác|nắm)"
_FEELING = (
    r"(?:huhu|hu hu|hic|haizz|trời|giời|ôi trời|ối giời(?: ơi)?|ôi trời ơi|khiếp|choáng|"
    r"(?:nghe mà )?(?:ghê|sợ|lo|sốc|kinh|buồn|bức xúc|thương|khổ|lo lắng|hoang mang)"
    r"(?: (?:quá|ghê|thật))?)"
)
_SOMEBODY = rf"(?:người ta|thiên hạ|hàng xóm|ai đó|{VOCATIVE})"
_SOURCE = (
    r"(?:(?:nguồn|cre|via) (?:: )?(?:facebook|zalo|mạng|internet|sưu tầm|trên mạng)|sưu tầm|st)"
)
_END = r"(?: (?:[.,?!:;]|\x1f\S+))+"  # a mark or a sign after a phrase that needs one
_ASK_TO_SHARE = (
    rf"(?:(?:xin|hãy|nhờ|mong|cứ|{VOCATIVE}) ){{0,2}}{_SHARE}(?: {_HELP}){{0,3}}"
    rf"(?: (?:cho |để |tới |đến )?{VOCATIVE}(?: {_AWARE})?| (?:cho|để) (?:{VOCATIVE} )?{_AWARE})?"
    rf"(?: {SPEAKER})?(?: {_PARTICLE}){{0,3}}"
)
_ASK_TO_LOOK = (
    rf"(?:(?:nhờ|mong|xin) )?(?:{VOCATIVE} {_LOOK}(?: {_HELP}){{0,2}}|{_LOOK}(?: {_HELP}){{1,2}})"
    rf"(?: {SPEAKER})?(?: {_PARTICLE}){{0,3}}"
)
_WHO_KNOWS = (
    rf"(?:có )?(?:ai|{VOCATIVE}(?: có)?(?: ai)?) (?:có con học (?:đó|ở đó|trường này) )?"
    rf"(?:nghe|biết|thấy|rõ|xác nhận|nắm)(?: (?:xác nhận|nói|chỉ))?(?: gì)?"
    rf"(?: về)?(?: {_THIS})?(?: chưa| {_WHETHER})?"
    rf"(?: {_HELP}){{0,2}}(?: {SPEAKER})?(?: {_PARTICLE}){{0,3}}"
)

# Patterns over marked text. An opening ends with a word that cannot begin a claim, or with a mark.
OPENINGS: tuple[str, ...] = (
    rf"{VOCATIVE} (?:ơi|à|ạ|hỡi)(?: {VOCATIVE} ơi)?",
    rf"(?:cảnh báo|nhắc|lưu ý|chú ý|gửi|báo)(?: (?:cho|tới|đến))? {VOCATIVE}{_END}",
    rf"{VOCATIVE} (?:lưu ý|chú ý|cẩn thận|cảnh giác){_END}",
    rf"alo|dạ|ơ|ê|ủa|fwd?|fw|trời ơi|(?:hi|hello|ui|úi|ôi|ối){_END}|xin chào{_END}|"
    rf"(?:xin |kính )?chào {VOCATIVE}",
    rf"cứu (?:với|{SPEAKER}(?: với)?)",
    rf"(?:{VOCATIVE} )?cho(?: {SPEAKER})? hỏi(?: (?:chút|tí|với|xíu))?|xin hỏi|"
    rf"{SPEAKER} hỏi (?:chút|tí|xíu)|{SPEAKER} hỏi{_END}",
    rf"(?:{SPEAKER} )?(?:mới |vừa |cũng )?(?:nghe|thấy)(?: {_SOMEBODY})? "
    r"(?:nói|đồn|kể|kháo nhau|tin|đâu|phong phanh|bảo(?! (?:vệ|mẫu|hiểm)))(?: (?:là|rằng))?",
    rf"hỏi {VOCATIVE}(?: (?:chút|tí|xíu|với|ạ|là))*|"
    rf"(?:{SPEAKER} )?xin (?:phép )?(?:{VOCATIVE} )?(?:cho )?(?:{SPEAKER} )?hỏi"
    r"(?: (?:chút|tí|xíu))?",
    rf"{_FEELING}{_END}",
    rf"nhờ {VOCATIVE} {_LOOK}(?: {_HELP}){{0,2}}(?: {SPEAKER})?(?: {_PARTICLE}){{0,2}}{_END}",
    rf"{VOCATIVE} (?:đọc|xem|coi)(?: (?:đi|này|nè|kĩ|thử)){{1,2}}{_END}",
    rf"(?:{SPEAKER} )?(?:mới |vừa )?(?:thấy|đọc được) (?:trên )?(?:mạng|facebook|zalo){_END}",
    rf"(?:bạn|chị|đứa bạn|người quen)(?: {SPEAKER})? (?:gửi|chuyển|nhắn|kể){_END}",
    rf"{_ASK_TO_LOOK}{_END}",
    rf"{_ASK_TO_SHARE}{_END}",
    rf"{_WHO_KNOWS}{_END}",
    rf"{HEADERS}{_END}",
    rf"{_THIS} có {_TRUE} {_WHETHER}{_END}",
)
# A closing ends the text; it can follow the claim in one sentence.
CLOSINGS: tuple[str, ...] = (
    rf"(?:ạ|nhé|nha|nhỉ|nè|hả|hen|nghen|à|vậy|ha|nhá|hả ta|kìa|(?<!ở )đấy)(?: {VOCATIVE})?",
    rf"hở (?:ta|{VOCATIVE})|trời (?:đất )?ơi|(?:(?:thế|vậy) này |vậy )?là sao",
    rf"(?:{_THIS} )?(?:có )?{_TRUE} hay {_WHETHER}",
    rf"(?:{_THIS} )?(?:(?:có|là) )?{_TRUE}(?: (?:thế|vậy))? {_WHETHER}(?: {_PARTICLE}){{0,3}}"
    rf"(?: (?:{VOCATIVE}|{SPEAKER})(?: (?:ơi|ạ|nhỉ))?)?",
    rf"(?:{_THIS} )?(?:là )?(?:đúng hay sai|thật hay giả|thật hay đùa|"
    rf"thực hư (?:thế nào|ra sao|sao))"
    rf"(?: {_PARTICLE}){{0,2}}",
    rf"không biết (?:{_THIS} )?(?:có )?{_TRUE} (?:{_WHETHER}|hay giả|giả thế nào)",
    rf"(?<!không )(?:có )?ai biết(?: {_THIS})? (?:{_WHETHER}|chưa)(?: {_PARTICLE}){{0,3}}",
    rf"(?:{_THIS} )?(?:có )?(?:thật|thiệt) (?:à|hả|ư|sao)(?: {_PARTICLE}){{0,2}}(?: {VOCATIVE})?",
)
_THANKS = (
    rf"(?:xin |{SPEAKER} )?(?:cảm ơn|thanks|tks)(?: (?:nhiều|trước))?"
    rf"(?: {VOCATIVE})?(?: (?:nhiều|ạ))?"
)
# The same after a mark or a sign; without one it belongs to the claim: "… không được chia sẻ",
# "… trả tiền cho các bạn". After a comma "không được đăng, chia sẻ" may be one list.
CLOSINGS_AFTER_COMMA: tuple[str, ...] = (
    _THANKS,
    _WHO_KNOWS,
    rf"{VOCATIVE} (?:ơi|ạ)",
    r"(?:mọi người|cả nhà) (?:đã )?(?:nghĩ|thấy|đọc|biết|nghe) (?:sao|thế nào|chưa)",
    rf"ai (?:rõ|rành|biết) (?:chỉ|cho)(?: {SPEAKER})?(?: biết)?(?: {_PARTICLE}){{0,3}}",
    rf"(?:không|chả|chẳng|hông) biết (?:sao|thế nào)(?: (?:nữa|luôn))?(?: {_PARTICLE}){{0,2}}",
    rf"(?:{VOCATIVE} )?cho {SPEAKER} (?:hỏi|xin ý kiến|biết)(?: {_PARTICLE}){{0,2}}",
)
CLOSING_SENTENCES: tuple[str, ...] = (
    _FEELING,
    _SOURCE,
    rf"(?:{VOCATIVE} )?(?:cho )?(?:{SPEAKER} )?xin (?:ý kiến|thông tin|lời khuyên)"
    rf"(?: {_PARTICLE}){{0,2}}|hóng|chấm",
    rf"(?:hãy |nhớ |đọc xong |vui lòng ){{0,3}}{_SHARE}(?: (?:mạnh|ngay|gấp))?"
    r"(?: cho (?:bạn bè|người thân|nhiều người|nhiều người biết)(?: và (?:bạn bè|người thân))?)?"
    rf"(?: {_PARTICLE}){{0,2}}",
    rf"{VOCATIVE}(?: (?:ơi|nhé|nha|ạ|ha))?",
    rf"(?:{VOCATIVE} )?(?:nghĩ|thấy) (?:sao|thế nào)(?: {_PARTICLE}){{0,2}}|"
    r"(?:là )?sao (?:ta|đây|nhỉ)",
    _THANKS,
    _ASK_TO_LOOK,
    _ASK_TO_SHARE,
    _WHO_KNOWS,
    rf"{VOCATIVE} (?:nhớ )?(?:lưu ý|chú ý|để ý|cẩn thận|cảnh giác)(?: {_PARTICLE}){{0,2}}",
)
# A question around the whole claim: both ends go, or neither.
QUESTIONS: tuple[str, ...] = (
    rf"(?:không biết )?có (?:phải|đúng|thật|thiệt)(?: là)? (?P<claim>.+) {_WHETHER}"
    rf"(?: {_PARTICLE}| {VOCATIVE}){{0,3}}",
)

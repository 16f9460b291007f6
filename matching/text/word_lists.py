"""Word lists of the match key: abbreviations, phrases, particles. Data only.

Curated, not complete: a short form is listed only if it is unambiguous in school messages.
Left out on purpose as ambiguous: hp (học phí / Hải Phòng), hn, ph, ck, vs, bt, cv, đt, nv, th,
tb, ca, kg.
"""

# Token → expansion.
ABBREVIATIONS: dict[str, str] = {
    "ko": "không", "k": "không", "hok": "không", "khg": "không", "kô": "không", "hem": "không",
    "dc": "được", "đc": "được", "đươc": "được",
    "mn": "mọi người", "mng": "mọi người", "ng": "người",
    "hs": "học sinh", "hssv": "học sinh sinh viên", "sv": "sinh viên", "gv": "giáo viên",
    "gvcn": "giáo viên chủ nhiệm", "bgh": "ban giám hiệu", "phhs": "phụ huynh học sinh",
    "cmhs": "cha mẹ học sinh", "hsg": "học sinh giỏi", "thptqg": "thpt quốc gia",
    "ubnd": "uỷ ban nhân dân", "hđnd": "hội đồng nhân dân", "hdnd": "hội đồng nhân dân",
    "byt": "bộ y tế", "syt": "sở y tế", "ttyt": "trung tâm y tế",
    "sgd": "sở giáo dục và đào tạo", "bgd": "bộ giáo dục và đào tạo",
    "sgdđt": "sở giáo dục và đào tạo", "sgddt": "sở giáo dục và đào tạo",
    "bgdđt": "bộ giáo dục và đào tạo", "bgddt": "bộ giáo dục và đào tạo",
    "gdđt": "giáo dục và đào tạo", "gddt": "giáo dục và đào tạo", "pgd": "phòng giáo dục",
    "f0": "ca dương tính covid19", "cv19": "covid19", "covid": "covid19", "ncov": "covid19",
    "sđt": "số điện thoại", "sdt": "số điện thoại", "stk": "số tài khoản", "cty": "công ti",
    "vaccine": "vắc xin", "vaccines": "vắc xin", "vaccin": "vắc xin", "vacxin": "vắc xin",
    "vắcxin": "vắc xin", "vắcxanh": "vắc xin", "vn": "việt nam", "đh": "đại học",
    "tphcm": "thành phố hồ chí minh", "hcm": "thành phố hồ chí minh",
    "tp": "thành phố", "tx": "thị xã", "fb": "facebook", "ntn": "như thế nào", "j": "gì",
    "trg": "trường", "trc": "trước", "vx": "vẫn", "cx": "cũng", "đag": "đang", "rùi": "rồi",
    "ak": "à", "nhe": "nhé", "qđ": "quyết định",
}  # fmt: skip

# Phrases, tried before single tokens; patterns over unified lower-case text.
PHRASES: tuple[tuple[str, str], ...] = (
    (r"\b(sở|bộ|so|bo) (?:gd ?(?:&|và|-)? ?[đd]t|gd)\b", r"\1 giáo dục và đào tạo"),
    (r"\b([sb])gd ?(?:&|và|-) ?[đd]t\b", r"\1gdđt"),
    (r"\bgd ?(?:&|và|-) ?[đd]t\b", "giáo dục và đào tạo"),
    (r"\b(?:phòng|phong) gd ?(?:&|và|-)? ?[đd]t\b", "phòng giáo dục và đào tạo"),
    (r"\bgiáo dục ?(?:&|-) ?đào tạo\b", "giáo dục và đào tạo"),
    (r"\b(sở|bộ) giáo dục(?! (?:và|&|-))", r"\1 giáo dục và đào tạo"),
    (r"\bthành phố hồ chí minh\b|\btp\.? ?(?:hcm|hồ chí minh)\b|\btphcm\b", " tphcm "),
    (r"\bho chi minh\b|\bhồ chí minh\b", "hồ chí minh"),
    (r"\b(?:vắc|văc|vac)[ -]?xin\b|\bvắc[ -]?xanh\b", "vắc xin"),
    (r"\b(?:sars[ -]cov[ -]?2|(?:covid|cô ?vít|co ?vit|covit)(?:[ -]?19)?)\b", "covid19"),
    (r"\b(trường|trg|truong) th\b", r"\1 tiểu học"),
    (r"\b(trường|trg|truong) mn\b", r"\1 mầm non"),
    (r"\b(?:trung học cơ sở|trung hoc co so)\b", "thcs"),
    (r"\b(?:trung học phổ thông|trung hoc pho thong|ptth)\b", "thpt"),
    (r"\b(?:tiktok|tik tok)\b", "tiktok"),
)

# Words that ask, greet or soften and carry no claim. Used to weigh a text, never removed from it.
_EMPTY = (
    "à ạ ơi nha nhé nhỉ hả hử vậy thế ấy đấy đó này kìa đi với rồi thì là mà và của cho các những "
    "cái bị được có không phải đúng sai thật giả tin xin hỏi ai biết giúp mình em anh chị bạn mọi "
    "người cả nhà ad admin test alo ok oke vâng dạ cảm ơn gì sao thấy nghe xem coi hay ko như nào "
    "a oi nhe nhi ha vay the ay day do nay di voi roi thi la ma va cua cac nhung cai bi duoc co "
    "khong phai dung that gia hoi biet giup minh chi ban moi nguoi ca gi thay link đây"
)
EMPTY_WORDS: frozenset[str] = frozenset(_EMPTY.split())

# Words that place, link and report ("trên mạng xã hội lan truyền thông tin"): present in every
# second message, so sharing them says nothing about the claim.
_LIGHT = (
    "trên dưới tại trong ngoài về từ đến ra vào lên xuống một nhiều đã đang sẽ vừa mới này khi nếu "
    "để do vì theo nên cũng còn lại nữa rất quá đều chỉ ngay sau trước giữa bởi như hơn kém việc "
    "sự điều cuộc chiếc con người ta họ chúng tôi năm tháng ngày thông tin mạng xã hội lan truyền "
    "xuất hiện đăng tải chia sẻ cho biết facebook zalo"
)
LIGHT_WORDS: frozenset[str] = EMPTY_WORDS | frozenset(_LIGHT.split())

_LIGHT_ENGLISH = (
    "a an the of and to in is that for on was with as are be by this it at from have has not or "
    "will they you your his her he she who were been said says i we my our me so did does if but "
    "what when all about just can out up no there their them would could than then how"
)
ENGLISH_LIGHT_WORDS: frozenset[str] = frozenset(_LIGHT_ENGLISH.split())

"""Word lists for the question whether a text asks about a published claim. Data only.

Two rumours about one school share its name, "học sinh", "thu tiền", "tháng": none of that makes
them one claim. What is left, and above all what is said to have happened, does.
"""

from matching.text.letters import unify
from matching.text.word_lists import LIGHT_WORDS

# Words in every second message about schools, besides LIGHT_WORDS.
_COMMON = (
    "học sinh trường trẻ bé con em cháu đứa tụi bọn phụ huynh cha mẹ bố ba má bà giáo viên thầy cô "
    "lớp tỉnh thành phố phường xã huyện năm tháng tuần ngày hôm nay mai toàn mọi tất cả hết mỗi "
    "cho phải hông hình bảo đồn kể clip xác nhận chưa số môn tiền đồng thu nộp đóng nghỉ đi "
    "ở hai bốn hay sở bộ giáo dục đào tạo tiểu thcs thpt mầm non cấp bắt buộc yêu cầu bằng làm mở "
    "loại mấy nhiều quá liền hình thức thiệt hen nè chứ vậy 1 2 3"
)
COMMON_WORDS: frozenset[str] = LIGHT_WORDS | frozenset(map(unify, _COMMON.split()))

# How laymen say it → how a checker writes it; whole words, the longer first.
SYNONYMS: tuple[tuple[str, str], ...] = (
    ("sgk", "sách giáo khoa"), ("tcm", "tay chân miệng"), ("wc", "nhà vệ sinh"),
    ("xe hơi", "ô tô"), ("xe con", "ô tô"), ("xe bốn bánh", "ô tô"), ("xe đưa rước", "xe đưa đón"),
    ("mẫu giáo", "mầm non"), ("nhà trẻ", "mầm non"), ("con nít", "trẻ"), ("nhỏ", "trẻ"),
    ("thi học kì", "kiểm tra cuối kì"), ("thi cuối kì", "kiểm tra cuối kì"),
    ("kiểm tra học kì", "kiểm tra cuối kì"), ("thi hk", "kiểm tra cuối kì"),
    ("đêm trước", "tối hôm trước"), ("bữa trước", "hôm trước"), ("nhà cầu", "nhà vệ sinh"),
    ("toilet", "nhà vệ sinh"), ("sida", "hiv"), ("aids", "hiv"), ("trụ sinh", "kháng sinh"),
    ("vi trùng", "vi khuẩn"), ("bịnh", "bệnh"), ("ốm", "bệnh"), ("trúng độc", "ngộ độc"),
    ("chích ngừa", "tiêm"), ("tiêm ngừa", "tiêm"), ("tiêm chủng", "tiêm"), ("tiêm phòng", "tiêm"),
    ("chích", "tiêm"), ("ém nhẹm", "giấu"), ("che giấu", "giấu"), ("ém", "giấu"),
    ("bưng bít", "giấu"),
    ("dụ dỗ", "dụ"), ("rủ", "dụ"), ("bể", "vỡ"), ("lụt", "ngập"), ("ngập lụt", "ngập"),
    ("gom", "thu hồi"), ("lấy lại", "thu hồi"), ("thu lại", "thu hồi"),
    ("chuyển khoản", "chuyển tiền"), ("gửi tiền", "chuyển tiền"), ("gởi", "chuyển"),
    ("học thêm", "dạy thêm"), ("không được phép", "cấm"), ("không cho phép", "cấm"),
    ("không được", "cấm"), ("khỏi phải", "không phải"), ("miễn", "không phải đóng"),
    ("khỏi", "không phải"), ("thiệt", "thật"), ("vô", "vào"), ("trái", "quả"), ("heo", "lợn"),
    ("xài", "dùng"), ("mua sắm", "mua"), ("cúp điện", "mất điện"), ("rớt", "rơi"),
    ("chết", "tử vong"), ("xe hai bánh", "xe máy"), ("cảnh sát", "công an"),
    ("cô rô na", "covid19"), ("corona", "covid19"),
)  # fmt: skip

# Single syllables of these that are no other word without diacritics.
PLAIN_SYNONYMS = frozenset({"sgk", "tcm", "wc", "sida", "aids", "toilet", "miễn", "corona"})

# What is said to have happened or been decided. A text without the act of the claim, however many
# other words they share, asks about something else ("đề Văn lộ" / "đề Văn ra thơ mới").
_ACTS = (
    "bỏ huỷ lộ vỡ sập cấm hồi cóc dụ giấu nghỉ chốt quyết cắm tẩm tiêm chuyển nộp thu miễn đóng "
    "tăng giảm vong mắc nhiễm dính độc cháy nổ đánh hại phạt nhập dời hoãn đổi xả bắt ngập bão mua "
    "bán phát xây tuyển thiếu cắt lún gãy nhảy đào sửa đòi luật chức ngừng tạm uống ăn thi kiểm "
    "khám lừa giả mất rơi thay tặng"
)
ACTS: frozenset[str] = frozenset(map(unify, _ACTS.split()))

# School subjects: claims about two of them are two claims.
_SUBJECTS = "toán văn sử địa anh lí hoá tin nhạc pháp nhật trung nga"
SUBJECTS: frozenset[str] = frozenset(map(unify, _SUBJECTS.split()))

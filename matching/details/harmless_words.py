"""What only sounds dangerous: drills, lessons, stories and figures of speech. Data only."""

# A word after which the clause tells what happened ends what is taken out.
_REST = r"(?: (?![.,;:!?¦]|(?:bị|đã|khiến|làm|thì|mà|rồi|nhưng|thấy|bất ngờ)(?!\S))\S+)"
_STAGED = (
    r"diễn tập|tập huấn|tuyên truyền|phòng (?:chống|ngừa|tránh|cháy)|sơ cứu|kĩ năng|bảo hiểm|"
    r"bài học|"
    r"chuyên đề|học về|hội thi|vẽ tranh|tham quan|hướng nghiệp|tiểu phẩm|hoạt cảnh|diễn cảnh|"
    r"đóng vai|"
    r"diễn kịch|kịch|truyện|phim|tập đóng|văn tả|bài văn|bài tin học|tin học|tuần lễ|ngày hội|"
    r"hội thao|"
    r"lớp bơi|học bơi|chữa cháy|cứu hoả|hiến máu|giáo dục (?:giới tính|kĩ năng|an toàn)|khoá học|"
    r"ngoại khoá|được khen|khen thưởng|tuyên dương|mô phỏng|giả định|tuan an toan|thi (?:vẽ|"
    r"kể chuyện)"
)
# What only sounds dangerous: (expression, unambiguous without diacritics).
HARMLESS: tuple[tuple[str, bool], ...] = (
    (rf"(?:{_STAGED}){_REST}{{0,6}}", True),
    (r"an toàn (?:giao thông|thực phẩm)|banh bong lan|bánh bông lan", True),
    (
        r"cháy (?:vé|hàng|túi|phố|giáo án|hết mình|sân|áo|máy|rạp|sách|size|nắng)|chay (?:ve|hang)",
        True,
    ),
    (r"(?:web|website|trang|app|mạng|server|hệ thống)(?: \S+){0,5} sập", False),
    (r"bom (?:tấn|hàng)", True),
    (
        r"chết (?:cười|mê|mất|tiệt|đi được|thôi|lên được|máy)|(?:cười|đẹp|thương|vui|mệt|nóng|"
        r"đói|chán|"
        r"ngại|nắng|xấu hổ) (?:muốn |gần |đến )?(?:chết|xỉu|ngất)(?: đi được| luôn| mất)?|muốn xỉu|"
        r"xỉu up xỉu down|ngất ngây|hết hồn",
        False,
    ),
    (r"(?:met|cuoi|vui|nong|doi) (?:muon )?chet", True),
    (r"cắt (?:tóc|bớt|giảm|tiết|cỏ|điện|nước|băng|giấy|dán)", True),
    (r"không phải(?: là)? (?:cháy|bắt cóc|tai nạn|bom)(?: thật)?(?: đâu)?", True),
    (r"bắn cung|đấu kiếm|súng (?:nước|nhựa|phun nước)|dao (?:kéo )?nhựa|bắn bi", True),
    (
        r"(?:tiêm|chích|lịch tiêm|vắc xin|ngừa)(?! (?=.{0,40}(?:sốc|chết|tử vong|co giật|ngất|"
        r"nhập viện)))"
        rf"{_REST}{{0,3}}",
        True,
    ),
    (r"thử thách (?:đọc|không (?:dùng )?túi|viết|nhảy dây|chạy bộ|học|giải toán|sống xanh)", True),
)

"""Expressions behind the signs of a scam on parents and pupils. Data only.

Patterns over marked text (``normalisation.marked_key``): lower case, one spelling, abbreviations
written out, sums as ``20000000 đồng``.
"""

# Sign → (expressions that are clear without diacritics, expressions that need them).
SIGNS: dict[str, tuple[str, str]] = {
    "secret": (
        r"otp|mã (?:xác (?:thực|nhận|minh)|pin|bảo mật|cvv|kích hoạt)|mã [0-9] (?:chữ )?số|"
        r"mã(?: \S+){0,2} gửi về|[0-9] số gửi về|(?:số )?(?:tài khoản|thẻ) (?:ngân hàng|tín dụng|"
        r"atm|"
        r"visa|thụ hưởng)|thẻ atm|số thẻ|mật khẩu|sinh trắc(?: học)?|ví điện tử|internet banking|"
        r"thông tin (?:thẻ|ngân hàng|tài khoản)",
        r"mã số bí mật|cà thẻ|quẹt thẻ|đọc mã",
    ),
    "personal_data": (
        r"mã định danh|số tài khoản|căn cước(?: công dân)?|cccd|vneid|quét (?:mã )?qr|"
        r"thông tin cá nhân|momo|hộ khẩu",
        "",
    ),
    "face": (
        r"quay (?:mặt|khuôn mặt)|quét (?:mặt|khuôn mặt)|chụp (?:mặt|chân dung)",
        r"quay(?: \S+){0,2} mặt",
    ),
    "demand": (
        r"bắt (?:nhập|điền|gửi|khai|cài|tải|đăng nhập|quét|phụ huynh)|nhập(?! (?:học|viện|khẩu|"
        r"ngũ))|"
        r"cung cấp|điền|xác (?:thực|minh|nhận)|cập nhật|đăng nhập|bấm|nhấp|nhấn|click|truy cập|"
        r"yêu cầu|kích hoạt|để (?:không|khỏi) bị khoá|liên hệ|nhắn lại",
        r"đòi|kêu (?:em|tôi|mình|phụ huynh|con|chị)|đọc (?:mã|số)|gửi (?:mã|số|ảnh|hình|về)|"
        r"khai (?:báo|thông tin)|đưa (?:mã|số|thẻ)|xin (?:mã|số)",
    ),
    "install": (r"apk|(?:cài|tải) (?:app|ứng dụng|file|phần mềm|về)|cài đặt (?:app|ứng dụng)", ""),
    "remote": (
        r"link|đường link|đường dẫn|zalo|facebook|messenger|telegram|tin nhắn|nhắn tin|nick|"
        r"gọi (?:video|điện|bảo|nói|báo)|số lạ|số điện thoại|ứng dụng|app|web|website|trang web|"
        r"email|"
        r"fanpage|cuộc gọi|mạo danh|giả danh|giả (?:cô|thầy|giáo viên|công an)|la goi noi",
        r"đường liên kết|nhắn|gọi (?:tới|đến|cho)|(?:ông|bà|người|ai|anh|chị) (?:\S+ )?gọi",
    ),
    "link": (r"link|đường link|đường dẫn|mã qr", ""),
    "gift": (
        r"(?:phát|tặng|nhận|trao|cho|lãnh|gửi)(?: \S+){0,3} (?:quà|học bổng|laptop|máy tính|"
        r"điện thoại|"
        r"sữa|tiền|xe đạp|cặp|voucher|thưởng|tablet)|phát quà|quà tặng|quà tết|trúng thưởng|"
        r"học bổng|"
        r"hoàn (?:tiền|học phí|phí|lại)|tri ân|trợ cấp|hỗ trợ (?:học|tiền|covid|khó khăn)|"
        r"giấy khen|"
        r"khuyến học|quay số|voucher|nhận thưởng",
        r"trúng(?: \S+){0,2} (?:giải|quà|thưởng)|tặng|phần quà",
    ),
    "job": (
        r"cộng tác viên|ctv|hoa hồng|làm nhiệm vụ|việc (?:online )?(?:nhẹ )?lương cao|việc nhẹ|"
        r"kiếm tiền|"
        r"chốt đơn|like video|tuyển (?:học sinh|sinh viên) (?:làm|bán|cộng|phụ)|mẫu nhí|"
        r"làm thêm (?:online|tại nhà)|đầu tư (?:sinh lời|coin|tiền ảo)|tiền ảo|sàn (?:forex|"
        r"giao dịch)",
        "",
    ),
    "police": (r"công an|cảnh sát|viện kiểm sát|toà án|cơ quan điều tra|lệnh bắt|c06", ""),
    "threat": (
        r"khoá (?:tài khoản|sổ|thẻ|hồ sơ|sim|thuê bao)|bị khoá|phong toả|rửa tiền|đường dây|"
        r"liên quan(?: \S+){0,3} (?:vụ án|ma tuý|tội|điều tra)|tạm giữ|bị bắt|truy tố|trừ tiền|"
        r"hết hạn|"
        r"huỷ hồ sơ|xoá tên|can cuoc gia|căn cước giả|phạt nguội|lộ (?:thông tin|clip|ảnh)|"
        r"tung (?:ảnh|clip)",
        "",
    ),
    "move": (
        r"chuyển (?:tiền|khoản|gấp|ngay|trước|liền|vào|qua|cọc|giúp|hộ|[0-9]+ đồng)|"
        r"chuyển(?: \S+){1,3} [0-9]+ đồng|ck (?:[0-9]|gấp|ngay|liền|trước|tiền|vào)|bắn tiền|"
        r"nạp(?: tiền|(?: trước)? [0-9]+ đồng| thêm| thẻ)|nộp (?:tiền|phí|trước|ngay|gấp)|"
        r"đóng (?:trước|gấp|ngay|cọc|tiền gấp)|đặt cọc|phí (?:vận chuyển|ship|hồ sơ|xử lí)|"
        r"gửi (?:gấp )?[0-9]+ đồng|đưa (?:trước )?[0-9]+ đồng|transfer|wire|can tien",
        r"cọc trước|trả (?:trước|phí)|cần (?:tiền|[0-9]+ đồng)",
    ),
    "posing": (
        r"tự xưng|mạo danh|giả danh|giả (?:cô|thầy|giáo viên|công an|cán bộ|nhân viên)",
        "",
    ),
    "advance": (r"chỉ cần (?:chuyển|cọc|đóng|nạp|trả|nộp)|trước khi nhận", ""),
    "private": (r"tài khoản (?:cá nhân|riêng|lạ|tên lạ)|tài khoản ghi tên", ""),
    "lost_money": (
        r"(?:trừ|mất|bay|hết)(?: sạch| luôn| hết)? (?:tiền|[0-9]+ đồng) trong (?:tài khoản|thẻ)|"
        r"bị (?:trừ|mất) (?:tiền|[0-9]+ đồng)|"
        r"(?:tự |tự động )(?:chuyển khoản|trừ tiền)|(?:bị|mất) (?:hack|chiếm)|"
        r"bị lừa(?: (?:hết|mất|đảo|tiền|chuyển|[0-9]))|lừa đảo|lừa (?:tiền|phụ huynh|chuyển)|"
        r"chiếm đoạt|không rút (?:ra )?được|thấy trừ tiền|mất sạch",
        "",
    ),
    "stolen_account": (r"(?:nick|zalo|facebook|fb)(?: \S+){0,4} hack", ""),
    "borrow": (
        r"(?:mượn|vay)(?: \S+){0,3} (?:tiền|[0-9]+ đồng|gấp)|mượn tiền|vay tiền|hỏi vay|hỏi mượn|"
        r"vay nóng|mượn (?:đỡ|tạm|gấp)|kẹt tiền|nhờ chuyển (?:giúp|hộ)",
        "",
    ),
    "money": (r"[0-9]+ đồng|tiền gấp|viện phí|tạm ứng", ""),
    "call": (
        r"gọi (?:video|điện|bảo|nói|báo|cho)|công an gọi|cuộc gọi|số lạ|"
        r"số (?:điện thoại )?0[0-9]{9}|0[0-9]{9}",
        r"gọi (?:tới|đến)",
    ),
    "hospital": (
        r"cấp cứu|nhập viện|bệnh viện|mổ (?:gấp|liền|ngay)|đang mổ|không mổ|phẫu thuật|viện phí|"
        r"chấn thương|(?:té|ngã) (?:lầu|xe|cầu thang)|tai nạn|hospital|surgery",
        r"được mổ|bị mổ",
    ),
}

# Signs that make a scam together: what is demanded, and the way it reaches parents.
COMBINATIONS = (
    "secret demand, secret remote, secret gift, secret threat, posing remote, posing call, "
    "posing money, "
    "advance money, advance gift, personal_data gift, personal_data demand remote, "
    "personal_data demand call, personal_data threat remote, personal_data job, "
    "personal_data police call, install remote, install gift, install secret, move remote, "
    "move hospital, move police, move gift, move job, move threat, move private, borrow remote, "
    "borrow money, hospital money, hospital demand, gift link, gift remote, job money, job gift, "
    "job move, job link, police call threat, police call personal_data, police secret, police "
    "threat, "
    "lost_money, face secret, face demand, stolen_account, link demand secret, link demand threat"
)

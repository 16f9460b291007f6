"""Expressions behind the signs of bodily harm. Data only; the form is that of ``scam_words``."""

_CHILD = (
    r"học sinh|cháu|bé|em|con|trẻ|bạn|tụi nhỏ|học trò|nam sinh|nữ sinh|mấy đứa|đứa|thằng|sinh viên|"
    r"cô giáo|thầy|giáo viên|bảo mẫu|mẹ|phụ huynh|người"
)
_ILLNESSES = (
    r"viêm màng não|não mô cầu|bạch hầu|viêm não|sốt xuất huyết|sởi|tay chân miệng|thuỷ đậu|"
    r"dịch (?:bệnh|lạ|tả)|ổ dịch|bệnh lạ|ho gà|cúm (?:a|b)?|quai bị|covid19|h5n1|bệnh dại|lao phổi|"
    r"đậu mùa khỉ|whitmore|viêm phổi"
)
_BUILDING = (
    r"trần|lan can|tường|mái|cổng|ban công|vữa|mảng|cây|cột|cầu|giàn giáo|sàn|cửa sắt|cầu thang|"
    r"khung|"
    r"bảng|xà|quạt trần|la phông|cột điện|cột cờ|rạp|bồn nước|cần cẩu|sân khấu|ghế đá|cầu trượt|"
    r"xích đu"
)
_WATER = r"sông|ao|hồ|kênh|mương|suối|cống|giếng|hố ga"

SIGNS: dict[str, tuple[str, str]] = {
    "harm": (
        r"ngộ độc|(?:bị|gặp) tai nạn|co giật|hôn mê|bất tỉnh|tím tái|rửa ruột|(?:ngừng|"
        r"ngưng) (?:thở|tim)|nguy kịch|"
        r"đuối nước|chết đuối|nước cuốn|bắt cóc|kidnap(?:ped|ping)?|tử vong|thiệt mạng|khó thở|"
        r"nghẹt thở|ngạt (?:khí|khói|thở)|không thở (?:được|nổi)|sặc (?:sụa|khí|nước|khói)|"
        r"mất ý thức|"
        r"điện giật|giật điện|rò (?:rỉ )?điện|nhiễm điện|nổ (?:bình|gas|pin|hoá chất|lớn|tung|toé)|"
        r"cháy (?:nổ|lớn|trường|lớp|nhà|rừng|phòng|bếp|xe|kho|kí túc xá)|hoả hoạn|bén (?:cháy|lửa)|"
        r"vỡ (?:đập|đê|hồ|kè)|lũ quét|sạt lở|sét đánh|evacuate|poison(?:ed|ing)|accident|outbreak|"
        r"sơ tán|gọi 11[345]|đưa đi (?:cấp cứu|viện)|(?:đi|ở|xe) cấp cứu|truy sát|đầu độc|nổ súng|"
        r"xả súng|(?:gài|đặt|cài) (?:bom|mìn)|có bom|quả bom|bom (?:ở|trong|tại|mìn|xăng)|"
        r"doạ (?:bom|nổ|giết|đốt|cho nổ|đánh bom|đặt bom)|đe doạ (?:giết|tính mạng)|lựu đạn|"
        r"thuốc nổ|"
        r"quá liều|sốc (?:phản vệ|thuốc|nhiệt)|phản vệ|mất (?:phanh|thắng)|kẹt thang máy|"
        r"kẹt (?:tay|chân|đầu|cổ)|"
        r"(?:té|ngã|rơi|rớt) (?:lầu|từ (?:tầng|lầu|lan can|ban công|cửa sổ|trên)|"
        r"khỏi (?:lan can|xe|cửa|tầng)|xuống (?:sân|hố|giếng|cống|đường))",
        r"ngất(?! ngây)|xỉu(?! up)|lịm|bị bỏ quên|bỏ quên(?: \S+){0,4} (?:bé|trẻ|cháu|em|con|"
        r"trên xe)|"
        r"hóc(?! búa)|mắc nghẹn|giật đùng đùng|co quắp|lật (?:xe|thuyền|đò|ghe)|lên cơn|nổ tung|"
        r"chết (?:rồi|ngay|tại|vì|do|ở|trong|người)|cháy(?= (?:[.,!]|¦)|$)|(?:bị|đang|phát|"
        r"bốc) cháy|"
        r"cháy rồi|đốt (?:lớp|trường|nhà)|tông (?:trúng|vào|chết|vô|thẳng)|cán (?:trúng|chết|qua)|"
        r"bị (?:tông|cán|vùi|kẹt|bỏng|phỏng|đâm|chém|điện|kẹp)|vỡ đầu|gãy (?:tay|chân|cổ|xương)|"
        r"máu me|"
        r"chảy máu|mất máu|lũ (?:về|lên|cuốn)|leo lên mái|vùi lấp|bỏng (?:nặng|mặt|tay|độ|"
        r"toàn thân)|"
        r"dịch (?:sởi|bạch hầu|dại|tả|viêm não|viêm màng não)|"
        r"(?<!web )(?<!mạng )sập(?! (?:mạng|web|giá|tiệm|nguồn|server|hệ thống|bẫy|app))",
    ),
    "sick": (
        r"đau bụng|dau bung|tiêu chảy|nôn (?:ói|mửa|thốc|tháo|ra)|ói mửa|sốt (?:cao|li bì|"
        r"phát ban)|"
        r"bị sốt|nổi (?:mẩn|ban|bóng nước|mề đay)|mẩn ngứa|mất nước|chóng mặt|buồn nôn|"
        r"đau đầu dữ dội|tim đập|ảo giác|loạng choạng|li bì|hoa mắt|mệt lả|dị ứng|đau quặn|"
        r"sưng (?:mặt|môi|mắt)|lú lẫn|phát ban|bóng nước|ngứa toàn thân",
        r"ói|nôn|sốt|lả đi|mê man|vật vã|xanh mặt|choáng|phê|lơ mơ|ho ra máu|ngứa",
    ),
    "sent_away": (
        r"chuyển viện|tuyến trên|nhập viện|cấp cứu|trạm (?:xá|y tế)|hồi sức|cách li|đi viện",
        "",
    ),
    "many": (
        r"(?:[2-9]|[1-9][0-9]{1,3}) (?:\S+ )?(?:học sinh|cháu|em|bé|con|trẻ|bạn|đứa|người|ca|"
        r"học trò)|"
        r"mấy (?:đứa|cháu|em|bé|bạn)|nhiều (?:học sinh|cháu|em|bé|bạn|trẻ)|hàng loạt|tụi nhỏ|"
        r"mười mấy|"
        r"cả (?:lớp|trường|chục|trăm|đám|phòng)|chục (?:cháu|em|bé)|(?:hai|ba|bốn|năm|sáu|bảy|"
        r"tám|chín|"
        r"mười|vài) (?:cháu|em|bé|bạn|đứa|học sinh|trẻ|người)|hai ba|trăm (?:em|cháu)",
        "",
    ),
    "eaten": (
        r"ăn|uống|nuốt|suất ăn|bữa (?:trưa|ăn|sáng|xế)|bán trú|cơm|căng tin|hút|hít|ngửi|nhai|"
        r"đồ ăn|"
        r"thực phẩm|sữa|bánh|kẹo|nấm",
        "",
    ),
    "thing": (
        r"kẹo(?: \S+){0,2} (?:lạ|không nhãn|không rõ|ma tuý|tem)|(?:thuốc|bột|nước|bánh|"
        r"đồ ăn) lạ|giòi|dòi|"
        r"ôi thiu|nấm (?:rừng|mốc)|thịt thối|không rõ nguồn gốc|bóng cười|bả chó|thuốc chuột|"
        r"(?:sữa|bánh|kẹo|đồ ăn|thực phẩm|thuốc|thịt)(?: \S+){0,3} (?:hết hạn|hết date|quá hạn)",
        r"thiu|hôi thối|bốc mùi",
    ),
    "drug": (
        r"ma tuý|cần sa|thuốc lắc|cỏ mĩ|seduxen|diazepam|tramadol|nước vui|tem giấy|ketamin|heroin|"
        r"hàng đá|thuốc lá điện tử|thuoc la dien tu|vape|pod|shisha|bóng cười|chơi đồ|"
        r"thuốc (?:ngủ|an thần|say xe)|(?:uống|nuốt|chơi)(?: \S+){0,3} (?:viên|vỉ|liều cao)",
        r"phê thuốc|bay lắc|đập đá",
    ),
    "children": (rf"{_CHILD}|trường|lớp|cặp", ""),
    "people": (_CHILD, ""),
    "place": (
        r"trường|lớp|cặp|phòng|cổng|sân|hành lang|nhà vệ sinh|kí túc xá|xe|thư viện|bếp|nhà xe",
        "",
    ),
    "challenge": (
        r"thử thách|challenge|trend|trào lưu|trò (?:nguy hiểm|bóp|siết|nín|nghẹt)|rủ nhau|"
        r"rủ (?:học sinh|bạn)|chơi trò|thách (?:nhau|đố)|tiktok",
        "",
    ),
    "act": (
        r"(?:nhịn|nín) thở|bóp cổ|siết cổ|thắt cổ|nghẹt thở|nhảy (?:lầu|cầu|từ|xuống)|cắt tay|"
        r"rạch tay|"
        r"nuốt(?: \S+){0,3} (?:nam châm|viên|pin|thuốc|bi|bột|kim|đinh)|nam châm|bột quế|đập đầu|"
        r"uống (?:thuốc|rượu|nước tẩy|xà phòng)|nằm (?:ra )?(?:đường|ray)|châm lửa|ngáng chân|"
        r"gạt chân|"
        r"(?:trèo|leo) (?:lan can|mái|cột|trụ|tường)|chạy trước (?:đầu )?xe|lạng lách|bốc đầu|"
        r"bóp mũi",
        r"xỉu|ngất|ngáng|treo người|xịt|hít|đốt|ngạt",
    ),
    "stranger": (
        r"người lạ|kẻ lạ|thanh niên lạ|ông lạ|bà lạ|lạ mặt|bịt mặt|tự xưng|nhà không nhờ|mẹ mìn|"
        r"xe lạ|"
        r"giả (?:làm |danh )?(?:người nhà|phụ huynh|cậu|dì|chú|bác)|nói là (?:dì|cậu|chú|bác|"
        r"người nhà|"
        r"mẹ|bố|ba|bà con|bạn)|xe(?: \S+){0,3} (?:không biển|biển số lạ)|người (?:đàn ông|phụ nữ)",
        "",
    ),
    "take": (
        r"bắt trẻ|dụ dỗ|bắt (?:con|cháu|bé|em|học sinh) (?:đi|lên|bỏ)|rủ (?:lên|đi|ra)|chở đi|"
        r"theo (?:về|dõi)|"
        r"dắt (?:tay|đi|bé|cháu|trẻ)|kéo (?:lên|đi|tay|bé|cháu)|lôi (?:lên|đi|bé)|bế (?:bé|cháu)|"
        r"(?:tới|đến) đón|đón (?:con|cháu|bé|em|trẻ|hụt)|bám theo|"
        r"theo(?: \S+){0,4} về (?:tận )?nhà|lảng vảng|giữ lại|suýt giao|chuốc|"
        r"chụp (?:hình|ảnh) (?:trẻ|bé|cháu|học sinh)|bỏ lên xe|cho (?:keo|quà)",
        r"dụ|dắt|cho kẹo|bế đi|rình|bắt đi",
    ),
    "weapon": (
        r"mã tấu|phóng lợn|hung khí|dao (?:phóng|bầu|găm|nhọn|lê|phay|thái)|lựu đạn|thuốc nổ|"
        r"tuýp sắt|"
        r"(?:cầm|rút|vác|con|thủ|mang|giấu|mấy) dao|gậy sắt|côn nhị khúc|axit|(?:can|chai|tạt|"
        r"bình) xăng|"
        r"bom xăng|súng (?:thật|tự chế|hoa cải)",
        r"dao|súng|mìn|bom|búa|rựa|lưỡi lê|kéo nhọn|kiếm nhật|cây mác",
    ),
    "threat_to_body": (
        r"doạ|chém|giết|cầm|vác|mang (?:theo|vào|vô|tới|đến)|xông|rượt|truy|trả thù",
        r"hẹn|đâm|đánh|thủ|giấu|đuổi|lao|tạt|xử|rút",
    ),
    "violence": (
        r"đánh (?:hội đồng|nhau|đập|túi bụi|dã man|tới tấp|ghen|bạn|em|cháu|bé|con|học sinh|"
        r"học trò|trẻ)|"
        r"bạo (?:hành|lực)|hành hung|lột (?:áo|quần|đồ)|bắt nạt|bầm (?:tím|tay|dập|tim)|dúi đầu|"
        r"nhét(?: \S+){0,3} miệng|bịt miệng|giật tóc|hỗn chiến|đập đầu|bắt quì|ép (?:ăn|uống|nuốt)|"
        r"dí (?:bàn ủi|thuốc lá|tàn thuốc)|nhốt|chém(?: nhau)?|đâm (?:nhau|chết|bạn)|tẩn|hành hạ",
        r"tát|trói|đâm(?! (?:ra|chồi))|đấm|đạp|quật|xô (?:ngã|té)|bóp cổ|bẻ tay|véo tai|lôi cổ|"
        r"dốc ngược",
    ),
    "injury": (
        r"nhập viện|chấn thương|bất động|thương tích|bị thương|rách (?:đầu|mặt|tay)|cấp cứu|"
        r"nằm viện|"
        r"bầm (?:tím|dập|tim)|khâu [0-9]+ mũi|dập phổi",
        r"bầm|gãy|khâu|bỏng|phỏng|máu|vết (?:bầm|thương|cắn)|u đầu|rơi (?:xuống|trúng|từ)|nằm im",
    ),
    "collapse": (
        rf"(?:{_BUILDING})(?: \S+){{0,5}} (?:sập|rơi|bung|đổ|gãy|đè|lún|nứt toác|bật gốc|"
        r"trúng (?:đầu|em|bé|cháu|học sinh|người|[0-9]))|xả lũ|lũ quét|sạt lở|lũ về|sụt lún|"
        r"nứt (?:đập|đê|thân đập)|hố tử thần|sap (?:tran|tuong|mai|lan can|cau)",
        r"(?:sập|đổ|rơi)(?: \S+){0,3} (?:trần|lan can|tường|mái|cổng|cột|giàn giáo|sàn|đè|"
        r"trúng đầu)|"
        r"đập(?: \S+){0,4} (?:vỡ|nứt|tràn|rò)|lũ (?:cuốn|tràn|dâng|lên)|"
        r"nước (?:dâng|tràn)(?: \S+){0,2} (?:nhanh|lớp|trường|mái)",
    ),
    "fire_sign": (
        r"chập điện|khói (?:đen|mù mịt|nghi ngút|bốc)|toé lửa|bốc (?:khói|cháy|lửa)|mùi (?:khét|"
        r"gas)|"
        r"rò (?:rỉ )?(?:gas|khí|điện)|hở điện|chay (?:truong|lop|nha|phong)",
        r"bén lửa|lửa (?:lan|bén|bốc)|nhiễm điện|dây điện (?:đứt|rơi|hở)|cháy",
    ),
    "trapped": (
        r"mắc kẹt|mac ket|bị (?:kẹt|nhốt)|kẹt (?:trong|trên|dưới|lại)|khoá trái|không ra được|"
        r"nhốt (?:trong|bé|trẻ|cháu|em|con|học sinh)|chưa vớt được",
        "",
    ),
    "water_sign": (
        rf"(?:bị )?đuối nước|chết đuối|tắm (?:{_WATER})|rơi xuống (?:{_WATER})|bị (?:nước |"
        rf"sóng )?cuốn|"
        rf"nước cuốn|vớt (?:được|lên|xác)|lật (?:thuyền|đò|ghe)|hụt chân|đập tràn|lội qua|"
        rf"sóng cuốn|"
        rf"(?:té|ngã|rớt|lọt|trượt chân)(?: \S+){{0,2}} (?:{_WATER})|nước xoáy",
        r"bị đuối|đuối(?= (?:rồi|ở|dưới))|chìm",
    ),
    "missing": (
        r"mất tích|đi lạc|bị lạc|lạc (?:ở|đường|mẹ|nhà)|đi học(?: \S+){0,6} chưa (?:thấy )?về|"
        r"(?:chưa|không) (?:thấy )?về nhà|bỏ nhà (?:đi|ra)|không liên lạc được|mất liên lạc|"
        r"ai thấy(?: \S+){0,4} (?:báo|liên hệ|gọi)|tìm (?:trẻ|con|bé|cháu)(?: \S+){0,2} lạc",
        r"chưa (?:thấy )?về(?=.{0,40}(?:từ|hôm qua|tối qua|đến giờ))",
    ),
    "abuse": (
        r"xâm hại|hiếp(?: dâm)?|sàm sỡ|dâm ô|đồi bại|cưỡng (?:bức|dâm|hiếp)|quấy rối|vùng kín|"
        r"chỗ kín|"
        r"sờ (?:soạng|mó|đùi|ngực|mông|vùng|chỗ)|cởi (?:áo|quần|đồ|truồng)(?! (?:khoác|mưa|ấm|"
        r"len|phao))|"
        r"(?:clip|ảnh|hình) (?:nóng|khoả thân|nhạy cảm)|quay lén|làm chuyện (?:ấy|đó|bậy|đồi|"
        r"người lớn)|"
        r"gạ (?:tình|gẫm|chat)|ép (?:quan hệ|cởi|hôn)|hôn (?:môi )?(?:bé|cháu|em|học sinh)|"
        r"khoả thân|"
        r"tống tình|(?:học sinh|nữ sinh|bé|cháu)(?: \S+){0,4} (?:có thai|có bầu|mang thai)",
        r"đụng chạm|ôm hôn|vuốt ve|sờ vào (?:người|đùi|ngực|mông|vùng)",
    ),
    "bitten": (
        r"(?:chó|rắn|khỉ|mèo)(?: \S+){0,3} cắn|bị (?:chó|rắn|khỉ|ong|rết)|chó (?:dại|thả rông|"
        r"tấn công)|"
        r"ong (?:đốt|vò vẽ)|rắn (?:độc|hổ|lục)|khí (?:độc|clo|amoniac)|"
        r"(?:clo|hoá chất|amoniac|axit|thuỷ ngân|gas)(?: \S+){0,3} (?:rò|xì|tràn|đổ|vỡ|nổ|bay)|"
        r"(?:rò|xì|tràn|đổ|vỡ)(?: \S+){0,3} (?:clo|hoá chất|amoniac|axit|thuỷ ngân|gas|ga)|"
        r"cho can|ran can",
        r"ong chích|bầy ong|tổ ong|khí gas|ngừa dại",
    ),
    "illness": (_ILLNESSES, ""),
    "worry": (
        r"nguy hiểm|bạo lực|cảnh giác|đe doạ|khẩn cấp|độc hại|nhiễm độc|chất cấm|hoá chất|"
        r"dịch bệnh",
        r"chết|máu|nổ|độc|lừa|sợ quá",
    ),
}

# Signs that mean harm together.
COMBINATIONS = (
    "harm, harm_to_self, sick eaten, sick many, sick thing, sick sent_away, challenge act, drug "
    "children, "
    "drug sick, thing eaten, thing children, stranger take, stranger thing, weapon place, "
    "weapon threat_to_body, collapse, fire_sign place, trapped, water_sign people, missing, "
    "abuse, bitten, "
    "violence people, violence injury, injury people, injury many, illness many, illness sent_away"
)

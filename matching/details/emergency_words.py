"""Expressions of somebody who may hurt themselves, or who writes while in danger. Data only; the
form is that of ``scam_words``."""

SIGNS: dict[str, tuple[str, str]] = {
    "harm_to_self": (
        r"tự tử|tự sát|tuyệt mệnh|vĩnh biệt|từ biệt|tự (?:hại|rạch|cắt|cứa|làm đau|thiêu)|"
        r"kết liễu|quyên sinh|"
        r"không muốn sống|chán (?:sống|đời)|(?:rạch|cứa|khắc)(?: \S+){0,3} (?:tay|cổ tay|đùi|"
        r"chân|da|bụng)|"
        r"cắt (?:tay|cổ tay|mạch)|cổ tay(?: \S+){0,2} (?:sẹo|vết)|(?:vết|sẹo) (?:cắt|rạch|cứa)|"
        r"lưỡi lam|"
        r"dao lam|dao rọc giấy(?: \S+){0,4} tay|nhảy (?:cầu|lầu|sông|sân thượng|từ (?:tầng|lầu|"
        r"trên))|"
        r"đứng (?:trên|ở|ngoài) (?:lan can|sân thượng|thành cầu|nóc)|muốn biến mất|cá voi xanh|"
        r"uống (?:hết |cả |nguyên )*(?:lọ|vỉ|hộp|nắm|chai|vốc|[0-9]{2} viên)(?: thuốc)?|treo cổ|"
        r"thắt cổ|"
        r"uống thuốc (?:sâu|trừ sâu|diệt cỏ|ngủ|chuột|tự tử)|tạm biệt (?:mọi người|cả nhà|"
        r"thế giới)|"
        r"noi muon chet|em muon chet|con muon chet",
        r"muốn chết(?! (?:luôn|đi được|vì (?:họp|nóng|mệt|cười|vui|học)))|đòi chết|đi chết|"
        r"sống làm gì",
    ),
    "self": (r"em|mình|tôi|con|cháu|tui|tớ", ""),
    "first_person": (
        r"(?:cứu|giúp) (?:em|con|cháu|tôi|mình|tui|chúng em|tụi em|tụi con)(?= (?:với|[.,!])|$)|"
        r"(?:em|con|cháu|tôi|mình|tui|tụi em|tụi con) (?:đang |đã |vừa |mới |lỡ |sắp |vẫn |còn |"
        r"bị ){1,3}"
        r"(?:nhốt|kẹt|mắc kẹt|trốn|dí|đuổi|rượt|đe doạ|doạ giết|chảy máu|khó thở|trói|theo dõi|"
        r"chìm|"
        r"rạch|cắt tay|uống(?: \S+){0,3} (?:lọ|vỉ|hộp|nắm|chai|vốc|thuốc)|đứng (?:trên|"
        r"ở) (?:lan can|sân thượng))|"
        r"(?:em|con|cháu|tôi|mình|tui) (?:không muốn sống|sắp chết|(?:sẽ|định|muốn) (?:tự tử|"
        r"nhảy)|lỡ uống|lo uong)|"
        r"(?:ba|bố|dượng|chồng|cha)(?: \S+){0,3} (?:cầm dao|đang đánh|đuổi (?:đánh|giết|mẹ|con|em)|"
        r"đòi giết|doạ giết)|sắp hết pin|(?:em|con|cháu) trốn|"
        r"(?:chú|bác|ông|dì|tụi nó|chúng nó|nó)(?: \S+){0,3} (?:đánh|nhốt|dí|rượt|đuổi|"
        r"chặn) (?:em|con|cháu|tôi|mình)",
        r"(?:em|con|cháu|tôi|mình|tui) muốn chết",
    ),
}

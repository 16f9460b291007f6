"""Closed classes of words of which a forwarder's own sentence is made. Data only.

A sentence before or after a claim may go if all its words are in these classes and at least one of
them is an act: passing on, seeing, asking, greeting, a mood. No word here is also a given name,
number, day, role, place, office or negation: *minh* is there only in "xác minh", *lan* only in "lan
truyền", *thông* only in "thông tin"; ``NAMES`` has the others. "Sở", "cô", "thầy", "phụ huynh",
"lớp", "trường", "không", "đâu", "sai", "giả", "thôi", "hết", "nhưng" stand only in fixed phrases,
or nowhere.
"""

# People in general and kin terms, which address nobody in particular. Of the children only speakers
# ("cho con hỏi"): "gửi con" may be the claim.
_PEOPLE = (
    "các mấy mẹ bố má bác bạn chị anh em cụ mợ dì bà ông chế mệ bồ tớ mình tôi tui tao tụi m e "
    "t ad admin ai nấy mom mommy moms ae ace hội_nhóm mọi_người cả_nhà nhà_mình nhà_em nhà_tui "
    "bà_con hàng_xóm người_ta thiên_hạ có_người nhiều_người ai_đó người_thân bạn_bè người_quen "
    "thành_viên ba_mẹ ba_má cô_bác chú_bác anh_em chị_em gia_đình nào cả_nhóm cả_xóm làng_nước "
    "nhóm_mình quý_vị mấy_đứa chúng_mày chúng_tôi nàng thím mí bro guys all bợn ní tình_yêu "
    "mọi_ngừi mẹ_chồng chồng vợ bà_ngoại bà_nội ông_ngoại ông_nội em_gái em_trai chị_gái "
    "anh_trai đứa_bạn đồng_nghiệp"
)
# After the word that ends a question, with the people: "có thật không mấy mẹ ạ".
_PARTICLES = (
    "ạ à ơi nha nhé nhỉ nè hả hen hén nghen nhen ta hỉ hè dạ vậy thế dzậy zậy dị zị vầy rứa ri "
    "á với z v luôn trời ha hơ hử đây đấy nhoa he nhá nhở nghe hở hí chớ chứ cơ đó lun zới dới "
    "vại thía nà nhaa yêu iu quá"
)
_FILLERS = (
    "này đó kia cái tin vụ chuyện việc được bị là mà và cũng rồi đã đang vừa mới cho để thì như "
    "gì sao có của từ from the lên_đây vào_đây thật thiệt đúng chuẩn chính_xác thực_hư "
    "đáng_tin tin_được quá ghê lắm kĩ thử thêm ngay nhanh gấp cứ hãy nhớ cùng nhau nhiều chút "
    "tí xíu đi nữa_nha giúp hộ dùm giùm làm_ơn vui_lòng biết rõ nắm xem_sao ra_sao làm_sao "
    "tin_nhắn thông_tin nội_dung bài_viết bài_này ảnh_này hình_này clip_này video_này cái_ni "
    "tin_ni vụ_ni chuyện_ni ở_dưới ở_trên trên_đây mới_nhất rộng_rãi ẩn_danh thiệt_tình thật_sự "
    "tại trong bên khác ngài khắp_nơi lên vào trên đọc_xong xong gì_đây sự_việc sự_thật "
    "tiện_thể nhân_tiện sẵn_tiện rần_rần xôn_xao rầm_rộ khắp nhiệt_tình rành "
    "phải_làm_sao bữa_giờ lẹ mau ngoài_lề đầy đâu_đó như_ri như_rứa "
    "như_vầy ri rằng"
)
# Without a name these name no source.
_MEDIA = (
    "zalo facebook face tiktok youtube messenger mess viber telegram internet mạng mạng_xã_hội "
    "nhóm group grup page tường"
)
# One of these is in every sentence that goes.
_ACTS = (
    "chia_sẻ share chuyển_tiếp chuyển gửi đăng up copy cop chép gõ nhắn repost forward "
    "forwarded fwd fw message via cre nguồn sưu_tầm st lan_truyền truyền_nhau lan_toả truyền "
    "nhận đọc xem coi nghe thấy hóng hóng_được lướt hỏi xin nhờ mong kiểm_tra xác_minh xác_nhận "
    "kiểm_chứng check giải_đáp giải_thích tư_vấn cho_biết ý_kiến duyệt_bài nói kể bảo_nhau "
    "chỉ_giúp chỉ_dùm chỉ_giùm chỉ_với biết_chỉ phòng_tránh đề_phòng cảnh_giác cẩn_thận để_ý "
    "lưu_ý chú_ý cảnh_báo khẩn khẩn_cấp nóng hot tin_hot quan_trọng cập_nhật cảm_ơn cám_ơn "
    "thanks tks thank chào xin_chào hello hi alo dạ_em vâng ê bớ ơi hoang_mang lo sợ lo_lắng "
    "buồn kinh kinh_khủng khiếp sốc ghê_quá sợ_quá bức_xúc thương_quá khổ_quá hãi vãi huhu hic "
    "haizz trời giời trời_đất trời_ơi ối ôi ối_giời ui úi choáng hết_hồn thật_không lượm_được "
    "lụm_được nhặt_được kiếm_được cóp cap chụp chụp_màn_hình trích viral rùng_mình lạnh_người "
    "nổi_da_gà đáng_sợ đáng_lo ghê_rợn khủng_khiếp tội_quá tội_nghiệp đau_lòng xót_xa cạn_lời "
    "bó_tay hú_hồn bất_ngờ hãi_hùng phẫn_nộ ngạc_nhiên tức_quá chán_quá ủa cmt comment "
    "bình_luận inbox ib news update breaking urgent please pls plz dear nóng_hổi tin_sốc "
    "cho_em_hỏi kính_thưa lan_tỏa góp_ý nguyên_văn y_nguyên dưới_đây như_sau bên_dưới là_sao "
    "gì_vậy thế_nào duyệt_giúp nghĩ tin_nhắn"
)
# Fixed phrases with a word that is in no class by itself: patterns over the text of a sentence.
_SPEAKER = r"(?:em|mình|tôi|tui|con|cháu|tớ)"
_CHILD = rf"(?: (?:của )?(?:con |bé |cháu )?(?:nhà )?{_SPEAKER})?"
_NOT = r"(?:không|chẳng|chả|hông|hổng|hong|khôn|hem)"
# Without another act these name only where something stands.
GROUP = (
    r"(?:nhóm|group|grup) (?:chat |zalo |facebook )?(?:lớp|phụ huynh|phụ huynh lớp|"
    rf"chung cư|cư dân|xóm|khu|gia đình){_CHILD}"
)
# Words of the classes that are names after a kin term: "anh Đăng gửi", "mẹ Tí bảo".
_PASSING = r"(?:gửi|nói|kể|nhắn|chuyển|bảo|share|chia sẻ|đăng|hỏi|báo|copy|viết|up)"
_KIN = "anh|chị|bác|bạn|em|mẹ|bố|má|ba|ông|bà|dì|cụ|chú|cháu|con"
NAMES = rf"(?:{_KIN}|từ) (?:đăng|chuẩn|tí|xíu|thật|anh)(?=$| ơi| {_PASSING}\b)"
# The same told by its capital, in a text as it was typed.
CAPITAL_NAMES = rf"(?i:\b(?:{_KIN}|từ|theo|via|nguồn ?:?)) (?=(?P<name>[^\W\d_]+))"
_MORE_NAMES = "thương khổ thân"
PACKAGING_PHRASES: tuple[str, ...] = (
    r"(?:ad|admin) duyệt(?: bài)?|(?:ai|nào) (?:biết|rành|rõ) chỉ",
    r"(?:gửi|đăng|chia sẻ|share|nhắn|chép|gõ|copy|chuyển|up|kể) lại|mà tức|vô(?= nhóm)",
    rf"(?:cho )?{_SPEAKER} (?:xin phép|hỏi|xin|cảm ơn)|xin phép",
    rf"(?:con|bạn|mẹ|chị|anh|em) {_SPEAKER} (?:mới |vừa )?(?:gửi|share|chuyển|nhắn)",
    r"ai có con (?:nhỏ|đi học)|(?:bà|ông) (?:nội|ngoại) (?:bé|cháu)",
    rf"{_NOT} (?:biết|rõ|hiểu)(?: là)?",
    r"(?:thật|thiệt) hay (?:giả|đùa|ảo)|(?:thật|thiệt) giả|đúng (?:hay )?sai|giả hay thật",
    rf"nhưng (?:{_SPEAKER} )?(?:cứ|vẫn)",
    rf"có phải|phải(?= {_NOT})|phải rứa|hay sao|nghe (?:đâu|đồn|phong phanh)",
    r"(?:nghe|thấy) (?:mọi người |người ta |nhiều người )?(?:bảo|đồn)",
    r"(?:vừa|mới|hồi|ban) nãy(?= (?:\S+ ){0,3}(?:gửi|nhận|thấy|đọc|lướt))",
    r"tin nhắn thoại|chi rứa|o mô|theo (?:mạng xã hội|mạng|facebook|zalo)|kính (?:chuyển|gửi|chào)",
    r"(?:mời|mong|nhờ|kính mời)(?= (?:mọi người|cả nhà|các|mấy|bà con|anh|chị|ad))",
    r"(?:đưa|đăng|gửi|up) lên|người nhà|đừng (?:bỏ qua|lướt qua)|gửi từ (?:iphone|điện thoại)",
    r"(?:lo|lo lắng|thương|sợ) cho (?:các |mấy |bọn )?(?:con|cháu|bé)(?: em)?(?: mình)?",
    rf"(?:có|đúng|thật|thiệt|phải) hay {_NOT}|lạ (?:quá|ghê|nhỉ|vậy)",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in text.split())


PEOPLE, PARTICLES, MEDIA = _words(_PEOPLE), _words(_PARTICLES), _words(_MEDIA)
FILLERS, ACTS = _words(_FILLERS), _words(_ACTS)
# End a question where it is the last word but for people and particles.
QUESTION_ENDS = _words("không chưa hông hong hôn hem hk hổng khôn hok ko khum")
# A question word counts as one only in a sentence that has one of these before it.
_STARTS = "có ai đã đúng thật thiệt phải chuẩn biết nghe đọc xem coi thấy rõ nắm nhận được"
QUESTION_STARTS = _words(_STARTS)
# After these *không* denies: "em nghe nói là không".
STATEMENTS = _words("là rằng bảo nói kể thì mà cũng vẫn rồi")
MAX_PACKAGING_WORDS = 28
# Typed with a capital after a kin term these are names, but for another kin term ("Các Anh Chị").
NAME_WORDS = PARTICLES | FILLERS | ACTS | _words(_MORE_NAMES) | {"anh"}

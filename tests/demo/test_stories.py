import re

from django.utils import timezone

from demo import stories
from matching.text.letters import fold

BANNED = ("xấu độc", "thế lực thù địch", "đấu tranh", "đối tượng", "tố giác")
# Provinces after and before 1 July 2025, folded: an invented name must be none of them.
PROVINCES = """ha noi, hai phong, hue, da nang, can tho, ho chi minh, an giang, bac ninh, ca mau,
cao bang, dak lak, dien bien, dong nai, dong thap, gia lai, ha tinh, hung yen, khanh hoa, lai chau,
lam dong, lang son, lao cai, nghe an, ninh binh, phu tho, quang ngai, quang ninh, quang tri, son la,
tay ninh, thai nguyen, thanh hoa, tuyen quang, vinh long, ba ria vung tau, bac giang, bac kan,
bac lieu, ben tre, binh dinh, binh duong, binh phuoc, binh thuan, dak nong, ha giang, ha nam,
hai duong, hau giang, hoa binh, kien giang, kon tum, long an, nam dinh, ninh thuan, phu yen,
quang binh, quang nam, soc trang, thai binh, thua thien hue, tien giang, tra vinh, vinh phuc,
yen bai"""


def test_province_names_are_invented() -> None:
    real = set(re.split(r",\s+", PROVINCES))
    for raw in stories.organisation()["unit"]:
        if raw["kind"] == "province_department":
            assert fold(raw["name"].removeprefix("Sở Giáo dục và Đào tạo ")).lower() not in real


def test_no_banned_word_and_no_open_placeholder() -> None:
    text = "".join(path.read_text() for path in stories.DATA.glob("*.toml")).lower()
    assert not [word for word in BANNED if word in text]
    for story in stories.load(timezone.localdate()):
        assert not re.search(r"\{(?:dm|thu|serial)", repr(story))

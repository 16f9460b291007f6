"""Tokens of a text with their capitalisation, and the proper name that follows a head word.

Capitals are the best sign of where a name ends, but phones drop them and warnings are often in
all caps: then the name ends before the first word that cannot be part of one.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from matching.links.canonical_urls import strip_urls
from matching.text.letters import unify, unmask
from matching.text.normalisation import clean
from matching.text.word_lists import ABBREVIATIONS

_WORD = re.compile(r"[^\W_]+|[^\w\s]|\n")
_FAMILIES = (
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí đinh trịnh hai tôn "
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly li dinh trinh"
)
_FAMILY_NAMES = frozenset(_FAMILIES.split())
# Words that follow the name of a school or place and are never part of one in lower case.
_STOPS = (
    "ở tại có bị cho được đã đang sẽ thu thông báo không chưa nghỉ đóng mở tổ chức bắt yêu cầu và "
    "hoặc từ đến vào ngày hôm sáng chiều tối đêm trên dưới do vì là thuộc nay cũ mới các những này "
    "kia đó gần cạnh trước sau trong ngoài nơi học sinh giáo viên phụ huynh ban giám hiệu trường "
    "lớp khối năm tháng tuần công lập tư thục cần phải bắt xảy ra tăng giảm tặng miễn hết rồi với "
    "về bán phát tiêm xã phường huyện quận tỉnh thành thị thôn ấp địa bàn toàn tất cả mọi một số "
    "nhiều đi qua khi nếu để ngộ bùng phong cách tạm hoãn lùi dời huỷ dừng tiếp xác bác thì mà nhé "
    "nha ạ ơi hội ban của như theo đề gửi nhận chuyển mời ta "
    "o tai co bi duoc da dang se thu thong bao khong chua nghi dong mo to chuc yeu cau va tu den "
    "vao ngay hom sang chieu toi dem do vi la thuoc cac nhung nay gan truoc sau trong hoc sinh hs "
    "gv giao vien phu huynh truong lop khoi thang tuan can phai xay ra tang giam mien het roi voi "
    "ve ban phat tiem xa phuong huyen tinh nhe nha ngo"
)
_SPELLED_STOP_WORDS = frozenset(_STOPS.split())
# "phường ko cho đi học": no ward is called "Ko".
_STOP_WORDS = _SPELLED_STOP_WORDS | {
    s for s, reading in ABBREVIATIONS.items() if reading.split()[0] in _SPELLED_STOP_WORDS
}
# No place is called so: "quận mình", "xã bên", "quê xa lắm", "quận huyện", "xã hội hoá".
_ORDINARY = (
    "mình ta tui tôi em anh chị nhà con cháu bên đó này ấy kia nào khác lân hội đội giao luận viên "
    "quá lắm xôi nhau hơn xa gần quê nữ xóm ấp thôn xã phường quận huyện tỉnh lớn nhỏ nghèo vùng "
    "miền đảo uỷ của chúng bọn tụi người dân ai sao gì thì là mà nên còn vẫn cũng đều chỉ ngay "
    "luôn "
    "hết xong vừa đây đấy vậy thế rồi nữa quyết đề sẽ phát ra vô lên xuống khu nơi chỗ đường "
    "trung tâm "
    "trứng nhờ bảo gọi hỏi giúp lấy phạt kêu nói đi biết kiểm xin ăn uống chơi chạy chở đưa đón "
    "dọn làm "
    "thấy nghe tin đồn lan mắc bệnh dịch chết đang vừa rất càng mọi từng hàng cùng nhưng vẫn liền "
    "minh tui toi chi nha ben do nay ay kia nao khac hoi doi qua lam xoi nhau hon xa gan que nho "
    "ngheo uy cua chung bon tui nguoi dan ai sao gi thi la ma nen con van cung deu chi luon khu"
)
_ORDINARY_WORDS = frozenset(_ORDINARY.split())


@dataclass(frozen=True, slots=True)
class Token:
    """A word or punctuation mark: as written, in unified lower case, and whether capitalised."""

    raw: str
    lower: str
    capitalised: bool


@lru_cache(maxsize=8192)
def _unified_lower(word: str) -> str:
    return unify(word)


def tokenise(text: str) -> list[Token]:
    """Return the words and marks of a text in order; in an all-caps text none is capitalised."""
    raws = _WORD.findall(unmask(strip_urls(clean(text))))
    letters = [raw for raw in raws if raw[0].isalpha() and len(raw) > 1]
    shouted = sum(raw.isupper() for raw in letters) * 2 > len(letters)
    return [Token(raw, _unified_lower(raw), raw[0].isupper() and not shouted) for raw in raws]


def _capitalise(word: str) -> str:
    return word[:1].upper() + word[1:]


def _is_name_word(word: Token) -> bool:
    return word.raw[0].isalnum()


def is_ordinary(word: Token) -> bool:
    """Whether a word in lower case begins no name of a place, e.g. ``quá`` in "xa quá"."""
    return not word.capitalised and word.lower in _ORDINARY_WORDS


def name_after(words: list[Token], start: int, longest: int = 4) -> str:
    """Return the proper name that begins at ``start``, in title case, or ``""``.

    A number counts only as the whole name (``quận 1``) or as its last part (``Hoa Mai 2``).
    """
    if start >= len(words) or not _is_name_word(words[start]):
        return ""
    first = words[start]
    if first.raw[0].isdigit() and not first.raw.isdecimal():
        return ""
    if first.raw.isdecimal():
        return str(int(first.raw)) if len(first.raw) <= 2 else ""
    cased = first.capitalised
    limit = longest if cased or first.lower in _FAMILY_NAMES else 2
    taken: list[str] = []
    for word in words[start : start + limit]:
        if not _is_name_word(word) or (cased and not word.capitalised):
            break
        if word.raw.isdecimal() or (not cased and word.lower in _STOP_WORDS):
            break
        taken.append(_capitalise(word.lower))
    return " ".join(taken)

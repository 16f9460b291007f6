"""Numbers, money, dates and document numbers in one written form.

Works on lower-case unified text (``letters.unify``), with or without diacritics:
``200k``, ``200.000đ``, ``hai trăm nghìn`` → ``200000 đồng``; ``ngày 5 tháng 6 năm 2026``,
``05/06/2026`` → ``5/6/2026`` (day first); ``147/SGD&ĐT-VP`` → ``147/sgddt-vp``.
Every pattern consists of bounded pieces, so the time is linear in the text.
"""

import re
from decimal import Decimal

from matching.text.clock_times import canonical_times
from matching.text.letters import fold
from matching.text.number_words import spell_in_digits

_NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{3}){1,4}(?![0-9])|[0-9]{1,12}(?:[.,][0-9]{1,2})?(?![0-9])"
_SCALES = {
    "nghìn": 10**3, "ngàn": 10**3, "nghin": 10**3, "ngan": 10**3, "k": 10**3,
    "triệu": 10**6, "trieu": 10**6, "tr": 10**6,
    "tỉ": 10**9, "ti": 10**9,
}  # fmt: skip
_SCALE = r"nghìn|ngàn|nghin|ngan|triệu|trieu|tr|tỉ|ti(?! vi\b)|k"
_CURRENCY = r"đồng(?! (?:chí|hồ|bào|đội|nghiệp|bằng)\b)|dong|vnđ|vnd|đ|d"
# With a scale but no currency ("200 nghìn") a sum of money is meant, unless things are counted.
_COUNTED = (
    "người|nguoi|học sinh|hoc sinh|hs|em|cháu|trẻ|bé|ca|trường|truong|lượt|luot|liều|lieu|hộ|dân|"
    "sinh viên|giáo viên|phụ huynh|km|tấn|kg|cái|bản|bài|cuốn|quyển|suất|like|view|chốt|thí sinh"
)
MONEY = re.compile(
    rf"(?<![\w.,/])(?P<n>{_NUMBER}) ?(?:"
    rf"(?P<scale>{_SCALE})(?:(?P<tail>[0-9]{{1,3}})(?![\w.,/])| ?(?P<half>rưỡi|rưởi|ruoi)\b"
    rf"| (?P<more>[0-9]{{1,3}}) (?P<lower>{_SCALE})\b|\b)(?: ?(?P<cur>{_CURRENCY})\b)?"
    rf"|(?P<bare>{_CURRENCY})\b)"
    rf"(?P<counted>(?= (?:{_COUNTED})\b))?"
)
_HALF = re.compile(r"\b(?:nửa|nua) (triệu|trieu|tr|tỉ|ti)\b")
_HALVES = {"triệu": "500 nghìn", "trieu": "500 nghìn", "tr": "500 nghìn"}
# "thu 500.000": a sum without its currency.
_BARE_SUM = re.compile(
    r"\b((?:thu|nộp|nop|đóng|phạt|giá|phí|tiền|tien|chuyển|chuyen|thưởng|mất|trả|chi|quĩ|vé|mức)"
    r"(?: (?:thêm|khoảng|hơn|gần|là))?) ([0-9]{1,3}(?:[.,][0-9]{3}){0,2}[.,][05]00)"
    rf"(?![\w/])(?![.,][0-9])(?! (?:{_CURRENCY}|{_COUNTED})\b)"
)
_PER = re.compile(r"\bđồng ?/ ?(?=[^\W\d])")
_PHONE = re.compile(
    r"(?<![\w./+-])(?:\+84|84(?=[35789][0-9]{8}\b)|0)(?:[ .-]?[0-9]){8,10}(?![\w/])"
)
_HOTLINE = re.compile(r"(?<![\w./])(1[89]00)[ .-]?([0-9]{2,4})[ .-]?([0-9]{2,4})(?![\w/])")

# A phone number with digits hidden: "0912xxx345", "0912***345", "0912 xxx 345".
_MASK = re.compile(r"[0-9][ .-]?(?:[x*•…]|\.{3})")
_MASKED_PHONE = re.compile(
    r"(?<![\w./+-])(0[0-9]{2,6})[ .-]?(?:[x*•…]{1,7}|\.{3,7})[ .-]?([0-9]{0,5})(?![\w/])"
)
_CLASS = re.compile(r"\b(lớp|lop) (1[0-2]|[1-9])([._-])([0-9]{1,2})(?![\w./-])")

# A document number: "147/SGDĐT-VP", "1482/2026/QĐ-UBND"; without a hyphen only known symbols.
DOCUMENT = (
    r"[0-9]{1,5}/(?:[0-9]{4}/)?(?:[a-zđ&]{2,10}(?:-[a-zđ&0-9]{1,10}){1,4}"
    r"|(?:sgd&?[dđ]t|bgd&?[dđ]t|pgd&?[dđ]t|gd&?[dđ]t|ubnd|q[dđ]|n[dđ]|nq|tt|tb|kh|ct|cv))\b"
)
_DOCUMENT_ONLY = re.compile(rf"(?<![\w./-]){DOCUMENT}")
_DOCUMENT_GAPS = re.compile(r"(?<=[0-9]) ?/ ?(?=(?:[0-9]{4} ?/ ?)?[a-zđ&]{2,10} ?[-–] ?[a-zđ])")
_SYMBOL_GAPS = re.compile(r"(?<=[0-9]/)([a-zđ&]{2,10}) ?- ?(?=[a-zđ]{1,10}\b)")
_DASHES = re.compile("[‐‑‒–—−]")

_DAY = r"(?P<d>0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_YEAR = r"(?P<y>(?:19|20)[0-9]{2})"
_LEAD = r"(?<![\w.,/:-])(?<!thứ )(?<!thu )"
# The word stays where "12/4" or "2/3" would read as a class or a fraction without it.
_DAY_PREFIX = re.compile(
    r"\bng(?:à|a)y(?<!lớp ngày)(?<!lop ngay)(?<!học sinh ngày)(?<!hoc sinh ngay)(?<!\bhs ng.y)"
    r"(?<!phụ huynh ngày)(?<!\bem ng.y)(?<!bạn ngày) ?(?=[0-9]{1,2}/[0-9])(?!24/7\b)"
    r"(?![1-9]/(?:[2-9]|10) (?:học sinh|hoc sinh|hs|giáo viên|gv|phụ huynh|trường|lớp|số|em|trẻ)\b)"
)
_LUNAR_STYLE = re.compile(
    r"\b(?:mùng|mồng|mung) (?=[0-9]{1,2}(?:/[0-9]| ?(?:đến|tới|den|toi|-|và) (?:hết )?"
    r"(?:(?:mùng|mồng|mung|ngày|ngay) )?[0-9]{1,2}/[0-9]))"
)
# "12 tháng 1 lần", "9 tháng 5 triệu", "5 tháng 10 ngày": months, and something counted.
_NOT_COUNTED = (
    r"(?! (?:(?:lần|lan)(?! (?:đầu|dau|thứ|thu|[0-9]))|lượt|mũi|liều|triệu|trieu|tr|nghìn|ngàn|k|"
    r"trăm|"
    r"đồng|đ|ngày|ngay|tuổi|tuoi|tuần)\b)"
)
_DATE_FORMS = (
    re.compile(rf"(?<![\w./-]){_YEAR}-{_MONTH}-{_DAY}(?![\w/-])"),
    re.compile(
        rf"{_LEAD}{_DAY},? (?:tháng|thang) {_MONTH}\b{_NOT_COUNTED}"
        rf"(?:,? (?:năm|nam) {_YEAR}\b|/(?P<y2>(?:19|20)[0-9]{{2}})\b)?"
    ),
    re.compile(rf"{_LEAD}{_DAY} ?([/.-]) ?{_MONTH} ?\2 ?{_YEAR}(?![\w/])"),
    re.compile(rf"{_LEAD}{_DAY}/{_MONTH}/(?P<y>[12][0-9])(?![\w/])"),
    re.compile(rf"{_LEAD}{_DAY} ?/ ?{_MONTH}(?![\w/])(?!-[0-9])"),
)
# "7-7" and "7.7" are dates only after a word that a date follows; "từ 10-15 ngày" is a duration.
_DASHED_DATE = re.compile(
    r"\b(?P<lead>ngày|ngay|hôm|sáng|chiều|tối|đêm|hết|thứ [2-7]) (?:ngày |ngay )?"
    rf"{_DAY}[-.]{_MONTH}(?![\w/-])(?!\.[0-9])"
    r"(?! (?:ngày|tuổi|tháng|tuần|năm|giờ|tiếng|phút|%))"
)
_MONTH_OF_YEAR = re.compile(
    rf"\b(?:tháng|thang) {_MONTH}(?:[/-]| (?:năm|nam) |,? ?năm ){_YEAR}(?![\w/])"
)
_HOURS = re.compile(r"(?<![\w.,/])([0-9]{1,3}) ?tiếng\b(?! (?:anh|việt|pháp|trung|nhật|hàn))")
_ANY_DIGIT = re.compile("[0-9]")
_PERCENT = re.compile(r"([0-9]) ?(?:%|phần trăm\b)")
_GROUPED = re.compile(r"(?<![\w.,/])[0-9]{1,3}(?:[.,][0-9]{3}){1,4}(?![\w/])(?![.,][0-9])")
_DECIMAL = re.compile(
    r"(?<![\w.,/])([0-9]{1,6}),([0-9]{1,2})(?=%| ?(?:điểm|diem|độ|km|kg|m|ha|lít|tấn|mét|trở lên"
    r"|trở xuống|chấm)\b)"
)
# "lớp 6,7" is a list; after these words a comma is a decimal sign.
_DECIMAL_AFTER = re.compile(
    r"\b((?:ielts|toefl|gpa|band|điểm|diem|trung bình|hệ số|chuẩn|richter|độ|pm)"
    r"(?: (?:từ|tu|trên|tren|là|la|được|đạt|dat|chỉ|"
    r"tối thiểu))?) ([0-9]{1,4}),([0-9]{1,2})(?![\w.,/])"
)
_SPAN = re.compile(r"(?<=[0-9]) ?- ?(?=[0-9])")


def _amount(number: str) -> Decimal:
    """Read ``3.000`` as three thousand and ``0,2`` as a fifth."""
    if re.fullmatch(r"[0-9]{1,3}(?:[.,][0-9]{3})+", number):
        return Decimal(re.sub("[.,]", "", number))
    return Decimal(number.replace(",", "."))


def _money(match: re.Match[str]) -> str:
    n, scale = match["n"], match["scale"]
    if not scale:
        return f"{_amount(n):.0f} đồng"
    size = _SCALES[scale]
    value = _amount(n) * size
    if match["tail"]:
        # "2tr5" is 2.5 million and "2tr500" too; "2k6" is a year of birth, not money.
        if scale == "k":
            return match.group()
        value += Decimal(match["tail"]) * size / 10 ** len(match["tail"])
    elif match["half"]:
        value += Decimal(size) / 2
    elif match["more"]:
        value += int(match["more"]) * _SCALES[match["lower"]]
    counted = match["counted"] is not None and not match["cur"]
    return f"{value:.0f}" if counted else f"{value:.0f} đồng"


def _phone(match: re.Match[str]) -> str:
    digits = re.sub("[^0-9]", "", match.group())
    national = "0" + digits[2:] if digits.startswith("84") else digits
    # Nine digits after the zero (mobile) or ten (landline with area code), else it is no phone.
    return national if len(national) in (10, 11) else match.group()


def _date(match: re.Match[str]) -> str:
    parts = match.groupdict()
    year = parts.get("y") or parts.get("y2")
    if year and len(year) == 2:
        year = "20" + year
    date = f"{int(parts['d'])}/{int(parts['m'])}" + (f"/{year}" if year else "")
    lead = parts.get("lead")
    return f"{lead} {date}" if lead and lead not in ("ngày", "ngay") else date


def _masked_phone(match: re.Match[str]) -> str:
    hidden = 10 - len(match[1]) - len(match[2])
    return f"{match[1]}{'x' * hidden}{match[2]}" if 1 <= hidden <= 7 else match.group()


def _class(match: re.Match[str]) -> str:
    """Read ``lớp 6.3`` and ``lớp 6-3`` as a class; ``lớp 6-9`` is four grades."""
    if match[3] == "-" and int(match[4]) >= int(match[2]):
        return match.group()
    return f"{match[1]} {match[2]}/{int(match[4])}"


def _documents(text: str) -> str:
    text = _DOCUMENT_GAPS.sub("/", _DASHES.sub("-", text))
    text = _SYMBOL_GAPS.sub(r"\1-", text)
    return _DOCUMENT_ONLY.sub(lambda m: fold(m.group()).replace("&", ""), text)


def _dates(text: str) -> str:
    for form in (*_DATE_FORMS, _DASHED_DATE):
        text = form.sub(_date, text)
    text = _DAY_PREFIX.sub("", _LUNAR_STYLE.sub("", text))
    text = _MONTH_OF_YEAR.sub(lambda m: f"tháng {int(m['m'])}/{m['y']}", text)
    return canonical_times(text)


def canonical_numbers(text: str) -> str:
    """Return the text with its numbers, sums, dates, times and document numbers rewritten.

    Expects lower-case unified text; never raises. Sums are whole đồng. ``1/2`` stays: whether it is
    a date, a class or a fraction is read by ``matching.details.slashed_numbers``.
    """
    text = spell_in_digits(text)
    if "nửa" in text or "nua" in text:
        text = _HALF.sub(lambda m: _HALVES.get(m[1], "500 triệu"), text)
    if not _ANY_DIGIT.search(text):
        return text
    text = _documents(text)
    if _MASK.search(text):
        text = _MASKED_PHONE.sub(_masked_phone, text)
    text = _CLASS.sub(_class, _HOTLINE.sub(r"\1\2\3", _PHONE.sub(_phone, text)))
    text = _dates(text)
    if "00" in text:
        text = _BARE_SUM.sub(r"\1 \2 đồng", text)
    text = MONEY.sub(_money, text)
    text = _PER.sub("đồng mỗi ", text)
    text = _GROUPED.sub(lambda m: re.sub("[.,]", "", m.group()), text)
    if "," in text:
        text = _DECIMAL_AFTER.sub(r"\1 \2.\3", _DECIMAL.sub(r"\1.\2", text))
    text = _PERCENT.sub(r"\1%", _HOURS.sub(r"\1h", text))
    return _SPAN.sub(" đến ", text)

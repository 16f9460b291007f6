"""Act first: what a warning says, and how its headline has to begin.

A parent who holds a scam reads one line. So that line says what to do, and never a word that a
hurried reader takes for a yes.
"""

import re
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class EmergencyCall:
    """A public number that a reader may call with one tap, and who answers there."""

    number: str
    label: Promise


@dataclass(frozen=True, kw_only=True)
class ActFirst:
    """What a rating adds whose pages and texts begin with what to do.

    ``headline`` and ``advice`` (one step a line) are said where no person has written any: to
    whoever asks before a notice exists, and for versions older than the rating.
    """

    headline: Promise
    advice: Promise
    calls: tuple[EmergencyCall, ...]


SCAM_ADVICE = ActFirst(
    headline=_("Do not send money and do not read out any code: this looks like a scam"),
    advice=_(
        "Hang up or stop writing. Send no money, no code, no card number; open no link.\n"
        "Call the teacher or relative yourself, on a number you saved earlier.\n"
        "Already paid or gave a code: call your bank and 113 (police) at once."
    ),
    calls=(
        EmergencyCall("113", _("Call 113 (police)")),
        EmergencyCall("156", _("Report to 156 (scam calls)")),
    ),
)
DANGER_ADVICE = ActFirst(
    headline=_("Do not do what this message says: it can injure somebody"),
    advice=_(
        "Stop at once, and keep children away from it.\n"
        "Somebody is hurt or feels unwell: call 115 (ambulance).\n"
        "A child needs help or protection: call 111, day and night."
    ),
    calls=(
        EmergencyCall("115", _("Call 115 (ambulance)")),
        EmergencyCall("111", _("Call 111 (child protection)")),
    ),
)

# First words of an instruction. A bare “không” is none: “Không có vụ lừa đảo nào” tells nobody
# what to do.
_ACTS = (
    *("bảo con", "báo", "bỏ", "chặn", "chớ", "cúp máy", "dặn", "dừng", "đừng", "đưa", "gọi"),
    *("giữ", "hãy", "khóa", "khoá", "khoan", "ngăn", "ngắt", "ngừng", "nhắc", "rời", "tắt"),
    *("thoát", "tránh", "tuyệt đối không", "vứt", "xin đừng", "xóa", "xoá", "anh/chị đừng"),
    *("không bấm", "không chuyển", "không cung cấp", "không đọc", "không đưa", "không gửi"),
    *("không làm theo", "không mở", "không mua", "không nhập", "không quét", "không thử"),
    *("avoid", "block", "call", "delete", "do not", "don't", "don’t", "hang up", "ignore"),
    *("keep", "leave", "never", "please do not", "please don't", "stop", "take", "throw", "warn"),
)
_ACT = re.compile(rf"[\s“\"'(]*(?:{'|'.join(map(re.escape, _ACTS))})\b", re.IGNORECASE)
_YES = re.compile(
    r"\b(?:đúng là|là đúng|đúng rồi|là thật|có thật|đúng sự thật|is true|it is true|is real)\b",
    re.IGNORECASE,
)


def begins_with_act(headline: str) -> bool:
    """Whether the headline begins with what to do, in Vietnamese or English."""
    return _ACT.match(headline) is not None


def reads_as_yes(text: str) -> bool:
    """Whether the text has words that a hurried reader takes for “it is true”."""
    return _YES.search(text) is not None


def leading_headline(warning: ActFirst | None, headline: str, language: str) -> str:
    """The headline as it is shown: its own words, unless it belongs to a warning and was written
    before warnings had to begin with the act."""
    if warning is None or (begins_with_act(headline) and not reads_as_yes(headline)):
        return headline
    with translation.override(language):
        return str(warning.headline)


def shown_advice(warning: ActFirst | None, what_to_do: str, language: str) -> str:
    """What to do as it is written; the general advice for a warning that has none."""
    if warning is None or what_to_do.strip():
        return what_to_do
    with translation.override(language):
        return str(warning.advice)

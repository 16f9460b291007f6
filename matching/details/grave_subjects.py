"""Grave subjects: claims of illness, violence, accidents or closing, about which a wrong "it is
not so" does harm."""

from enum import StrEnum

from matching.details.slot_set import Slots
from matching.text.letters import fold
from matching.text.normalisation import is_unaccented, normalise


class GraveSubject(StrEnum):
    ILLNESS = "illness"
    VIOLENCE = "violence"
    ACCIDENT = "accident"
    CLOSING = "closing"


_PHRASES: dict[GraveSubject, str] = {
    GraveSubject.ILLNESS: (
        "bệnh, dịch, ngộ độc, nhiễm, mắc, lây, cấp cứu, nhập viện, tử vong, chết, sốt, tiêu chảy, "
        "đau bụng, nôn, co giật, ngất, ký sinh trùng, lăng quăng, hết hạn, thịt thối, "
        "tay chân miệng, đau mắt đỏ, lao, cúm, sởi, tiêm, vaccinate, outbreak, poisoned, "
        "poisoning, ill, sick"
    ),
    GraveSubject.VIOLENCE: (
        "bắt cóc, đánh, xâm hại, dâm ô, hiếp, quấy rối, bạo lực, bạo hành, dao, chém, đâm, súng, "
        "bom, ma túy, tự tử, tự sát, cắt tay, bắt nạt, bị tát, lột đồ, nổ, thuốc mê, kidnap, "
        "kidnapped, bomb, knife"
    ),
    GraveSubject.ACCIDENT: (
        "tai nạn, té, ngã, gãy, đuối nước, chết đuối, cháy, sập, đổ, lún, vỡ, sạt lở, điện giật, "
        "lật xe, bỏ quên, ngủ quên, rơi, tốc mái, accident, fire"
    ),
    GraveSubject.CLOSING: (
        "nghỉ học, đóng cửa, cho nghỉ, cho về sớm, tạm dừng đến trường, học trực tuyến, "
        "không đến trường, không phải đến trường, nghỉ tránh, closed, closing"
    ),
}
_COMMUNES = ("xã ", "phường ", "thị trấn ", "thôn ")
_SPELLED = {
    subject: tuple(map(normalise, phrases.split(", "))) for subject, phrases in _PHRASES.items()
}
_FOLDED = {subject: tuple(map(fold, phrases)) for subject, phrases in _SPELLED.items()}


def grave_subjects(text: str) -> frozenset[GraveSubject]:
    """Return the grave subjects that a text mentions; rather one too many than one too few."""
    unaccented = is_unaccented(text)
    key = normalise(text)
    padded = f" {fold(key) if unaccented else key} "
    table = _FOLDED if unaccented else _SPELLED
    return frozenset(
        subject
        for subject, phrases in table.items()
        if any(f" {phrase} " in padded for phrase in phrases)
    )


def names_a_unit(slots: Slots) -> bool:
    """Whether a text names a school or a commune; a province is no unit where people meet."""
    return bool(slots.schools) or any(place.startswith(_COMMUNES) for place in slots.places)

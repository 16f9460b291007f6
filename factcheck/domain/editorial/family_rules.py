"""What a family of scam wordings needs before a second person is asked."""

import re

from django.utils.translation import gettext as _

from factcheck.act_first import reads_as_yes
from factcheck.evidence_rules import OFFICIAL_WARNING
from factcheck.models import ScamFamily
from matching.scoring import slot_wordings

# The first step is a check by a number known before.
_CALL = re.compile(r"\s*(?:-\s*)?(?:hãy |tự |anh/chị )?(?:gọi|call)\b", re.IGNORECASE)
_KNOWN_NUMBER = re.compile(
    r"số (?:điện thoại )?(?:đã lưu|đã có|đã biết|vẫn dùng|trong danh bạ|trong sổ liên lạc)"
    r"|number (?:you|that you) (?:have )?(?:saved|already|know|knew)",
    re.IGNORECASE,
)
# A family never says that nothing happened: nobody has looked at this child.
_ALL_CLEAR = re.compile(
    r"không (?:có gì|sao|xảy ra|hề)|không có (?:chuyện|vụ|việc|em nào|học sinh nào)"
    r"|bình an|an toàn rồi|vẫn (?:an toàn|khỏe|bình thường|đang học)|yên tâm|bịa đặt"
    r"|nothing (?:has )?happened"
    r"|is (?:safe|fine|well)|do not worry|don.t worry",
    re.IGNORECASE,
)


def _wording_faults(text: str) -> list[str]:
    if unknown := slot_wordings.unknown_slots(text):
        return [_("No such slot: {%(name)s}.") % {"name": unknown[0]}]
    faults = []
    if slot_wordings.has_adjoining_slots(text):
        faults.append(
            _("Two slots stand side by side that nobody can tell apart: write words between them.")
        )
    fixed = slot_wordings.prepare_wording(text).fixed_words
    if len(fixed) < slot_wordings.MIN_FIXED_WORDS:
        faults.append(
            _("Write at least %(n)d words outside the slots.")
            % {"n": slot_wordings.MIN_FIXED_WORDS}
        )
    return faults


def missing(family: ScamFamily) -> list[str]:
    """A sentence for each thing that is missing or not allowed; [] for a complete family."""
    sentences = []
    wordings = list(family.wordings.values_list("text", flat=True))
    if not wordings:
        sentences.append(_("Write at least one wording."))
    sentences += [fault for text in wordings for fault in _wording_faults(text)]
    first_step = family.what_to_do.strip().split("\n", 1)[0]
    if not (_CALL.match(first_step) and _KNOWN_NUMBER.search(first_step)):
        sentences.append(
            _("The first step is a call to a number known before: “Call the teacher on a number "
              "you saved earlier.”")
        )  # fmt: skip
    if not family.headline:
        sentences.append(_("Write a headline that says what to do."))
    texts = (family.headline, family.what_to_do, family.explanation)
    if any(_ALL_CLEAR.search(text) for text in texts):
        sentences.append(_("Do not say that nothing happened: nobody has looked at this child."))
    if any(reads_as_yes(text) for text in texts):
        sentences.append(_("Leave out “is true”: a hurried reader takes it for a yes."))
    source = family.source
    if source is None or not source.is_official or source.field not in OFFICIAL_WARNING.fields:
        sentences.append(
            _("Name an official source on health, police, finance, online safety or child safety.")
        )
    elif not family.quote:
        sentences.append(_("Quote the source word for word."))
    return sentences

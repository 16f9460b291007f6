"""Labels: the words shown for codes that are stored or computed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.enums import Urgency

BY_A_PERSON = "person"
# Keys are the codes of Case.urgency_reason.
URGENCY_REASONS: dict[str, Promise] = {
    "": _("Nothing in the text asks for haste"),
    "scam": _("Parents may lose money"),
    "soon": _("It is about today or the next two days"),
    "safety": _("It concerns pupils' safety or health"),
    "warning": _("The verdict warns of a scam or a danger"),
    "emergency": _("Somebody may be in danger now"),
    "unsure": _("There may be a danger: please look"),
    "near": _("It is about today or the next two days: please look"),
    "joined": _("A case that was joined to it was more urgent"),
    BY_A_PERSON: _("Set by a checker"),
}
# Reasons for which a sender gets general advice about scams before anybody has checked.
SCAM_REASONS = frozenset({"scam"})
ANSWER_WITHIN: dict[Urgency, Promise] = {
    Urgency.VERY_URGENT: _("Answer within 1 hour"),
    Urgency.URGENT: _("Answer within 4 hours"),
    Urgency.UNSURE: _("Look within 30 minutes of working time"),
    Urgency.NORMAL: _("Answer within 2 working days"),
}

# Keys are the slots of matching.details.slot_extraction, and ``words``
# (matching.scoring.word_reasons).
SLOT_LABELS: dict[str, Promise] = {
    "documents": _("number of the document"),
    "dates": _("dates"),
    "money": _("amount of money"),
    "numbers": _("numbers"),
    "fractions": _("share or ratio"),
    "scores": _("mark or score"),
    "ordinals": _("place in an order"),
    "bounds": _("more or less, before or after"),
    "periods": _("length of time"),
    "codes": _("code or type"),
    "places": _("place"),
    "addresses": _("house number or street"),
    "schools": _("school"),
    "levels": _("school level or class"),
    "offices": _("office or role"),
    "causes": _("illness, weather or other cause"),
    "quantifier": _("scope"),
    "negation": _("affirmed or denied"),
    "polarity": _("what happens"),
    "rebuttal": _("spreads it or rebuts it"),
    "phones": _("phone number"),
    "links": _("link"),
    "words": _("differing words"),
}
# Keys are the features of matching.scoring.ranking.RankedCandidate that are shown as a share, 0..1.
FEATURE_LABELS: dict[str, Promise] = {
    "probability": _("Chance of being one claim"),
    "words": _("Words of the shorter text that the other has, too"),
    "order": _("Words in the same order"),
    "ratio": _("Alike letter by letter"),
    "cosine": _("Alike in meaning"),
    "same_url": _("The same page"),
}
CAUTIONS: dict[str, Promise] = {
    "plain": _("One of the two was typed without diacritics: it may mean something else."),
    "rebuttal": _("One of the two denies the claim: related, not a duplicate."),
}
SAME_TEXT = _("wording")
SAME_URL = _("link")

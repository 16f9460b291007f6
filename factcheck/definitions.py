"""The published words of the method: verdict scale, checklist, and why a case is urgent.

The method page is made from these, so that what is promised is what the code asks for.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.enums import Outcome, Rating, Stance, Urgency

Words = str | Promise


@dataclass(frozen=True)
class Definition:
    """One step of the scale. ``icon`` is a Bootstrap icon, ``css`` the class of its outline."""

    label: Words
    meaning: Words
    icon: str
    css: str


def _verdict(key: Rating, meaning: Words, icon: str) -> tuple[Rating, Definition]:
    return key, Definition(key.label, meaning, icon, f"kt-v-{key.value}")


VERDICTS: dict[Rating, Definition] = dict(
    (
        _verdict(
            Rating.TRUE,
            _("Official sources confirm what is claimed, in everything that matters."),
            "check-circle-fill",
        ),
        _verdict(
            Rating.FALSE,
            _("At least one official source shows that what is claimed is not so."),
            "x-octagon-fill",
        ),
        _verdict(
            Rating.PARTLY_FALSE,
            _("One part is right, another part is wrong; the notice says which."),
            "circle-half",
        ),
        _verdict(
            Rating.MISLEADING,
            _("The details may be right, but put together they lead to a wrong conclusion."),
            "exclamation-diamond-fill",
        ),
        _verdict(
            Rating.MISSING_CONTEXT,
            _("What is claimed is right, but something needed to understand it is left out."),
            "puzzle-fill",
        ),
        _verdict(
            Rating.OUTDATED,
            _("It was right once; the time it applied to is over."),
            "hourglass-split",
        ),
        _verdict(
            Rating.UNVERIFIABLE,
            _("No source settles it today; the notice says who was asked and when to look again."),
            "question-circle",
        ),
        _verdict(
            Rating.OPINION,
            _("An opinion, a forecast or a matter of taste: there is nothing to check."),
            "chat-square-quote-fill",
        ),
    )
)

# What a verdict stands on. Official: a source of the registry, quoted, dated, archived.
NEEDS_OFFICIAL: dict[Rating, frozenset[Stance]] = {
    Rating.FALSE: frozenset({Stance.REFUTES}),
    Rating.MISLEADING: frozenset({Stance.REFUTES, Stance.CONTEXT}),
}
NEEDS_EVIDENCE = frozenset(
    {
        Rating.TRUE,
        Rating.PARTLY_FALSE,
        Rating.OUTDATED,
        Rating.MISSING_CONTEXT,
    }
)
NEEDS_NO_TRUTH = frozenset({Rating.UNVERIFIABLE, Rating.OPINION})

CHECKLIST: dict[str, Words] = {
    "official_source": _(
        "I looked for an official source; every source is dated, quoted and archived"
    ),
    "compared": _("I compared numbers and dates with the original document"),
    "no_pupil": _("No pupil is named or shown"),
    "own_unit": _("I checked whether this is about my own unit; if so, another unit reviews"),
    "contrary": _("I looked for evidence to the contrary"),
}
REACH_QUESTION = _("Would publishing spread the rumour further than it has gone by itself?")

# Stored as codes in Case.urgency_reason, shown in the reader's language.
URGENCY_REASONS: dict[str, Words] = {
    "": _("Nothing in the text asks for haste"),
    "scam": _("Parents may lose money"),
    "soon": _("It is about today or the next two days"),
    "safety": _("It concerns pupils' safety or health"),
    "person": _("Set by a checker"),
}
ANSWER_WITHIN: dict[Urgency, Words] = {
    Urgency.VERY_URGENT: _("Answer within 1 hour"),
    Urgency.URGENT: _("Answer within 4 hours"),
    Urgency.NORMAL: _("Answer within 2 working days"),
}

# Names of the slots of matching.details.slot_extraction, as people say them.
SLOT_LABELS: dict[str, Words] = {
    "documents": _("number of the document"),
    "dates": _("dates"),
    "money": _("amount of money"),
    "numbers": _("numbers"),
    "periods": _("length of time"),
    "places": _("place"),
    "schools": _("school"),
    "levels": _("school level"),
    "offices": _("office or role"),
    "causes": _("illness, weather or other cause"),
    "quantifier": _("scope"),
    "negation": _("affirmed or denied"),
    "polarity": _("what happens"),
    "rebuttal": _("spreads it or rebuts it"),
    "phones": _("phone number"),
    "links": _("link"),
}
# Features of a pair of texts (matching.scoring.ranking.RankedCandidate.features) that can be shown
# as a share, 0..1.
FEATURE_LABELS: dict[str, Words] = {
    "probability": _("Chance of being one claim"),
    "words": _("Words of the shorter text that the other has, too"),
    "order": _("Words in the same order"),
    "ratio": _("Alike letter by letter"),
    "cosine": _("Alike in meaning"),
    "same_url": _("The same page"),
}
CAUTIONS: dict[str, Words] = {
    "plain": _("One of the two was typed without diacritics: it may mean something else."),
    "rebuttal": _("One of the two denies the claim: related, not a duplicate."),
}
SAME_TEXT = _("wording")
SAME_URL = _("link")


@dataclass(frozen=True)
class OutcomeWords:
    """What the senders are told when a case ends without a notice."""

    title: Words
    body: Words
    advice: Words


_EMERGENCY = _(
    "Call 113 (police), 115 (ambulance), 111 (child protection) or 156 (scam calls and messages)."
)
OUTCOMES: dict[Outcome, OutcomeWords] = {
    Outcome.OPINION: OutcomeWords(
        _("This is an opinion, so there is nothing to check"),
        _(
            "Thank you for asking. We read what you sent: it says what someone thinks or expects. "
            "We check claims, not opinions, so we give no verdict."
        ),
        _("If there is a statement of fact in it, send us that sentence by itself."),
    ),
    Outcome.PERSONAL: OutcomeWords(
        _("This is a personal matter, so it is not checked here"),
        _(
            "Thank you for asking. What you sent concerns particular people and not the public, "
            "so we neither check nor publish it."
        ),
        _("Please speak with the school itself. A child in need is helped at 111, day and night."),
    ),
    Outcome.SPAM: OutcomeWords(
        _("There was nothing to check in this"),
        _(
            "We read what you sent and found no claim that could be checked, "
            "for example an advertisement or a few letters."
        ),
        _("If we misunderstood, please send it again with one sentence about what you ask."),
    ),
    Outcome.EMERGENCY: OutcomeWords(
        _("Please call for help at once"),
        _(
            "What you sent may be an emergency. Checking takes time that you may not have, "
            "and we pass nothing on: please call yourself."
        ),
        _EMERGENCY,
    ),
}
# Closed with one of these, the words of the reports are emptied after OPINION_TEXT_DAYS.
PURGED_OUTCOMES = frozenset({Outcome.OPINION, Outcome.PERSONAL, Outcome.SPAM, Outcome.EMERGENCY})
CLOSING_OUTCOMES = tuple(OUTCOMES)  # a person may choose these; ANSWERED follows from a verdict

RETRACTED_TITLE = _("We have withdrawn our answer")

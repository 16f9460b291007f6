"""Ratings: one row for each, with everything the product says about it and requires of it.

Forms, pages, share texts, markup and the evidence check read these rows; no other module names a
rating. A new one needs a member of ``factcheck.enums.Rating``, a row, its Vietnamese texts, a class
in static/app.css, an example in demo/data, and a migration for the two constraints and the
database's evidence rule (as ``0009_ratings``: generated alone, it would lose SQLite's triggers).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.act_first import DANGER_ADVICE, SCAM_ADVICE, ActFirst
from factcheck.enums import Rating, Tag
from factcheck.evidence_rules import (
    ANY_CITATION,
    CITATION_FROM_OUTSIDE,
    OFFICIAL_REFUTATION,
    OFFICIAL_REFUTATION_OR_CONTEXT,
    OFFICIAL_WARNING,
    STRICTEST,
    EvidenceRule,
)


class Tone(StrEnum):
    """The colour of a rating: names the variable ``--kt-<tone>`` of static/app.css."""

    OK = "ok"
    WRONG = "wrong"
    MIXED = "mixed"
    NEUTRAL = "stone"


@dataclass(frozen=True, kw_only=True)
class RatingDefinition:
    """One rating. A field without a default has to be decided for each."""

    rating: Rating
    meaning: Promise
    icon_name: str  # a Bootstrap icon in templates/icons/
    tone: Tone
    sentence: Promise  # the claim and its rating in one sentence, with %(claim)s
    claim_review: int | None  # ratingValue of ClaimReview, 1 (worst) to 5; None: no markup
    evidence: EvidenceRule | None = STRICTEST  # None: none is needed
    needs_truth: bool = True  # whether "What is true" has to be written
    in_short_legend: bool = False  # beside the list of notices; the method page has all
    is_wide: bool = False  # its label takes a row of its own in the verdict form
    act_first: ActFirst | None = None  # None: the truth comes first
    by_own_letter: bool = False  # a unit may say so of a copy of its own letter (own_letter)
    scope: str = ""  # code of factcheck.checklist.SCOPES that the author confirms as well
    refused_tags: frozenset[Tag] = frozenset()  # the database refuses them, too

    @property
    def label(self) -> str:
        return str(self.rating.label)

    @property
    def icon(self) -> str:
        """The template to include."""
        return f"icons/{self.icon_name}.svg"

    @property
    def css_class(self) -> str:
        return f"kt-v-{self.rating.value}"


_ROWS = (
    RatingDefinition(
        rating=Rating.TRUE,
        meaning=_("Official sources confirm what is claimed, in everything that matters."),
        icon_name="check-circle-fill",
        tone=Tone.OK,
        sentence=_("The claim “%(claim)s” is true."),
        claim_review=5,
        evidence=ANY_CITATION,
        in_short_legend=True,
        # Whoever asks holds the scam itself: “true” would be an answer about reports of scams.
        refused_tags=frozenset({Tag.SCAM, Tag.IMPERSONATION}),
    ),
    RatingDefinition(
        rating=Rating.FALSE,
        by_own_letter=True,
        meaning=_("At least one official source shows that what is claimed is not so."),
        icon_name="x-octagon-fill",
        tone=Tone.WRONG,
        sentence=_("The claim “%(claim)s” is false."),
        claim_review=1,
        evidence=OFFICIAL_REFUTATION,
        in_short_legend=True,
    ),
    RatingDefinition(
        rating=Rating.PARTLY_FALSE,
        by_own_letter=True,
        meaning=_("One part is right, another part is wrong; the notice says which."),
        icon_name="circle-half",
        tone=Tone.MIXED,
        sentence=_("The claim “%(claim)s” is partly false."),
        claim_review=2,
        evidence=CITATION_FROM_OUTSIDE,
    ),
    RatingDefinition(
        rating=Rating.MISLEADING,
        by_own_letter=True,
        meaning=_("The details may be right, but put together they lead to a wrong conclusion."),
        icon_name="exclamation-diamond-fill",
        tone=Tone.MIXED,
        sentence=_("The claim “%(claim)s” is misleading."),
        claim_review=2,
        evidence=OFFICIAL_REFUTATION_OR_CONTEXT,
    ),
    RatingDefinition(
        rating=Rating.MISSING_CONTEXT,
        by_own_letter=True,
        meaning=_("What is claimed is right, but something needed to understand it is left out."),
        icon_name="puzzle-fill",
        tone=Tone.MIXED,
        sentence=_("The claim “%(claim)s” leaves out what matters."),
        claim_review=3,
        evidence=ANY_CITATION,
        in_short_legend=True,
    ),
    RatingDefinition(
        rating=Rating.OUTDATED,
        by_own_letter=True,
        meaning=_("It was right once; the time it applied to is over."),
        icon_name="hourglass-split",
        tone=Tone.NEUTRAL,
        sentence=_("The claim “%(claim)s” is out of date."),
        claim_review=3,
        evidence=ANY_CITATION,
    ),
    RatingDefinition(
        rating=Rating.SCAM,
        meaning=_(
            "It demands money, personal data or a click under a false pretext. "
            "The notice begins with what to do."
        ),
        icon_name="exclamation-octagon-fill",
        tone=Tone.WRONG,
        sentence=_("The message “%(claim)s” is a scam."),
        claim_review=1,
        evidence=OFFICIAL_WARNING,
        act_first=SCAM_ADVICE,
        scope="demand",
    ),
    RatingDefinition(
        rating=Rating.DANGEROUS,
        meaning=_(
            "Doing it can injure or kill. The notice begins with what to do. "
            "Criticism, gatherings and boycotts are never rated so."
        ),
        icon_name="exclamation-triangle-fill",
        tone=Tone.WRONG,
        sentence=_("Doing what “%(claim)s” says is dangerous."),
        claim_review=None,  # a warning about an act, and no statement that something is untrue
        evidence=OFFICIAL_WARNING,
        act_first=DANGER_ADVICE,
        scope="bodily_harm",
    ),
    RatingDefinition(
        rating=Rating.UNVERIFIABLE,
        meaning=_(
            "No source settles it today; the notice says who was asked and when to look again."
        ),
        icon_name="question-circle",
        tone=Tone.NEUTRAL,
        sentence=_("The claim “%(claim)s” cannot be verified for now."),
        claim_review=None,  # nothing was found true or false
        evidence=None,
        needs_truth=False,
        in_short_legend=True,
    ),
    RatingDefinition(
        rating=Rating.OPINION,
        meaning=_("An opinion, a forecast or a matter of taste: there is nothing to check."),
        icon_name="chat-square-quote-fill",
        tone=Tone.NEUTRAL,
        sentence=_("“%(claim)s” is an opinion: we check claims only."),
        claim_review=None,
        evidence=None,
        needs_truth=False,
        is_wide=True,
    ),
)

# In the order in which they are shown. Keys are the stored values.
RATINGS: Mapping[str, RatingDefinition] = {row.rating.value: row for row in _ROWS}


def evidence_rule(rating: str) -> EvidenceRule | None:
    """The rule for a stored value; the strictest one for a value without a row."""
    definition = RATINGS.get(rating)
    return definition.evidence if definition else STRICTEST


def refused_tags(rating: str, tags: Iterable[str]) -> list[Tag]:
    """Those of the tags that a verdict with the rating may not have."""
    definition = RATINGS.get(rating)
    refused = definition.refused_tags if definition else frozenset()
    return [Tag(tag) for tag in tags if tag in refused]


def warns(rating: str, tags: Iterable[str]) -> bool:
    """Whether a verdict speaks of a scam or a danger: by its rating, or by a tag that no reassuring
    rating may have. Such a case is urgent by default."""
    definition = RATINGS.get(rating)
    by_rating = definition is not None and definition.act_first is not None
    return by_rating or any(row.refused_tags & set(tags) for row in _ROWS)


def truth_label(rating: str, tags: Iterable[str]) -> str:
    """Heading of ``what_is_true``; beside a scam “What is true” would read as a yes."""
    return str(_("What you should know") if warns(rating, tags) else _("What is true"))

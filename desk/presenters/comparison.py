"""Two cases side by side: their most similar texts, the engine's measures, the decisions so far."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from desk.forms.triage import PairForm
from desk.presenters import details
from desk.presenters.abilities import passes
from factcheck import merge_tree, permissions
from factcheck.domain.duplicates import comparison, pair_history, related_cases
from factcheck.domain.duplicates.comparison import ComparedText, Comparison
from factcheck.domain.duplicates.pair_history import PairEvent
from factcheck.labels import FEATURE_LABELS
from factcheck.models import Case
from matching.scoring.policy import Action
from matching.scoring.word_diff import Piece, diff_words, shared_ratio

HEADLINES = {
    Action.LINK: gettext_lazy("One claim: the machine joins these by itself"),
    Action.SUGGEST: gettext_lazy("Perhaps one claim: the machine suggests it to a person"),
    Action.NEW: gettext_lazy("Two claims for the machine: it does not suggest them"),
}
MACHINE = gettext_lazy("Suggested by the machine")
EVENTS = {
    "confirmed": gettext_lazy("The same claim"),
    "rejected": gettext_lazy("Not a duplicate"),
    "merged": gettext_lazy("The same claim: merged"),
    "different": gettext_lazy("Not a duplicate"),
    "related": gettext_lazy("Related, not the same"),
    "split": gettext_lazy("A report split off: not the same claim"),
}


@dataclass(frozen=True)
class Measure:
    """One measure of similarity; ``percent`` 0..100."""

    label: str
    percent: int


@dataclass(frozen=True)
class Side:
    """One of the two texts in pieces; the words the other text does not have are marked."""

    case: Case
    text: ComparedText
    pieces: tuple[Piece, ...]
    is_visible: bool  # False: the user may read its notice only


@dataclass(frozen=True)
class PairHistoryEntry:
    event: PairEvent
    text: str

    @property
    def percent(self) -> int | None:
        """The similarity the machine measured at that time."""
        return None if self.event.score is None else round(100 * self.event.score)


def measures(compared: Comparison, shared: float) -> list[Measure]:
    """The engine's measures of the pair, and the share of words both texts have; none where a
    detail conflicts, since then the words say nothing about the claim."""
    ranked = compared.ranked
    if ranked.conflicts or ranked.rebuts:
        return []
    values = {"words": shared, "probability": ranked.probability, **ranked.features}
    if compared.left.url and compared.right.url:
        values["same_url"] = float(ranked.same_url)
    return [
        # Rounded down: only the same text, or certainly one claim, is a hundred per cent.
        Measure(str(label), int(100 * min(max(values[name], 0.0), 1.0)))
        for name, label in FEATURE_LABELS.items()
        if name in values
    ]


def history_entries(case: Case, other: Case) -> list[PairHistoryEntry]:
    return [
        PairHistoryEntry(
            event, str(MACHINE if event.by is None else EVENTS.get(event.kind, event.kind))
        )
        for event in pair_history.history(case, other)
    ]


def _texts(case: Case, other: Case, user: User) -> dict[str, Any]:
    """Both texts with their differences, and what matching does with them."""
    compared = comparison.compare(case, other, user)
    if compared is None:
        return {}
    texts = (compared.left, compared.right)
    pieces = diff_words(texts[0].text, texts[1].text)
    visible = set(
        permissions.visible_cases(user)
        .filter(pk__in=[case.pk, other.pk])
        .values_list("pk", flat=True)
    )
    sides = [
        Side(row, text, part, row.pk in visible)
        for row, text, part in zip((case, other), texts, pieces, strict=True)
    ]
    return {
        "compared": compared,
        "headline": HEADLINES[compared.action],
        "sides": sides,
        "rows": details.detail_rows(compared.ranked),
        "measures": measures(compared, max(shared_ratio(pieces[0]), shared_ratio(pieces[1]))),
    }


def comparison_context(case: Case, other: Case, user: User) -> dict[str, Any]:
    """What the page of the two cases shows, this case on the left."""
    is_one = merge_tree.canonical(case).pk == merge_tree.canonical(other).pk
    may_pair = passes(permissions.check_can_decide_pair, case, user)
    return {
        "nav": "queue",
        "case": case,
        "other": other,
        "is_one": is_one,
        "blockers": [] if is_one else pair_history.blockers(case, other),
        "history": history_entries(case, other),
        "may_pair": may_pair and not is_one,
        "direction": None if is_one else related_cases.merge_direction(case, other, user),
        "form": PairForm(),
        **_texts(case, other, user),
    }

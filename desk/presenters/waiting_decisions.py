"""Proposals about an answered case, each with both texts and the words that differ."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.enums import GuardedKind
from factcheck.domain.duplicates.second_person import WaitingDecision
from matching.scoring.word_diff import Piece, diff_words


@dataclass(frozen=True)
class WaitingRow:
    """One proposal: what would happen, and the two texts in pieces."""

    decision: WaitingDecision
    sentence: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]


def _sentence(decision: WaitingDecision) -> str:
    codes = {"case": decision.case.code, "other": decision.other.code}
    if decision.report is not None:
        return _("Split a report off %(other)s: it would no longer get its answer.") % codes
    if decision.act.kind == GuardedKind.SPLIT:
        return _("Take %(case)s out of %(other)s again.") % codes
    return _("Merge %(case)s into %(other)s: its senders would get that answer.") % codes


def rows(decisions: Iterable[WaitingDecision]) -> list[WaitingRow]:
    return [
        WaitingRow(decision, _sentence(decision), *diff_words(*decision.texts))
        for decision in decisions
    ]

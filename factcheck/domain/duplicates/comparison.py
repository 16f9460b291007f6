"""Comparison of two cases: why they were linked, suggested or neither, for the staff page and for
``match_text``.

Compares again with the ranking that decides, so the reasons are those of the decision; what the
policy and people decided at the time is read from the rows. Nothing here writes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from factcheck import merge_tree, permissions
from factcheck.domain import notifications
from factcheck.domain.duplicates import decisions
from factcheck.domain.index import exclusions, wordings
from factcheck.enums import MatchState
from factcheck.labels import CAUTIONS, SLOT_LABELS
from factcheck.models import Case, Match, PairDecision, Wording
from matching.scoring import policy, ranking
from matching.scoring.policy import Action
from matching.scoring.ranking import Candidate, Query, RankedCandidate

TEXTS_COMPARED = 6  # of each case that are compared with those of the other


@dataclass(frozen=True)
class ComparedText:
    """One text of a case, with the link that came with it and the day it was seen."""

    text: str
    url: str = ""
    seen_on: date | None = None
    from_picture: bool = False
    unit_id: int | None = None  # to which its report was sent

    def query(self) -> Query:
        return wordings.query_for_text(self.text, self.url, self.seen_on, unit_id=self.unit_id)

    def candidate(self, key: int) -> Candidate:
        return Candidate(
            key,
            self.text,
            self.url,
            seen_on=self.seen_on,
            from_picture=self.from_picture,
            unit=self.query().unit,
        )


@dataclass(frozen=True)
class Comparison:
    """Two wordings side by side; ``action`` is what the policy decides about this pair alone."""

    left: ComparedText
    right: ComparedText
    ranked: RankedCandidate
    action: Action
    why: list[str]


@dataclass(frozen=True)
class CaseCandidate:
    """A case the index finds for a text, with its most similar wording; ``place`` counts from 1."""

    place: int
    case: Case
    compared: Comparison


@dataclass(frozen=True)
class PairEvent:
    """One decision of the policy or a person about two cases, for the page's history."""

    at: datetime
    kind: str  # a MatchState or PairKind value
    by: User | None  # None: the policy
    reason: str = ""
    score: float | None = None
    undone_at: datetime | None = None
    undone_by: User | None = None


def _slots(ranked: RankedCandidate, kind: str) -> str:
    names = (str(SLOT_LABELS.get(d.slot, d.slot)) for d in ranked.differences if d.kind == kind)
    return ", ".join(dict.fromkeys(names))


def reasons(ranked: RankedCandidate, action: Action) -> list[str]:
    """Why the policy decides so about a pair, in sentences, the most important first."""
    sentences = []
    if ranked.same_fingerprint:
        sentences.append(_("The words are the same."))
    if ranked.same_url:
        sentences.append(_("Both lead to the same page."))
    if differs := _slots(ranked, "conflict"):
        sentences.append(
            _("They differ in: %(details)s. Such a pair is never joined without a person.")
            % {"details": differs}
        )
    if silent := _slots(ranked, "missing"):
        sentences.append(_("Only one of the two says: %(details)s.") % {"details": silent})
    sentences += [str(CAUTIONS[caution]) for caution in ranked.cautions if caution in CAUTIONS]
    if ranked.from_picture:
        sentences.append(_("A machine read one of the two from a picture: compare with it."))
    if ranked.junk:
        sentences.append(_("Hardly a word in it says anything: there is nothing to go by."))
    elif ranked.short:
        sentences.append(_("One of the two is very short: a few shared words say little."))
    if action is Action.NEW:
        sentences.append(_("They are not alike enough to be suggested to a person."))
    elif action is Action.SUGGEST and not (differs or silent or ranked.cautions):
        sentences.append(_("They are alike, but not the same words: a person decides."))
    return sentences


def compare_wordings(left: ComparedText, right: ComparedText, key: int = 0) -> Comparison:
    """Compare two wordings as the pipeline would: left is the report, right the earlier one."""
    (ranked,) = ranking.rank(left.query(), [right.candidate(key)])
    action = policy.decide([ranked]).action
    return Comparison(left, right, ranked, action, reasons(ranked, action))


def _order(compared: Comparison) -> tuple[bool, bool, float]:
    ranked = compared.ranked
    return (ranked.same_fingerprint, ranked.same_url, ranked.probability)


def best_pair(lefts: Sequence[ComparedText], rights: Sequence[ComparedText]) -> Comparison | None:
    """The most similar pair of wordings of two cases; None when one of them has none."""
    best: Comparison | None = None
    for left in lefts[:TEXTS_COMPARED]:
        candidates = [right.candidate(index) for index, right in enumerate(rights)]
        ranked = ranking.rank(left.query(), candidates)
        if not ranked:
            continue
        compared = compare_wordings(left, rights[ranked[0].key])
        if best is None or _order(compared) > _order(best):
            best = compared
    return best


def _wordings_of(case: Case, user: User | None, other: Case | None) -> Iterable[Wording]:
    members = set(merge_tree.group_ids(case))
    if other is not None and other.pk in members:  # merged into the case: its own wordings
        members -= set(merge_tree.group_ids(other))
    rows = Wording.objects.filter(case_id__in=members).exclude(text="", canonical_url="")
    if user is not None:
        visible = permissions.visible_reports(user, case).values("pk")
        rows = rows.filter(Q(report__isnull=True) | Q(report__in=visible))
    return rows.select_related("report").order_by("pk")[:TEXTS_COMPARED]


def texts_of(
    case: Case, user: User | None = None, *, compared_with: Case | None = None
) -> list[ComparedText]:
    """The wordings of a case's claim, the earliest first.

    With ``user``, of the reports that user may see; of a case that is only public, the claim as
    its notice quotes it. ``compared_with``: the other case, whose wordings are left out.
    """
    if user is not None and not permissions.visible_cases(user).filter(pk=case.pk).exists():
        version = notifications.current_version(case)
        return [ComparedText(version.claim)] if version else []
    texts = [
        ComparedText(
            wording.text,
            wording.canonical_url,
            wording.seen_on,
            wording.from_picture,
            wording.report.unit_id if wording.report else None,
        )
        for wording in _wordings_of(case, user, compared_with)
    ]
    return texts or ([ComparedText(case.claim)] if case.claim else [])


def compare(case: Case, other: Case, user: User | None = None) -> Comparison | None:
    """Compare two cases by their most similar wordings; ``case`` is on the report's side."""
    left = texts_of(case, user, compared_with=other)
    return best_pair(left, texts_of(other, user, compared_with=case))


def _by_wording(
    query: Query, texts: Sequence[Candidate]
) -> list[tuple[RankedCandidate, Candidate]]:
    """Every candidate compared with the query, best first, each with its text."""
    ranked = ranking.rank(query, [replace(text, key=index) for index, text in enumerate(texts)])
    return [(replace(row, key=texts[row.key].key), texts[row.key]) for row in ranked]


def rank_cases(query: Query, limit: int) -> tuple[Action, list[CaseCandidate]]:
    """What the policy decides about a text, and the cases the index finds for it, best first."""
    left = ComparedText(query.text, query.url, query.seen_on)
    pairs = _by_wording(query, wordings.candidates(query, semantic=True))
    by_case: dict[int, tuple[RankedCandidate, Candidate]] = {}
    for ranked, text in pairs:
        by_case.setdefault(ranked.key, (ranked, text))
    cases = Case.objects.in_bulk(list(by_case)[:limit])
    results = []
    for place, (key, (ranked, text)) in enumerate(list(by_case.items())[:limit], start=1):
        action = policy.decide([ranked]).action
        right = ComparedText(text.text, text.url, text.seen_on, text.from_picture)
        compared = Comparison(left, right, ranked, action, reasons(ranked, action))
        results.append(CaseCandidate(place, cases[key], compared))
    return policy.decide([ranked for ranked, _text in pairs]).action, results


def match_history(case: Case, other: Case) -> list[Match]:
    """Pairs of a report of one and the other case, in any state, the oldest first."""
    pairs = decisions.matches_between(case, other)
    return list(pairs.select_related("decided_by").order_by("created_at", "pk"))


def history(case: Case, other: Case) -> list[PairEvent]:
    """What the policy and people decided about the two, the oldest first."""
    left, right = merge_tree.group_ids(case), merge_tree.group_ids(other)
    decided = PairDecision.objects.filter(
        Q(case_id__in=left, other_id__in=right) | Q(case_id__in=right, other_id__in=left)
    ).select_related("decided_by", "undone_by")
    events = [
        PairEvent(
            decision.decided_at, decision.kind, decision.decided_by, decision.reason,
            undone_at=decision.undone_at, undone_by=decision.undone_by,
        )
        for decision in decided
    ]  # fmt: skip
    # A decision about two cases is stored on each of their matches as well.
    by_person = {(event.by, event.reason) for event in events}
    for pair in match_history(case, other):
        if pair.explanation or pair.score:
            events.append(PairEvent(pair.created_at, MatchState.SUGGESTED, None, score=pair.score))
        if pair.decided_at is not None and (pair.decided_by, pair.reason) not in by_person:
            events.append(PairEvent(pair.decided_at, pair.state, pair.decided_by, pair.reason))
    return sorted(events, key=lambda event: event.at)


def blockers(case: Case, other: Case) -> list[str]:
    """Decisions of people that keep the two from being suggested, whatever their wordings."""
    sentences = []
    if case.pk == other.pk:
        return [_("They are one case already.")]
    if exclusions.excluded_among([case.pk, other.pk]):
        sentences.append(_("One of the two is left out of matching."))
    if other.pk in decisions.decided_case_ids(merge_tree.group_ids(case)):
        sentences.append(_("A person has decided about these two; they are not suggested again."))
    return sentences

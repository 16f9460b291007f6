"""Comparison of two cases: why they were linked, suggested or neither, for the staff page and for
``match_text``.

Compares again with the ranking that decides, so the reasons are those of the decision; what the
policy and people decided at the time is read from the rows. Nothing here writes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from factcheck import merge_tree, permissions
from factcheck.domain import notifications
from factcheck.domain.index import wordings
from factcheck.labels import CAUTIONS, SLOT_LABELS
from factcheck.models import Case, Wording
from matching.scoring import policy, ranking
from matching.scoring.policy import Action
from matching.scoring.ranking import Candidate, Query, RankedCandidate
from matching.terms.index_terms import is_vietnamese

TEXTS_COMPARED = 6  # of each case that are compared with those of the other
NAMED_WORDS = 3  # differing runs of words that a sentence names


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
        query = self.query()
        return Candidate(
            key,
            self.text,
            self.url,
            seen_on=self.seen_on,
            prepared=query.prepare(),
            from_picture=self.from_picture,
            unit=query.unit,
        )


@dataclass(frozen=True)
class Comparison:
    """Two wordings side by side; ``action`` is what the policy decides about this pair alone."""

    left: ComparedText
    right: ComparedText
    ranked: RankedCandidate
    action: Action
    why: list[str]

    @property
    def is_between_languages(self) -> bool:
        """Whether exactly one of the two is Vietnamese, so that no word can be the same."""
        return is_vietnamese(self.left.text) != is_vietnamese(self.right.text)


@dataclass(frozen=True)
class CaseCandidate:
    """A case the index finds for a text, with its most similar wording; ``place`` counts from 1."""

    place: int
    case: Case
    compared: Comparison


def _slots(ranked: RankedCandidate, kind: str) -> str:
    names = (str(SLOT_LABELS.get(d.slot, d.slot)) for d in ranked.differences if d.kind == kind)
    return ", ".join(dict.fromkeys(names))


def _words(ranked: RankedCandidate) -> str:
    pairs = [
        f"“{' '.join(reason.left) or '–'}” / “{' '.join(reason.right) or '–'}”"
        for reason in ranked.reasons
        if reason.kind == "words"
    ]
    return "; ".join(pairs[:NAMED_WORDS])


def _text_sentences(ranked: RankedCandidate) -> list[str]:
    """What agrees and differs in the two texts."""
    sentences = []
    if ranked.same_words:
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
    if words := _words(ranked):
        sentences.append(_("Different words: %(words)s.") % {"words": words})
    if unknown := ", ".join(f"“{words}”" for words in sorted({*ranked.unknown_pointers} - {""})):
        sentences.append(
            _("What %(words)s means depends on who sent it and when, and that is not known.")
            % {"words": unknown}
        )
    return sentences


def reasons(ranked: RankedCandidate, action: Action) -> list[str]:
    """Why the policy decides so about a pair, in sentences, the most important first."""
    sentences = _text_sentences(ranked)
    cautions = dict.fromkeys((*ranked.cautions, *(("plain",) if ranked.second_reading else ())))
    sentences += [str(CAUTIONS[caution]) for caution in cautions if caution in CAUTIONS]
    if ranked.from_picture:
        sentences.append(_("A machine read one of the two from a picture: compare with it."))
    if ranked.junk:
        sentences.append(_("Hardly a word in it says anything: there is nothing to go by."))
    elif ranked.short:
        sentences.append(_("One of the two is very short: a few shared words say little."))
    if action is Action.NEW:
        sentences.append(_("They are not alike enough to be suggested to a person."))
    elif action is Action.SUGGEST and not sentences:
        sentences.append(_("They are alike, but not the same words: a person decides."))
    return sentences


def compare_wordings(left: ComparedText, right: ComparedText, key: int = 0) -> Comparison:
    """Compare two wordings as the pipeline would: left is the report, right the earlier one."""
    (ranked,) = ranking.rank(left.query(), [right.candidate(key)])
    action = policy.decide([ranked]).action
    return Comparison(left, right, ranked, action, reasons(ranked, action))


def _with_action(
    left: ComparedText, rights: Sequence[ComparedText], ranked: RankedCandidate
) -> Comparison:
    action = policy.decide([ranked]).action
    return Comparison(left, rights[ranked.key], ranked, action, reasons(ranked, action))


def _order(compared: Comparison) -> tuple[bool, bool, float]:
    ranked = compared.ranked
    return (ranked.same_fingerprint, ranked.same_url, ranked.probability)


def best_pair(lefts: Sequence[ComparedText], rights: Sequence[ComparedText]) -> Comparison | None:
    """The most similar pair of wordings of two cases; None when one of them has none."""
    best: Comparison | None = None
    candidates = [right.candidate(index) for index, right in enumerate(rights)]
    for left in lefts[:TEXTS_COMPARED] if candidates else ():
        compared = _with_action(left, rights, ranking.rank(left.query(), candidates)[0])
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
            wording.report.addressed_unit_id if wording.report else None,
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

"""Proof: what each citation of a verdict still lacks, and which citations count for its rating."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Unit
from factcheck import concerned_units, ratings
from factcheck.enums import ArchiveState, ConcernKind, Provenance, QuoteMatch
from factcheck.evidence_rules import EvidenceRule
from factcheck.models import Case, CopyText, Evidence, EvidenceStatement, Verdict

_PROVEN = (Provenance.FETCHED, Provenance.SIGNED)
_ONLY_ITS_WORD = frozenset({ConcernKind.DECISION, ConcernKind.ISSUER})


@dataclass(frozen=True)
class OpenPoints:
    """What only the second person can say about a citation."""

    compare_by_eye: bool  # the machine did not find the quotation, whole, in the copy
    see_original: bool  # the copy was handed in, or there is none

    def __bool__(self) -> bool:
        return self.compare_by_eye or self.see_original


def text_of(item: Evidence) -> CopyText | None:
    """The reading of the copy; None when there is no copy."""
    return getattr(item, "copy_text", None)


def open_points(item: Evidence) -> OpenPoints:
    row = text_of(item)
    return OpenPoints(
        compare_by_eye=row is None or row.quote_match != QuoteMatch.WHOLE,
        see_original=item.provenance not in _PROVEN,
    )


def cited(case: Case) -> list[Evidence]:
    """Evidence that is not withdrawn with source and reading, in the order of its numbers."""
    rows = case.evidence.filter(withdrawn_at__isnull=True)
    return list(rows.select_related("source", "copy_text").exclude(quote=""))


def is_own_word(item: Evidence, case: Case) -> bool:
    """Whether a concerned unit, or one below it, speaks for itself: quoted, and never counted.

    Its published word, fetched or signed, counts for what it is only said to have issued or
    decided: nobody else knows that better.
    """
    speaker = item.source.speaks_for_id
    if speaker is None:
        return False
    kinds = _kinds_of_concern(case)
    above = [unit for unit in kinds if speaker in Unit.objects.subtree_ids([unit])]
    only_issued = all(kinds[unit] <= _ONLY_ITS_WORD for unit in above)
    return bool(above) and not (only_issued and item.provenance in _PROVEN)


def _kinds_of_concern(case: Case) -> dict[int, set[str]]:
    """Concerned unit → kinds, without those whose striking out waits for the second person: after
    that decision this is asked again."""
    rows = list(concerned_units.counting(case))
    waiting = concerned_units.strikes(rows)
    kinds: dict[int, set[str]] = {}
    for row in rows:
        if row.pk not in waiting:
            kinds.setdefault(row.unit_id, set()).add(row.concern)
    return kinds


def _is_usable(item: Evidence, rule: EvidenceRule) -> bool:
    if item.archive_state == ArchiveState.STORED:
        return True
    return bool(item.url) and not rule.official


def missing(verdict: Verdict) -> list[str]:
    """A sentence for what the evidence lacks before a second person is asked; [] when complete."""
    rule = ratings.evidence_rule(verdict.rating)
    if rule is None:
        return []
    items = [
        item
        for item in cited(verdict.case)
        if item.stance in rule.stances
        and item.source.field in rule.fields
        and (item.official or not rule.official)
    ]
    usable = [item for item in items if _is_usable(item, rule)]
    dated = [item for item in usable if item.document_date or not rule.dated]
    name = {"verdict": verdict.get_rating_display()}
    if not items or (not usable and not rule.official):
        return [str(rule.sentence) % name]
    if not usable:
        return [_("The official source needs an archived copy: upload one or have it fetched.")]
    if not dated:
        return [_("“%(verdict)s” needs the date of the document that is cited.") % name]
    if rule.outside and all(is_own_word(item, verdict.case) for item in dated):
        return [
            _(
                "“%(verdict)s” needs a source outside the unit that the claim is about: what a "
                "unit says about itself is quoted, and is no proof."
            )
            % name
        ]
    return []


def unstated(verdict: Verdict) -> list[str]:
    """A sentence for each citation about which the second person has stated too little."""
    rows = EvidenceStatement.objects.filter(verdict=verdict, stated_by=verdict.reviewed_by_id)
    statements = {row.evidence_id: row for row in rows}
    return [
        sentence
        for number, item in enumerate(cited(verdict.case), start=1)
        for sentence in lacking(number, item, statements.get(item.pk))
    ]


def lacking(number: int, item: Evidence, statement: "EvidenceStatement | None") -> list[str]:
    """What is still open about the citation after a statement."""
    points, sentences = open_points(item), []
    if points.compare_by_eye and not (statement and statement.compared_by_eye):
        sentences.append(
            _("Evidence %(number)s: confirm that the quotation was compared by eye.")
            % {"number": number}
        )
    if points.see_original and not (statement and statement.original_seen):
        sentences.append(
            _("Evidence %(number)s: state where the original was seen.") % {"number": number}
        )
    return sentences

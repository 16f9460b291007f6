"""Authenticity: a unit's own letter or statement, where the claim is about a copy of it.

Two people of the unit may say how the copy differs from the letter. That takes the letter itself
among the evidence, numbered and dated, fetched from the unit's own site or validly signed, and the
second person's statement in the review. Never about conduct or care, and never for *true*: a
genuine letter does not make true what it says. The database repeats all of it.
"""

from collections.abc import Mapping

from accounts.models import Unit, User
from factcheck import concerned_units
from factcheck.enums import ArchiveState, ConcernKind, Provenance, VerdictState
from factcheck.models import Case, Evidence, Verdict
from factcheck.ratings import RATINGS

_ONLY_ITS_WORD = frozenset({ConcernKind.DECISION, ConcernKind.ISSUER})
_RATINGS = tuple(row.rating for row in RATINGS.values() if row.by_own_letter)


def by_case(kinds_by_case: Mapping[int, Mapping[int, set[str]]]) -> dict[int, dict[int, set[int]]]:
    """Case id → concerned unit → ids of the evidence that is its own letter, while a verdict with
    one of these ratings is being written or reviewed."""
    wanted = {
        case: {unit for unit, kinds in units.items() if kinds and kinds <= _ONLY_ITS_WORD}
        for case, units in kinds_by_case.items()
    }
    wanted = {case: units for case, units in wanted.items() if units}
    if not wanted:
        return {}
    open_verdicts = Verdict.objects.filter(
        case__in=wanted,
        state__in=[VerdictState.DRAFT, VerdictState.IN_REVIEW],
        rating__in=_RATINGS,
    )
    rows = Evidence.objects.filter(
        case__in=open_verdicts.order_by().values("case"),
        source__speaks_for__in=set().union(*wanted.values()),
        official=True,
        withdrawn_at__isnull=True,
        archive_state=ArchiveState.STORED,
        provenance__in=[Provenance.FETCHED, Provenance.SIGNED],
        document_date__isnull=False,
    ).exclude(document_number="")
    letters: dict[int, dict[int, set[int]]] = {}
    for case, unit, pk in rows.values_list("case_id", "source__speaks_for_id", "pk"):
        if unit in wanted[case]:
            letters.setdefault(case, {}).setdefault(unit, set()).add(pk)
    return letters


def of_case(case: Case) -> dict[int, set[int]]:
    """The same for one case, by unit."""
    entry = concerned_units.by_case([case.pk]).get(case.pk)
    return by_case({case.pk: entry.kinds}).get(case.pk, {}) if entry else {}


def to_state(case: Case, reviewer: User, unit: Unit | None = None) -> dict[int, set[int]]:
    """The letters of those units for which, or with a role in which, the person would decide."""
    own = set(reviewer.memberships.values_list("unit_id", flat=True))
    own |= {unit.pk} if unit else set()
    return {issuer: ids for issuer, ids in of_case(case).items() if issuer in own}

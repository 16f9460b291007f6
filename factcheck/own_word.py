"""An office's own published word: where it is among the evidence, being below the office bars
nobody from saying what the office issued or decided."""

from collections.abc import Mapping

from accounts.domain.name_keys import name_key
from accounts.models import Unit, UnitAlias
from factcheck.enums import ArchiveState, ConcernKind, Provenance
from factcheck.models import Evidence

_ONLY_ITS_WORD = frozenset({ConcernKind.DECISION, ConcernKind.ISSUER})


def exempt_units(kinds_by_case: Mapping[int, Mapping[int, set[str]]]) -> dict[int, set[int]]:
    """Case id → concerned units whose subordinates may decide all the same."""
    wanted = {
        case: {unit for unit, kinds in units.items() if kinds and kinds <= _ONLY_ITS_WORD}
        for case, units in kinds_by_case.items()
    }
    wanted = {case: units for case, units in wanted.items() if units}
    if not wanted:
        return {}
    names = _names(set().union(*wanted.values()))
    exempt: dict[int, set[int]] = {}
    for case, source in _fetched(set(wanted)):
        for unit in wanted[case]:
            if name_key(source) in names[unit]:
                exempt.setdefault(case, set()).add(unit)
    return exempt


def _names(unit_ids: set[int]) -> dict[int, set[str]]:
    """Every name of each unit, as keys."""
    names: dict[int, set[str]] = {unit: set() for unit in unit_ids}
    for unit in Unit.objects.filter(pk__in=unit_ids):
        names[unit.pk] |= {name_key(unit.name), name_key(unit.short_name or unit.name)}
    for pk, folded in UnitAlias.objects.filter(unit__in=unit_ids).values_list("unit", "folded"):
        names[pk].add(folded)
    return names


def _fetched(case_ids: set[int]) -> list[tuple[int, str]]:
    """(case id, name of the source) of each official citation whose copy we fetched ourselves."""
    fetched = Evidence.objects.filter(
        case__in=case_ids,
        official=True,
        withdrawn_at__isnull=True,
        archive_state=ArchiveState.STORED,
        provenance=Provenance.FETCHED,
    ).exclude(quote="")
    return list(fetched.values_list("case_id", "source__name_vi"))

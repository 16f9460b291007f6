"""The units a claim is about, as the case page and the review page show them."""

from dataclasses import dataclass

from accounts.models import GuardedAct, Unit
from desk.forms.triage import ConcernForm, StrikeForm
from factcheck import concerned_units
from factcheck.enums import ConcernKind, ConcernState
from factcheck.models import Case, ConcernedUnit


@dataclass(frozen=True)
class ConcernRow:
    """A unit on the case, what is proposed about it, and the forms for both decisions."""

    row: ConcernedUnit
    unit: Unit
    strike: GuardedAct | None
    weaker: ConcernKind | None
    accept_form: ConcernForm
    strike_form: StrikeForm

    @property
    def is_proposed(self) -> bool:
        return self.row.state == ConcernState.PROPOSED

    @property
    def is_struck(self) -> bool:
        return self.row.state == ConcernState.STRUCK


def concern_rows(case: Case) -> list[ConcernRow]:
    """Every unit proposed for the case, those struck out last."""
    on_case = list(case.concerned_units.select_related("unit"))
    strikes = concerned_units.strikes(on_case)
    weaker = concerned_units.kind_changes(on_case)
    rows = [
        ConcernRow(
            row,
            row.unit,
            strikes.get(row.pk),
            weaker.get(row.pk, (None, None))[1],
            ConcernForm(initial={"concern": row.concern}, auto_id=f"lien-quan-{row.pk}-%s"),
            StrikeForm(auto_id=f"gach-{row.pk}-%s"),
        )
        for row in on_case
    ]
    return sorted(rows, key=lambda shown: shown.is_struck)

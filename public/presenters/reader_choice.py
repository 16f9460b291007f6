"""Who reads what is sent with the form, and the choice of another unit."""

from dataclasses import dataclass

from accounts.domain.outside_readers import outside_reader
from accounts.models import Unit
from intake.domain import readers
from intake.enums import Reader
from public.forms.report import ReportForm


@dataclass(frozen=True)
class ReaderChoice:
    """``elsewhere`` is None where there is nothing to choose. ``is_proposed``: the person chose
    nothing yet and the text is of a kind that another unit should read."""

    unit: Unit
    elsewhere: Unit | None = None
    chosen: str = ""
    is_proposed: bool = False


def reader_choice(form: ReportForm, unit: Unit | None) -> ReaderChoice | None:
    """The choice under a unit's own form; without a unit, who reads. None: there is no unit yet."""
    if unit is None:
        default = Unit.objects.filter(is_default=True).first()
        return ReaderChoice(default) if default else None
    elsewhere = outside_reader(unit)
    chosen = form["reader"].value() or ""
    if elsewhere is None or chosen in Reader.values:
        return ReaderChoice(unit, elsewhere, chosen)
    texts = [form[name].value() or "" for name in ("text", "question")]
    proposed = readers.default_reader(unit, *texts) == Reader.ELSEWHERE
    return ReaderChoice(unit, elsewhere, Reader.ELSEWHERE if proposed else "", proposed)

"""Answers by families of scam wordings: at once to a wording, general advice to what is only alike.

The machine answers only where everything outside the slots equals an approved wording. Of the
slots' values its sender reads the amount alone: names and numbers stay out of every answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.domain.name_keys import name_key
from accounts.domain.units import default_unit
from accounts.models import UnitAlias
from factcheck.act_first import SCAM_ADVICE
from factcheck.domain.cases import urgent_lane
from factcheck.domain.editorial import scam_families
from factcheck.labels import SCAM_REASONS
from factcheck.models import Case, ScamFamily
from intake.domain import replies
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from intake.models import Report
from matching.details.danger_signs import find_danger
from matching.scoring import slot_wordings
from matching.scoring.slot_wordings import SlotKind, SlotValue


@dataclass(frozen=True)
class FamilyMatch:
    """The family a text belongs to; ``values`` is None where it is only alike."""

    family: ScamFamily
    values: list[SlotValue] | None


def _is_school(name: str) -> bool:
    return UnitAlias.objects.filter(folded=name_key(name)).exists()


def find(text: str, unit_id: int) -> FamilyMatch | None:
    """The approved family that a text sent to the unit is a wording of, else one it is alike."""
    alike = None
    for family in scam_families.answering(unit_id).prefetch_related("wordings"):
        for row in family.wordings.all():
            wording = slot_wordings.prepare_wording(row.text)
            values = slot_wordings.values_in(wording, text, _is_school)
            if values is not None:
                return FamilyMatch(family, values)
            if alike is None and slot_wordings.is_alike(wording, text):
                alike = FamilyMatch(family, None)
    return alike


def _amount(value: SlotValue) -> str:
    """An amount as its sender reads it: "50.000.000 đồng"."""
    number, _space, unit = value.text.partition(" ")
    if number.isdecimal():
        return f"{int(number):,} {unit}".replace(",", ".").strip()
    return value.text


def notes_for(text: str) -> tuple[str, ...]:
    """What to do about a text before it is sent, for whoever types it: the family's headline and
    steps where it fits, general ones where it is alike or reads as a scam; nothing otherwise."""
    match = find(text, default_unit().pk)
    if match is None and not find_danger(text).scam:
        return ()
    if match is not None and match.values is not None:
        return (match.family.headline, *match.family.what_to_do.splitlines())
    return (str(SCAM_ADVICE.headline), *str(SCAM_ADVICE.advice).splitlines())


def _amount_line(values: Iterable[SlotValue]) -> str:
    amounts = [_amount(value) for value in values if value.kind == SlotKind.AMOUNT]
    if not amounts:
        return ""
    return _("Amount in what you sent: %(amounts)s.") % {"amounts": "; ".join(amounts)}


def respond(report: Report, case: Case) -> None:
    """Answer the sender of a report that was just matched, if it reads as a scam.

    A wording gets the family's answer. What is only alike, or reads as a scam, gets general advice
    and waits for a person in the urgent lane. The caller has opened the transaction.
    """
    if replies.answers(report).exists():
        return
    match = find(report.text, report.unit_id) if report.text else None
    if match is None and case.urgency_reason not in SCAM_REASONS:
        return
    urgent_lane.move_to(case, by=None, unit=case.unit)
    with translation.override(report.language or "vi"):
        if match is not None and match.values is not None and _is_text_alone(report):
            _answer(report, match.family, match.values)
        else:
            _advise(report)


def _is_text_alone(report: Report) -> bool:
    """Whether nothing else was sent that the wording does not cover."""
    return not report.url and not report.attachments.exists()


def _answer(report: Report, family: ScamFamily, values: list[SlotValue]) -> None:
    body = "\n\n".join(part for part in (family.explanation, _amount_line(values)) if part)
    replies.create_reply(
        report,
        Stage.ANSWERED,
        key=ReplyKey.for_family(family.pk),
        title=family.headline,
        advice=family.what_to_do,
        body=body,
        verdict=family.rating,
        verdict_label=str(family.rating_definition.label),
        act_first=True,
    )


def _advise(report: Report) -> None:
    replies.create_reply(
        report,
        Stage.RECEIVED,
        key=ReplyKey.for_advice("scam"),
        title=str(SCAM_ADVICE.headline),
        advice=str(SCAM_ADVICE.advice),
        act_first=True,
    )

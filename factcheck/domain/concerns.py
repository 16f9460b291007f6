"""Concerned units of a case: proposed by the machine, accepted or struck out by people.

The machine proposes from the texts and pictures of every report and from the written claim, so that
no unit reviews a claim about itself because nobody ticked a box. Striking one out takes two people:
it is proposed here, and confirmed in the review by somebody who could decide if it stayed.
"""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.domain import guarded_acts
from accounts.domain.guarded_acts import subject_of
from accounts.enums import GuardedKind
from accounts.models import GuardedAct, Unit, User
from accounts.permissions import Permission
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import concerned_units, permissions, workflow
from factcheck.domain import concern_kinds
from factcheck.domain.index.unit_mentions import UnitMention, mentions
from factcheck.enums import ConcernKind, ConcernOrigin, ConcernState
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, ConcernedUnit
from factcheck.models.concerned_unit import STRIKE_REASON_LIMIT
from factcheck.reasons import reason_line
from factcheck.states import Verb
from intake.models import Report


def _propose(case: Case, mentioned: Iterable[UnitMention], origin: ConcernOrigin) -> list[int]:
    """Propose what is not on the case yet, struck out or not; returns the ids of the units."""
    present = set(case.concerned_units.values_list("unit_id", flat=True))
    active = set(
        Unit.objects.active()
        .filter(pk__in=[mention.unit_id for mention in mentioned])
        .values_list("pk", flat=True)
    )
    new = [m for m in mentioned if m.unit_id in active and m.unit_id not in present]
    ConcernedUnit.objects.bulk_create(
        [
            ConcernedUnit(
                case=case,
                unit_id=mention.unit_id,
                concern=mention.concern,
                origin=ConcernOrigin.REPORTER if mention.points else origin,
            )
            for mention in new
        ],
        ignore_conflicts=True,
    )
    return sorted(mention.unit_id for mention in new)


def _propose_and_record(
    case: Case, mentioned: list[UnitMention], origin: ConcernOrigin, *, by: User | None = None
) -> None:
    if mentioned and (units := _propose(case, mentioned, origin)):
        log.record(
            AuditEvent.CONCERN_PROPOSED, case, by=by, unit=case.unit, units=units, origin=origin
        )


def _mentions(report: Report, text: str) -> list[UnitMention]:
    is_about = report.about_unit_id is not None
    return mentions(text, report.addressed_unit, is_about=is_about)


def propose_first(case: Case, report: Report) -> list[int]:
    """Propose the units that the case's first report names or points to, and the one that
    its sender did not want to read it; the caller writes the
    audit row."""
    mentioned = _mentions(report, f"{report.text}\n{report.question}")
    return _propose(case, mentioned, ConcernOrigin.TEXT) if mentioned else []


def propose_from_report(case: Case, report: Report) -> None:
    """The same for a report that joins the case."""
    text = f"{report.text}\n{report.question}"
    _propose_and_record(case, _mentions(report, text), ConcernOrigin.LATER_REPORT)


def propose_from_picture(case: Case, report: Report, text: str) -> None:
    """The same for what a machine read from one of the report's pictures."""
    _propose_and_record(case, _mentions(report, text), ConcernOrigin.PICTURE)


def propose_from_claim(case: Case, claim: str, *, by: User) -> None:
    """The same for the claim as a checker wrote it. What was proposed and is named there is
    accepted by that, since it is no longer a sender's word alone."""
    mentioned = mentions(claim, case.unit)
    _propose_and_record(case, mentioned, ConcernOrigin.CLAIM, by=by)
    named = [mention.unit_id for mention in mentioned if not mention.points]
    proposed = case.concerned_units.filter(
        unit_id__in=named, state=ConcernState.PROPOSED, origin__in=concerned_units.SENDER_ORIGINS
    )
    proposed.update(state=ConcernState.ACCEPTED, accepted_by=by, accepted_at=timezone.now())


def propose_from_merged(case: Case, merged: Case) -> None:
    """Propose the units of a case that was merged into this one."""
    rows = concerned_units.counting(merged)
    proposals = [UnitMention(row.unit_id, ConcernKind(row.concern)) for row in rows]
    _propose_and_record(case, proposals, ConcernOrigin.LATER_REPORT)


def _withdraw_strike(row: ConcernedUnit, *, by: User | None, unit: Unit | None) -> bool:
    """End what waits about the row: striking it out, and a weaker kind."""
    acts = [*concerned_units.strikes([row]).values()]
    acts += [act for act, _kind in concerned_units.kind_changes([row]).values()]
    for act in acts:
        guarded_acts.withdraw(act, by=by, unit=unit)
    return bool(acts)


def _check_triage(case: Case, by: User) -> Unit | None:
    permissions.check_can(Verb.TRIAGE, workflow.lock(case), by)
    return roles.acting_unit(by, Permission.TRIAGE, case.unit)


@transaction.atomic
def accept(
    case: Case, units: Iterable[Unit], *, concern: ConcernKind | None = None, by: User
) -> list[int]:
    """The claim is about these units, whether the machine proposed them or not.

    A proposal to strike one of them out ends. ``concern`` None keeps what was proposed, of a unit
    that nobody proposed its conduct; a kind that binds the unit less holds once the second person
    agrees in the review. Returns the ids of the units.
    """
    acting = _check_triage(case, by)
    rows = {row.unit_id: row for row in case.concerned_units.all()}
    now, changed = timezone.now(), []
    for unit in units:
        row = rows.get(unit.pk) or ConcernedUnit(
            case=case,
            unit=unit,
            concern=ConcernKind.CONDUCT,
            origin=ConcernOrigin.CHECKER,
            proposed_by=by,
        )
        if row.state == ConcernState.ACCEPTED and concern in (None, row.concern):
            continue
        row.state, row.accepted_by, row.accepted_at = ConcernState.ACCEPTED, by, now
        if row.pk is not None:
            _withdraw_strike(row, by=by, unit=acting)
        concern_kinds.set_kind(row, concern, by=by, unit=acting)
        changed.append(unit.pk)
    if changed:
        log.record(AuditEvent.CONCERN_ACCEPTED, case, by=by, unit=acting, units=sorted(changed))
    return sorted(changed)


@transaction.atomic
def propose_strike(row: ConcernedUnit, *, reason: str, by: User) -> None:
    """Propose that the claim is not about this unit. It counts as concerned until the second
    person agrees in the review."""
    acting = _check_triage(row.case, by)
    row.refresh_from_db()
    line = reason_line(reason, STRIKE_REASON_LIMIT)
    if not line:
        raise ValidationError(_("Write in one line why the claim is not about this unit."))
    if row.state not in concerned_units.COUNTING_STATES or concerned_units.strikes([row]):
        raise WrongState(_("Someone has already proposed to strike this unit out."))
    guarded_acts.propose(
        GuardedKind.CONCERNED_UNIT,
        subject_of(row),
        details={"case": row.case_id, "unit": row.unit_id},
        reason=line,
        by=by,
        unit=acting,
    )


@transaction.atomic
def withdraw_strike(row: ConcernedUnit, *, by: User) -> None:
    """Take the proposal to strike the unit out back."""
    acting = _check_triage(row.case, by)
    if not _withdraw_strike(row, by=by, unit=acting):
        raise WrongState(_("This has been decided meanwhile."))


def ask_second_person(case: Case, unit_ids: Collection[int], *, by: User, unit: Unit) -> None:
    """Make these proposals of the machine a question to the second person, because nobody could
    decide if they counted; the caller has locked the case."""
    rows = case.concerned_units.filter(unit_id__in=unit_ids, state=ConcernState.PROPOSED)
    for row in rows:
        if not concerned_units.strikes([row]):
            guarded_acts.propose(
                GuardedKind.CONCERNED_UNIT,
                subject_of(row),
                details={"case": case.pk, "unit": row.unit_id, "nobody_left": True},
                by=by,
                unit=unit,
            )
        row.state = ConcernState.QUESTION
        row.save(update_fields=["state"])


def end_questions(case: Case, *, by: User | None, unit: Unit | None) -> None:
    """The review has ended without an answer: the questions are proposals again."""
    for row in case.concerned_units.filter(state=ConcernState.QUESTION):
        row.state = ConcernState.PROPOSED
        row.save(update_fields=["state"])
        _withdraw_strike(row, by=by, unit=unit)


def waiting_strikes(case: Case) -> list[tuple[ConcernedUnit, GuardedAct]]:
    """The units that the second person has to decide about, each with the proposal."""
    rows = list(case.concerned_units.exclude(state=ConcernState.STRUCK).select_related("unit"))
    acts = concerned_units.strikes(rows)
    return [(row, acts[row.pk]) for row in rows if row.pk in acts]


def decide_strikes(case: Case, struck: Collection[int], *, by: User, unit: Unit) -> None:
    """The second person's answers: the units of the rows ``struck`` are not concerned, those of
    the other proposals are.

    The caller has checked that this person may decide while they all count.
    """
    for row, act in waiting_strikes(case):
        if row.pk in struck:
            guarded_acts.confirm(act, by=by, unit=unit)
            row.state = ConcernState.STRUCK
        else:
            guarded_acts.decline(act, by=by, unit=unit)
            row.state = ConcernState.ACCEPTED
            row.accepted_by, row.accepted_at = by, timezone.now()
        row.save(update_fields=["state", "accepted_by", "accepted_at"])
        event = (
            AuditEvent.CONCERN_STRUCK
            if row.state == ConcernState.STRUCK
            else AuditEvent.CONCERN_ACCEPTED
        )
        log.record(event, case, by=by, unit=unit, units=[row.unit_id])

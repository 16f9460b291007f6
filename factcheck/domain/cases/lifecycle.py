"""The lifecycle of a case, without decisions about pairs (``merging``) and verdicts."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.enums import Role
from accounts.models import Unit, User
from accounts.permissions import Permission
from audit.enums import AuditEvent
from factcheck import authority, permissions, workflow
from factcheck.domain import closing_acts, notifications
from factcheck.domain import concerns as concerned
from factcheck.domain.cases import purging
from factcheck.domain.cases.opening import CLAIM_LIMIT
from factcheck.domain.cases.urgency import due_at
from factcheck.domain.index import wordings
from factcheck.enums import Outcome, Urgency, VerdictState
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, Notice, Topic
from factcheck.outcomes import CLOSING_OUTCOMES, PURGED_OUTCOMES
from factcheck.states import Verb
from matching.text.normalisation import clean


def assignable_users(case: Case) -> QuerySet[User]:
    """Checkers of the case's unit and of those above it."""
    near = Unit.objects.ancestors(case.unit_id)
    checkers = Q(memberships__role=Role.CHECKER, memberships__unit__in=near)
    return User.objects.filter(checkers, is_active=True).distinct().order_by("handle")


@transaction.atomic
def take(case: Case, *, by: User) -> Case:
    """Take a new case to check it oneself. The slower of two people is refused with a sentence."""
    permissions.check_can(Verb.TAKE, workflow.lock(case), by)
    unit = roles.acting_unit(by, Permission.CHECK, case.unit)
    closing_acts.end_unless_proposer(case, by=by)
    taken = workflow.transition(case, Verb.TAKE, by=by, unit=unit, assignee=by)
    notifications.enqueue_notifications(taken)
    return taken


@transaction.atomic
def assign(case: Case, assignee: User, *, by: User) -> Case:
    """Give the case to a checker who has that role for its unit."""
    permissions.check_can(Verb.ASSIGN, workflow.lock(case), by)
    if not roles.has(assignee, Permission.CHECK, case.unit):
        raise ValidationError(
            _("%(handle)s is not a checker for this unit.") % {"handle": assignee.handle}
        )
    closing_acts.end_unless_proposer(case, by=by)
    given = workflow.transition(
        case,
        Verb.ASSIGN,
        by=by,
        unit=roles.acting_unit(by, Permission.TRIAGE, case.unit),
        data={"assignee": assignee.pk},
        assignee=assignee,
    )
    notifications.enqueue_notifications(given)
    return given


@transaction.atomic
def release(case: Case, *, by: User) -> Case:
    """Put the case back into the queue."""
    permissions.check_can(Verb.RELEASE, workflow.lock(case), by)
    return workflow.transition(
        case, Verb.RELEASE, by=by, unit=roles.acting_unit(by, Permission.CHECK, case.unit)
    )


@transaction.atomic
def triage(
    case: Case,
    *,
    topic: Topic | None = None,
    urgency: int | None = None,
    concerns: Iterable[Unit] | None = None,
    by: User,
) -> Case:
    """Set topic and urgency (with the due time that follows), and accept units the claim is about.

    None leaves a field as it is; the units are added to those of the case.
    """
    permissions.check_can(Verb.TRIAGE, workflow.lock(case), by)
    changes: dict[str, Any] = {}
    if topic is not None:
        changes["topic"] = topic
    if urgency is not None and case.risen_urgency is not None:
        changes["risen_urgency"], changes["risen_reason"] = None, ""  # the person has seen it
    if urgency is not None and urgency != case.urgency:
        changes["urgency"] = Urgency(urgency)
        changes["urgency_reason"] = "person"
        changes["due_at"] = due_at(urgency, timezone.now())
    data: dict[str, Any] = {"topic": topic and topic.slug, "urgency": urgency}
    if concerns is not None:
        data["concerns"] = concerned.accept(case, concerns, by=by)
    unit = roles.acting_unit(by, Permission.TRIAGE, case.unit)
    return workflow.transition(case, Verb.TRIAGE, by=by, unit=unit, data=data, **changes)


@transaction.atomic
def wait(case: Case, waiting_for: str, *, by: User) -> Case:
    """Note that an office was asked and its answer is awaited."""
    permissions.check_can(Verb.WAIT, workflow.lock(case), by)
    office = " ".join(clean(waiting_for).split())
    if not office or len(office) > 200:
        raise ValidationError(_("Write which office was asked, in at most 200 characters."))
    unit = roles.acting_unit(by, Permission.CHECK, case.unit)
    return workflow.transition(case, Verb.WAIT, by=by, unit=unit, waiting_for=office)


@transaction.atomic
def resume(case: Case, *, by: User) -> Case:
    permissions.check_can(Verb.RESUME, workflow.lock(case), by)
    return workflow.transition(
        case, Verb.RESUME, by=by, unit=roles.acting_unit(by, Permission.CHECK, case.unit)
    )


def check_can_close(case: Case, outcome: str, *, by: User) -> None:
    """Raise unless the user may close the case now with this outcome."""
    permissions.check_can(Verb.CLOSE, workflow.lock(case), by)
    if outcome not in CLOSING_OUTCOMES:
        raise ValidationError(_("Choose why the case is closed."))
    if Notice.objects.filter(case=case).exists():
        raise WrongState(_("This case has a public notice: correct or retract it instead."))


@transaction.atomic
def close(case: Case, outcome: str, *, by: User) -> Case:
    """End the case without a notice: nothing here can be checked. Its reporters are told why.

    The texts of the reports are emptied after a while, unless the case is reopened before. What is
    about the closing unit goes through ``closings`` instead.
    """
    check_can_close(case, outcome, by=by)
    drafts = case.verdicts.filter(state=VerdictState.DRAFT)
    drafts.update(state=VerdictState.WITHDRAWN)
    if outcome in PURGED_OUTCOMES:
        purging.schedule(case, by=by)
    unit = roles.acting_unit(by, Permission.TRIAGE, case.unit)
    closed = workflow.transition(case, Verb.CLOSE, by=by, unit=unit, outcome=Outcome(outcome))
    notifications.enqueue_notifications(closed)
    return closed


def _withdraw_approved(case: Case, by: User) -> None:
    for verdict in case.verdicts.filter(state=VerdictState.APPROVED, published__isnull=True):
        authority.end_verdict(verdict, by=by)
        verdict.state = VerdictState.WITHDRAWN
        verdict.save(update_fields=["state"])


@transaction.atomic
def reopen(case: Case, *, by: User) -> Case:
    """Reopen a closed case; its texts are kept after all."""
    permissions.check_can(Verb.REOPEN, workflow.lock(case), by)
    if not case.claim:
        raise WrongState(
            _("The texts of this case have been deleted: there is nothing left to check.")
        )
    if case.outcome in PURGED_OUTCOMES:
        purging.cancel(case, by=by)
    _withdraw_approved(case, by)
    closing_acts.end(case, by=by)
    due = due_at(case.urgency, timezone.now())
    unit = roles.acting_unit(by, Permission.TRIAGE, case.unit)
    return workflow.transition(case, Verb.REOPEN, by=by, unit=unit, due_at=due)


@transaction.atomic
def set_claim(case: Case, claim: str, *, version: int | None, by: User) -> Case:
    """Write the neutral sentence that is checked; until then the claim is the first report's text.

    Raises StaleCase when someone changed the case since ``version`` was read.
    """
    sentence = " ".join(clean(claim).split())
    if not sentence or len(sentence) > CLAIM_LIMIT:
        raise ValidationError(_("Write the claim as one sentence of at most 500 characters."))
    permissions.check_can_check(workflow.lock(case), by)
    wordings.add_claim(case, sentence)
    concerned.propose_from_claim(case, sentence, by=by)
    return workflow.edit(
        case,
        AuditEvent.CASE_CLAIM_WRITTEN,
        by=by,
        unit=roles.acting_unit(by, Permission.CHECK, case.unit),
        version=version,
        claim=sentence,
        claim_written=True,
        claim_released_at=None,  # another sentence: somebody has to release it again
        claim_released_by=None,
    )

"""Permissions on cases: who may see and do what. Buttons and handlers call the same functions.

``check_can_…`` raise with a sentence (NotAllowed, WrongState, SecondPersonRequired,
SecondUnitRequired); ``abilities`` gives the templates the same answers as booleans.
"""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import permissions as roles
from accounts.exceptions import DomainError, NotAllowed
from accounts.models import ReviewerPool, Unit, User
from accounts.permissions import Permission
from factcheck import concerned_units, merge_tree, workflow
from factcheck.enums import CaseStatus, MatchState, RequestState, VerdictState
from factcheck.exceptions import (
    SecondPersonRequired,
    SecondUnitRequired,
    WrongState,
)
from factcheck.models import Case, Evidence, Match, Reconsideration, Verdict
from factcheck.states import LABELS, TRANSITIONS, Actor, Verb
from intake.models import Report

_EDITABLE_STATUSES = {CaseStatus.CHECKING, CaseStatus.WAITING}
_LOCKED_STATUSES = {CaseStatus.IN_REVIEW, CaseStatus.APPROVED}


def reviewable_units(user: User) -> set[int]:
    """Ids of units whose verdicts the user may review, by rank or through a pool."""
    own = [unit.pk for unit in roles.review_units(user)]
    if not own:
        return set()
    # Two queries: one would return only the units filtered on.
    pools = ReviewerPool.objects.filter(units__in=own).values("pk")
    pooled = Unit.objects.filter(reviewer_pools__in=pools).values_list("pk", flat=True)
    return roles.units_for(user, Permission.REVIEW) | set(pooled)


def visible_cases(user: User) -> QuerySet[Case]:
    """Cases of the user's units, cases their units' reports belong to, and those to be reviewed."""
    scope = roles.units_for(user, Permission.VIEW_CASES)
    review = reviewable_units(user)
    reported = Match.objects.filter(state=MatchState.CONFIRMED, report__unit_id__in=scope).values(
        canonical=merge_tree.canonical_id("case")
    )
    waiting = Q(status__in=[CaseStatus.IN_REVIEW, CaseStatus.APPROVED]) | Q(
        notice__reconsiderations__state=RequestState.OPEN
    )
    seen = Case.objects.filter(
        Q(unit_id__in=scope) | Q(pk__in=reported) | (waiting & Q(unit_id__in=review))
    ).values("pk")
    visible: QuerySet[Case] = Case.objects.filter(pk__in=seen)
    return visible


def visible_reports(user: User, case: Case) -> QuerySet[Report]:
    """Confirmed reports of the case (and of cases merged into it) that the user's units received.

    A case may have reports of many units; a sibling school sees none of another's.
    """
    return merge_tree.confirmed_reports(case).filter(
        unit_id__in=roles.units_for(user, Permission.VIEW_CASES)
    )


def _refuse_actor(verb: Verb, case: Case, user: User, verdict: Verdict | None) -> None:
    row = TRANSITIONS[verb]
    if workflow.is_allowed_actor(row, case, user, verdict, roles.permissions_in(user, case.unit)):
        return
    if row.actor is Actor.REVIEWER and verdict is not None:
        review_unit(verdict, user)
    if row.actor is Actor.AUTHOR and verdict is not None:
        raise NotAllowed(_("Only the person who wrote the verdict may do this."))
    raise NotAllowed(
        _("Your role in this unit does not include “%(verb)s”.") % {"verb": LABELS[verb]}
    )


def check_can(verb: Verb, case: Case, user: User) -> None:
    """Raise unless the state table, the user's role and ownership allow the verb now."""
    verdict = workflow.open_verdict(case)
    _refuse_actor(verb, case, user, verdict)
    workflow.check_state(case, verb)


def check_can_decide_pair(case: Case, user: User) -> None:
    """Whether the user may merge, split or distinguish the case, in any status."""
    roles.check(user, Permission.TRIAGE, case.unit)


def check_can_exclude(case: Case, user: User) -> None:
    """Whether the user may exclude the case from matching or include it again, in any status."""
    roles.check(user, Permission.EXCLUDE, case.unit)


def check_can_check(case: Case, user: User) -> None:
    """Whether claim, evidence and draft may be edited: by role, and only while being checked."""
    roles.check(user, Permission.CHECK, case.unit)
    if case.status in _EDITABLE_STATUSES:
        return
    if case.status in _LOCKED_STATUSES:
        raise WrongState(
            _("A second person is deciding on exactly this content: withdraw the verdict first.")
        )
    if case.status == CaseStatus.NEW:
        raise WrongState(_("Take the case first, so that colleagues see who is working on it."))
    raise WrongState(
        _("Nothing can be changed here: the case is at the stage “%(status)s”.")
        % {"status": CaseStatus(case.status).label}
    )


def check_can_archive(evidence: Evidence, user: User) -> None:
    """Whether an archived copy may be added to a citation."""
    check_can_check(evidence.case, user)
    if evidence.withdrawn_at is not None:
        raise WrongState(_("This evidence has been withdrawn."))


def review_unit(verdict: Verdict, user: User) -> Unit:
    """The unit in whose name the user may decide on the verdict.

    Raises SecondPersonRequired for its author, SecondUnitRequired when the claim is about the
    author's unit and the user decides for that unit or for a concerned one, NotAllowed otherwise.
    """
    if verdict.written_by_id == user.pk:
        raise SecondPersonRequired(_("You wrote this verdict: another person has to decide on it."))
    units = roles.may_review_for(user, verdict.case.unit)
    if not units:
        raise NotAllowed(_("You are not a reviewer for this unit."))
    others = [unit for unit in units if unit.pk != verdict.author_unit_id]
    if not verdict.about_own_unit:
        return (others or units)[0]
    concerned = concerned_units.counting_ids(verdict.case)
    free = [unit for unit in others if unit.pk not in concerned]
    if not free:
        raise SecondUnitRequired(
            _("The claim is about the unit that checked it: another unit's reviewer has to decide.")
        )
    return free[0]


def check_can_review(verdict: Verdict, user: User) -> Unit:
    """Raise unless the user may approve or return the verdict; return the unit they act for."""
    unit = review_unit(verdict, user)
    if verdict.state != VerdictState.IN_REVIEW:
        workflow.check_state(verdict.case, Verb.APPROVE)
        raise WrongState(_("This verdict is no longer in review."))
    workflow.check_state(verdict.case, Verb.APPROVE)
    return unit


def check_can_decide(request: Reconsideration, user: User) -> Unit:
    """Raise unless the user is a reviewer new to the notice; return the unit they act for."""
    people = request.notice.versions.values_list(
        "verdict__written_by", "verdict__reviewed_by", "published_by"
    )
    if any(user.pk in row for row in people):
        raise SecondPersonRequired(
            _("You took part in this notice: someone who did not has to decide on the request.")
        )
    units = roles.may_review_for(user, request.notice.case.unit)
    if not units:
        raise NotAllowed(_("You are not a reviewer for this unit."))
    if request.state != RequestState.OPEN:
        raise WrongState(_("This request has already been decided."))
    return units[0]


def check_can_manage_sources(user: User) -> None:
    if not (user.is_superuser or roles.units_for(user, Permission.MANAGE_SOURCES)):
        raise NotAllowed(_("Your role does not include changing the registry of official sources."))


def _may_review(case: Case, user: User) -> bool:
    verdict = workflow.open_verdict(case)
    try:
        if verdict is not None:
            check_can_review(verdict, user)
    except DomainError:
        return False
    return verdict is not None


def abilities(case: Case, user: User) -> dict[str, bool]:
    """``{"take": True, …}`` for every verb, and ``check`` for editing; a template reads
    ``can.take``."""
    possible = workflow.allowed_verbs(case, user)
    if Verb.APPROVE in possible and not _may_review(case, user):
        possible -= {Verb.APPROVE, Verb.SEND_BACK}
    answers = {verb.value: verb in possible for verb in Verb}
    try:
        check_can_check(case, user)
    except DomainError:
        return {**answers, "check": False}
    return {**answers, "check": True}

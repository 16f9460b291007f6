"""Permissions on cases: who may see and do what. Buttons and handlers call the same functions.

``check_can_…`` raise with a sentence (NotAllowed, WrongState, SecondPersonRequired,
SecondUnitRequired); ``abilities`` gives the templates the same answers as booleans.
"""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import permissions as roles
from accounts.domain.same_person import shared_sign
from accounts.exceptions import DomainError, NotAllowed
from accounts.models import ReviewerPool, Unit, User
from accounts.permissions import Permission
from factcheck import concerned_units, independence, merge_tree, workflow
from factcheck.enums import CaseStatus, MatchState, RequestState, VerdictState
from factcheck.exceptions import SecondPersonRequired, WrongState
from factcheck.models import Case, Evidence, Match, NoticeVersion, Reconsideration, Verdict
from factcheck.states import LABELS, TRANSITIONS, Actor, Verb
from intake.models import Report

_EDITABLE_STATUSES = {CaseStatus.CHECKING, CaseStatus.WAITING}
_LOCKED_STATUSES = {CaseStatus.IN_REVIEW, CaseStatus.APPROVED}


def _pool_partners(user: User) -> set[int]:
    """Ids of the units that share a reviewer pool with a unit where the user is a reviewer."""
    own = [unit.pk for unit in roles.review_units(user)]
    if not own:
        return set()
    # Two queries: one would return only the units filtered on.
    pools = ReviewerPool.objects.filter(units__in=own).values("pk")
    return set(Unit.objects.filter(reviewer_pools__in=pools).values_list("pk", flat=True))


def reviewable_units(user: User) -> set[int]:
    """Ids of units whose verdicts the user may review, by rank or through a pool."""
    return roles.units_for(user, Permission.REVIEW) | _pool_partners(user)


def reviewable_cases(user: User, unit: str = "unit") -> Q:
    """Cases that reach the user as a reviewer, at the path ``unit``: by rank, through a pool, or
    because the pool stands in for a unit above that may not decide. Whether the user is
    independent in each is for ``independence``."""
    partners = _pool_partners(user)
    near_units = roles.units_for(user, Permission.REVIEW) | partners
    before = unit.removesuffix("unit") + "handed_over_from"
    near = Q(**{f"{unit}_id__in": near_units}) | Q(**{f"{before}_id__in": near_units})
    if not partners:
        return near
    above = set().union(*Unit.objects.above_each(partners).values())
    stands_in = Q(**{f"{unit}_id__in": Unit.objects.subtree_ids(partners)})
    case = unit.removesuffix("unit") + "pk"
    about = concerned_units.cases_about(above).values("pk")
    return near | (stands_in & Q(**{f"{case}__in": about}))


def withheld_reports(user: User) -> QuerySet[Report, int]:
    """Ids of the reports that their senders chose to have read outside a unit where the user has a
    role."""
    own = user.memberships.values("unit")
    return Report.objects.filter(about_unit__in=own).values_list("pk", flat=True)


def _withheld_cases(user: User) -> QuerySet[Match, int]:
    """Ids of cases whose claim is still the words of such a report."""
    matches = Match.objects.filter(
        state=MatchState.CONFIRMED, report__in=withheld_reports(user), case__claim_written=False
    )
    return matches.exclude(case__unit=F("report__about_unit")).values_list("case", flat=True)


def visible_cases(user: User) -> QuerySet[Case]:
    """Cases of the user's units, cases their units' reports belong to, and those to be reviewed.

    A report of a claim with a public notice opens nothing of another unit's case: whoever asked can
    read the notice.
    """
    scope = roles.units_for(user, Permission.VIEW_CASES)
    public = NoticeVersion.objects.filter(is_current=True).values("notice__case")
    reported = Match.objects.filter(state=MatchState.CONFIRMED, report__unit_id__in=scope).values(
        canonical=merge_tree.canonical_id("case")
    )
    waiting = Q(status__in=[CaseStatus.IN_REVIEW, CaseStatus.APPROVED]) | Q(
        notice__reconsiderations__state=RequestState.OPEN
    )
    seen = Case.objects.filter(
        Q(unit_id__in=scope)
        | (Q(pk__in=reported) & ~Q(pk__in=public))
        | (waiting & reviewable_cases(user))
    ).values("pk")
    visible: QuerySet[Case] = Case.objects.filter(pk__in=seen).exclude(pk__in=_withheld_cases(user))
    return visible


def visible_reports(user: User, case: Case) -> QuerySet[Report]:
    """Confirmed reports of the case (and of cases merged into it) that the user's units received.

    A case may have reports of many units; a sibling school sees none of another's. What a sender
    chose to have read outside a unit is seen by nobody with a role there, whatever other roles
    they have.
    """
    received = merge_tree.confirmed_reports(case).filter(
        unit_id__in=roles.units_for(user, Permission.VIEW_CASES)
    )
    return received.exclude(pk__in=withheld_reports(user))


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

    Raises SecondPersonRequired for its author, SecondUnitRequired where the user is not
    independent of a unit that the claim is about, NotAllowed otherwise.
    """
    if verdict.written_by_id == user.pk:
        raise SecondPersonRequired(_("You wrote this verdict: another person has to decide on it."))
    if sentence := shared_sign(verdict.written_by, user):
        raise SecondPersonRequired(sentence)
    return independence.deciding_unit(
        verdict.case,
        user,
        took_part={verdict.written_by_id},
        author_unit=verdict.author_unit_id,
    )


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
    took_part = independence.notice_people(request.notice)
    if user.pk in took_part:
        raise SecondPersonRequired(
            _("You took part in this notice: someone who did not has to decide on the request.")
        )
    for person in User.objects.filter(pk__in=took_part):
        if sentence := shared_sign(person, user):
            raise SecondPersonRequired(sentence)
    unit = independence.deciding_unit(request.notice.case, user, took_part=took_part)
    if request.state != RequestState.OPEN:
        raise WrongState(_("This request has already been decided."))
    return unit


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

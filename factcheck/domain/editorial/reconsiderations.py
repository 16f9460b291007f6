"""Reconsiderations: anyone may request one; somebody new to the notice decides, with a reason."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.models import User
from accounts.permissions import Permission
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import decision_texts, independence, permissions, workflow
from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus, RequestState, VerdictKind
from factcheck.exceptions import ValidationError
from factcheck.models import Case, Notice, NoticeVersion, Reconsideration
from factcheck.models.reconsideration import DECISION_LIMIT, TEXT_LIMIT
from matching.text.normalisation import clean


def visible_requests(user: User) -> QuerySet[Reconsideration]:
    """Requests about notices of units the user works or reviews for."""
    scope = roles.units_for(user, Permission.VIEW_CASES)
    reviewed = permissions.reviewable_cases(user, "notice__case__unit")
    return Reconsideration.objects.filter(
        Q(notice__unit__in=scope) | Q(notice__case__unit__in=scope) | reviewed
    ).select_related("notice__case", "notice__unit", "decided_by")


def ask(notice: Notice, text: str, form_key: str) -> Reconsideration:
    """Store a request. The same form submitted twice is one request."""
    cleaned = clean(text).strip()
    if not cleaned or len(cleaned) > TEXT_LIMIT:
        raise ValidationError(
            _("Write in at most 3,000 characters what should be looked at again.")
        )
    if not form_key or len(form_key) > 64:
        raise ValidationError(_("This form has expired: open the page again."))
    if earlier := Reconsideration.objects.filter(form_key=form_key).first():
        return earlier
    try:
        with transaction.atomic():
            request = Reconsideration.objects.create(notice=notice, text=cleaned, form_key=form_key)
            log.record(
                AuditEvent.RECONSIDERATION_ASKED,
                request,
                by=None,
                unit=notice.unit,
                actor="reporter",
                notice=notice.pk,
            )
    except IntegrityError:  # a concurrent request has stored it
        return Reconsideration.objects.get(form_key=form_key)
    return request


def _reviser(case: Case, by: User) -> User:
    """The person who decided, if a checker; else the author of the current version."""
    if roles.has(by, Permission.CHECK, case.unit):
        return by
    current = NoticeVersion.objects.select_related("verdict__written_by")
    return current.get(notice__case=case, is_current=True).verdict.written_by


@transaction.atomic
def decide(request: Reconsideration, *, accept: bool, decision: str, by: User) -> Reconsideration:
    """Uphold the notice, or reopen its case for a correction. The reason is public.

    Raises SecondPersonRequired for anyone who wrote, reviewed or published a version.
    """
    cleaned = clean(decision).strip()
    if not cleaned or len(cleaned) > DECISION_LIMIT:
        raise ValidationError(_("Write the decision and its reason in at most 2,000 characters."))
    case = workflow.lock(request.notice.case)
    request = Reconsideration.objects.select_for_update(no_key=True).get(pk=request.pk)
    unit = permissions.check_can_decide(request, by)
    request.state = RequestState.ACCEPTED if accept else RequestState.UPHELD
    request.decision, request.decided_by, request.decided_at = cleaned, by, timezone.now()
    request.save(update_fields=["state", "decision", "decided_by", "decided_at"])
    if accept and case.status == CaseStatus.PUBLISHED:
        notices.begin_revision(
            case, VerdictKind.CORRECTION, reason="", assignee=_reviser(case, by), by=by
        )
    log.record(
        AuditEvent.RECONSIDERATION_DECIDED, request, by=by, unit=unit, state=str(request.state)
    )
    return request


def close_undecidable() -> int:
    """End the requests that have waited a week and on which nobody can decide; return how many.

    The outcome is computed, and its reason is public like any decision.
    """
    before = timezone.now() - timedelta(days=settings.UNDECIDABLE_DAYS)
    waiting = Reconsideration.objects.filter(state=RequestState.OPEN, created_at__lte=before)
    return sum(_close_undecidable(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _close_undecidable(pk: int) -> bool:
    waiting = Reconsideration.objects.select_related("notice__case")
    case = workflow.lock(waiting.get(pk=pk).notice.case)
    request = Reconsideration.objects.select_for_update(no_key=True).get(pk=pk)
    answer = independence.deciders(case, independence.notice_people(request.notice))
    if request.state != RequestState.OPEN or answer:
        return False
    request.state, request.decided_at = RequestState.UNDECIDED, timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        whom = decision_texts.whom_to_ask(independence.units_above_concerned(case))
        request.decision = " ".join(filter(None, [decision_texts.nobody_new(), whom]))
    request.save(update_fields=["state", "decision", "decided_at"])
    log.record(
        AuditEvent.RECONSIDERATION_DECIDED,
        request,
        by=None,
        unit=case.unit,
        state=str(request.state),
    )
    return True

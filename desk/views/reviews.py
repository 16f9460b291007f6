from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import permissions as roles
from desk.decorators import DomainError, allowed, current_user, desk, desk_page, refusal_reason
from desk.forms.queue import view_conditions
from desk.forms.review import ReviewForm
from desk.presenters import formatting
from desk.views.case_page import cited, tag_labels
from desk.views.queue import NO_DEMAND, demand_of
from factcheck import permissions
from factcheck.checklist import CHECKLIST
from factcheck.domain.cases import lifecycle
from factcheck.domain.cases.lifecycle import Demand
from factcheck.domain.editorial import reviews
from factcheck.enums import Reach, RequestState, VerdictState
from factcheck.models import Case, Reconsideration, Verdict


@dataclass(frozen=True)
class ReviewRow:
    """A verdict somebody should decide on."""

    case: Case
    verdict: Verdict
    demand: Demand
    due: formatting.Due
    own: bool


def rows(verdicts: Iterable[Verdict], user_id: int) -> list[ReviewRow]:
    found = list(verdicts)
    demand = demand_of(verdict.case for verdict in found)
    return [
        ReviewRow(
            case=verdict.case,
            verdict=verdict,
            demand=demand.get(verdict.case_id, NO_DEMAND),
            due=formatting.due(verdict.case.due_at),
            own=verdict.written_by_id == user_id,
        )
        for verdict in found
    ]


@desk_page
def review_list(request: HttpRequest) -> HttpResponse:
    """What waits for this user as second person, what they wrote, what they may publish."""
    user = current_user(request)
    conditions = view_conditions(user)
    open_ones = (
        Verdict.objects.select_related("case__unit", "case__topic", "author_unit")
        .filter(published__isnull=True)
        .order_by("case__urgency", "case__due_at", "pk")
    )
    in_review = open_ones.filter(state=VerdictState.IN_REVIEW)
    for_me = Case.objects.filter(conditions["review"]).values("pk")
    to_publish = Case.objects.filter(conditions["publish"]).values("pk")
    approved = open_ones.filter(state=VerdictState.APPROVED, case__in=to_publish)
    requests = Reconsideration.objects.filter(
        state=RequestState.OPEN,
        notice__case__unit__in=permissions.reviewable_units(user),
    )
    context = {
        "nav": "review",
        "waiting": rows(in_review.filter(case__in=for_me), user.pk),
        "own": rows(in_review.filter(written_by=user), user.pk),
        "approved": rows(approved, user.pk),
        "may_publish": bool(roles.units_for(user, roles.Permission.PUBLISH)),
        "requests": requests.count(),
    }
    return render(request, "desk/reviews.html", context)


def visible_verdict(request: HttpRequest, pk: int) -> Verdict:
    """A verdict of a case the user may see; a draft is only its case page's affair."""
    seen = permissions.visible_cases(current_user(request)).order_by().values("pk")
    shown = Verdict.objects.filter(case__in=seen).exclude(state=VerdictState.DRAFT)
    related = shown.select_related("case__unit", "case__topic", "author_unit", "reviewer_unit")
    return get_object_or_404(related, pk=pk)


def consequence(verdict: Verdict, demand: Demand) -> str:
    """What follows from an approval, in numbers."""
    asked = ngettext(
        "%(n)d report gets its answer", "%(n)d reports get their answer", demand.reports
    ) % {"n": demand.reports}
    if verdict.reach == Reach.REPORTERS_ONLY:
        return _(
            "the content is fixed; once an approver confirms, %(asked)s and nothing is public."
        ) % {"asked": asked}
    return _(
        "the content is fixed; once an approver publishes it, the notice is public and %(asked)s."
    ) % {"asked": asked}


def show_review(
    request: HttpRequest, verdict: Verdict, form: ReviewForm | None = None, status: int = 200
) -> HttpResponse:
    """Render the review page; the form only for someone who may decide, else the reason why not."""
    user, case = current_user(request), verdict.case
    evidence = cited(case)
    in_review = verdict.state == VerdictState.IN_REVIEW
    refusal = refusal_reason(permissions.check_can_review, verdict, user) if in_review else ""
    context: dict[str, Any] = {
        "nav": "review",
        "case": case,
        "verdict": verdict,
        "evidence": evidence,
        "text": formatting.paragraphs(verdict, len(evidence)),
        "tags": tag_labels(verdict),
        "due": formatting.due(case.due_at),
        "checklist": [
            {"question": question, "ticked": code in verdict.checklist}
            for code, question in CHECKLIST.items()
        ],
        "refusal": refusal,
    }
    if in_review and not refusal:
        context["form"] = form or ReviewForm(evidence=[item.pk for item in evidence])
        context["read"] = {int(pk) for pk in request.POST.getlist("read") if pk.isdecimal()}
        context["acting_unit"] = permissions.review_unit(verdict, user)
        context["consequence"] = consequence(verdict, lifecycle.demand(case))
    return render(request, "desk/review.html", context, status=status)


@desk_page
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence and text side by side, for the second person."""
    return show_review(request, visible_verdict(request, pk))


@require_POST
@desk
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or return; what was typed stays when the form is not complete."""
    verdict, by = visible_verdict(request, pk), current_user(request)
    form = ReviewForm(request.POST, evidence=[item.pk for item in cited(verdict.case)])
    if not form.is_valid():
        return show_review(request, verdict, form, status=422)
    note = form.cleaned_data["note"]
    try:
        if form.approves:
            reviews.approve(verdict, note=note, by=by)
            messages.success(request, _("Approved. An approver can publish it now."))
        else:
            reviews.send_back(verdict, reason=note, by=by)
            messages.success(request, _("Returned to the checker with your reason."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:review", pk=pk)
    verdict.case.refresh_from_db()
    if allowed(permissions.check_can_publish, verdict.case, by):
        return redirect("desk:publish", number=verdict.case.number)
    return redirect("desk:reviews")

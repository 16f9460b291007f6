from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.models import User
from desk.decorators import current_user, staff_action, staff_page
from desk.forms.review import ReviewForm
from desk.presenters.abilities import passes
from desk.presenters.reviews import review_context, review_form, review_rows
from factcheck import permissions
from factcheck.domain.cases import closings
from factcheck.domain.cases.case_queue import review_lists
from factcheck.domain.duplicates import second_person
from factcheck.domain.editorial import reviews
from factcheck.models import Verdict
from factcheck.states import Verb


def _visible_verdict(user: User, pk: int) -> Verdict:
    return get_object_or_404(reviews.visible_verdicts(user), pk=pk)


def _show(
    request: HttpRequest, verdict: Verdict, form: ReviewForm | None = None, *, status: int = 200
) -> HttpResponse:
    read = {int(pk) for pk in request.POST.getlist("read") if pk.isdecimal()}
    context = review_context(verdict, current_user(request), form, read)
    return render(request, "desk/review.html", context, status=status)


@staff_page
def review_list(request: HttpRequest) -> HttpResponse:
    """What this user may decide on as the second person, what they wrote, what they may publish."""
    user = current_user(request)
    lists = review_lists(user)
    context = {
        "nav": "review",
        "waiting": review_rows(lists.waiting, user.pk),
        "own": review_rows(lists.own, user.pk),
        "approved": review_rows(lists.approved, user.pk),
        "may_publish": bool(roles.units_for(user, roles.Permission.PUBLISH)),
        "requests": lists.requests,
        "decisions": len(second_person.waiting_for(user)) + len(closings.waiting_for(user)),
    }
    return render(request, "desk/reviews.html", context)


@staff_page
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Evidence and text side by side, for the second person."""
    return _show(request, _visible_verdict(current_user(request), pk))


@staff_action(_visible_verdict, "desk:review", "pk")
def decide(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """Approve or return; what was typed stays when the form is not complete."""
    by = current_user(request)
    form = review_form(verdict, by, request.POST)
    if not form.is_valid():
        return _show(request, verdict, form, status=422)
    note = form.cleaned_data["note"]
    if form.approves:
        answers = {"struck": form.struck or (), "keys": form.cleaned_data["keys"]}
        answers |= {"weakened": form.cleaned_data["kinds"]}
        reviews.approve(verdict, note=note, statements=form.statements, **answers, by=by)
        messages.success(request, _("Approved. An approver can publish it now."))
    else:
        reviews.send_back(verdict, reason=note, struck=form.struck, by=by)
        messages.success(request, _("Returned to the checker with your reason."))
    verdict.case.refresh_from_db()
    if passes(permissions.check_can, Verb.PUBLISH, verdict.case, by):
        return redirect("desk:publish", number=verdict.case.number)
    return redirect("desk:reviews")

"""Publication of an approved verdict, and later the correction or retraction of its notice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from desk.decorators import (
    case_action,
    current_user,
    show_form_errors,
    staff_view,
    visible_case,
)
from desk.forms.triage import ReviseForm
from desk.presenters.publication import publication_context
from factcheck import workflow
from factcheck.domain.editorial import notices, verdicts
from factcheck.enums import VerdictState
from factcheck.models import Case, Verdict


def _approved_verdict(case: Case) -> Verdict | None:
    verdict = workflow.open_verdict(case)
    return verdict if verdict and verdict.state == VerdictState.APPROVED else None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_view
def publish(request: HttpRequest, number: int) -> HttpResponseBase:
    """One page with one decision: publish, answer the reporters only, or withdraw the approval."""
    if request.method == "POST":
        return decide(request, number=number)
    user = current_user(request)
    case = visible_case(user, number)
    verdict = _approved_verdict(case)
    if verdict is None:
        return redirect("desk:case", number=number)
    return render(request, "desk/publish.html", publication_context(case, verdict, user))


@case_action
def decide(request: HttpRequest, case: Case) -> None:
    verdict = _approved_verdict(case)
    if verdict is None:
        messages.error(request, _("This verdict is not waiting for publication any more."))
        return
    if text := _carry_out(request.POST.get("decision"), verdict, by=current_user(request)):
        messages.success(request, text)


def _carry_out(decision: str | None, verdict: Verdict, *, by: User) -> str:
    """Do what the pressed button says; return the sentence that confirms it."""
    if decision == "publish":
        notices.publish(verdict, by=by)
        return _("Published. Everybody who asked is being answered.")
    if decision == "answer":
        notices.reply_to_reporters(verdict, by=by)
        return _("Everybody who asked is being answered; nothing is public.")
    if decision == "revoke":
        verdicts.withdraw(verdict, by=by)
        return _("The approval is withdrawn; the checker has the case again.")
    return ""


@case_action
def revise(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Start a correction or retraction: back to checking, the notice stays public meanwhile."""
    form = ReviseForm(request.POST)
    if not form.is_valid():
        show_form_errors(request, form)
        return None
    notices.revise(case, by=current_user(request), **form.cleaned_data)
    messages.success(request, _("The revision has begun. The notice stays public meanwhile."))
    return None


@case_action
def abandon(request: HttpRequest, case: Case) -> None:
    notices.abandon_revision(case, by=current_user(request))
    messages.success(request, _("The notice stays as it is."))

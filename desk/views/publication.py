"""The approver's page, and what happens to a notice afterwards: correction, retraction."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from desk.decorators import (
    case_action,
    current_user,
    desk,
    form_problems,
    refusal_reason,
    visible_case,
)
from desk.forms.triage import ReviseForm
from desk.presenters import formatting
from desk.views.case_page import abilities, cited, open_verdict, tag_labels
from factcheck import permissions
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import notices, verdicts
from factcheck.enums import VerdictState
from factcheck.models import Case, Verdict


def consequences(verdict: Verdict, reports: int) -> dict[str, str]:
    """What each button does, in numbers, before it is pressed."""
    asked = ngettext(
        "%(n)d report gets this answer on the tracking page, and by e-mail where asked for",
        "%(n)d reports get this answer on the tracking page, and by e-mail where asked for",
        reports,
    ) % {"n": reports}
    return {
        "consequence_publish": _(
            "the notice is public at once for everybody, and %(asked)s. "
            "A published version cannot be deleted, only corrected or retracted openly."
        )
        % {"asked": asked},
        "consequence_answer": _("%(asked)s. Nothing appears on the public site.")
        % {"asked": asked},
    }


def show(request: HttpRequest, case: Case, verdict: Verdict) -> HttpResponse:
    user, evidence, demand = current_user(request), cited(case), lifecycle.demand(case)
    context: dict[str, Any] = {
        "nav": "review",
        "case": case,
        "verdict": verdict,
        "evidence": evidence,
        "text": formatting.paragraphs(verdict, None),
        "tags": tag_labels(verdict),
        "due": formatting.due(case.due_at),
        "demand": demand,
        "can": abilities(case, user),
        "is_public": notifications.current_version(case) is not None,
        "refusal": refusal_reason(permissions.check_can_publish, case, user),
        **consequences(verdict, demand.reports),
    }
    return render(request, "desk/publish.html", context)


def _decide(request: HttpRequest, case: Case, verdict: Verdict) -> None:
    decision, by = request.POST.get("decision"), current_user(request)
    if decision == "publish":
        notices.publish(verdict, by=by)
        messages.success(request, _("Published. Everybody who asked is being answered."))
    elif decision == "answer":
        notices.reply_to_reporters(verdict, by=by)
        messages.success(request, _("Everybody who asked is being answered; nothing is public."))
    elif decision == "revoke":
        verdicts.withdraw(verdict, by=by)
        messages.success(request, _("The approval is withdrawn; the checker has the case again."))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def publish(request: HttpRequest, number: int) -> HttpResponseBase:
    """One page with one decision: publish, answer the askers only, or not like this."""
    if request.method == "POST":
        return decide(request, number=number)
    case = visible_case(request.user, number)
    verdict = open_verdict(case)
    if verdict is None or verdict.state != VerdictState.APPROVED:
        return redirect("desk:case", number=number)
    return show(request, case, verdict)


@case_action
def decide(request: HttpRequest, case: Case) -> None:
    verdict = open_verdict(case)
    if verdict is None or verdict.state != VerdictState.APPROVED:
        messages.error(request, _("This verdict is not waiting for publication any more."))
        return
    _decide(request, case, verdict)


@case_action
def revise(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Start a correction or retraction: back to checking, the notice stays public meanwhile."""
    form = ReviseForm(request.POST)
    if not form.is_valid():
        form_problems(request, form)
        return None
    notices.revise(case, by=current_user(request), **form.cleaned_data)
    messages.success(request, _("The revision has begun. The notice stays public meanwhile."))
    return None


@case_action
def abandon(request: HttpRequest, case: Case) -> None:
    notices.abandon_revision(case, by=current_user(request))
    messages.success(request, _("The notice stays as it is."))

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.exceptions import DomainError
from desk.decorators import case_action, current_user, staff_page, visible_case
from desk.forms.verdict import VerdictForm
from desk.presenters.case_page import render_case
from desk.presenters.verdict_text import paragraphs, tag_labels
from factcheck import workflow
from factcheck.domain import notifications
from factcheck.domain.editorial import proof, verdicts
from factcheck.models import Case


@case_action
def save(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Save the draft; then stay, preview it, or submit it for review.

    The draft is saved even when submitting is refused: nothing typed is lost.
    """
    form = VerdictForm(request.POST, revision=notifications.current_version(case) is not None)
    if not form.is_valid():
        return render_case(request, case, verdict_form=form, status=422)
    try:
        verdict = verdicts.draft(case, by=current_user(request), **form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render_case(request, case, verdict_form=form, status=422)
    then = request.POST.get("then")
    if then == "preview":
        return redirect("desk:preview", number=case.number)
    if then == "submit":
        verdicts.submit_for_review(verdict, by=current_user(request))
        messages.success(request, _("Submitted. Someone else decides now; you will see it here."))
        return None
    messages.success(request, _("Draft saved."))
    return None


@case_action
def withdraw(request: HttpRequest, case: Case) -> None:
    if verdict := workflow.open_verdict(case):
        verdicts.withdraw(verdict, by=current_user(request))
        messages.success(request, _("Taken back. You can change the draft again."))


@staff_page
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as a reader would see it."""
    case = visible_case(current_user(request), number)
    verdict = workflow.open_verdict(case)
    if verdict is None:
        return redirect("desk:case", number=number)
    cited = proof.cited(case)
    context = {
        "nav": "queue",
        "case": case,
        "verdict": verdict,
        "evidence": cited,
        "tags": tag_labels(verdict),
        "text": paragraphs(verdict, len(cited)),
    }
    return render(request, "desk/preview.html", context)

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from desk.decorators import DomainError, case_action, current_user, desk_page, visible_case
from desk.forms.verdict import VerdictForm
from desk.presenters import formatting
from desk.views.case_page import cited, open_verdict, show_case, tag_labels
from factcheck.domain import notifications
from factcheck.domain.editorial import verdicts
from factcheck.models import Case


@case_action
def save(request: HttpRequest, case: Case) -> HttpResponse | None:
    """Save the draft; then stay, preview it, or hand it to a second person.

    The draft is saved even when the hand-over is refused: nothing typed is lost.
    """
    form = VerdictForm(request.POST, revision=notifications.current_version(case) is not None)
    if not form.is_valid():
        return show_case(request, case, verdict_form=form, status=422)
    try:
        verdict = verdicts.draft(case, by=current_user(request), **form.cleaned_data)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return show_case(request, case, verdict_form=form, status=422)
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
    if verdict := open_verdict(case):
        verdicts.withdraw(verdict, by=current_user(request))
        messages.success(request, _("Taken back. You can change the draft again."))


@desk_page
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The draft as a reader would see it."""
    case = visible_case(request.user, number)
    verdict = open_verdict(case)
    if verdict is None:
        return redirect("desk:case", number=number)
    evidence = cited(case)
    context = {
        "nav": "queue",
        "case": case,
        "verdict": verdict,
        "evidence": evidence,
        "tags": tag_labels(verdict),
        "text": formatting.paragraphs(verdict, len(evidence)),
    }
    return render(request, "desk/preview.html", context)

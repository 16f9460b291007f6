"""Two cases side by side: why the machine joined them or not, and the person's decision."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from desk.decorators import (
    case_action,
    current_user,
    show_form_errors,
    staff_page,
    visible_case,
)
from desk.forms.triage import CompareForm, PairForm
from desk.presenters.comparison import comparison_context
from desk.presenters.pair_decisions import (
    case_after_merge,
    distinct_sentence,
    merged_sentence,
    proposed_sentence,
)
from factcheck.domain.duplicates import merging, related_cases, second_person
from factcheck.enums import PairKind
from factcheck.models import Case


def _other_case(number: int, user: User) -> Case:
    other = related_cases.merge_target(number, user)
    if other is None:
        raise Http404
    return other


@staff_page
def compare(request: HttpRequest, number: int, other: int) -> HttpResponse:
    """Why two cases were or were not joined."""
    user = current_user(request)
    context = comparison_context(visible_case(user, number), _other_case(other, user), user)
    return render(request, "desk/compare.html", context)


@staff_page
def pick(request: HttpRequest, number: int) -> HttpResponse:
    """Redirect from a case and the code of another to the page of both."""
    user = current_user(request)
    case, form = visible_case(user, number), CompareForm(request.GET)
    if not form.is_valid():
        show_form_errors(request, form)
        return redirect("desk:case", number=case.number)
    other = related_cases.merge_target(form.cleaned_data["voi"], user)
    if other is None or other.pk == case.pk:
        messages.error(request, _("There is no other case with this number that you may see."))
        return redirect("desk:case", number=case.number)
    return redirect("desk:compare", number=case.number, other=other.number)


@case_action
def decide(request: HttpRequest, case: Case, other: int) -> HttpResponse:
    """Same, different or related, for any two cases; each can be undone."""
    by, form = current_user(request), PairForm(request.POST)
    other_case = _other_case(other, by)
    back = redirect("desk:compare", number=case.number, other=other_case.number)
    if not form.is_valid():
        show_form_errors(request, form)
        return back
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    if decision == "merge":
        direction = related_cases.merge_direction(case, other_case, by)
        source, into = direction or (case, other_case)
        if not second_person.merge(source, into, reason=reason, by=by):
            messages.success(request, proposed_sentence())
            return back
        messages.success(request, merged_sentence(source, into))
        return redirect("desk:case", number=case_after_merge(source, into, by).number)
    is_related = decision == PairKind.RELATED
    mark = merging.mark_related if is_related else merging.mark_different
    mark(case, other_case, reason=reason, by=by)
    messages.success(request, distinct_sentence(decision))
    return back

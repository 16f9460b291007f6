"""A person's decisions about two cases, or about a report in the wrong one; each can be undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from desk.decorators import case_action, current_user, show_form_errors
from desk.forms.triage import ExclusionForm, MergeForm, PairForm
from desk.presenters.pair_decisions import (
    case_after_merge,
    distinct_sentence,
    merged_sentence,
    proposed_sentence,
)
from factcheck import permissions
from factcheck.domain.duplicates import (
    matches,
    merging,
    related_cases,
    second_person,
    suggested_pairs,
)
from factcheck.domain.index import exclusions
from factcheck.models import Case


@case_action
def merge(request: HttpRequest, case: Case) -> HttpResponse | None:
    by, form = current_user(request), MergeForm(request.POST)
    if not form.is_valid():
        show_form_errors(request, form)
        return None
    into = related_cases.merge_target(form.cleaned_data["into"], by)
    if into is None:
        messages.error(request, _("There is no case with this number that you may see."))
        return None
    reason = form.cleaned_data["reason"]
    if not second_person.merge(case, into, reason=reason, by=by):
        messages.success(request, proposed_sentence())
        return None
    messages.success(request, merged_sentence(case, into))
    return redirect("desk:case", number=case_after_merge(case, into, by).number)


@case_action
def unmerge(request: HttpRequest, case: Case) -> None:
    is_undone = second_person.unmerge(case, by=current_user(request))
    undone = _("The merge is undone; the case stands by itself again.")
    messages.success(request, undone if is_undone else proposed_sentence())


@case_action
def suggestion(request: HttpRequest, case: Case, match: int) -> HttpResponse | None:
    """Decide on a suggested pair: the same, different, or related."""
    by = current_user(request)
    open_pairs = {pair.match.pk: pair for pair in suggested_pairs.suggestions_for(case, by)}
    if (chosen := open_pairs.get(match)) is None:
        messages.error(request, _("Someone has decided on this suggestion already."))
        return None
    form = PairForm(request.POST)
    if not form.is_valid():
        show_form_errors(request, form)
        return None
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    other = chosen.case
    if decision == "merge":
        matches.confirm(chosen.match, reason=reason, by=by)
        merged, into = (other, case) if chosen.reverse else (case, other)
        merged.refresh_from_db()
        if merged.merged_into_id is None:
            messages.success(request, proposed_sentence())
            return None
        messages.success(request, merged_sentence(merged, into))
        return redirect("desk:case", number=case_after_merge(merged, into, by).number)
    if decision == "related":
        merging.mark_related(case, other, reason=reason, by=by)
    else:
        matches.reject(chosen.match, reason=reason, by=by)
    messages.success(request, distinct_sentence(decision))
    return None


@case_action
def split(request: HttpRequest, case: Case, report: str) -> HttpResponse:
    reports = permissions.visible_reports(current_user(request), case)
    reason = request.POST.get("reason", "")
    split_off = get_object_or_404(reports, public_id=report)
    new_case = second_person.split(split_off, reason=reason, by=current_user(request))
    if new_case is None:
        messages.success(request, proposed_sentence())
        return redirect("desk:case", number=case.number)
    messages.success(request, _("The report is now %(code)s.") % {"code": new_case.code})
    return redirect("desk:case", number=new_case.number)


@case_action
def exclude(request: HttpRequest, case: Case) -> None:
    """Leave the case out of matching: junk, or so general that everything resembles it."""
    form = ExclusionForm(request.POST)
    if not form.is_valid():
        return show_form_errors(request, form)
    exclusions.exclude(case, form.cleaned_data["reason"], by=current_user(request))
    messages.success(request, _("Left out of matching. “Let matching see it again” undoes it."))
    return None


@case_action
def include_again(request: HttpRequest, case: Case) -> None:
    exclusions.include_again(case, by=current_user(request))
    messages.success(request, _("Matching sees this case again."))

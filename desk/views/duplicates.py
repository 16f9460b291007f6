"""A person's decisions about two cases, or about a report in the wrong one; each can be undone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from desk.decorators import case_action, current_user, form_problems
from desk.forms.triage import ExclusionForm, MergeForm, PairForm
from desk.presenters import match_pairs
from factcheck import permissions
from factcheck.domain.duplicates import matches, merging, suggested_pairs
from factcheck.domain.index import exclusions
from factcheck.models import Case


def merged_page(request: HttpRequest, case: Case, into: Case) -> HttpResponse:
    messages.success(
        request,
        _("%(case)s is now part of %(into)s. The merge can be undone on the page of %(case)s.")
        % {"case": case.code, "into": into.code},
    )
    return landing(request, case, into)


def landing(request: HttpRequest, case: Case, into: Case) -> HttpResponse:
    """The case the reports are in now; of another unit's public case, the merged one's own page."""
    seen = permissions.visible_cases(current_user(request)).filter(pk=into.pk).exists()
    return redirect("desk:case", number=(into if seen else case).number)


@case_action
def merge(request: HttpRequest, case: Case) -> HttpResponse | None:
    form = MergeForm(request.POST)
    if not form.is_valid():
        form_problems(request, form)
        return None
    into = match_pairs.merge_target(form.cleaned_data["into"], current_user(request))
    if into is None:
        messages.error(request, _("There is no case with this number that you may see."))
        return None
    merging.merge(case, into, reason=form.cleaned_data["reason"], by=current_user(request))
    return merged_page(request, case, into)


@case_action
def unmerge(request: HttpRequest, case: Case) -> None:
    merging.unmerge(case, by=current_user(request))
    messages.success(request, _("The merge is undone; the case stands by itself again."))


@case_action
def suggestion(request: HttpRequest, case: Case, match: int) -> HttpResponse | None:
    """Decide on a suggested pair: the same, different, or related."""
    by = current_user(request)
    open_pairs = {found.match.pk: found for found in suggested_pairs.suggested_for(case, by)}
    if (chosen := open_pairs.get(match)) is None:
        messages.error(request, _("Someone has decided on this suggestion already."))
        return None
    form = PairForm(request.POST)
    if not form.is_valid():
        form_problems(request, form)
        return None
    decision, reason = form.cleaned_data["decision"], form.cleaned_data["reason"]
    other = chosen.case
    if decision == "merge":
        matches.confirm(chosen.match, reason=reason, by=by)
        merged, into = (other, case) if chosen.reverse else (case, other)
        return merged_page(request, merged, into)
    if decision == "related":
        merging.mark_related(case, other, reason=reason, by=by)
    else:
        matches.reject(chosen.match, reason=reason, by=by)
    report_distinct(request, decision)
    return None


def report_distinct(request: HttpRequest, decision: str) -> None:
    if decision == "related":
        messages.success(request, _("Noted as related; both stay cases of their own."))
    else:
        messages.success(request, _("Noted: not a duplicate. It will not be suggested again."))


@case_action
def split(request: HttpRequest, case: Case, report: str) -> HttpResponse:
    reports = permissions.visible_reports(current_user(request), case)
    reason = request.POST.get("reason", "")
    taken = get_object_or_404(reports, public_id=report)
    found = merging.split(taken, reason=reason, by=current_user(request))
    messages.success(request, _("The report is now %(code)s.") % {"code": found.code})
    return redirect("desk:case", number=found.number)


@case_action
def exclude(request: HttpRequest, case: Case) -> None:
    """Leave the case out of matching: junk, or so general that everything is like it."""
    form = ExclusionForm(request.POST)
    if not form.is_valid():
        return form_problems(request, form)
    exclusions.exclude(case, form.cleaned_data["reason"], by=current_user(request))
    messages.success(request, _("Left out of matching. “Let matching see it again” undoes it."))
    return None


@case_action
def include_again(request: HttpRequest, case: Case) -> None:
    exclusions.include_again(case, by=current_user(request))
    messages.success(request, _("Matching sees this case again."))

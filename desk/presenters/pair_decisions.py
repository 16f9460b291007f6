"""The confirmation after a decision about two cases, and the page that follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from desk.decorators import current_user
from factcheck import permissions
from factcheck.models import Case


def confirm_merge(request: HttpRequest, case: Case, into: Case) -> HttpResponse:
    """Redirect to the case the reports belong to now, or back to the merged one where that is
    another unit's public case."""
    messages.success(
        request,
        _("%(case)s is now part of %(into)s. The merge can be undone on the page of %(case)s.")
        % {"case": case.code, "into": into.code},
    )
    is_visible = permissions.visible_cases(current_user(request)).filter(pk=into.pk).exists()
    return redirect("desk:case", number=(into if is_visible else case).number)


def confirm_distinct(request: HttpRequest, decision: str) -> None:
    if decision == "related":
        messages.success(request, _("Noted as related; both stay cases of their own."))
    else:
        messages.success(request, _("Noted: not a duplicate. It will not be suggested again."))

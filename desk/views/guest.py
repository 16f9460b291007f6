"""The guest reviewer's pages: a code sent to the office's mailbox opens one review only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import DomainError
from desk.decorators import file_response
from desk.forms.review import ReviewForm
from desk.presenters.reviews import guest_review_context, review_form
from factcheck import workflow
from factcheck.domain.editorial import guest_sign_in, reviews
from factcheck.enums import ArchiveState
from factcheck.models import Evidence, GuestReview

_SESSION_KEY = "guest_review"  # id of the review that this browser has opened with a code
_no_store = cache_control(private=True, no_store=True)


def _guest_view(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Pass the guest of the link; a link that is over says so."""

    @_no_store
    @wraps(view)
    def wrapped(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        guest = guest_sign_in.find(token)
        if guest is None:
            return render(request, "desk/guest/over.html", status=410)
        return view(request, guest, token=token, **kwargs)

    return wrapped


def _signed_in(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same for a browser that has entered the code; another one is asked for it."""

    @wraps(view)
    def wrapped(request: HttpRequest, guest: GuestReview, token: str, **kwargs: Any) -> Any:
        if request.session.get(_SESSION_KEY) != guest.pk:
            context = {"guest": guest, "token": token}
            return render(request, "desk/guest/code.html", context)
        return view(request, guest, token=token, **kwargs)

    return _guest_view(wrapped)


def _show(
    request: HttpRequest, guest: GuestReview, token: str, form: ReviewForm | None = None
) -> HttpResponse:
    verdict = workflow.open_verdict(guest.case)
    read = {int(pk) for pk in request.POST.getlist("read") if pk.isdecimal()}
    context = guest_review_context(guest, verdict, token, form, read)
    return render(request, "desk/guest/review.html", context, status=422 if form else 200)


@require_safe
@_signed_in
def review(request: HttpRequest, guest: GuestReview, token: str) -> HttpResponse:
    return _show(request, guest, token)


@require_POST
@_guest_view
def code(request: HttpRequest, guest: GuestReview, token: str) -> HttpResponse:
    """Send a code, or open the review with it."""
    try:
        if "code" in request.POST:
            guest_sign_in.check_code(guest, request.POST["code"][:20])
            request.session.cycle_key()
            request.session[_SESSION_KEY] = guest.pk
        else:
            guest_sign_in.send_code(guest)
            messages.success(request, _("The code is on its way to the mailbox of your office."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("guest:review", token=token)


@require_POST
@_signed_in
def decide(request: HttpRequest, guest: GuestReview, token: str) -> HttpResponse:
    """Approve or return the verdict, as any reviewer does."""
    verdict = workflow.open_verdict(guest.case)
    form = review_form(verdict, guest.user, request.POST) if verdict else None
    if verdict is None or form is None or not form.is_valid():
        return _show(request, guest, token, form)
    note = form.cleaned_data["note"]
    try:
        if form.approves:
            answers = {"struck": form.struck or (), "weakened": form.cleaned_data["kinds"]}
            reviews.approve(
                verdict, note=note, statements=form.statements, **answers, by=guest.user
            )
            return render(request, "desk/guest/thanks.html", {"guest": guest})
        reviews.send_back(verdict, reason=note, struck=form.struck, by=guest.user)
        messages.success(request, _("Returned to the checker with your reason."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("guest:review", token=token)


@require_safe
@_signed_in
def archive(request: HttpRequest, guest: GuestReview, token: str, pk: int) -> HttpResponseBase:
    """An archived copy cited in the case, as a download."""
    item = get_object_or_404(Evidence, pk=pk, case=guest.case, archive_state=ArchiveState.STORED)
    return file_response(item.archive_path, item.archive_type, item.archive_name, inline=False)

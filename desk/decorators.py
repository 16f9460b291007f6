"""Access to the staff pages and to stored files, and refusals shown as messages."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from accounts.exceptions import DomainError
from accounts.models import Unit, User
from accounts.permissions import Permission, units_for
from desk import unsent
from factcheck import permissions
from factcheck.models import Case

SANDBOX = "default-src 'none'; sandbox"
View = Callable[..., HttpResponseBase]
Action = Callable[..., HttpResponse | None]


def current_user(request: HttpRequest) -> User:
    """The signed-in user; every view that asks is behind ``staff_view``."""
    assert isinstance(request.user, User)
    return request.user


def staff_view(view: View) -> View:
    """A view for signed-in staff, stored by no browser: several people share one.

    What was sent after the session had ended is offered again after the sign-in.
    """

    @cache_control(private=True, no_store=True)
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            if request.method == "POST":
                unsent.keep(request)
            return redirect_to_login(request.get_full_path())
        if request.method == "POST" or "discard" in request.GET:
            unsent.discard(request)
        elif form := unsent.waiting(request):
            return render(request, "desk/unsent.html", {"nav": "", "unsent": form})
        return unsent.remember_account(request, view(request, *args, **kwargs))

    return wrapped


def staff_page(view: View) -> View:
    """A staff view that only shows: GET and HEAD."""
    return require_safe(staff_view(view))


def staff_action(
    get_row: Callable[[User, int], Model], url_name: str, url_key: str
) -> Callable[[Action], View]:
    """Decorator of a button's view: POST, signed in, on a row the user may act on.

    ``get_row(user, key)`` finds the row by the URL's ``url_key`` or raises Http404. A refusal of
    the domain becomes a message; a view that returns no response leads back to ``url_name``.
    """

    def decorator(view: Action) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @staff_view
        @wraps(view)
        def wrapped(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            key = kwargs.pop(url_key)
            row = get_row(current_user(request), key)
            if request.method != "POST":  # after a sign-in in between, or from a bookmark
                return redirect(url_name, **{url_key: key})
            response = None
            try:
                response = view(request, row, **kwargs)
            except DomainError as refusal:
                messages.error(request, str(refusal))
            return response or redirect(url_name, **{url_key: key})

        return wrapped

    return decorator


def visible_case(user: User, number: int) -> Case:
    """The case with this number; 404 where the user may not see it, as if it did not exist."""
    cases = permissions.visible_cases(user).select_related("unit", "topic", "assignee")
    return get_object_or_404(cases, number=number)


def managed_unit_ids(user: User) -> set[int]:
    """Ids of the units that the user administers; 404 for someone who administers none, since
    the unit pages do not exist for them."""
    ids = units_for(user, Permission.MANAGE_UNIT)
    if not ids:
        raise Http404
    return ids


def managed_unit(user: User, pk: int) -> Unit:
    """The unit, if the user administers it; 404 otherwise."""
    units = Unit.objects.select_related("kind").filter(pk__in=managed_unit_ids(user))
    return get_object_or_404(units, pk=pk)


case_action = staff_action(visible_case, "desk:case", "number")
unit_action = staff_action(managed_unit, "accounts:unit", "pk")


def post_data(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: an empty POST is bound too, and gets its errors."""
    return request.POST if request.method == "POST" else None


def show_form_errors(request: HttpRequest, form: Any) -> None:
    """A small form's errors as messages: the form is folded away where nobody would look."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label}: {error}" if label else str(error))


def file_response(path: str, media_type: str, name: str, *, inline: bool) -> FileResponse:
    """A stored file whose type no browser may guess, and which none may run or store.

    Raises Http404 when the file is gone.
    """
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response

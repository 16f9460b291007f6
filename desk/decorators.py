"""What every view of the desk shares: who may come in, and how a refusal is told."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.exceptions import NotAllowed
from accounts.models import User
from factcheck import permissions
from factcheck.exceptions import FactcheckError
from factcheck.models import Case

DomainError = (FactcheckError, NotAllowed)

View = Callable[..., HttpResponseBase]


def desk(view: View) -> View:
    """A page of the desk: signed in, and never kept by a browser several people share."""
    return cache_control(private=True, no_store=True)(login_required(view))


def desk_page(view: View) -> View:
    """A page of the desk that only shows."""
    return require_safe(desk(view))


def visible_case(user: Any, number: int) -> Case:
    """The case with this number; 404 where the user may not see it, as if it did not exist."""
    cases = permissions.visible_cases(user).select_related("unit", "topic", "assignee")
    return get_object_or_404(cases, number=number)


def case_action(view: Callable[..., HttpResponse | None]) -> View:
    """A button on a case: POST, signed in, a case the user may see (else 404).

    A refusal of the domain becomes a message; without a response of its own the view leads back
    to the case.
    """

    @require_POST
    @desk
    @wraps(view)
    def wrapped(request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        case = visible_case(request.user, number)
        response = None
        try:
            response = view(request, case, **kwargs)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        return response or redirect("desk:case", number=case.number)

    return wrapped


def allowed(check: Callable[..., object], *args: object) -> bool:
    """Whether a check of ``permissions`` passes: buttons and handlers share it."""
    try:
        check(*args)
    except DomainError:
        return False
    return True


def refusal_reason(check: Callable[..., object], *args: object) -> str:
    """The sentence with which a check refuses, or "" where it passes."""
    try:
        check(*args)
    except DomainError as refusal:
        return str(refusal)
    return ""


def form_problems(request: HttpRequest, form: Any) -> None:
    """Tell a small form's errors as messages: it stands folded away where nobody would look."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            messages.error(request, f"{label}: {error}" if label else str(error))


def current_user(request: HttpRequest) -> User:
    """The signed-in user; every view here stands behind ``login_required``."""
    assert isinstance(request.user, User)
    return request.user

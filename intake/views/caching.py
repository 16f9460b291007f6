"""Who may keep these pages: nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def not_stored(view: View) -> View:
    """``Cache-Control: no-store``: forms with their keys, receipts and answers are kept by no
    browser, proxy or shared computer."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapped

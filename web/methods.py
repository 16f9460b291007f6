"""Request methods of views."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponseBase]


def post_only(page: str) -> Callable[[View], View]:
    """A view that takes POST; a GET, after a sign-in in between or from a bookmark, leads to the
    view named ``page``, which takes no arguments."""

    def decorator(view: View) -> View:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST":
                return redirect(page)
            return view(request, *args, **kwargs)

        return wrapped

    return decorator

"""Caching of pages by browsers, without ever showing a stale one."""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control

View = Callable[..., HttpResponse]


def with_revalidation(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Let only this browser cache a page, whose language is its reader's choice, and revalidate it
    each time: a correction is seen at once."""
    patch_cache_control(response, private=True, no_cache=True)
    return _conditional(request, response, response.content)


def with_cache_headers(
    request: HttpRequest, response: HttpResponse, seconds: int
) -> HttpResponseBase:
    """Let any cache store a page that is the same for everyone, but not longer than a correction
    may take to be seen."""
    patch_cache_control(response, public=True, max_age=seconds)
    return _conditional(request, response, response.content)


def _conditional(request: HttpRequest, response: HttpResponse, content: bytes) -> HttpResponseBase:
    etag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if conditional is not None else response


def no_store(view: View) -> View:
    """Add ``Cache-Control: no-store``, so that forms with their keys, receipts and answers are not
    cached by a browser, a proxy or a shared computer."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapped

"""The exception handler: every exception of an API view becomes a problem document."""

from collections.abc import Iterator
from typing import Any

import structlog
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts.exceptions import NotAllowed
from api.problems import MEDIA_TYPE, PROBLEMS, ProblemKind, problem
from intake.exceptions import ValidationError
from web.outages import RETRY_SECONDS, is_outage

log = structlog.get_logger("api")


class TooLarge(exceptions.APIException):
    status_code = 413
    default_detail = _("The body is larger than is accepted, or has too many parts.")
    default_code = ProblemKind.TOO_LARGE


class KeyReused(exceptions.APIException):
    status_code = 422
    default_detail = _("The Idempotency-Key came with other content before: choose a new key.")
    default_code = ProblemKind.KEY_REUSED


# First match wins, so a subclass comes before its base.
KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], ProblemKind], ...] = (
    ((exceptions.ValidationError, ValidationError), ProblemKind.INVALID),
    (exceptions.ParseError, ProblemKind.UNREADABLE),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), ProblemKind.UNAUTHENTICATED),
    ((exceptions.PermissionDenied, PermissionDenied, NotAllowed), ProblemKind.NOT_ALLOWED),
    ((exceptions.NotFound, Http404), ProblemKind.NOT_FOUND),
    (exceptions.MethodNotAllowed, ProblemKind.METHOD),
    (exceptions.NotAcceptable, ProblemKind.NOT_ACCEPTABLE),
    ((TooLarge, RequestDataTooBig, TooManyFilesSent, TooManyFieldsSent), ProblemKind.TOO_LARGE),
    (exceptions.UnsupportedMediaType, ProblemKind.MEDIA),
    (KeyReused, ProblemKind.KEY_REUSED),
    (exceptions.Throttled, ProblemKind.TOO_MANY),
    (SuspiciousOperation, ProblemKind.UNREADABLE),
)


def kind_of(error: Exception) -> ProblemKind:
    default = ProblemKind.UNAVAILABLE if is_outage(error) else ProblemKind.SERVER
    return next((kind for types, kind in KINDS if isinstance(error, types)), default)


def field_errors(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """Flatten DRF's nested details to field, code, message; the path is dotted, lists by index."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from field_errors(value, ".".join(part for part in (path, name) if part))
    elif isinstance(detail, (list, tuple)):
        for index, value in enumerate(detail):
            nested = isinstance(value, dict)
            yield from field_errors(value, f"{path}.{index}" if nested else path)
    else:
        yield {"field": path, "code": getattr(detail, "code", "invalid"), "message": str(detail)}


def details(error: Exception, kind: ProblemKind) -> tuple[str, list[dict[str, str]]]:
    """The sentence and the field errors of one exception."""
    if isinstance(error, ValidationError):
        return "", list(field_errors(error.errors))
    if isinstance(error, exceptions.ValidationError):
        return "", list(field_errors(error.detail))
    if kind is ProblemKind.NOT_ALLOWED and isinstance(error, NotAllowed):
        return str(error), []
    return "", []


def exception_handler(error: Exception, context: dict[str, Any]) -> Response:
    """DRF's exception handler. An unexpected error is logged with its trace and answered as 500
    with the request id, without any detail of it."""
    set_rollback()
    kind = kind_of(error)
    headers = {}
    if kind in (ProblemKind.SERVER, ProblemKind.UNAVAILABLE):
        log.error("api.failed", exc_info=error)
    if kind is ProblemKind.UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_SECONDS)
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header  # type: ignore[attr-defined]
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait))  # type: ignore[attr-defined]
    detail, errors = details(error, kind)
    return Response(
        problem(kind, detail=detail, errors=errors),
        status=PROBLEMS[kind].status,
        headers=headers,
        content_type=MEDIA_TYPE,
    )

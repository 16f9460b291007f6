import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

log = structlog.get_logger("request")
QUIET = {"health", "ready"}


class RequestLogMiddleware:
    """One line per request: route name, status, milliseconds, request id. No path (it may contain
    a code), no address, no user agent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = uuid.uuid4().hex[:12]
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        try:
            response = self.get_response(request)
        finally:
            structlog.contextvars.unbind_contextvars("request_id")
        route = request.resolver_match.view_name if request.resolver_match else ""
        if route not in QUIET:
            log.info(
                "request",
                route=route,
                method=request.method,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000),
                request_id=request_id,
            )
        response["X-Request-Id"] = request_id
        return response


class VietnameseFirstMiddleware(LocaleMiddleware):
    """Pages are Vietnamese until someone chooses otherwise.

    Many phones in Vietnam are set to English while their owners read school letters in
    Vietnamese, so a page does not follow Accept-Language; a program calling the API does.
    """

    def process_request(self, request: HttpRequest) -> None:
        if request.path.startswith("/api/"):
            super().process_request(request)
            return
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()

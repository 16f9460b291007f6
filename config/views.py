"""Health checks, and the pages shown when a request is refused or fails."""

import sys

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template

from web.outages import RETRY_SECONDS, is_outage


def health(request: HttpRequest) -> HttpResponse:
    """200 while the process answers, whatever its dependencies."""
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration, else 503 with the reason."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # any failure of the database means: not ready
        return JsonResponse({"status": "unavailable", "reason": "database"}, status=503)
    if pending:
        return JsonResponse({"status": "unavailable", "reason": "migrations"}, status=503)
    return JsonResponse({"status": "ready"})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The CSRF token of a staff form is too old or missing; public forms have none."""
    return render(request, "errors/403_csrf.html", status=403)


def _is_report(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name in {"public:submit", "public:submit_unit"}


def server_error(request: HttpRequest) -> HttpResponse:
    """Page for an exception no view caught: 503 while the database or the disk takes nothing, else
    500.

    The pages are static: they need nothing that may have just failed. If a report was not
    stored, its text is shown so that it can be copied.
    """
    outage = is_outage(sys.exc_info()[1])
    status = 503 if outage else 500
    headers = {"Retry-After": str(RETRY_SECONDS)} if outage else {}
    text = request.POST.get("text", "") if _is_report(request) else ""
    name = "errors/not_taken.html" if text else f"{status}.html"
    page = get_template(name).render({"text": text})
    return HttpResponse(page, status=status, headers={**headers, "Cache-Control": "no-store"})

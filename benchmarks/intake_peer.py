"""The peer of ``intake_ledger``: a bare Django view that inserts one row under a unique key.

No form, no cleaning, no fingerprint, no receipt, no audit, no page. Same server, same database
settings. ``python -m benchmarks.intake_peer`` makes its table.
"""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

TABLE = "CREATE TABLE bare (form_key varchar(64) PRIMARY KEY, text text NOT NULL)"
INSERT = "INSERT INTO bare (form_key, text) VALUES (%s, %s) ON CONFLICT DO NOTHING"

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []


def insert(request: HttpRequest) -> HttpResponse:
    """Store the text under its key, once."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.POST["form_key"], request.POST["text"]])
    return HttpResponse(request.POST["form_key"])


def ready(request: HttpRequest) -> HttpResponse:
    """Readiness check while the server starts."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", insert), path("readyz", ready)]
application = get_wsgi_application()


if __name__ == "__main__":
    with connection.cursor() as made:
        made.execute(TABLE)

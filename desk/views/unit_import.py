"""Units from a file in two steps. Between them the file is kept in the session, on the server: what
is confirmed is what was previewed, and the browser stores nothing."""

import base64
import hashlib
import io
import zlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.domain.csv_headings import COLUMNS
from accounts.domain.csv_import import ImportResult, import_csv
from accounts.models import UnitKind
from desk.decorators import current_user, managed_unit_ids, post_data, staff_view
from desk.forms.units import UploadForm
from web.methods import post_only

KEY = "unit_import"
SHOWN_ERRORS = 200


def _store(request: HttpRequest, data: bytes) -> None:
    packed = base64.b64encode(zlib.compress(data, 9)).decode()
    mark = hashlib.sha256(data).hexdigest()
    request.session[KEY] = {"data": packed, "mark": mark}


def _stored(request: HttpRequest) -> tuple[bytes, str] | None:
    stored = request.session.get(KEY)
    if not stored:
        return None
    return zlib.decompress(base64.b64decode(stored["data"])), stored["mark"]


@staff_view
def unit_import(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is only read."""
    managed_unit_ids(current_user(request))
    form = UploadForm(post_data(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _store(request, form.cleaned_data["file"].read())
        return redirect("accounts:unit_import_preview")
    context = {"form": form, "columns": COLUMNS, "kinds": UnitKind.objects.all(), "nav": "units"}
    return render(request, "desk/accounts/unit_import.html", context)


@staff_view
def preview(request: HttpRequest) -> HttpResponse:
    """What the file would change, or its errors line by line."""
    managed_unit_ids(current_user(request))
    stored = _stored(request)
    if stored is None:
        return redirect("accounts:unit_import")
    data, mark = stored
    result = import_csv(io.BytesIO(data), by=current_user(request), dry_run=True)
    return _render_preview(request, result, mark)


def _render_preview(request: HttpRequest, result: ImportResult, mark: str) -> HttpResponse:
    context = {
        "result": result,
        "errors": result.errors[:SHOWN_ERRORS],
        "more_errors": max(len(result.errors) - SHOWN_ERRORS, 0),
        "changes": result.created + result.updated,
        "mark": mark,
        "nav": "units",
    }
    return render(request, "desk/accounts/unit_import_preview.html", context)


@staff_view
@post_only("accounts:unit_import")
def confirm(request: HttpRequest) -> HttpResponse:
    """Import what was previewed, all or nothing."""
    managed_unit_ids(current_user(request))
    stored = _stored(request)
    if stored is None or stored[1] != request.POST.get("mark"):
        messages.error(request, _("This is not the file you looked at last. Please look again."))
        return redirect("accounts:unit_import_preview")
    result = import_csv(io.BytesIO(stored[0]), by=current_user(request), dry_run=False)
    if result.errors:
        return _render_preview(request, result, stored[1])
    del request.session[KEY]
    count = result.created + result.updated
    text = ngettext("%(count)d unit was imported.", "%(count)d units were imported.", count)
    messages.success(request, text % {"count": count})
    return redirect("accounts:units")


@staff_view
@post_only("accounts:unit_import")
def discard(request: HttpRequest) -> HttpResponse:
    request.session.pop(KEY, None)
    return redirect("accounts:unit_import")

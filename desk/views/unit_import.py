"""Units from a file in two steps. Between them the file waits in the session, on the server: what
is confirmed is what was looked at, and the browser holds nothing."""

import base64
import hashlib
import io
import zlib

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.domain.csv_import import ImportResult, import_csv
from accounts.domain.csv_rows import COLUMNS
from accounts.models import UnitKind
from desk.forms.units import UploadForm
from desk.unit_access import managed_ids, posted, staff

KEY = "unit_import"
SHOWN_ERRORS = 200


def _keep(request: HttpRequest, data: bytes) -> None:
    packed = base64.b64encode(zlib.compress(data, 9)).decode()
    mark = hashlib.sha256(data).hexdigest()
    request.session[KEY] = {"data": packed, "mark": mark}


def _kept(request: HttpRequest) -> tuple[bytes, str] | None:
    held = request.session.get(KEY)
    if not held:
        return None
    return zlib.decompress(base64.b64decode(held["data"])), held["mark"]


@login_required
def unit_import(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is only read."""
    managed_ids(request)
    form = UploadForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _keep(request, form.cleaned_data["file"].read())
        return redirect("accounts:unit_import_preview")
    context = {"form": form, "columns": COLUMNS, "kinds": UnitKind.objects.all(), "nav": "units"}
    return render(request, "desk/accounts/unit_import.html", context)


@login_required
def preview(request: HttpRequest) -> HttpResponse:
    """What the file would change, or what is wrong with it line by line."""
    managed_ids(request)
    kept = _kept(request)
    if kept is None:
        return redirect("accounts:unit_import")
    data, mark = kept
    result = import_csv(io.BytesIO(data), by=staff(request), dry_run=True)
    return _shown(request, result, mark)


def _shown(request: HttpRequest, result: ImportResult, mark: str) -> HttpResponse:
    context = {
        "result": result,
        "errors": result.errors[:SHOWN_ERRORS],
        "more_errors": max(len(result.errors) - SHOWN_ERRORS, 0),
        "changes": result.created + result.updated,
        "mark": mark,
        "nav": "units",
    }
    return render(request, "desk/accounts/unit_import_preview.html", context)


@login_required
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Import what was looked at, all or nothing."""
    managed_ids(request)
    kept = _kept(request)
    if kept is None or kept[1] != request.POST.get("mark"):
        messages.error(request, _("This is not the file you looked at last. Please look again."))
        return redirect("accounts:unit_import_preview")
    result = import_csv(io.BytesIO(kept[0]), by=staff(request), dry_run=False)
    if result.errors:
        return _shown(request, result, kept[1])
    del request.session[KEY]
    count = result.created + result.updated
    text = ngettext("%(count)d unit was imported.", "%(count)d units were imported.", count)
    messages.success(request, text % {"count": count})
    return redirect("accounts:units")


@login_required
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    request.session.pop(KEY, None)
    return redirect("accounts:unit_import")

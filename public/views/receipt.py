"""The receipt: shown once as the answer to the sending, never in an address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intake.domain import receipts, replies
from intake.domain.reports import SubmissionResult
from web import qr
from web.caching import not_stored


def page(
    request: HttpRequest, receipted: SubmissionResult, *, is_same: bool = True
) -> HttpResponse:
    """Show the code in groups, as a QR code and for download.

    The QR code's address carries the code behind ``#``: a browser never sends that to a server.
    """
    return render(
        request,
        "public/receipt.html",
        {
            "receipt": receipts.pretty(receipted.receipt),
            "groups": receipts.groups(receipted.receipt),
            "qr": qr.path_of(f"{receipts.tracking_url()}#{receipted.receipt}"),
            "timeline": replies.timeline(receipted.report),
            "is_same": is_same,
            "nav": "submit",
        },
    )


@not_stored
@require_POST
def text_file(request: HttpRequest) -> HttpResponse:
    """The code as a text file to keep. Looks nothing up: it only writes down what was posted."""
    code = receipts.parse(request.POST.get("receipt", ""))
    if code is None:
        return render(request, "public/no_receipt.html", {"nav": "submit"}, status=400)
    lines = [
        _("Kiểm Tin: receipt code"),
        "",
        receipts.pretty(code),
        "",
        _("Read the answer here, with this code:"),
        receipts.tracking_url(),
        "",
        _("Whoever has the code can read the answer, so do not post it in a group. A lost code "
          "cannot be issued again."),
    ]  # fmt: skip
    response = HttpResponse("\r\n".join(lines) + "\r\n", content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ma-tra-cuu.txt"'
    return response

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from intake.domain import receipts
from web.caching import no_store
from web.methods import post_only


@csrf_exempt  # nothing is stored
@post_only("public:submit")
@no_store
def text_file(request: HttpRequest) -> HttpResponse:
    """The code as a text file to keep; nothing is looked up, only what was posted is written."""
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

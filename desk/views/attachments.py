"""Files of a case: screenshots of its reports and archived copies of its evidence.

Neither folder is served by the web server: each request checks again whether the user may see
the file.
"""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from desk.decorators import current_user, staff_page, visible_case
from factcheck import permissions
from factcheck.enums import ArchiveState
from factcheck.models import Evidence
from intake.models import Attachment

SANDBOX = "default-src 'none'; sandbox"


def file_response(path: str, media_type: str, name: str, *, inline: bool) -> FileResponse:
    """A stored file whose type no browser may guess, and which none may run or store.

    Raises Http404 when the file is gone.
    """
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    return response


@staff_page
def attachment(request: HttpRequest, number: int, pk: int) -> FileResponse:
    """A screenshot, shown inline: intake re-encoded it, so it contains nothing but the picture."""
    case = visible_case(current_user(request), number)
    reports = permissions.visible_reports(current_user(request), case)
    image = get_object_or_404(Attachment, pk=pk, report__in=reports, report__purged_at=None)
    return file_response(image.path, image.media_type, f"{case.code}-{image.pk}", inline=True)


@staff_page
def archive(request: HttpRequest, number: int, pk: int) -> FileResponse:
    """The archived copy of a citation, always as a download: it is somebody else's page."""
    case = visible_case(current_user(request), number)
    evidence = get_object_or_404(Evidence, pk=pk, case=case, archive_state=ArchiveState.STORED)
    name = evidence.archive_name or f"{case.code}-{evidence.pk}"
    return file_response(evidence.archive_path, evidence.archive_type, name, inline=False)

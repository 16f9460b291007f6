"""Files of a case: screenshots of its reports and archived copies of its evidence.

Neither folder is served by the web server: each request checks again whether the user may see
the file.
"""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from desk.decorators import current_user, file_response, staff_page, visible_case
from factcheck import permissions
from factcheck.enums import ArchiveState
from factcheck.models import Evidence
from intake.models import Attachment


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

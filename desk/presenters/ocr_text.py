"""Text recognised in screenshots, as the case page shows it."""

from collections.abc import Iterable

from factcheck.models import Case
from intake.enums import ReadingState
from intake.models import Report

SHOWN = 2000  # characters beside the claim; the whole text is under its picture


def words_for_claim(case: Case, reports: Iterable[Report]) -> str:
    """Recognised text for the claim; empty once the claim is written or a report has text.

    ``reports`` have their attachments and readings prefetched.
    """
    listed = list(reports)
    if case.claim_written or any(report.text for report in listed):
        return ""
    readings = (
        picture.reading
        for report in listed
        for picture in report.attachments.all()
        if hasattr(picture, "reading")
    )
    words = [row.text for row in readings if row.state == ReadingState.READ and row.text]
    return "\n\n".join(dict.fromkeys(words))[:SHOWN]

"""What a machine read from screenshots, as the case page shows it."""

from collections.abc import Iterable

from factcheck.models import Case
from intake.enums import ReadingState
from intake.models import Report

SHOWN = 2000  # characters beside the claim; the whole stands under its picture


def words_for_claim(case: Case, reports: Iterable[Report]) -> str:
    """Read words a checker may write the claim from; empty once it is written or somebody typed.

    ``reports`` come with their attachments and readings.
    """
    shown = list(reports)
    if case.claim_written or any(report.text for report in shown):
        return ""
    readings = (
        picture.reading
        for report in shown
        for picture in report.attachments.all()
        if hasattr(picture, "reading")
    )
    words = [found.text for found in readings if found.state == ReadingState.READ and found.text]
    return "\n\n".join(dict.fromkeys(words))[:SHOWN]

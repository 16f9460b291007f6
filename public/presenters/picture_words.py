"""What the words in a report's pictures say to its sender, before anybody has answered."""

from typing import Any

from intake.domain import image_text
from intake.domain.notice_suggestions import suggest
from intake.models import Report
from matching.details.danger_signs import find_danger


def picture_context(report: Report) -> dict[str, Any]:
    """``in_pictures``: notices that may answer a picture; the sender says whether one does, since
    a machine's reading never links. ``emergency``: the picture or the text shows a sender in
    danger."""
    words = image_text.words_of_pictures(report)
    everything = f"{report.text}\n{report.question}\n{words}"
    return {"in_pictures": suggest(words), "emergency": find_danger(everything).personal}

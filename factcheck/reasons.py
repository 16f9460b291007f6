"""Reasons: one line that a person writes about a decision, counted and never cut."""

from django.utils.translation import gettext as _

from factcheck.exceptions import ValidationError
from matching.text.normalisation import one_line


def reason_line(text: str, limit: int) -> str:
    """Return the cleaned line.

    Raises:
        ValidationError: it is longer than ``limit`` characters; the sentence says by how many.
    """
    line = one_line(text)
    if len(line) > limit:
        raise ValidationError(
            _("The reason has %(over)s characters too many (at most %(limit)s). Please shorten it.")
            % {"over": len(line) - limit, "limit": limit}
        )
    return line

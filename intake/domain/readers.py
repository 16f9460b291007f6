"""Who reads a report: the unit whose form it was, or another unit that the sender chose.

The choice is the sender's. Where a text speaks of illness, violence, money or conduct, the other
unit is proposed; until somebody confirms or changes that, nothing is stored.
"""

from django.utils.translation import gettext as _

from accounts.domain import units
from accounts.domain.outside_readers import outside_reader
from accounts.exceptions import AccountsError
from accounts.models import Unit
from intake.domain.submissions import Submission
from intake.enums import Reader
from intake.exceptions import ValidationError
from intake.models import Report
from matching.details.delicate_subjects import is_delicate


def unit_for_all() -> Unit:
    """The unit that receives reports without one.

    Raises:
        ValidationError: there is no unit yet.
    """
    try:
        return units.default_unit()
    except AccountsError as error:
        sentence = _("This site is still being set up and cannot take reports yet.")
        raise ValidationError({"unit": [sentence]}) from error


def default_reader(unit: Unit | None, *texts: str) -> Reader:
    """Who reads what somebody wrote if they choose nobody."""
    if unit is None or not any(is_delicate(text) for text in texts):
        return Reader.UNIT
    return Reader.ELSEWHERE if outside_reader(unit) else Reader.UNIT


def needs_choice(submission: Submission) -> bool:
    """Whether the other unit would read this and the sender has not been told so yet."""
    default = default_reader(submission.unit, submission.text, submission.question)
    return not submission.reader and default == Reader.ELSEWHERE


def route(submission: Submission) -> tuple[Unit, Unit | None]:
    """The unit that receives the report, and the one that the sender did not want to read it.

    Raises:
        ValidationError: another unit is to read it and there is none, or there is no unit at all.
    """
    unit = submission.unit or unit_for_all()
    if submission.reader != Reader.ELSEWHERE:
        return unit, None
    elsewhere = outside_reader(unit)
    if elsewhere is None:
        sentence = _("Nobody outside %(unit)s can read reports yet.") % {"unit": unit.name}
        raise ValidationError({"reader": [sentence]})
    return elsewhere, unit


def reader_of(report: Report) -> Reader:
    """What was chosen for a stored report."""
    return Reader.UNIT if report.about_unit_id is None else Reader.ELSEWHERE

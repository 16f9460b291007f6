"""The definition of a rating that is known by its stored value alone.

For the form and the tracking page, whose views reach no case: they have words to show, no version.
"""

from django import template

from factcheck.act_first import SCAM_ADVICE, ActFirst
from factcheck.ratings import RATINGS, RatingDefinition

register = template.Library()


@register.simple_tag
def kt_scam_advice() -> ActFirst:
    """What to do about any scam, and whom to call."""
    return SCAM_ADVICE


@register.filter
def kt_rating(value: str) -> RatingDefinition | None:
    """None for an unknown value: the label is shown with a neutral outline."""
    return RATINGS.get(value)

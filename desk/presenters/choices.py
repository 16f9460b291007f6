"""A checker's choices, each with its meaning or its consequence in words."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.domain.cases.demand import Demand
from factcheck.outcomes import CLOSING_OUTCOMES, CLOSING_REPLIES, PURGED_OUTCOMES
from factcheck.ratings import RATINGS, RatingDefinition


@dataclass(frozen=True)
class ClosingChoice:
    """A way to close without a notice, with what follows from it."""

    outcome: str
    label: str
    consequence: str


def closings() -> list[ClosingChoice]:
    """The outcomes a person may choose, each with the answer the senders will get."""
    choices = []
    for outcome in CLOSING_OUTCOMES:
        answer = CLOSING_REPLIES[outcome]
        parts = [
            _("The senders are told: “%(title)s”.") % {"title": answer.title},
            str(answer.advice),
        ]
        if outcome in PURGED_OUTCOMES:
            parts.append(
                _("The text of the reports is deleted after %(days)s days.")
                % {"days": settings.OPINION_TEXT_DAYS}
            )
        parts.append(_("Until then “Reopen” undoes it."))
        choices.append(ClosingChoice(outcome.value, str(outcome.label), " ".join(parts)))
    return choices


def scale() -> list[RatingDefinition]:
    """The ratings of the verdict form, in order."""
    return list(RATINGS.values())


def amplification(demand: Demand) -> str:
    """How far the claim has spread by itself: the basis for the amplification check."""
    senders = ngettext("%(n)d distinct sender", "%(n)d distinct senders", demand.senders) % {
        "n": demand.senders
    }
    units = ngettext("%(n)d unit", "%(n)d units", demand.units) % {"n": demand.units}
    if demand.senders > 2 or demand.units > 1:
        return _("%(senders)s from %(units)s asked: it goes round already.") % {
            "senders": senders,
            "units": units,
        }
    return _(
        "%(senders)s from %(units)s asked: a notice may carry it further than it has gone."
    ) % {
        "senders": senders,
        "units": units,
    }

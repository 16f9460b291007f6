"""Who can decide on a case, in words: for staff on queue and case page, and for the asker."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import Unit

_NAMES_SHOWN = 3


@dataclass(frozen=True)
class Refusal:
    """A unit within reach that cannot decide, and the reason as a sentence."""

    unit: Unit
    sentence: str


@dataclass(frozen=True)
class Deciders:
    """Who can decide on one case: units with somebody there, and the others with the reason.

    False where nobody can.
    """

    units: list[Unit]
    refusals: list[Refusal]
    concerned: list[Unit]
    people: frozenset[int] = field(default=frozenset())  # ids

    def __bool__(self) -> bool:
        return bool(self.people)


def names(units: Iterable[Unit]) -> str:
    """The first few names; a long list ends with how many more there are."""
    listed = [str(unit) for unit in units]
    if len(listed) <= _NAMES_SHOWN:
        return ", ".join(listed)
    shown = ", ".join(listed[:_NAMES_SHOWN])
    return _("%(names)s and %(n)d more") % {"names": shown, "n": len(listed) - _NAMES_SHOWN}


def needed(answer: Deciders) -> str:
    """For the queue: whom the case will wait for, or "" where any colleague can decide."""
    if not answer:
        if not answer.concerned:
            return _("nobody here can decide on it yet")
        return _("needs a reviewer from outside %(about)s: nobody yet") % {
            "about": names(answer.concerned)
        }
    if not answer.concerned:
        return ""
    return _("needs a reviewer from outside %(about)s: %(units)s") % {
        "about": names(answer.concerned),
        "units": names(answer.units),
    }


def nobody(answer: Deciders) -> str:
    """Why nobody can decide, unit by unit."""
    reasons = "; ".join(f"{refusal.unit}: {refusal.sentence}" for refusal in answer.refusals)
    return _("Nobody can decide on this case yet. %(reasons)s.") % {"reasons": reasons}


def not_independent(answer: Deciders) -> str:
    """For a reviewer who is not independent: why, and who is."""
    about = names(answer.concerned)
    if not answer:
        return _(
            "The claim is about %(about)s, where you have a role or which is above your unit: "
            "somebody from outside has to decide, and nobody can be reached yet."
        ) % {"about": about}
    return _(
        "The claim is about %(about)s, where you have a role or which is above your unit: a "
        "reviewer from outside has to decide (%(units)s)."
    ) % {"about": about, "units": names(answer.units)}


def checking_note(answer: Deciders) -> str:
    """For the asker while the claim is being checked."""
    note = _("It is being compared with official sources.")
    if answer:
        return note
    return f"{note} " + _(
        "Nobody independent who could confirm the answer has been reached yet. If that stays so, "
        "we say it here."
    )


def review_note(answer: Deciders) -> str:
    """For the asker while a verdict waits for its second person."""
    if not answer:
        return _(
            "The answer is written. It needs a second person who is independent, and nobody has "
            "been reached yet. If that stays so, we say it here."
        )
    if answer.concerned:
        return _("Waiting for a reviewer from outside: %(units)s.") % {"units": names(answer.units)}
    return _("Waiting for a second person to confirm the answer: %(units)s.") % {
        "units": names(answer.units)
    }


def handed_over_note(unit: Unit) -> str:
    """For the asker: who has the case now."""
    return _(
        "%(unit)s is looking at this now, because the message is about the unit that had it before."
    ) % {"unit": unit}


def looking_note(answer: Deciders) -> str:
    """For the asker while nobody can decide."""
    if answer.concerned:
        return _(
            "Nobody who is independent of %(about)s has been found yet to confirm an answer. "
            "We are looking; if nobody is found within a week, we close this openly and say whom "
            "to ask."
        ) % {"about": names(answer.concerned)}
    return _(
        "Nobody has been found yet to confirm an answer. We are looking; if nobody is found within "
        "a week, we close this openly and say whom to ask."
    )


def whom_to_ask(units: Iterable[Unit]) -> str:
    """Advice after a case that cannot be decided here; "" where no unit above is known."""
    if not (listed := names(units)):
        return ""
    return _(
        "Ask %(units)s, or the inspectorate. A child in need is helped at 111, day and night."
    ) % {"units": listed}


def nobody_new() -> str:
    """The public reason why a request for reconsideration ends without a decision."""
    return _(
        "Nobody who took no part in this notice and is independent could be found within a week, "
        "so the request cannot be decided here. The notice stays as it is."
    )

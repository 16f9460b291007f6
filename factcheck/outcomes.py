"""Outcomes: what the reporters are told when a case ends without a notice."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.enums import Outcome


@dataclass(frozen=True)
class ClosingReply:
    """The reply to the reporters of a case that was closed with one outcome."""

    title: Promise
    body: Promise
    advice: Promise


_EMERGENCY = _(
    "Call 113 (police), 115 (ambulance), 111 (child protection) or 156 (scam calls and messages)."
)
CLOSING_REPLIES: dict[Outcome, ClosingReply] = {
    Outcome.OPINION: ClosingReply(
        _("This is an opinion, so there is nothing to check"),
        _(
            "Thank you for asking. We read what you sent: it says what someone thinks or expects. "
            "We check claims, not opinions, so we give no verdict."
        ),
        _("If there is a statement of fact in it, send us that sentence by itself."),
    ),
    Outcome.PERSONAL: ClosingReply(
        _("This is a personal matter, so it is not checked here"),
        _(
            "Thank you for asking. What you sent concerns particular people and not the public, "
            "so we neither check nor publish it."
        ),
        _("Please speak with the school itself. A child in need is helped at 111, day and night."),
    ),
    Outcome.SPAM: ClosingReply(
        _("There was nothing to check in this"),
        _(
            "We read what you sent and found no claim that could be checked, "
            "for example an advertisement or a few letters."
        ),
        _("If we misunderstood, please send it again with one sentence about what you ask."),
    ),
    Outcome.EMERGENCY: ClosingReply(
        _("Please call for help at once"),
        _(
            "What you sent may be an emergency. Checking takes time that you may not have, "
            "and we pass nothing on: please call yourself."
        ),
        _EMERGENCY,
    ),
    Outcome.UNDECIDABLE: ClosingReply(
        _("This cannot be decided here"),
        _(
            "An answer needs two people, one of whom is independent of the unit the message is "
            "about. Nobody independent could be found, so we give no verdict. That does not mean "
            "that the message is true, nor that it is false."
        ),
        _(
            "Ask the office above that unit, or the inspectorate. A child in need is helped at "
            "111, day and night."
        ),
    ),
}
# The text of the reports is emptied OPINION_TEXT_DAYS after a case was closed with one of these.
PURGED_OUTCOMES = frozenset({Outcome.OPINION, Outcome.PERSONAL, Outcome.SPAM, Outcome.EMERGENCY})
# Those a person may choose; ANSWERED follows from a verdict, UNDECIDABLE is computed.
CLOSING_OUTCOMES = tuple(one for one in CLOSING_REPLIES if one != Outcome.UNDECIDABLE)

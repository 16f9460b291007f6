"""The answer as a message: what is true, what to do, where to read it.

It repeats nothing of what was asked and no receipt, so a message read by somebody else gives
neither away.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from channels.protocol import Channel
from intake.models import Reply


@dataclass(frozen=True)
class AnswerMessage:
    subject: str
    body: str


def compose(reply: Reply, channel: Channel, *, is_correction: bool) -> AnswerMessage:
    """Return subject and plain text in the language the report was written in."""
    with translation.override(reply.report.language):
        subject = _("The answer to your report") if not is_correction else _(
            "Correction of the answer to your report"
        )  # fmt: skip
        footer = channel.answer_footer(settings.CONTACT_DAYS)
        paragraphs = [*_paragraphs(reply, is_correction), footer]
    return AnswerMessage(f"{settings.SITE_NAME}: {subject}", "\n\n".join(paragraphs) + "\n")


def _paragraphs(reply: Reply, is_correction: bool) -> list[str]:
    parts = [_("Thank you for asking before passing it on. Your report has been checked.")]
    if is_correction:
        parts = [_("We have corrected an answer that we gave you earlier. This one holds now.")]
    if reply.verdict_label:
        parts.append(_("The information you asked about: %(verdict)s") % {
            "verdict": reply.verdict_label
        })  # fmt: skip
    if reply.title:
        parts.append(reply.title)
    if reply.body:
        parts.append(_("What is true:") + "\n" + reply.body)
    if reply.advice:
        parts.append(_("What to do:") + "\n" + reply.advice)
    if reply.url:
        parts.append(_("The full notice:") + "\n" + settings.SITE_URL + reply.url)
    return parts

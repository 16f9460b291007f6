"""The answer as a message: what is true, what to do, where to read it.

It repeats nothing of what was asked and no receipt, so a message read by somebody else gives
neither away.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from channels.protocol import Channel
from intake.enums import Stage
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
    thanks = _("Thank you for asking before passing it on. Your report has been checked.")
    if reply.stage != Stage.ANSWERED:
        thanks = _("We have your report, and people are checking it. Do this until they answer.")
    elif is_correction:
        thanks = _("We have corrected an answer that we gave you earlier. This one holds now.")
    verdict = _("The information you asked about: %(verdict)s") % {"verdict": reply.verdict_label}
    verdict = verdict if reply.verdict_label else ""
    advice = _("What to do:") + "\n" + reply.advice if reply.advice else ""
    if reply.act_first:  # whoever reads one line reads what to do
        parts = [reply.title, advice, verdict, reply.body, thanks]
    else:
        truth = _("What is true:") + "\n" + reply.body if reply.body else ""
        parts = [thanks, verdict, reply.title, truth, advice]
    if reply.url:
        parts.append(_("The full notice:") + "\n" + settings.SITE_URL + reply.url)
    return [part for part in parts if part]

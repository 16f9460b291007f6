"""The answer as an e-mail: what is true, what to do, where to read it.

It says nothing about what was asked and holds no receipt, so a letter read by somebody else
gives neither away.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from intake.models import Reply


@dataclass(frozen=True)
class Email:
    subject: str
    body: str


def compose(reply: Reply, *, is_correction: bool) -> Email:
    """Return subject and plain text in the language the report was written in."""
    with translation.override(reply.report.language):
        subject = _("The answer to your report") if not is_correction else _(
            "Correction of the answer to your report"
        )  # fmt: skip
        return Email(f"{settings.SITE_NAME}: {subject}", _body(reply, is_correction))


def _body(reply: Reply, is_correction: bool) -> str:
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
    parts.append(
        _("You get this letter because you left your address with a report. It is deleted "
          "%(days)s days after that. Please do not answer: nobody reads this mailbox.")
        % {"days": settings.CONTACT_DAYS}
    )  # fmt: skip
    return "\n\n".join(parts) + "\n"

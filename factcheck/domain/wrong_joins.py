"""Wrong joins: whoever got the answer of a case that is not theirs is told so, once."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from factcheck.models import Case
from intake.domain import replies
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from intake.models import Report


def _answers_of(case: Case) -> Q:
    """Replies that the case's notice, verdicts or closing made."""
    keys = Q(key__startswith=f"closed:{case.pk}:")
    notice = getattr(case, "notice", None)
    if notice is not None:
        keys |= Q(key__startswith=f"notice:{notice.pk}:")
    verdicts = [ReplyKey.for_verdict(pk) for pk in case.verdicts.values_list("pk", flat=True)]
    return keys | Q(key__in=verdicts)


def notify_reporters(reports: Iterable[Report], case: Case, *, by: User) -> int:
    """Tell the senders of reports that left the case; return how many had got its answer."""
    told, answers = 0, _answers_of(case)
    for report in reports:
        if not report.replies.filter(answers, stage=Stage.ANSWERED).exists():
            continue
        with translation.override(report.language or "vi"):
            _reply, created = replies.create_reply(
                report,
                Stage.ANSWERED,
                key=ReplyKey.for_wrong_join(case.pk),
                by=by,
                title=_("The earlier answer was not about your message"),
                body=_("We joined your message to another one by mistake. Please do not rely on "
                       "the earlier answer: yours is now checked by itself."),
            )  # fmt: skip
        told += created
    return told

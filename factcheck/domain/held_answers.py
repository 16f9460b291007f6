"""Held answers: reports that were joined to a notice which does not answer by itself at present.

Their senders are told that the message is like a checked one and that nobody has checked it this
time; a person's decision about the notice releases the answer.
"""

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from factcheck import merge_tree
from factcheck.domain.validity import Validity, checked_on, validity
from factcheck.models import Case, Match, NoticeVersion
from intake.domain import dates, replies
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from matching.details.slot_extraction import extract_slots


def hold_if_lapsed(match: Match, case: Case) -> bool:
    """Hold the answer to the report of a match that no person made; whether it is held.

    ``case``: the unmerged case it belongs to.
    """
    version = (
        NoticeVersion.objects.filter(notice__case=case, is_current=True)
        .select_related("notice")
        .first()
    )
    if version is None:
        return False
    asked = extract_slots(match.report.text, dates.seen_on(match.report)).dates
    state = validity(version, asked)
    if state not in (Validity.LAPSED, Validity.PAST_EVENT, Validity.SUSPENDED):
        return False
    match.answer_held_at = timezone.now()
    match.save(update_fields=["answer_held_at"])
    with translation.override(match.report.language or "vi"):
        again = _("It is being checked again since today.")
        like = _("Like a message checked on %(day)s; this time nobody has checked it yet.")
        day = checked_on(version).strftime("%d/%m/%Y")
        body = again if state is Validity.SUSPENDED else like % {"day": day}
        replies.create_reply(
            match.report,
            Stage.CHECKING,
            key=ReplyKey.for_held(version.notice_id, version.number),
            body=body,
        )
    return True


def release(case: Case) -> None:
    """Release the held answers of a case: a person decided about its notice."""
    matches = Match.objects.filter(
        case__in=merge_tree.group_ids(case), answer_held_at__isnull=False
    )
    matches.update(answer_held_at=None)

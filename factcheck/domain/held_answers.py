"""Held answers: reports that were joined to a notice which does not answer by itself at present.

Their senders are told that the message is like a checked one and that nobody has checked it this
time; a person's decision about the notice releases the answer.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from factcheck import merge_tree
from factcheck.domain.validity import Validity, checked_on, private_validity, validity
from factcheck.enums import Outcome, VerdictState
from factcheck.models import Case, Match, NoticeVersion
from intake.domain import dates, replies
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from matching.details.slot_extraction import extract_slots

_HOLDING = frozenset({Validity.LAPSED, Validity.PAST_EVENT, Validity.SUSPENDED})


def hold_if_lapsed(match: Match, case: Case, *, asked_anew: bool = False) -> bool:
    """Hold the answer to the report of a match that no person made; whether it is held.

    ``case``: the unmerged case it belongs to. ``asked_anew``: many ask about harm that was
    answered privately.
    """
    version = (
        NoticeVersion.objects.filter(notice__case=case, is_current=True)
        .select_related("notice")
        .first()
    )
    asked = extract_slots(match.report.text, dates.seen_on(match.report)).dates
    if version is None:
        return _hold_private(match, case, asked, asked_anew=asked_anew)
    state = validity(version, asked)
    if state not in _HOLDING:
        return False
    key = ReplyKey.for_held(version.notice_id, version.number)
    _hold(match, state, key, checked_on(version))
    return True


def _hold_private(match: Match, case: Case, asked: Collection[str], *, asked_anew: bool) -> bool:
    """The same for an answer to the reporters alone: once one is held, all are, until two people
    have decided again."""
    approved = case.verdicts.filter(state=VerdictState.APPROVED, published__isnull=True)
    verdict = approved.order_by("-pk").first()
    if case.outcome != Outcome.ANSWERED or case.closed_at is None or verdict is None:
        return False
    answered_on = timezone.localdate(case.closed_at)
    state = private_validity(verdict, answered_on, asked)
    if asked_anew or is_holding(case):
        state = Validity.SUSPENDED
    if state not in _HOLDING:
        return False
    _hold(match, state, ReplyKey.for_held_verdict(verdict.pk), answered_on)
    return True


def _hold(match: Match, state: Validity, key: ReplyKey, day: date) -> None:
    match.answer_held_at = timezone.now()
    match.save(update_fields=["answer_held_at"])
    with translation.override(match.report.language or "vi"):
        again = _("It is being checked again since today.")
        like = _("Like a message checked on %(day)s; this time nobody has checked it yet.")
        text = like % {"day": day.strftime("%d/%m/%Y")}
        body = again if state is Validity.SUSPENDED else text
        replies.create_reply(match.report, Stage.CHECKING, key=key, body=body)


def _held_matches(case: Case) -> "QuerySet[Match]":
    return Match.objects.filter(case__in=merge_tree.group_ids(case), answer_held_at__isnull=False)


def is_holding(case: Case) -> bool:
    """Whether an answer of the case is held."""
    return _held_matches(case).exists()


def release(case: Case) -> None:
    """Release the held answers of a case: two people decided about its answer."""
    _held_matches(case).update(answer_held_at=None)

"""Reporter notifications: what the reporters of a case may know now, and who has not got it yet.

Every answer or stage has one key, so sending it twice changes nothing; reports without it are found
in SQL from the rows themselves, never from a flag that could be lost.
"""

from dataclasses import asdict, dataclass

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from channels.dispatch import enqueue
from factcheck import decision_texts, independence, merge_tree, ratings
from factcheck.domain import closing_acts
from factcheck.enums import (
    UNDECIDED_STATUSES,
    CaseStatus,
    MatchState,
    Outcome,
    VerdictKind,
    VerdictState,
)
from factcheck.models import Case, Match, NoticeVersion, Verdict
from factcheck.outcomes import CLOSING_REPLIES
from intake.domain import replies
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from intake.models import Reply, Report

log = structlog.get_logger("factcheck")

_CHECKING = (CaseStatus.CHECKING, CaseStatus.WAITING)
_REVIEWING = (CaseStatus.IN_REVIEW, CaseStatus.APPROVED)


@dataclass(frozen=True)
class ReporterUpdate:
    """One reply, as ``intake.domain.replies.create_reply`` takes it."""

    stage: Stage
    key: ReplyKey
    claim: str = ""
    title: str = ""
    body: str = ""
    advice: str = ""
    verdict: str = ""
    verdict_label: str = ""
    url: str = ""
    act_first: bool = False


def current_version(case: Case) -> NoticeVersion | None:
    """The public version of the case's notice; None when nothing is public."""
    current = NoticeVersion.objects.filter(notice__case=case, is_current=True)
    return current.select_related("notice").first()


def answering_verdict(case: Case) -> Verdict | None:
    """The approved verdict that answers the reporters of a case closed as "answered"."""
    approved = case.verdicts.filter(state=VerdictState.APPROVED, published__isnull=True)
    return approved.order_by("-pk").first()


def _version_update(version: NoticeVersion) -> ReporterUpdate:
    title, body = version.leading_headline, version.what_is_true or version.explanation
    if version.change_reason:
        body = _("What changed: %(reason)s") % {"reason": version.change_reason} + "\n\n" + body
    retracted = version.kind == VerdictKind.RETRACTION
    if retracted:
        title = _("We have withdrawn our answer") + f": {title}"
    return ReporterUpdate(
        Stage.ANSWERED,
        ReplyKey.for_notice(version.notice_id, version.number),
        claim=version.claim,
        title=title,
        body=body,
        advice=version.shown_advice,
        act_first=not retracted and ratings.warns(version.rating, version.tags),
        verdict="" if retracted else version.rating,
        verdict_label="" if retracted else version.get_rating_display(),
        url=version.notice.get_absolute_url(),
    )


def _verdict_update(verdict: Verdict) -> ReporterUpdate:
    return ReporterUpdate(
        Stage.ANSWERED,
        ReplyKey.for_verdict(verdict.pk),
        claim=verdict.claim,
        title=verdict.leading_headline,
        body=verdict.what_is_true or verdict.explanation,
        advice=verdict.shown_advice,
        act_first=ratings.warns(verdict.rating, verdict.tags),
        verdict=verdict.rating,
        verdict_label=verdict.get_rating_display(),
    )


def _closed_by(case: Case) -> str:
    """Which unit closed a claim about itself."""
    act = closing_acts.closing_act(case)
    if act is None or act.proposed_unit is None:
        return ""
    return " " + _("Closed by %(unit)s, which it is about.") % {"unit": act.proposed_unit}


def _closing_update(case: Case) -> ReporterUpdate | None:
    if case.outcome == Outcome.ANSWERED:
        verdict = answering_verdict(case)
        return _verdict_update(verdict) if verdict else None
    reply = CLOSING_REPLIES[Outcome(case.outcome)]
    advice = str(reply.advice)
    if case.outcome == Outcome.UNDECIDABLE:
        advice = decision_texts.whom_to_ask(independence.units_above_concerned(case)) or advice
    return ReporterUpdate(
        Stage.ANSWERED,
        ReplyKey.for_closing(case.pk, case.outcome),
        title=str(reply.title),
        body=str(reply.body) + _closed_by(case),
        advice=advice,
    )


def _review_note(case: Case) -> str:
    """Whom the answer waits for; once it is approved, only for its publication."""
    if case.status == CaseStatus.APPROVED:
        return _("A second person has confirmed the answer; it is about to be sent.")
    return decision_texts.review_note(independence.deciders(case))


def _nobody_update(case: Case) -> ReporterUpdate:
    """Nobody can decide: said at the stage the case has reached."""
    stage = {CaseStatus.NEW: Stage.RECEIVED, CaseStatus.IN_REVIEW: Stage.IN_REVIEW}
    answer = independence.deciders(case)
    return ReporterUpdate(
        stage.get(CaseStatus(case.status), Stage.CHECKING),
        ReplyKey.for_nobody(),
        body=decision_texts.looking_note(answer),
    )


def _stage_update(case: Case) -> ReporterUpdate | None:
    """How far the work is; of a case that was handed over also with whom it lies now."""
    if case.status in _CHECKING:
        stage = Stage.CHECKING
        note = decision_texts.checking_note(independence.deciders(case))
    elif case.status in _REVIEWING:
        stage, note = Stage.IN_REVIEW, _review_note(case)
    elif case.status == CaseStatus.NEW and case.handed_over_at is not None:
        stage, note = Stage.RECEIVED, ""
    else:
        return None
    if case.handed_over_at is None:
        return ReporterUpdate(stage, ReplyKey.for_stage(stage), body=note)
    body = f"{decision_texts.handed_over_note(case.unit)} {note}".strip()
    return ReporterUpdate(stage, ReplyKey.for_handover(case.unit_id, stage), body=body)


def update_for(case: Case) -> ReporterUpdate | None:
    """What a reporter may know about an unmerged case, in the active language; None for nothing.

    A public notice stays the answer while it is being revised.
    """
    version = current_version(case)
    if version is not None:
        return _version_update(version)
    if case.status == CaseStatus.CLOSED:
        return _closing_update(case)
    if case.undecidable_since is not None and case.status in UNDECIDED_STATUSES:
        return _nobody_update(case)
    return _stage_update(case)


def notify_reporter(report: Report, case: Case, *, by: User | None = None) -> None:
    """Send the reporter of one report what its case (or what that was merged into) allows now."""
    _notify(report, merge_tree.canonical(case), by=by)


def _notify(report: Report, case: Case, *, by: User | None) -> bool:
    """Send it in the report's language; False if there is nothing to send, or nothing new."""
    with translation.override(report.language or "vi"):
        update = update_for(case)
        if update is None:
            return False
        return replies.create_reply(report, by=by, **asdict(update))[1]


def reports_without_reply(case: Case, key: ReplyKey) -> QuerySet[Report]:
    """Reports of the case and its merged cases that have not got the reply ``key``.

    For a notice also reports that have been moved to another case since: whoever got a former
    version gets this one.
    """
    linked = Match.objects.filter(
        state=MatchState.CONFIRMED,
        answer_held_at__isnull=True,
        case_id__in=merge_tree.group_ids(case),
    )
    concerned = linked.values("report")
    if versions := key.notice_versions():
        # A union, since with OR PostgreSQL reads every report.
        readers = Reply.objects.filter(key__in=versions).order_by()
        concerned = concerned.union(readers.values("report"))
    sent = Reply.objects.filter(report=OuterRef("pk"), key=key)
    return Report.objects.filter(~Exists(sent), pk__in=concerned).order_by("pk")


def notify_reporters(case: Case, *, by: User | None = None) -> int:
    """Send every reporter of the case what they have not got yet; return how many got something.

    Each report is a transaction of its own: when a run is interrupted, the next one does the rest,
    and one report that fails does not stop the others.
    """
    case, notified = merge_tree.canonical(case), 0
    update = update_for(case)
    if update is None:
        return 0
    for report in reports_without_reply(case, update.key).iterator(chunk_size=200):
        try:
            notified += _notify(report, case, by=by)
        except SoftTimeLimitExceeded:
            raise  # this task has to end; the next run does the rest
        except Exception as error:  # the sweep tries this report again
            log.error("notification_failed", report=report.pk, error=type(error).__name__)
    return notified


def enqueue_notifications(case: Case) -> None:
    """Notify the case's reporters in the background once this transaction is committed."""
    enqueue("factcheck.notify_reporters", case.pk)

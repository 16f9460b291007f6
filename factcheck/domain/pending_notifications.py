"""Pending notifications: cases with reporters who have not got what they may know, found in SQL
from the rows themselves. The keys are those of ``notifications.update_for``."""

from django.db.models import Case as SqlCase
from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from factcheck import merge_tree
from factcheck.enums import UNDECIDED_STATUSES, CaseStatus, MatchState, Outcome, VerdictState
from factcheck.models import Case, Match, NoticeVersion, Verdict
from intake.domain import reply_keys
from intake.enums import Stage
from intake.models import Reply

_CHECKING = (CaseStatus.CHECKING, CaseStatus.WAITING)
_REVIEWING = (CaseStatus.IN_REVIEW, CaseStatus.APPROVED)
_STAGES = {
    Stage.RECEIVED: (CaseStatus.NEW,),
    Stage.CHECKING: _CHECKING,
    Stage.IN_REVIEW: _REVIEWING,
}


def _current_version_key(case: str) -> Subquery:
    """Key of the public notice of the case at the path ``case``; NULL when nothing is public."""
    current = NoticeVersion.objects.filter(notice__case=OuterRef(case), is_current=True)
    key = reply_keys.notice_key_sql("notice_id", "number")
    return Subquery(current.values(current_key=key)[:1])


def _stage_key() -> Subquery:
    """Key of what the reporters of the case ``canonical`` may know while nothing is public."""
    verdicts = Verdict.objects.filter(
        case=OuterRef("pk"), state=VerdictState.APPROVED, published__isnull=True
    ).order_by("-pk")
    answered = reply_keys.verdict_key_sql(Subquery(verdicts.values("pk")[:1]))
    closed = reply_keys.closing_key_sql("pk", "outcome")
    key = SqlCase(
        When(
            status__in=UNDECIDED_STATUSES,
            undecidable_since__isnull=False,
            then=reply_keys.nobody_key_sql(),
        ),
        *(
            When(
                status__in=statuses,
                handed_over_at__isnull=False,
                then=reply_keys.handover_key_sql("unit_id", stage),
            )
            for stage, statuses in _STAGES.items()
        ),
        When(status__in=_CHECKING, then=reply_keys.stage_key_sql(Stage.CHECKING)),
        When(status__in=_REVIEWING, then=reply_keys.stage_key_sql(Stage.IN_REVIEW)),
        When(status=CaseStatus.CLOSED, outcome=Outcome.ANSWERED, then=answered),
        When(status=CaseStatus.CLOSED, then=closed),
        output_field=CharField(),
    )
    return Subquery(Case.objects.filter(pk=OuterRef("canonical")).values(stage_key=key)[:1])


def _cases_with_reports_without_reply() -> "QuerySet[Match, int]":
    """Unmerged cases with a confirmed report that has not got what it may know."""
    sent = Reply.objects.filter(report=OuterRef("report"), key=OuterRef("reply_key"))
    waiting = Match.objects.filter(state=MatchState.CONFIRMED, answer_held_at__isnull=True)
    linked = waiting.annotate(
        canonical=merge_tree.canonical_id("case"),
        reply_key=Coalesce(_current_version_key("canonical"), _stage_key()),
    )
    pending = linked.filter(~Exists(sent), reply_key__isnull=False)
    return pending.order_by().values_list("canonical", flat=True)


def _cases_with_readers_of_former_versions() -> "QuerySet[NoticeVersion, int]":
    """Cases with a report that got a former version and not the current one, wherever it belongs
    now. A case with a notice is never merged."""
    sent = Reply.objects.filter(report=OuterRef("report"), key=OuterRef(OuterRef("current_key")))
    readers = Reply.objects.filter(~Exists(sent), key=OuterRef("former_key"))
    former = NoticeVersion.objects.filter(is_current=False).annotate(
        canonical=F("notice__case_id"),
        former_key=reply_keys.notice_key_sql("notice_id", "number"),
        current_key=_current_version_key("notice__case"),
    )
    pending = former.filter(Exists(readers), current_key__isnull=False)
    return pending.order_by().values_list("canonical", flat=True)


def case_ids(limit: int) -> list[int]:
    """Ids of unmerged cases that have reporters to notify, in one query from the rows alone."""
    pending = _cases_with_reports_without_reply()
    return list(pending.union(_cases_with_readers_of_former_versions())[:limit])

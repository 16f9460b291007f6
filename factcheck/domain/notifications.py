"""What the senders of a case's reports may know now, and who has not been told yet.

One answer or stage has one key, so telling twice changes nothing; who is missing is found by SQL
from the rows themselves, never from a flag that could be lost.
"""

from dataclasses import asdict, dataclass

from django.db.models import Case as SqlCase
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from channels.dispatch import enqueue
from factcheck import definitions, merge_tree
from factcheck.enums import (
    CaseStatus,
    MatchState,
    Outcome,
    Rating,
    VerdictKind,
    VerdictState,
)
from factcheck.models import Case, Match, NoticeVersion, Verdict
from intake.domain import replies
from intake.enums import Stage
from intake.models import Reply, Report

_CHECKING = (CaseStatus.CHECKING, CaseStatus.WAITING)
_REVIEWING = (CaseStatus.IN_REVIEW, CaseStatus.APPROVED)


@dataclass(frozen=True)
class ReporterUpdate:
    """The words of one reply, as ``intake.domain.replies.tell`` takes them."""

    stage: Stage
    key: str
    title: str = ""
    body: str = ""
    advice: str = ""
    verdict: str = ""
    verdict_label: str = ""
    url: str = ""


def current_version(case: Case) -> NoticeVersion | None:
    """What is public about the case; None when nothing is."""
    current = NoticeVersion.objects.filter(notice__case=case, is_current=True)
    return current.select_related("notice").first()


def answering_verdict(case: Case) -> Verdict | None:
    """The approved verdict with which a case closed as "answered" answers its askers."""
    approved = case.verdicts.filter(state=VerdictState.APPROVED, published__isnull=True)
    return approved.order_by("-pk").first()


def _version_update(version: NoticeVersion) -> ReporterUpdate:
    title, body = version.headline, version.what_is_true or version.explanation
    if version.change_reason:
        body = _("What changed: %(reason)s") % {"reason": version.change_reason} + "\n\n" + body
    key, retracted = Rating(version.rating), version.kind == VerdictKind.RETRACTION
    if retracted:
        title = f"{definitions.RETRACTED_TITLE}: {title}"
    return ReporterUpdate(
        Stage.ANSWERED,
        f"notice:{version.notice_id}:v{version.number}",
        title=title,
        body=body,
        advice=version.what_to_do,
        verdict="" if retracted else key,
        verdict_label="" if retracted else str(definitions.VERDICTS[key].label),
        url=reverse("public:notice", kwargs={"slug": version.notice.slug}),
    )


def _verdict_update(verdict: Verdict) -> ReporterUpdate:
    key = Rating(verdict.rating)
    return ReporterUpdate(
        Stage.ANSWERED,
        f"verdict:{verdict.pk}",
        title=verdict.headline,
        body=verdict.what_is_true or verdict.explanation,
        advice=verdict.what_to_do,
        verdict=key,
        verdict_label=str(definitions.VERDICTS[key].label),
    )


def _closing_update(case: Case) -> ReporterUpdate | None:
    if case.outcome == Outcome.ANSWERED:
        verdict = answering_verdict(case)
        return _verdict_update(verdict) if verdict else None
    words = definitions.OUTCOMES[Outcome(case.outcome)]
    return ReporterUpdate(
        Stage.ANSWERED,
        f"closed:{case.pk}:{case.outcome}",
        title=str(words.title),
        body=str(words.body),
        advice=str(words.advice),
    )


def update_for(case: Case) -> ReporterUpdate | None:
    """What a sender may know about an unmerged case, in the language in force; None for nothing.

    A public answer stays the answer while it is being revised.
    """
    version = current_version(case)
    if version is not None:
        return _version_update(version)
    if case.status == CaseStatus.CLOSED:
        return _closing_update(case)
    if case.status in _CHECKING:
        note = _("It is being compared with official sources.")
        return ReporterUpdate(Stage.CHECKING, "stage:checking", body=note)
    if case.status in _REVIEWING:
        note = _("A second person decides whether the answer holds.")
        return ReporterUpdate(Stage.IN_REVIEW, "stage:in_review", body=note)
    return None


def notify_reporter(report: Report, case: Case, *, by: User | None = None) -> None:
    """Tell the sender of one report what its case (or what that was merged into) allows now."""
    with translation.override(report.language or "vi"):
        telling = update_for(merge_tree.canonical(case))
        if telling is not None:
            replies.create_reply(report, by=by, **asdict(telling))


def _has_reply(prefix: str) -> Exists:
    return Exists(Reply.objects.filter(report=OuterRef("report"), key__startswith=prefix))


def reports_without_reply(case: Case, key: str) -> QuerySet[Report]:
    """Reports of the case and its merged cases that have not been told ``key``.

    Of a notice also those moved elsewhere since: whoever got the former answer gets this one.
    """
    belongs = Q(state=MatchState.CONFIRMED)
    if key.startswith("notice:"):
        belongs |= Q(_has_reply(key.rpartition(":v")[0] + ":v"))
    linked = Match.objects.filter(belongs, case_id__in=merge_tree.group_ids(case))
    told = Reply.objects.filter(report=OuterRef("pk"), key=key)
    return Report.objects.filter(~Exists(told), pk__in=linked.values("report")).order_by("pk")


def notify_reporters(case: Case, *, by: User | None = None) -> int:
    """Tell everyone the case concerns what they do not know yet; return how many were told.

    Each report is its own transaction: a run that is cut off has told some, the next the rest.
    """
    case, told = merge_tree.canonical(case), 0
    telling = update_for(case)
    if telling is None:
        return 0
    for report in reports_without_reply(case, telling.key).iterator(chunk_size=200):
        with translation.override(report.language or "vi"):
            words = update_for(case)
            if words is not None:
                told += replies.create_reply(report, by=by, **asdict(words))[1]
    return told


def enqueue_notifications(case: Case) -> None:
    """Tell everyone in the background once this transaction is committed."""
    enqueue("factcheck.notify_reporters", case.pk)


def _text(field: str) -> Cast:
    return Cast(field, CharField())


def _version_key() -> Subquery:
    current = NoticeVersion.objects.filter(notice__case=OuterRef("root"), is_current=True)
    key = Concat(Value("notice:"), _text("notice_id"), Value(":v"), _text("number"))
    return Subquery(current.values(telling_key=key)[:1])


def _case_key() -> Subquery:
    verdicts = Verdict.objects.filter(
        case=OuterRef("pk"), state=VerdictState.APPROVED, published__isnull=True
    ).order_by("-pk")
    answered = Concat(Value("verdict:"), Cast(Subquery(verdicts.values("pk")[:1]), CharField()))
    closed = Concat(Value("closed:"), _text("pk"), Value(":"), "outcome")
    key = SqlCase(
        When(status__in=_CHECKING, then=Value("stage:checking")),
        When(status__in=_REVIEWING, then=Value("stage:in_review")),
        When(status=CaseStatus.CLOSED, outcome=Outcome.ANSWERED, then=answered),
        When(status=CaseStatus.CLOSED, then=closed),
        output_field=CharField(),
    )
    return Subquery(Case.objects.filter(pk=OuterRef("root")).values(telling_key=key)[:1])


def cases_with_pending_notifications(limit: int) -> list[int]:
    """Ids of cases (unmerged ones) that have someone to tell, found from the rows alone."""
    told = Reply.objects.filter(report=OuterRef("report"), key=OuterRef("telling_key"))
    linked = Match.objects.annotate(
        root=merge_tree.canonical_id("case"),
        version_key=_version_key(),
        telling_key=Coalesce("version_key", _case_key()),
    ).filter(telling_key__isnull=False)
    former = Q(version_key__isnull=False) & Q(
        Exists(
            Reply.objects.filter(
                report=OuterRef("report"),
                key__startswith=Concat(Value("notice:"), _notice_of_root(), Value(":v")),
            )
        )
    )
    untold = linked.filter(Q(state=MatchState.CONFIRMED) | former).filter(~Exists(told))
    return list(untold.order_by().values_list("root", flat=True).distinct()[:limit])


def _notice_of_root() -> Subquery:
    current = NoticeVersion.objects.filter(notice__case=OuterRef(OuterRef("root")), is_current=True)
    return Cast(Subquery(current.values("notice_id")[:1]), CharField())  # type: ignore[return-value]

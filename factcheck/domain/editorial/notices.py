"""Notices: immutable published versions, and replies to the reporters alone."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.models import Unit, User
from accounts.permissions import Permission
from factcheck import concerned_units, permissions, workflow
from factcheck.domain import held_answers, notifications, suspensions
from factcheck.domain.editorial import proof, search_words, snapshots, verdicts
from factcheck.domain.index import public_flag, wordings
from factcheck.enums import Outcome, Reach, VerdictKind, VerdictState
from factcheck.exceptions import EvidenceMissing, SecondUnitRequired, ValidationError, WrongState
from factcheck.models import Case, Notice, NoticeVersion, Topic, Verdict
from factcheck.reasons import reason_line
from factcheck.states import Verb
from matching.text.letters import fold

_SLUG_LIMIT = 100
_CHANGE_REASON_LIMIT = 500  # Verdict.change_reason
_VERSION_FIELDS = (
    "kind", "language", "rating", "tags", "claim", "headline", "explanation", "what_is_true",
    "what_to_do", "why_checked", "change_reason", "review_by",
)  # fmt: skip
_REVISION_FIELDS = (
    "language", "rating", "tags", "claim", "headline", "explanation", "what_is_true", "what_to_do",
    "why_checked",
)  # fmt: skip


def _slug(headline: str, case: Case) -> str:
    base = slugify(fold(headline).replace("/", "-"))[:_SLUG_LIMIT].strip("-") or "thong-bao"
    taken = Notice.objects.filter(slug=base).exists()
    return f"{base}-{case.number}" if taken else base


def _search_text(verdict: Verdict) -> str:
    texts = (verdict.headline, verdict.claim, verdict.what_is_true, verdict.explanation)
    return search_words.notice_words(*texts)


def _check_publishable(verdict: Verdict, by: User) -> None:
    permissions.check_can(Verb.PUBLISH, verdict.case, by)
    if verdict.state != VerdictState.APPROVED:
        raise WrongState(_("A second person has to approve the verdict first."))
    if verdict.reach != Reach.PUBLISH:
        raise ValidationError(
            _("This was approved as an answer to the askers only, not for publication.")
        )
    if sentences := [*verdicts.missing(verdict), *proof.unstated(verdict)]:
        raise EvidenceMissing(sentences)


def _save_notice(verdict: Verdict, unit: Unit) -> Notice:
    case = verdict.case
    notice = Notice.objects.filter(case=case).first()
    if notice is None:
        notice = Notice(case=case, unit=unit, slug=_slug(verdict.headline, case))
    notice.topic, notice.search_text = case.topic, _search_text(verdict)
    notice.save()
    return notice


def _save_version(notice: Notice, verdict: Verdict, by: User) -> NoticeVersion:
    """Add the next version, which then replaces the current one: in this order, because the
    database hides no version that has no successor."""
    last = notice.versions.order_by("-number").first()
    version = NoticeVersion.objects.create(
        notice=notice,
        number=last.number + 1 if last else 1,
        verdict=verdict,
        evidence=snapshots.of_evidence(verdict),
        published_by=by,
        is_current=last is None,
        **{name: getattr(verdict, name) for name in _VERSION_FIELDS},
    )
    if last is not None:
        notice.versions.filter(is_current=True).update(is_current=False)
        version.is_current = True
        version.save(update_fields=["is_current"])
    return version


@transaction.atomic
def publish(verdict: Verdict, *, by: User) -> NoticeVersion:
    """Publish an approved verdict as the next, immutable version of the case's notice.

    It replaces the current version, which stays readable; the reporters are notified in the
    background. Of two concurrent publishers, the second is refused.
    """
    verdicts.lock_and_reload(verdict)
    _check_publishable(verdict, by)
    unit = roles.acting_unit(by, Permission.PUBLISH, verdict.case.unit) or verdict.case.unit
    notice = _save_notice(verdict, unit)
    version = _save_version(notice, verdict, by)
    wordings.add_claim(verdict.case, version.claim)
    public_flag.set_flag(verdict.case)
    data = {"verdict": verdict.pk, "notice": notice.pk, "version": version.number}
    workflow.transition(verdict.case, Verb.PUBLISH, by=by, unit=unit, data=data)
    suspensions.end(notice)  # two people stand behind the new version
    held_answers.release(verdict.case)
    notifications.enqueue_notifications(verdict.case)
    return version


@transaction.atomic
def reply_to_reporters(verdict: Verdict, *, by: User) -> Case:
    """Reply to the reporters without a public notice, which would spread the rumour."""
    verdicts.lock_and_reload(verdict)
    case = verdict.case
    permissions.check_can(Verb.REPLY_PRIVATELY, case, by)
    if verdict.state != VerdictState.APPROVED:
        raise WrongState(_("A second person has to approve the verdict first."))
    if Notice.objects.filter(case=case).exists():
        raise WrongState(_("This case has a public notice, so its correction is public too."))
    if concerned_units.is_about_units_of(case, by):
        raise SecondUnitRequired(
            _("The claim is about your unit: somebody outside has to send the private answer.")
        )
    if sentences := verdicts.unfit_reach(verdict):
        raise EvidenceMissing(sentences)
    unit = roles.acting_unit(by, Permission.PUBLISH, case.unit)
    data = {"verdict": verdict.pk, "rating": verdict.rating}
    closed = workflow.transition(
        case, Verb.REPLY_PRIVATELY, by=by, unit=unit, data=data, outcome=Outcome.ANSWERED
    )
    held_answers.release(case)
    notifications.enqueue_notifications(closed)
    return closed


def _check_kind(kind: str) -> None:
    if kind not in (VerdictKind.CORRECTION, VerdictKind.RETRACTION):
        raise ValidationError(_("Choose whether the notice is corrected or withdrawn."))


@transaction.atomic
def revise(case: Case, kind: str, *, reason: str = "", by: User) -> Case:
    """Begin a correction or a retraction; the notice stays public until that is published.

    Opens a draft as a copy of the current version, with ``reason`` as what changed.
    """
    _check_kind(kind)
    permissions.check_can(Verb.REVISE, workflow.lock(case), by)
    return begin_revision(case, kind, reason=reason, assignee=by, by=by)


def begin_revision(case: Case, kind: str, *, reason: str, assignee: User, by: User) -> Case:
    """The same for a caller that has checked the permission (an accepted reconsideration)."""
    unit = roles.acting_unit(assignee, Permission.CHECK, case.unit) or case.unit
    current = notifications.current_version(case)
    assert current is not None
    workflow.check_state(workflow.lock(case), Verb.REVISE)
    case.verdicts.create(
        kind=kind,
        written_by=assignee,
        author_unit=unit,
        change_reason=reason_line(reason, _CHANGE_REASON_LIMIT),
        review_by=None,
        reach=Reach.PUBLISH,
        **{name: getattr(current, name) for name in _REVISION_FIELDS},
    )
    data = {"kind": str(kind), "assignee": assignee.pk}
    return workflow.transition(case, Verb.REVISE, by=by, unit=unit, data=data, assignee=assignee)


@transaction.atomic
def abandon_revision(case: Case, *, by: User) -> Case:
    """Keep the notice as it is; also for a rumour that resurfaced unchanged.

    Answers that are held stay so until two people decide (``still_right``, or a new version).
    """
    permissions.check_can(Verb.ABANDON_REVISION, workflow.lock(case), by)
    if not Notice.objects.filter(case=case).exists():
        raise WrongState(_("This case has no notice yet."))
    case.verdicts.filter(state=VerdictState.DRAFT).update(state=VerdictState.WITHDRAWN)
    unit = roles.acting_unit(by, Permission.CHECK, case.unit)
    now = timezone.now()
    return workflow.transition(
        case, Verb.ABANDON_REVISION, by=by, unit=unit, reaffirmed_at=now, reaffirmed_by=by
    )


def listed() -> QuerySet[Notice]:
    """Public notices, newest first; ``notice.current`` is the current version."""
    public = Notice.objects.filter(versions__is_current=True).select_related("topic", "unit")
    return public.order_by("-first_published_at", "-pk")


def search(words: str = "", topic: Topic | str | None = None) -> QuerySet[Notice]:
    """Public notices that contain every word (diacritics ignored), of one topic or of all."""
    results = listed()
    for word in search_words.asked_words(words):
        results = results.filter(search_text__contains=f" {word} ")
    if topic:
        results = results.filter(topic__slug=topic if isinstance(topic, str) else topic.slug)
    return results


def corrections() -> QuerySet[NoticeVersion]:
    """Every published correction and retraction, newest first."""
    changed = NoticeVersion.objects.exclude(kind=VerdictKind.FIRST)
    return changed.select_related("notice").order_by("-published_at", "-pk")

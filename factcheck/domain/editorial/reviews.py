"""Reviews: the second person's decision on a verdict, a correction or a retraction."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from factcheck import authority, permissions, workflow
from factcheck.domain import concern_kinds, concerns
from factcheck.domain.cases import handovers
from factcheck.domain.editorial import guest_reviews, verdicts
from factcheck.domain.editorial import statements as evidence_statements
from factcheck.domain.editorial.statements import Statement
from factcheck.domain.index import claim_keys
from factcheck.enums import VerdictState
from factcheck.exceptions import EvidenceMissing, ValidationError
from factcheck.models import Verdict
from factcheck.states import Verb
from matching.text.normalisation import clean

_NOTE_LIMIT = 2000


def visible_verdicts(user: User) -> QuerySet[Verdict]:
    """Verdicts of cases the user may see; a draft is shown on its case page only."""
    visible = permissions.visible_cases(user).order_by().values("pk")
    submitted = Verdict.objects.filter(case__in=visible).exclude(state=VerdictState.DRAFT)
    return submitted.select_related("case__unit", "case__topic", "author_unit", "reviewer_unit")


def _decide(verdict: Verdict, state: VerdictState, note: str, unit: Unit, by: User) -> None:
    verdict.state, verdict.review_note = state, note
    verdict.reviewed_by, verdict.reviewed_at, verdict.reviewer_unit = by, timezone.now(), unit
    verdict.save(
        update_fields=["state", "review_note", "reviewed_by", "reviewed_at", "reviewer_unit"]
    )


def _cleaned_note(text: str) -> str:
    note = clean(text).strip()
    if len(note) > _NOTE_LIMIT:
        raise ValidationError(_("One of the texts is too long: please shorten it."))
    return note


def _check_complete(verdict: Verdict) -> None:
    if sentences := verdicts.missing(verdict):
        raise EvidenceMissing(sentences)


@transaction.atomic
def approve(
    verdict: Verdict,
    *,
    note: str = "",
    struck: Collection[int] = (),
    weakened: Collection[int] = (),
    keys: Collection[int] = (),
    statements: Mapping[int, Statement] | None = None,
    by: User,
) -> Verdict:
    """Approve a verdict. Of two concurrent reviewers, the second is refused.

    ``statements`` by evidence id; ``struck``, ``weakened``, ``keys``: ids, others are declined.
    Raises SecondPersonRequired, SecondUnitRequired, NotAllowed, WrongState or EvidenceMissing.
    """
    verdicts.lock_and_reload(verdict)
    unit = permissions.check_can_review(verdict, by)
    _check_complete(verdict)
    concerns.decide_strikes(verdict.case, struck, by=by, unit=unit)
    concern_kinds.decide(verdict.case, weakened, by=by, unit=unit)
    permissions.check_can_review(verdict, by)  # also with the units that stay
    claim_keys.decide(verdict.case, keys, by=by, unit=unit)
    _check_complete(verdict)  # also when one of them speaks for itself
    evidence_statements.record(verdict, statements or {}, by=by, unit=unit)
    authority.confirm_verdict(verdict, by=by, unit=unit)
    _decide(verdict, VerdictState.APPROVED, _cleaned_note(note), unit, by)
    guest_reviews.end_all(verdict.case)
    data = {"verdict": verdict.pk, "rating": verdict.rating}
    workflow.transition(verdict.case, Verb.APPROVE, by=by, unit=unit, data=data)
    return verdict


@transaction.atomic
def send_back(
    verdict: Verdict, *, reason: str, struck: Collection[int] | None = None, by: User
) -> Verdict:
    """Return the verdict with a reason; its author continues with a copy of it.

    ``struck`` as for ``approve``; None leaves those proposals to the next review.
    """
    verdicts.lock_and_reload(verdict)
    unit = permissions.check_can_review(verdict, by)
    note = _cleaned_note(reason)
    if not note:
        raise ValidationError(_("Write what should be changed."))
    if struck is not None:
        concerns.decide_strikes(verdict.case, struck, by=by, unit=unit)
    concerns.end_questions(verdict.case, by=by, unit=unit)
    authority.decline_verdict(verdict, by=by, unit=unit)
    _decide(verdict, VerdictState.RETURNED, note, unit, by)
    workflow.transition(
        verdict.case, Verb.SEND_BACK, by=by, unit=unit, data={"verdict": verdict.pk}
    )
    handovers.release_former_assignee(verdict.case)
    return verdict

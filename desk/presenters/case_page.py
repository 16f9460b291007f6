"""The case page, gathered for one user. Nothing here writes."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from desk.decorators import current_user
from desk.forms import triage as forms
from desk.forms.evidence import EvidenceForm
from desk.forms.guest import GuestForm
from desk.forms.verdict import VerdictForm
from desk.presenters import (
    choices,
    cited_evidence,
    concerned_units,
    details,
    formatting,
    history,
    ocr_text,
    suggested_cases,
)
from desk.presenters.abilities import passes, refusal_reason
from desk.presenters.waiting_decisions import rows
from factcheck import independence, labels, permissions, workflow
from factcheck.domain import notifications
from factcheck.domain.cases import demand, lifecycle
from factcheck.domain.cases.demand import Demand
from factcheck.domain.duplicates import related_cases, second_person
from factcheck.domain.editorial import guest_reviews, proof, sources, verdicts
from factcheck.domain.index import claim_keys, exclusions
from factcheck.enums import OPEN_STATUSES, UNDECIDED_STATUSES, VerdictState
from factcheck.models import Case, Verdict
from intake.domain import image_text

REPORTS_SHOWN = 6


@dataclass(frozen=True)
class StaleDraft:
    """A claim that was not saved because a colleague saved another one first, and the refusal."""

    refusal: str
    unsaved: str


def _verdict_form(
    case: Case, user: User, draft: Verdict | None, bound: VerdictForm | None
) -> dict[str, Any]:
    """The form of the draft, or whose it is when a colleague is writing.

    A form that was just refused is always shown again: what was typed is not lost.
    """
    if not bound and draft and user.pk not in (draft.written_by_id, case.assignee_id):
        return {"writer": draft.written_by.handle}
    revision = notifications.current_version(case) is not None
    initial = VerdictForm.initial_of(draft or verdicts.starting_point(case, has_notice=revision))
    return {
        "verdict_form": bound or VerdictForm(initial=initial, revision=revision),
        "missing": verdicts.missing(draft) if draft else [],
        "saved_at": draft.written_at if draft else None,
        "scale": choices.scale(),
    }


def _verdict_part(
    case: Case, user: User, can: dict[str, bool], bound: VerdictForm | None
) -> dict[str, Any]:
    """The verdict being worked on, those before it, and the form where the user may write."""
    verdict = workflow.open_verdict(case)
    draft = verdict if verdict and verdict.state == VerdictState.DRAFT else None
    earlier = list(
        case.verdicts.exclude(state=VerdictState.DRAFT)
        .select_related("written_by", "reviewed_by", "author_unit", "reviewer_unit")
        .order_by("-pk")
    )
    part: dict[str, Any] = {"verdict": verdict, "verdicts": earlier}
    if earlier and earlier[0].state == VerdictState.RETURNED:
        part["returned"] = earlier[0]
    if verdict and verdict.state == VerdictState.IN_REVIEW:
        part["review_pk"] = verdict.pk
        part["may_review"] = passes(permissions.check_can_review, verdict, user)
        part["withdrawable"] = verdict.pk if can["withdraw"] else None
    return {**part, **(_verdict_form(case, user, draft, bound) if can["check"] or bound else {})}


def _reports_part(case: Case, user: User, total: Demand, *, show_all: bool) -> dict[str, Any]:
    """Reports the user may see, the oldest first, and how many more there are."""
    visible = permissions.visible_reports(user, case).select_related("unit")
    count = visible.count()
    ordered = visible.prefetch_related("attachments__reading").order_by("created_at")
    reports = list(ordered[: None if show_all else REPORTS_SHOWN])
    return {
        "reports": reports,
        "pictures_read": image_text.available(),
        "read_words": ocr_text.words_for_claim(case, reports),
        "more_reports": count - len(reports),
        "hidden_reports": total.reports - count,
    }


def _log_part(case: Case, *, show_all: bool) -> dict[str, Any]:
    entries, more = history.history_entries(case, whole=show_all)
    return {"log": entries, "log_more": more}


def _duplicates_part(case: Case, user: User) -> dict[str, Any]:
    return {
        "suggestions": suggested_cases.suggestion_rows(case, user),
        "may_pair": passes(permissions.check_can_decide_pair, case, user),
        "may_exclude": passes(permissions.check_can_exclude, case, user),
        "exclusion": exclusions.current(case),
        "exclusion_form": forms.ExclusionForm(auto_id="loai_%s"),
        "compare_form": forms.CompareForm(),
        "waiting_decisions": rows(second_person.waiting(case)),
        "related": related_cases.related(case, user),
        "merged_into": related_cases.visible_canonical(case, user),
        **_keys_part(case),
        "merged_cases": permissions.visible_cases(user).filter(merged_into=case),
    }


def _guests_part(case: Case, user: User) -> dict[str, Any]:
    """Guest reviewers of the case, the form to invite one or why not, and who may vouch."""
    refusal = refusal_reason(guest_reviews.check_can_invite, case, user)
    guests = [one for one in guest_reviews.reviews_of(case) if one.is_active]
    guests += guest_reviews.pending_of(case)
    return {
        "deciders": independence.deciders(case) if case.status in UNDECIDED_STATUSES else None,
        "guests": guests,
        "guest_form": None if refusal else GuestForm(auto_id="khach_%s"),
        "guest_refusal": refusal,
        "may_vouch": any(passes(guest_reviews.check_can_vouch, one, user) for one in guests),
    }


def _keys_part(case: Case) -> dict[str, Any]:
    """Pages in the reports: those that answer by themselves, those proposed, and the others."""
    keys = list(case.claim_keys.all())
    proposed = claim_keys.proposals(keys)
    active = [key for key in keys if key.confirmed_at or key.pk in proposed]
    taken = {key.value for key in active}
    return {
        "keys": active,
        "addresses": [page for page in claim_keys.addresses(case) if page not in taken],
    }


def _forms(case: Case) -> dict[str, Any]:
    """The small forms of the case, each in its first state."""
    return {
        "claim_form": forms.ClaimForm(initial={"claim": case.claim, "version": case.version}),
        "triage_form": forms.TriageForm(initial={"topic": case.topic, "urgency": case.urgency}),
        "assign_form": forms.AssignForm(colleagues=lifecycle.assignable_users(case)),
        "wait_form": forms.WaitForm(),
        "merge_form": forms.MergeForm(),
        "risen_reason": labels.URGENCY_REASONS.get(case.risen_reason, ""),
        "revise_form": forms.ReviseForm(),
        "evidence_form": EvidenceForm(sources=sources.usable_in(case.unit)),
        "unnamed_sources": sources.unnamed().exists(),
    }


def render_case(
    request: HttpRequest, case: Case, *, status: int = 200, **replaced: Any
) -> HttpResponse:
    """The case page; ``replaced`` are parts given by the caller, such as a form with errors."""
    user, total = current_user(request), demand.measure(case)
    can = permissions.abilities(case, user)
    context = {
        "nav": "queue",
        "case": case,
        "can": can,
        "can_write": can["check"],
        "is_open": case.status in OPEN_STATUSES,
        "due": formatting.due(case.due_at),
        "demand": total,
        "facts": details.facts(case),
        "concerns": concerned_units.concern_rows(case),
        "notice": notifications.current_version(case),
        "evidence": cited_evidence.rows(proof.cited(case)),
        "withdrawn": case.evidence.exclude(withdrawn_at=None).select_related("source"),
        "closings": choices.closings() if can["close"] else [],
        "amplification": choices.amplification(total),
        **_log_part(case, show_all=request.GET.get("log") == "all"),
        **_reports_part(case, user, total, show_all=request.GET.get("reports") == "all"),
        **_duplicates_part(case, user),
        **_guests_part(case, user),
        **_forms(case),
        **_verdict_part(case, user, can, replaced.pop("verdict_form", None)),
        **replaced,
    }
    return render(request, "desk/case.html", context, status=status)

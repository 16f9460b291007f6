"""What the case page shows, gathered for one user. Nothing here writes."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Unit, User
from desk.decorators import allowed, current_user, desk_page, visible_case
from desk.forms import triage as forms
from desk.forms.evidence import EvidenceForm
from desk.forms.queue import OPEN
from desk.forms.verdict import VerdictForm
from desk.presenters import choices, details, formatting, history, match_pairs, ocr_text
from factcheck import permissions, workflow
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import sources, verdicts
from factcheck.domain.index import exclusions
from factcheck.enums import Tag, VerdictState
from factcheck.models import Case, Evidence, Verdict
from intake.domain import image_text

REPORTS_SHOWN = 6

open_verdict = workflow.open_verdict


@dataclass(frozen=True)
class StaleDraft:
    """A colleague saved another sentence first: what was refused, and why."""

    sentence: str
    mine: str


def colleagues(case: Case) -> QuerySet[User]:
    """Checkers of the case's unit and of those above it."""
    near = Unit.objects.ancestors(case.unit_id)
    held = Q(memberships__role=Role.CHECKER, memberships__unit__in=near)
    return User.objects.filter(held, is_active=True).distinct().order_by("handle")


def cited(case: Case) -> list[Evidence]:
    """Evidence that stands, in the order in which its numbers are counted."""
    return list(case.evidence.filter(withdrawn_at=None).select_related("source"))


def tag_labels(verdict: Verdict) -> list[str]:
    return [str(Tag(tag).label) for tag in verdict.tags if tag in Tag.values]


def _starting_point(case: Case) -> dict[str, Any]:
    """What a new draft begins with: the last attempt of this round, else the claim alone."""
    earlier = case.verdicts.filter(published__isnull=True).order_by("-pk").first()
    if earlier is None:
        return {"claim": case.claim if case.claim_written else ""}
    return {**VerdictForm.initial_of(earlier), "checklist": []}


def _writing(case: Case, user: User, draft: Verdict | None, bound: VerdictForm | None) -> Any:
    """The form of the draft, or whose it is when a colleague is writing.

    A form that was just refused is always shown again: what was typed is not lost.
    """
    if not bound and draft and user.pk not in (draft.written_by_id, case.assignee_id):
        return {"writer": draft.written_by.handle}
    initial = VerdictForm.initial_of(draft) if draft else _starting_point(case)
    revision = notifications.current_version(case) is not None
    return {
        "verdict_form": bound or VerdictForm(initial=initial, revision=revision),
        "missing": verdicts.missing(draft) if draft else [],
        "saved_at": draft.written_at if draft else None,
        "scale": choices.scale(),
    }


def _verdict_part(case: Case, user: User, can: dict[str, bool], bound: VerdictForm | None) -> Any:
    """The verdict being worked on, those before it, and the form where the user may write."""
    verdict = open_verdict(case)
    draft = verdict if verdict and verdict.state == VerdictState.DRAFT else None
    written = list(
        case.verdicts.exclude(state=VerdictState.DRAFT)
        .select_related("written_by", "reviewed_by", "author_unit", "reviewer_unit")
        .order_by("-pk")
    )
    part: dict[str, Any] = {"verdict": verdict, "verdicts": written}
    if written and written[0].state == VerdictState.RETURNED:
        part["returned"] = written[0]
    if verdict and verdict.state == VerdictState.IN_REVIEW:
        part["review_pk"] = verdict.pk
        part["may_review"] = allowed(permissions.check_can_review, verdict, user)
        part["withdrawable"] = verdict.pk if can["withdraw"] else None
    return {**part, **(_writing(case, user, draft, bound) if can["check"] or bound else {})}


def abilities(case: Case, user: User) -> dict[str, bool]:
    """``permissions.abilities`` by verb, so that a template says ``can.take``."""
    answers = permissions.abilities(case, user)
    return {name.removeprefix("can_"): answer for name, answer in answers.items()}


def show_case(request: HttpRequest, case: Case, *, status: int = 200, **given: Any) -> HttpResponse:
    """Render the case page; ``given`` replaces parts of it, such as a form with errors."""
    user = current_user(request)
    can = abilities(case, user)
    demand = lifecycle.demand(case)
    seen = permissions.visible_reports(user, case).select_related("unit")
    seen_count = seen.count()
    whole = request.GET.get("reports") == "all"
    reports = list(
        seen.prefetch_related("attachments__reading").order_by("created_at")[
            : None if whole else REPORTS_SHOWN
        ]
    )
    concerns = list(case.concerns.all())
    log, log_more = history.history_entries(case, whole=request.GET.get("log") == "all")
    context = {
        "nav": "queue",
        "case": case,
        "can": can,
        "can_write": can["check"],
        "is_open": case.status in OPEN,
        "due": formatting.due(case.due_at),
        "demand": demand,
        "facts": details.facts(case),
        "concerns": concerns,
        "notice": notifications.current_version(case),
        "evidence": cited(case),
        "withdrawn": case.evidence.exclude(withdrawn_at=None).select_related("source"),
        "suggestions": match_pairs.suggestions_for(case, user),
        "may_pair": allowed(permissions.check_can_decide_pair, case, user),
        "may_exclude": allowed(permissions.check_can_exclude, case, user),
        "exclusion": exclusions.current(case),
        "exclusion_form": forms.ExclusionForm(auto_id="loai_%s"),
        "compare_form": forms.CompareForm(),
        "related": match_pairs.related(case, user),
        "merged_into": match_pairs.visible_root(case, user),
        "merged_cases": permissions.visible_cases(user).filter(merged_into=case),
        "reports": reports,
        "pictures_read": image_text.available(),
        "read_words": ocr_text.words_for_claim(case, reports),
        "more_reports": seen_count - len(reports),
        "hidden_reports": demand.reports - seen_count,
        "log": log,
        "log_more": log_more,
        "closings": choices.closings() if can["close"] else [],
        "amplification": choices.amplification(demand),
        "claim_form": forms.ClaimForm(initial={"claim": case.claim, "version": case.version}),
        "triage_form": forms.TriageForm(
            initial={"topic": case.topic, "urgency": case.urgency, "concerns": concerns}
        ),
        "assign_form": forms.AssignForm(colleagues=colleagues(case)),
        "wait_form": forms.WaitForm(),
        "merge_form": forms.MergeForm(),
        "revise_form": forms.ReviseForm(),
        "evidence_form": EvidenceForm(sources=sources.active_sources(timezone.localdate())),
        **_verdict_part(case, user, can, given.pop("verdict_form", None)),
        **given,
    }
    return render(request, "desk/case.html", context, status=status)


@desk_page
def case(request: HttpRequest, number: int) -> HttpResponse:
    """A case with everything the work on it needs."""
    return show_case(request, visible_case(request.user, number))

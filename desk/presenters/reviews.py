"""The review pages: verdicts to decide on, and one verdict beside its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from desk.forms.review import ReviewForm
from desk.presenters import cited_evidence, formatting
from desk.presenters.abilities import refusal_reason
from desk.presenters.concerned_units import concern_rows
from desk.presenters.verdict_text import paragraphs, tag_labels
from factcheck import merge_tree, own_letter, permissions
from factcheck.domain import concern_kinds, concerns
from factcheck.domain.cases import demand
from factcheck.domain.cases.demand import NO_DEMAND, Demand
from factcheck.domain.editorial import proof, rating_rules
from factcheck.domain.index import claim_keys
from factcheck.enums import Reach, VerdictState
from factcheck.models import Case, GuestReview, Verdict


@dataclass(frozen=True)
class ReviewRow:
    """A verdict somebody should decide on."""

    case: Case
    verdict: Verdict
    demand: Demand
    due: formatting.Due
    own: bool


def review_rows(verdicts: Iterable[Verdict], user_id: int) -> list[ReviewRow]:
    listed = list(verdicts)
    demand_by_case = demand.measure_many(verdict.case for verdict in listed)
    return [
        ReviewRow(
            case=verdict.case,
            verdict=verdict,
            demand=demand_by_case.get(verdict.case_id, NO_DEMAND),
            due=formatting.due(verdict.case.due_at),
            own=verdict.written_by_id == user_id,
        )
        for verdict in listed
    ]


def consequence(verdict: Verdict, reports: int) -> str:
    """What follows from an approval, in numbers."""
    answered = ngettext(
        "%(n)d report gets its answer", "%(n)d reports get their answer", reports
    ) % {"n": reports}
    if verdict.reach == Reach.REPORTERS_ONLY:
        return _(
            "the content is fixed; once an approver confirms, %(asked)s and nothing is public."
        ) % {"asked": answered}
    return _(
        "the content is fixed; once an approver publishes it, the notice is public and %(asked)s."
    ) % {"asked": answered}


def _checklist(verdict: Verdict) -> list[dict[str, Any]]:
    return [
        {"question": question, "ticked": code in verdict.checklist}
        for code, question in rating_rules.checklist_for(verdict).items()
    ]


def review_form(verdict: Verdict, user: User, data: QueryDict | None = None) -> ReviewForm:
    """The form of the decision, with a question about each unit proposed to be struck out."""
    return ReviewForm(
        data,
        own_letters=set().union(*own_letter.to_state(verdict.case, user).values()),
        evidence=proof.cited(verdict.case),
        keys={key.pk: key.value for key in claim_keys.waiting(verdict.case)},
        kinds={
            row.pk: f"{row.unit}: {kind.label}"
            for row, _act, kind in concern_kinds.waiting(verdict.case)
        },
        strikes={row.pk: str(row.unit) for row, _act in concerns.waiting_strikes(verdict.case)},
    )


def guest_review_context(
    guest: GuestReview, verdict: Verdict | None, token: str, form: ReviewForm | None, read: set[int]
) -> dict[str, Any]:
    """The same page for a guest reviewer, with the links that work for them; without a verdict
    in review it only says so."""
    in_review = verdict is not None and verdict.state == VerdictState.IN_REVIEW
    context = {"guest": guest, "guest_token": token, "waits": not in_review}
    if verdict is None or not in_review:
        return context
    return {**review_context(verdict, guest.user, form, read), **context}


def review_context(
    verdict: Verdict, user: User, form: ReviewForm | None, read: set[int]
) -> dict[str, Any]:
    """The review page: the form for someone who may decide, else the reason why not.

    ``form`` comes with its errors when a decision was refused; ``read`` are the ids of the evidence
    ticked in it.
    """
    case, cited = verdict.case, proof.cited(verdict.case)
    in_review = verdict.state == VerdictState.IN_REVIEW
    refusal = refusal_reason(permissions.check_can_review, verdict, user) if in_review else ""
    context: dict[str, Any] = {
        "nav": "review",
        "case": case,
        "verdict": verdict,
        "text": paragraphs(verdict, len(cited)),
        "tags": tag_labels(verdict),
        "due": formatting.due(case.due_at),
        "checklist": _checklist(verdict),
        "refusal": refusal,
        "concerns": concern_rows(case),
        "merged_texts": merge_tree.merged_texts(case),
    }
    form = (form or review_form(verdict, user)) if in_review and not refusal else None
    context["evidence"] = cited_evidence.rows(cited, form)
    if form is not None:
        context |= {"form": form, "read": read}
        context["acting_unit"] = permissions.review_unit(verdict, user)
        context["consequence"] = consequence(verdict, demand.measure(case).reports)
    return context

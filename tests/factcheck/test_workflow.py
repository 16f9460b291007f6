import ast
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from audit.domain import log
from audit.models import AuditEntry
from factcheck import workflow
from factcheck.enums import CaseStatus, Outcome
from factcheck.exceptions import StaleCase, WrongState
from factcheck.models import Case
from factcheck.states import TRANSITIONS, Verb
from tests.factories import Cast, case_at

APPS = (
    "accounts", "api", "audit", "channels", "config", "demo", "desk", "factcheck", "intake", "ops",
    "public", "publishing", "web",
)  # fmt: skip
NEEDS = {
    Verb.CLOSE: {"outcome": Outcome.OPINION},
    Verb.END_UNDECIDED: {"outcome": Outcome.UNDECIDABLE},
    Verb.REPLY_PRIVATELY: {"outcome": Outcome.ANSWERED},
}


@pytest.fixture
def statuses(cast: Cast) -> dict[CaseStatus, Case]:
    return {status: case_at(status, cast, text=f"Tin số {status}") for status in CaseStatus}


def _changes(verb: Verb, cast: Cast, other: Case) -> dict[str, object]:
    if verb in (Verb.TAKE, Verb.ASSIGN, Verb.REVISE):
        return {"assignee": cast.checker}
    if verb == Verb.MERGE:
        return {"merged_into": other}
    return dict(NEEDS.get(verb, {}))


def test_transition_is_total_over_verbs_and_statuses(
    cast: Cast, statuses: dict[CaseStatus, Case]
) -> None:
    tried = 0
    for status, verb in product(CaseStatus, Verb):
        case, row = statuses[status], TRANSITIONS[verb]
        point = transaction.savepoint()
        changes = _changes(verb, cast, statuses[CaseStatus.IN_REVIEW])
        if status in row.sources:
            moved = workflow.transition(case, verb, by=cast.checker, **changes)
            assert moved.status in row.targets(status)
            assert log.history(case).last().verb == row.event
        else:
            with pytest.raises(WrongState) as refused:
                workflow.transition(case, verb, by=cast.checker, **changes)
            assert len(str(refused.value)) > 20
        transaction.savepoint_rollback(point)
        case.refresh_from_db()
        tried += 1
    assert tried == len(CaseStatus) * len(Verb) == 192


def test_transition_raises_the_version_and_writes_one_audit_row(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    before = AuditEntry.objects.count()
    moved = workflow.transition(
        case, Verb.TAKE, by=cast.checker, unit=cast.school, assignee=cast.checker
    )
    assert (moved.version, case.version, case.status) == (2, 2, CaseStatus.CHECKING)
    entry = AuditEntry.objects.order_by("-id").first()
    assert AuditEntry.objects.count() == before + 1
    assert entry is not None
    assert (entry.verb, entry.actor, entry.actor_unit) == (
        "case.taken",
        str(cast.checker.pk),
        str(cast.school.pk),
    )
    assert entry.data["source"] == "new"
    assert entry.data["target"] == "checking"


def test_transition_refuses_a_version_that_was_read_before_a_change(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    with pytest.raises(StaleCase, match=r"\w{3,}"):
        workflow.transition(case, Verb.RELEASE, by=cast.checker, version=case.version - 1)


def test_leaving_a_status_clears_what_belonged_to_it(cast: Cast) -> None:
    waiting = case_at(CaseStatus.WAITING, cast, text="Tin một về lịch học")
    workflow.transition(waiting, Verb.RESUME, by=cast.checker)
    assert waiting.waiting_for == ""
    closed = case_at(CaseStatus.CLOSED, cast, text="Tin hai về thực đơn")
    workflow.transition(closed, Verb.REOPEN, by=cast.checker)
    assert (closed.outcome, closed.closed_at, closed.closed_by) == ("", None, None)
    merged = case_at(CaseStatus.MERGED, cast, text="Tin ba về xe buýt")
    workflow.transition(merged, Verb.UNMERGE, by=cast.checker)
    assert (merged.merged_into, merged.merged_from) == (None, "")


def _status_writes(tree: ast.AST) -> list[int]:
    """Lines that assign ``….status`` or write ``status=`` into a queryset or a new case."""
    writers = {"update", "create", "get_or_create", "update_or_create", "bulk_update", "Case"}
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            inner = [leaf for target in targets for leaf in ast.walk(target)]
            if any(isinstance(leaf, ast.Attribute) and leaf.attr == "status" for leaf in inner):
                lines.append(node.lineno)
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            named = any(keyword.arg == "status" for keyword in node.keywords)
            literal = name == "setattr" and any(
                isinstance(arg, ast.Constant) and arg.value == "status" for arg in node.args
            )
            if literal or (name in writers and named):
                lines.append(node.lineno)
    return lines


def test_status_is_written_nowhere_but_in_the_workflow() -> None:
    writers = {}
    for app in APPS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            if "migrations" not in path.parts and (
                lines := _status_writes(ast.parse(path.read_text(encoding="utf-8")))
            ):
                writers[path.relative_to(settings.BASE_DIR).as_posix()] = lines
    assert set(writers) == {"factcheck/workflow.py"}
    assert len(writers["factcheck/workflow.py"]) == 1


def test_allowed_verbs_follow_status_role_and_ownership(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    assert workflow.allowed_verbs(case, cast.checker) == {
        *(Verb.TAKE, Verb.ASSIGN, Verb.TRIAGE, Verb.CLOSE, Verb.MERGE, Verb.ABANDON_REVISION)
    }
    assert workflow.allowed_verbs(case, cast.outsider) == set()
    assert workflow.allowed_verbs(case, cast.approver) == set()
    assert workflow.allowed_verbs(case, cast.admin) == set()
    in_review = case_at(CaseStatus.IN_REVIEW, cast, text="Tin về đồng phục mới")
    assert workflow.allowed_verbs(in_review, cast.checker) == {Verb.WITHDRAW}
    assert workflow.allowed_verbs(in_review, cast.colleague) == set()
    assert workflow.allowed_verbs(in_review, cast.reviewer) == {Verb.APPROVE, Verb.SEND_BACK}
    approved = case_at(CaseStatus.APPROVED, cast, text="Tin về bữa ăn bán trú")
    assert workflow.allowed_verbs(approved, cast.checker) == {Verb.REVOKE}
    assert workflow.allowed_verbs(approved, cast.approver) == {
        Verb.PUBLISH,
        Verb.REPLY_PRIVATELY,
        Verb.REVOKE,
    }

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import translation

from accounts.models import User
from audit.domain.log import record
from audit.enums import FORMER_VALUES, AuditEvent
from audit.models import AuditEntry

ROOT = Path(__file__).resolve().parent.parent.parent
OUTSIDE = {"tests", "benchmarks", "var", "node_modules"}
# Past participles that do not end in -ed, and the phrases that end in another word.
IRREGULAR = {"found", "read", "taken", "written", "sent", "resent", "split", "struck", "withdrawn"}
PHRASES = {
    "marked_undecidable", "sent_back", "included_again", "made_default", "marked_different",
    "handed_over",
}  # fmt: skip
QUERIES = {"filter", "exclude", "get", "Q"}
WRITERS = {"record", "_record", "Decision", "edit"}


def product_trees() -> Iterator[tuple[str, ast.Module]]:
    """Each product module that may write or read events, by path, without migrations."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        inner = path.relative_to(ROOT)
        skipped = inner.parts[0] in OUTSIDE or inner.parts[0].startswith(".")
        if skipped or "migrations" in inner.parts or inner == Path("audit/enums.py"):
            continue
        yield str(inner), ast.parse(path.read_text(encoding="utf-8"))


def test_every_event_has_a_label_and_a_vietnamese_one() -> None:
    for event in AuditEvent:
        with translation.override("en"):
            english = str(event.label)
        with translation.override("vi"):
            vietnamese = str(event.label)
        assert english.strip(), event
        assert vietnamese not in (english, ""), event


def test_every_event_is_named_subject_dot_past_participle() -> None:
    for event in AuditEvent:
        subject, _, action = event.value.partition(".")
        assert event.name == f"{subject}_{action}".upper()
        word = action.rsplit("_", 1)[-1]
        assert word.endswith("ed") or word in IRREGULAR or action in PHRASES, event


def test_every_event_is_written_somewhere() -> None:
    written = {
        node.attr
        for _path, tree in product_trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "AuditEvent"
    }
    by_migrations = {"CASE_RERATED"}
    assert set(AuditEvent.names) - written == by_migrations


def called(node: ast.AST) -> str:
    """The name of the function a node calls, "" for anything but a call."""
    if not isinstance(node, ast.Call):
        return ""
    return str(getattr(node.func, "attr", getattr(node.func, "id", "")))


def test_nothing_records_a_string() -> None:
    strings = [
        f"{path}:{node.lineno}"
        for path, tree in product_trees()
        if not path.startswith("matching/")  # has a Decision of its own, and cannot import audit
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in WRITERS
        for argument in node.args
        if isinstance(argument, ast.Constant | ast.JoinedStr)
    ]
    assert strings == []


def test_no_product_module_names_an_event_by_a_string() -> None:
    stored = {*AuditEvent.values, *FORMER_VALUES}
    strings = [
        f"{path}:{node.lineno}"
        for path, tree in product_trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in stored
    ]
    assert strings == []


def test_no_product_module_queries_the_stored_verb_itself() -> None:
    """Such a query misses the rows written before version 0.1.0; ``with_event`` finds both."""
    queries = [
        f"{path}:{node.lineno}"
        for path, tree in product_trees()
        if path != "audit/models/entry.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and called(node) in QUERIES
        and any((keyword.arg or "").split("__")[0] == "verb" for keyword in node.keywords)
    ]
    assert queries == []


def test_former_values_are_no_longer_written_and_mean_an_event() -> None:
    assert set(FORMER_VALUES).isdisjoint(AuditEvent.values)
    assert all(isinstance(event, AuditEvent) for event in FORMER_VALUES.values())


def test_from_stored_reads_todays_former_and_unknown_values() -> None:
    assert AuditEvent.from_stored("case.taken") is AuditEvent.CASE_TAKEN
    assert AuditEvent.from_stored("case.take") is AuditEvent.CASE_TAKEN
    assert AuditEvent.from_stored("reply.told") is AuditEvent.REPORTER_NOTIFIED
    assert AuditEvent.from_stored("case.eaten") is None


@pytest.mark.django_db
def test_record_takes_no_string() -> None:
    user = User.objects.create(email="a@example.vn", handle="a")
    with pytest.raises(AttributeError), transaction.atomic():
        record("case.taken", user, by=user)
    assert not AuditEntry.objects.exists()

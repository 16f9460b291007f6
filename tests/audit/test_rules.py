import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, connection

from audit import rules
from audit.models import AuditEntry
from tests.audit import rule_suspension
from tests.audit.stored_rows import run, some_entry


@pytest.mark.django_db(transaction=True)
def test_suspended_disables_rules_and_restores_them() -> None:
    some_entry()
    before = rules.installed(connection)
    assert any(table == "audit_auditentry" for table, _name in before)
    with rule_suspension.suspended(connection):
        assert rules.installed(connection) == set()
        run("UPDATE audit_auditentry SET verb = 'other'")
    assert rules.installed(connection) == before
    with pytest.raises(IntegrityError):
        run("UPDATE audit_auditentry SET verb = 'again'")
    assert AuditEntry.objects.get().verb == "other"


def test_product_code_never_disables_the_rules() -> None:
    """Migrations drop triggers to create them again, by the operations of ``audit.triggers``; no
    other module has a statement for it."""
    root = Path(rules.__file__).parent.parent
    app_folders = [folder.parent for folder in root.glob("*/apps.py")]
    statements = ("DISABLE TRIGGER", "DROP TRIGGER", "session_replication_role")
    modules = [
        path.relative_to(root).as_posix()
        for folder in [*app_folders, root / "config", root / "matching"]
        for path in folder.rglob("*.py")
        if any(statement in path.read_text(encoding="utf-8") for statement in statements)
    ]
    assert len(app_folders) >= 10
    assert modules == ["audit/triggers.py"]


def test_contributing_lists_every_model_with_rules(db: None) -> None:
    tables = {table for table, _name in rules.installed(connection)}
    models = {model.__name__ for model in apps.get_models() if model._meta.db_table in tables}
    text = (Path(rules.__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = text.partition("models have tables with triggers:")[2].partition(". To alter")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == models


def test_every_rule_of_the_migrations_is_installed(db: None) -> None:
    """A migration that lost a table's triggers fails here by the name of each."""
    expected = rules.expected(connection)
    assert len(expected) > 30
    assert expected == rules.installed(connection)

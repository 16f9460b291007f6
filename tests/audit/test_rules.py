from pathlib import Path

import pytest
from django.db import IntegrityError, connection

from audit import rules
from audit.models import AuditEntry
from tests.audit.stored_rows import run, some_entry


@pytest.mark.django_db(transaction=True)
def test_suspended_disables_rules_and_restores_them() -> None:
    some_entry()
    before = rules.installed(connection)
    assert any(table == "audit_auditentry" for table, _name in before)
    with rules.suspended(connection):
        assert rules.installed(connection) == set()
        run("UPDATE audit_auditentry SET verb = 'other'")
    assert rules.installed(connection) == before
    with pytest.raises(IntegrityError):
        run("UPDATE audit_auditentry SET verb = 'again'")
    assert AuditEntry.objects.get().verb == "other"


def test_product_code_never_disables_the_rules() -> None:
    root = Path(rules.__file__).parent.parent
    apps = [folder.parent for folder in root.glob("*/apps.py")]
    calls = ("rules.disable", "rules.suspended", "import disable", "import suspended")
    callers = [
        str(path)
        for folder in [*apps, root / "config", root / "matching"]
        for path in folder.rglob("*.py")
        if any(call in path.read_text(encoding="utf-8") for call in calls)
    ]
    assert len(apps) >= 10
    assert callers == []

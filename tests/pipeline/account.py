"""What became of every receipt that was shown: the books of a crash ledger, closed.

    python -m tests.pipeline.account < ledger.json

Reads {form key: [receipts shown]} and prints counts; runs with the settings of the site in
question, whichever its database.
"""

import json
import os
import sys
from collections.abc import Mapping
from io import StringIO


def account(shown: Mapping[str, list[str]]) -> dict[str, int]:
    """Compare receipts with rows.

    Every key in ``shown`` was answered in the end, so there must be exactly one row for each.
    """
    from django.db.models import Count

    from audit.enums import AuditEvent
    from audit.models import AuditEntry
    from intake.domain import receipts
    from intake.models import Report

    lost = wrong = 0
    for key, codes in shown.items():
        found = receipts.find(codes[0])
        lost += found is None
        wrong += len(set(codes)) > 1 or (
            found is not None and found.form_key != receipts.key_hash(key)
        )
    twice = Report.objects.values("text").annotate(n=Count("pk")).filter(n__gt=1)
    received = AuditEntry.objects.with_event(AuditEvent.REPORT_RECEIVED)
    audited = set(received.values_list("subject_id", flat=True))
    rows = {str(pk) for pk in Report.objects.values_list("pk", flat=True)}
    return {
        "acknowledged": len(shown),
        "rows": len(rows),
        "lost": lost,
        "wrong": wrong,
        "duplicated": sum(row["n"] - 1 for row in twice),
        "unaudited": len(rows ^ audited) + received.count() - len(audited),
        "unsound": _verify_audit(),
    }


def _verify_audit() -> int:
    """1 when the command of that name finds fault."""
    from django.core.management import CommandError, call_command

    try:
        call_command("verify_audit", stdout=StringIO(), stderr=StringIO())
    except CommandError:
        return 1
    return 0


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    print(json.dumps(account(json.load(sys.stdin))))


if __name__ == "__main__":
    main()

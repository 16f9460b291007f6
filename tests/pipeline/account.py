"""The account of a crash ledger: every receipt that was shown, compared with the database.

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
    from audit.enums import AuditEvent
    from audit.models import AuditEntry
    from intake.models import Report

    received = AuditEntry.objects.with_event(AuditEvent.REPORT_RECEIVED)
    audited = set(received.values_list("subject_id", flat=True))
    rows = {str(pk) for pk in Report.objects.values_list("pk", flat=True)}
    return {
        "acknowledged": len(shown),
        "rows": len(rows),
        **_compare_receipts(shown),
        "duplicated": _duplicated(),
        "unaudited": len(rows ^ audited) + received.count() - len(audited),
        "unsound": _verify_audit(),
    }


def _compare_receipts(shown: Mapping[str, list[str]]) -> dict[str, int]:
    """How many receipts lead to no report (lost), or to another one (wrong)."""
    from intake.domain import receipts

    lost = wrong = 0
    for key, codes in shown.items():
        report = receipts.find(codes[0])
        lost += report is None
        wrong += len(set(codes)) > 1 or (
            report is not None and report.form_key != receipts.key_hash(key)
        )
    return {"lost": lost, "wrong": wrong}


def _duplicated() -> int:
    from django.db.models import Count

    from intake.models import Report

    repeated = Report.objects.values("text").annotate(n=Count("pk")).filter(n__gt=1)
    return sum(row["n"] - 1 for row in repeated)


def _verify_audit() -> int:
    """1 when the command verify_audit fails."""
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

"""Runs inside the *new* release (`python -m tests.upgrade.check`): compares the upgraded database
with what was recorded before, and with a database made from nothing."""

import json
import pickle
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 -- models need the settings first
from django.core import mail  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from audit.enums import AuditEvent  # noqa: E402
from audit.models import AuditEntry  # noqa: E402
from channels.domain import outbox  # noqa: E402
from channels.enums import MessageState  # noqa: E402
from channels.models import Message  # noqa: E402
from factcheck.models import ConcernedUnit, NoticeVersion, Topic  # noqa: E402
from intake.domain import contacts  # noqa: E402
from intake.models import Contact, Reply  # noqa: E402
from tests.upgrade import inspect_database  # noqa: E402

# Migration factcheck.0012 answers again and records why.
GROWING_TABLES = {"audit_auditentry", "intake_reply"}
RENAMED_TABLES = {"factcheck_forgotten": "factcheck_pendingremoval"}
# Units that a claim is about: a row without a key of its own became factcheck_concernedunit.
CONCERNS = "factcheck_case_concerns"
# Values of a row that may change: the words of a notice's search are spelled anew, and its unit is
# the one that published it.
CHANGED_VALUES = {"factcheck_notice": 2}


def record(path: Path) -> None:
    """Keep every row as it is before the upgrade."""
    before = {
        table: inspect_database.rows(connection, table)
        for table in inspect_database.tables(connection)
    }
    path.write_bytes(pickle.dumps(before))


def record_schema(path: Path) -> None:
    path.write_bytes(pickle.dumps(inspect_database.schema(connection)))


def _changed_on_purpose() -> set[tuple[str, int]]:
    """(table, key) of the rows that migration factcheck.0012 changes, each named by an audit row;
    and the two topics whose names it changes."""
    topics = Topic.objects.filter(slug__in=["lua-dao", "thu-thach"])
    changed = {("factcheck_topic", pk) for pk in topics.values_list("pk", flat=True)}
    for entry in AuditEntry.objects.with_event(AuditEvent.CASE_RERATED):
        changed.add(("factcheck_case", int(entry.subject_id)))
        changed.add(("factcheck_verdict", entry.data["verdict"]))
        versions = NoticeVersion.objects.filter(verdict=entry.data["verdict"])
        changed |= {("factcheck_noticeversion", pk) for pk in versions.values_list("pk", flat=True)}
    return changed


def _lost_concerns(before: dict[Any, Counter[str]]) -> list[str]:
    """Pairs of case and unit that are not among the concerned units any more."""
    after = [Counter(map(repr, pair)) for pair in ConcernedUnit.objects.values_list("case", "unit")]
    kept = {tuple(sorted(pair.elements())) for pair in after}
    pairs = {key: values - Counter([repr(key)]) for key, values in before.items()}
    return [
        f"{CONCERNS}: row {key}"
        for key, values in pairs.items()
        if tuple(sorted(values.elements())) not in kept
    ]


def _lost(before: dict[str, dict[Any, Counter[str]]]) -> list[str]:
    """Rows that are gone, or that no longer hold a value they held."""
    lost, on_purpose = _lost_concerns(before.get(CONCERNS, {})), _changed_on_purpose()
    for table, old_rows in before.items():
        if table == CONCERNS:
            continue
        new_rows = inspect_database.rows(connection, RENAMED_TABLES.get(table, table))
        grown = len(new_rows) > len(old_rows) and table in GROWING_TABLES
        if len(old_rows) != len(new_rows) and not grown:
            lost.append(f"{table}: {len(old_rows)} rows before, {len(new_rows)} after")
        for key, old_values in old_rows.items():
            if key not in new_rows:
                lost.append(f"{table}: row {key} is gone")
            elif (table, key) not in on_purpose:
                missing = (old_values - new_rows[key]).total()
                if missing > CHANGED_VALUES.get(table, 0):
                    lost.append(f"{table}: row {key}")
    return lost


def _scams_rated_true() -> list[str]:
    """Whoever was told that a scam is true has another answer now."""
    told = Reply.objects.filter(stage="answered", verdict="true")
    warned = set(Reply.objects.filter(act_first=True).values_list("report", flat=True))
    reports = set(told.filter(title__startswith="Đúng là").values_list("report", flat=True))
    if not warned:
        return ["no scam had been rated true: nothing was proved about its answer"]
    return [f"report {report} still reads “true”" for report in reports - warned]


def compare(recorded: Path, fresh: Path, state: Path) -> list[str]:
    """Every difference as a sentence; prints what was compared."""
    before = pickle.loads(recorded.read_bytes())
    problems = _lost(before)
    wanted, built = pickle.loads(fresh.read_bytes()), inspect_database.schema(connection)
    for part in ("columns", "constraints", "triggers"):
        difference = getattr(wanted, part) ^ getattr(built, part)
        problems += [f"{part} differ from a new database: {item}" for item in sorted(difference)]
    call_command("verify_audit")
    problems += _scams_rated_true()
    problems += _pages(json.loads(state.read_text()))
    problems += _messages()
    counts = {table: len(values) for table, values in before.items() if values}
    print(f"{sum(counts.values())} rows in {len(counts)} tables compared: {counts}")
    return problems


def _pages(state: dict[str, Any]) -> list[str]:
    """Pages that do not open: public ones, notices, and what each receipt leads to."""
    client = Client(raise_request_exception=False)
    paths = ["/", "/dinh-chinh/", "/thong-bao.atom", "/sitemap.xml", "/api/v1/notices"]
    paths += [path + part for path in state["notices"] for part in ("", "in/", "van-ban.txt")]
    failed = [path for path in paths if client.get(path).status_code != 200]
    for code in state["codes"]:
        answer = client.post("/tra-cuu/", {"code": code})
        if answer.status_code != 200 or code not in answer.content.decode():
            failed.append(f"/tra-cuu/ {code}")
    return [f"does not open: {path}" for path in failed]


def _messages() -> list[str]:
    """Contacts and messages that waited during the upgrade can still be read and sent."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    addresses = {contacts.contact_of(contact.report) for contact in Contact.objects.all()}
    problems = [] if addresses and None not in addresses else ["contacts cannot be decrypted"]
    waiting = Message.objects.filter(state=MessageState.PENDING)
    if not waiting:
        problems.append("no message was waiting: nothing was proved about the outbox")
    for message in waiting:
        Message.objects.filter(pk=message.pk).update(not_before=message.created_at)
        if not outbox.deliver(message.pk):
            problems.append(f"message {message.pk} could not be sent")
    sent = {address for email in getattr(mail, "outbox", []) for address in email.to}
    print(f"{len(addresses)} contacts decrypted, {len(sent)} waiting messages sent")
    return problems


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    action, *paths = sys.argv[1:]
    if action == "record":
        record(Path(paths[0]))
    elif action == "schema":
        record_schema(Path(paths[0]))
    else:
        problems = compare(*map(Path, paths))
        print("\n".join(problems) or f"Upgrade sound on {connection.vendor}.")
        sys.exit(1 if problems else 0)


main()

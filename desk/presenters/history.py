"""The log of a case in words: who did what, by unit and work name."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from audit.models import AuditEntry
from factcheck.models import Case, Match

SHOWN = 12

EVENT_LABELS = {
    "case.open": _("First report received, case opened"),
    "case.take": _("Taken"),
    "case.assign": _("Assigned"),
    "case.release": _("Put back in the queue"),
    "case.triage": _("Triage changed"),
    "case.wait": _("Waiting for an answer"),
    "case.resume": _("Checking goes on"),
    "case.submit": _("Submitted for review"),
    "case.send_back": _("Returned for changes"),
    "case.withdraw": _("Taken back from review"),
    "case.approve": _("Approved by a second person"),
    "case.revoke": _("Approval withdrawn"),
    "case.publish": _("Published"),
    "case.answer": _("Answered to those who asked"),
    "case.close": _("Closed"),
    "case.reopen": _("Reopened"),
    "case.merge": _("Merged into another case"),
    "case.unmerge": _("Merge undone"),
    "case.revise": _("Revision started"),
    "case.abandon_revision": _("Revision stopped, the notice stays"),
    "case.claim_written": _("Claim written"),
    "case.related": _("Noted as related to another case"),
    "case.split": _("A report split off"),
    "case.different": _("Noted as different from another case"),
    "case.excluded": _("Left out of matching"),
    "case.readmitted": _("Matching sees it again"),
    "case.resurface": _("An old rumour is back: in the queue again"),
    "case.back": _("An old rumour is back: does the answer still hold?"),
    "case.keep": _("The answer still holds"),
    "case.purged": _("Texts deleted after their keeping time"),
    "match.linked": _("A report with the same claim joined by itself"),
    "match.confirmed": _("A report added"),
    "match.rejected": _("A suggestion refused: not a duplicate"),
    "evidence.added": _("Evidence added"),
    "evidence.archived": _("Copy archived, SHA-256 noted"),
    "evidence.fetch_asked": _("A copy asked for again"),
    "evidence.withdrawn": _("Evidence withdrawn"),
    "verdict.drafted": _("Draft of the verdict saved"),
    "verdict.withdrawn": _("Draft discarded"),
}


@dataclass(frozen=True)
class HistoryEntry:
    at: datetime
    clock: str
    text: str
    who: str


def entries_about(case: Case) -> Q:
    """Rows about the case and about what belongs to it."""
    evidence = [str(pk) for pk in case.evidence.values_list("pk", flat=True)]
    verdicts = [str(pk) for pk in case.verdicts.values_list("pk", flat=True)]
    matches = [str(pk) for pk in Match.objects.filter(case=case).values_list("pk", flat=True)]
    return (
        Q(subject_type="factcheck.case", subject_id=str(case.pk))
        | Q(subject_type="factcheck.evidence", subject_id__in=evidence)
        | Q(subject_type="factcheck.verdict", subject_id__in=verdicts)
        | Q(subject_type="factcheck.match", subject_id__in=matches)
    )


def history_entries(case: Case, *, whole: bool) -> tuple[list[HistoryEntry], bool]:
    """The log, newest first, and whether there is more than what is shown."""
    found = AuditEntry.objects.filter(entries_about(case)).order_by("-id")
    rows = list(found if whole else found[: SHOWN + 1])
    more = not whole and len(rows) > SHOWN
    rows = rows if whole else rows[:SHOWN]
    people = User.objects.in_bulk({int(row.actor) for row in rows if row.actor.isdigit()})
    units = Unit.objects.in_bulk({int(r.actor_unit) for r in rows if r.actor_unit.isdigit()})
    today = timezone.localdate()

    def line(row: AuditEntry) -> HistoryEntry:
        at = timezone.localtime(row.at)
        names = []
        if row.actor.isdigit() and int(row.actor) in people:
            names.append(people[int(row.actor)].handle)
        if row.actor_unit.isdigit() and int(row.actor_unit) in units:
            names.append(str(units[int(row.actor_unit)]))
        return HistoryEntry(
            at=row.at,
            clock=date_format(at, "H:i" if at.date() == today else "d/m"),
            text=str(EVENT_LABELS.get(row.verb, row.verb)),
            who=", ".join(names),
        )

    return [line(row) for row in rows], more

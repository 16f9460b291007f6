"""Opening a case for a report."""

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import workflow
from factcheck.domain import concerns
from factcheck.domain.cases import escalation, urgency
from factcheck.domain.index import wordings
from factcheck.enums import MatchState
from factcheck.models import Case, Match
from factcheck.states import TRANSITIONS, Verb
from intake.domain import image_text
from intake.models import Report
from matching.scoring.core_text import says_nothing
from matching.text.normalisation import one_line

CLAIM_LIMIT = 500  # Case.claim


def next_number() -> int:
    """The number people see (HS-0412). From a sequence on PostgreSQL, which nobody waits for."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT nextval('factcheck_case_number')")
            return int(cursor.fetchone()[0])
    return (Case.objects.aggregate(top=Max("number"))["top"] or 0) + 1


def default_claim(report: Report) -> str:
    """The claim until a checker writes it: the report's own text, question or link."""
    claim = report.text or report.question or report.url
    if not claim:
        with translation.override(report.language or "vi"):
            claim = _("A picture without text")
    return claim if len(claim) <= CLAIM_LIMIT else claim[: CLAIM_LIMIT - 1] + "…"


def _says_nothing(report: Report) -> bool:
    """Whether the report says nothing beside its pictures: "đúng không ạ?"."""
    return says_nothing(report.text) and says_nothing(report.question) and not report.url


def title_from_pictures(case: Case, report: Report) -> bool:
    """Take the words in the report's pictures as the claim until a checker writes it; True if the
    report says nothing else and the claim is still its own. The caller has opened the transaction.
    """
    workflow.lock(case)
    words = one_line(image_text.words_of_pictures(report), CLAIM_LIMIT)
    unwritten = not case.claim_written and case.claim == default_claim(report)
    if not words or not unwritten or not _says_nothing(report):
        return False
    workflow.edit(case, AuditEvent.CASE_TITLED, by=None, unit=case.unit, claim=words)
    return True


def _new_case(report: Report) -> Case:
    now = timezone.now()
    suggestion = escalation.suggestion_for(report, now)
    return Case.objects.create(
        number=next_number(),
        unit=report.unit,
        claim=default_claim(report),
        urgency=suggestion.urgency,
        urgency_reason=suggestion.reason,
        due_at=urgency.due_at(suggestion.urgency, report.created_at),
        opened_at=now,
        last_report_at=report.created_at,
    )


@transaction.atomic
def open_for(report: Report, *, by: User | None = None) -> Case:
    """Open a case for a report and confirm the report in it.

    Urgency and the units it is about are suggestions; a person confirms both at triage. ``by`` is
    set when a person split the report off.
    """
    case = _new_case(report)
    Match.objects.update_or_create(
        report=report,
        case=case,
        defaults={
            "state": MatchState.CONFIRMED,
            "score": 1.0,
            "decided_by": by,
            "decided_at": timezone.now() if by else None,
        },
    )
    wordings.add_report(case, report)
    log.record(
        TRANSITIONS[Verb.OPEN].event,
        case,
        by=by,
        unit=case.unit,
        target=case.status,
        report=report.pk,
        urgency=case.urgency,
        reason=case.urgency_reason,
        concerns=concerns.propose_first(case, report),
    )
    return case

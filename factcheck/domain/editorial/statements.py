"""Statements: what the second person says about each citation of the verdict they approve."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Unit, User
from audit.domain import log
from audit.enums import AuditEvent
from factcheck import own_letter
from factcheck.domain.editorial import proof
from factcheck.enums import OriginalSeen
from factcheck.exceptions import EvidenceMissing, SecondPersonRequired, ValidationError
from factcheck.models import Evidence, EvidenceStatement, Verdict
from matching.text.normalisation import clean

WHERE_LIMIT = 300


@dataclass(frozen=True, kw_only=True)
class Statement:
    """About one citation: quotation compared by eye, where the original was seen, and whether the
    copy names no pupil or private person, so that the public may open it."""

    compared_by_eye: bool = False
    original_seen: str = ""  # an OriginalSeen value
    original_where: str = ""  # address, office or public number; never a person
    names_nobody: bool = False
    own_letter: bool = False  # of the reviewer's unit, and it says how the copy differs

    def __bool__(self) -> bool:
        stated = (self.compared_by_eye, self.original_seen, self.names_nobody, self.own_letter)
        return any(stated)


def _row(verdict: Verdict, item: Evidence, statement: Statement, by: User) -> EvidenceStatement:
    where = " ".join(clean(statement.original_where).split())
    if statement.original_seen and statement.original_seen not in OriginalSeen.values:
        raise ValidationError(_("Choose one of the answers shown."))
    if statement.original_seen and not where:
        raise ValidationError(
            _("Write the address, the office or the public number where the original was seen.")
        )
    if len(where) > WHERE_LIMIT:
        raise ValidationError(_("One of the texts is too long: please shorten it."))
    return EvidenceStatement(
        verdict=verdict,
        evidence=item,
        compared_by_eye=statement.compared_by_eye,
        original_seen=statement.original_seen,
        original_where=where if statement.original_seen else "",
        names_nobody=statement.names_nobody and bool(item.archive_sha256),
        stated_by=by,
    )


def _check_person(item: Evidence, by: User) -> None:
    """Who cited a source or handed a copy in cannot be the second person about it."""
    if by.pk in (item.added_by_id, item.archived_by_id):
        raise SecondPersonRequired(
            _("You cited a source or handed in a copy here: another person has to decide on it.")
        )


def _issuer(item: Evidence, statement: Statement, letters: Mapping[int, set[int]]) -> int | None:
    """Whose own letter the citation is, as stated."""
    issuers = (unit for unit, ids in letters.items() if item.pk in ids)
    return next(issuers, None) if statement.own_letter else None


def _unstated_letters(
    letters: Mapping[int, set[int]], rows: Iterable[EvidenceStatement]
) -> list[str]:
    """A sentence for each unit of the reviewer that is concerned and whose letter nobody stated."""
    stated = {row.own_letter_of_id for row in rows}
    return [
        _("State that the cited document is %(unit)s’s own and says how the copy differs from it.")
        % {"unit": unit}
        for unit in Unit.objects.filter(pk__in=letters.keys() - stated)
    ]


def record(
    verdict: Verdict, statements: Mapping[int, Statement], *, by: User, unit: Unit
) -> list[EvidenceStatement]:
    """Store what the reviewer states about each citation, by the id of its evidence.

    Raises EvidenceMissing with a sentence for whatever is still open, SecondPersonRequired for a
    statement about what the reviewer brought in.
    """
    rows: list[EvidenceStatement] = []
    sentences: list[str] = []
    letters = own_letter.to_state(verdict.case, by, unit)
    for number, item in enumerate(proof.cited(verdict.case), start=1):
        statement = statements.get(item.pk, Statement())
        row = _row(verdict, item, statement, by) if statement else None
        sentences += proof.lacking(number, item, row)
        if row is not None:
            _check_person(item, by)
            row.own_letter_of_id = _issuer(item, statement, letters)
            rows.append(row)
    sentences += _unstated_letters(letters, rows)
    if sentences:
        raise EvidenceMissing(sentences)
    for row in rows:
        row.save(force_insert=True)
        log.record(
            AuditEvent.EVIDENCE_STATED, row.evidence, by=by, unit=unit, case=verdict.case_id,
            verdict=verdict.pk, by_eye=row.compared_by_eye, original=row.original_seen,
            public=row.names_nobody, own_letter=row.own_letter_of_id,
        )  # fmt: skip
    return rows

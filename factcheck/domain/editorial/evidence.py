"""Evidence: citations of a registered source, quoted and dated, with an archived copy."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.enums import AuditEvent
from channels.dispatch import enqueue
from factcheck import permissions, workflow
from factcheck.domain.editorial import copy_texts, evidence_copies
from factcheck.domain.editorial.citation_checks import (
    LIMITS,
    check_address,
    check_citation,
    cleaned_texts,
)
from factcheck.domain.editorial.evidence_copies import PreparedCopy, record
from factcheck.enums import ArchiveState
from factcheck.exceptions import WrongState
from factcheck.models import Case, CopyText, Evidence, Source

_SAME = ("stance", "title", "url", "quote", "document_number", "document_date", "accessed_on")
EDITABLE = ("source", *_SAME, "host_reason")


class _AlreadyCited(Exception):
    """The same citation is there; it is returned instead of a second one."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence


def add(
    case: Case,
    *,
    source: Source,
    stance: str,
    quote: str,
    accessed_on: date,
    document_date: date | None = None,
    upload: "UploadedFile[Any] | None" = None,
    fetch: bool = False,
    by: User,
    **more: str,
) -> Evidence:
    """Cite a source on a case being checked, with an uploaded copy or one to be fetched. ``more``:
    url, host_reason, title, document_number.

    The same citation added again is the one that is there. Raises ValidationError for what cannot
    be used, WrongState while a verdict is in review.
    """
    permissions.check_can_check(case, by)  # before the file is read; again under the lock
    texts = cleaned_texts(quote=quote, **more)
    check_citation(case, source, stance, accessed_on)
    fields: dict[str, Any] = {**texts, "accessed_on": accessed_on, "document_date": document_date}
    fields["stance"] = stance
    fields["on_source_domain"] = check_address(source, texts["url"], texts["host_reason"])
    if fetch:
        evidence_copies.check_fetch(texts["url"])
        fields["archive_state"] = ArchiveState.PENDING
    prepared = evidence_copies.prepare_upload(upload, source, texts["quote"]) if upload else None
    return _written(case, source, by, prepared, fields)


def _written(
    case: Case, source: Source, by: User, prepared: PreparedCopy | None, fields: dict[str, Any]
) -> Evidence:
    """Write the copy, then its row."""
    try:
        with evidence_copies.written(prepared) as path:
            archive = prepared.fields(path, by) if prepared else {}
            return _create(case, source, by, prepared, **{**fields, **archive})
    except _AlreadyCited as earlier:
        return earlier.evidence


def _create(
    case: Case, source: Source, by: User, prepared: PreparedCopy | None, **fields: Any
) -> Evidence:
    permissions.check_can_check(workflow.lock(case), by)
    same = case.evidence.filter(source=source, withdrawn_at=None)
    same = same.filter(**{name: fields[name] for name in _SAME})
    if prepared is not None:
        same = same.filter(archive_sha256=prepared.copy.sha256)
    if (earlier := same.first()) is not None:
        raise _AlreadyCited(earlier)
    evidence = Evidence.objects.create(
        case=case, source=source, official=source.is_official, added_by=by, **fields
    )
    record(AuditEvent.EVIDENCE_ADDED, evidence, by, source=source.pk, stance=str(evidence.stance))
    if evidence.archive_state == ArchiveState.PENDING:
        enqueue("factcheck.fetch_archive", evidence.pk)
    if prepared is not None:
        evidence_copies.add_words(evidence, prepared)
    return evidence


def edit(evidence: Evidence, *, by: User, **fields: Any) -> Evidence:
    """Change a citation that nobody has submitted yet; a changed quotation is searched again.

    Raises WrongState once a verdict with it has been submitted: then withdraw it and cite anew.
    """
    values = {name: fields.get(name, getattr(evidence, name)) for name in EDITABLE}
    texts = cleaned_texts(**{name: values[name] for name in LIMITS})
    source = values["source"]
    check_citation(evidence.case, source, values["stance"], values["accessed_on"])
    values |= texts | {"official": source.is_official}
    values["on_source_domain"] = check_address(source, texts["url"], texts["host_reason"])
    place = copy_texts.place_in_copy(evidence, texts["quote"])  # seconds: before the lock
    with transaction.atomic():
        permissions.check_can_check(workflow.lock(evidence.case), by)
        evidence.refresh_from_db()
        _check_editable(evidence, values)
        changed = sorted(name for name in values if getattr(evidence, name) != values[name])
        for name in changed:
            setattr(evidence, name, values[name])
        if changed:
            evidence.save(update_fields=changed)
            record(AuditEvent.EVIDENCE_EDITED, evidence, by, fields=changed)
        if place:
            CopyText.objects.filter(evidence=evidence).update(**place)
    return evidence


def _moved(evidence: Evidence, values: dict[str, Any]) -> bool:
    return bool(evidence.source != values["source"] or evidence.url != values["url"])


def _check_editable(evidence: Evidence, values: dict[str, Any]) -> None:
    if evidence.withdrawn_at is not None:
        raise WrongState(_("This evidence has been withdrawn."))
    if not is_editable(evidence):
        raise WrongState(
            _("A second person has been shown this evidence: withdraw it and cite anew.")
        )
    if evidence.archive_state != ArchiveState.NONE and _moved(evidence, values):
        raise WrongState(
            _("The copy belongs to this source and address: withdraw this evidence and cite anew.")
        )


def is_editable(evidence: Evidence) -> bool:
    """Whether no verdict of its case was submitted since it was added."""
    return evidence in editable(evidence.case, [evidence])


def editable(case: Case, items: Iterable[Evidence]) -> list[Evidence]:
    """Those of a case's citations that may still be changed, in one query."""
    last = case.verdicts.aggregate(last=Max("submitted_at"))["last"]
    return [item for item in items if not item.withdrawn_at and (not last or item.added_at > last)]


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User) -> Evidence:
    """Withdraw a citation; it stays visible as withdrawn and supports no verdict any more."""
    permissions.check_can_check(workflow.lock(evidence.case), by)
    evidence.refresh_from_db()
    if evidence.withdrawn_at is not None:
        raise WrongState(_("This evidence has been withdrawn."))
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), by
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(AuditEvent.EVIDENCE_WITHDRAWN, evidence, by)
    return evidence

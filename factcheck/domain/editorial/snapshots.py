"""Snapshots: the citations of a published version as plain data, so that a later change cannot
alter what was published."""

from typing import Any

from factcheck.domain.editorial import proof
from factcheck.enums import QuoteMatch
from factcheck.models import Evidence, EvidenceStatement, Verdict
from matching.text import quotations


def of_evidence(verdict: Verdict) -> list[dict[str, Any]]:
    """The citations that are not withdrawn, with what was proved and what was stated of each."""
    rows = EvidenceStatement.objects.filter(verdict=verdict, stated_by=verdict.reviewed_by_id)
    rows = rows.select_related("own_letter_of")
    statements = {row.evidence_id: row for row in rows}
    return [
        {**_citation(item), **_proof(item, statements.get(item.pk))}
        for item in proof.cited(verdict.case)
    ]


def _citation(item: Evidence) -> dict[str, Any]:
    return {
        "source": item.source.name_vi,
        "source_en": item.source.name_en,
        "official": item.official,
        "stance": item.stance,
        "title": item.title,
        "url": item.url,
        "quote": item.quote,
        "document_number": item.document_number,
        "document_date": item.document_date.isoformat() if item.document_date else "",
        "accessed_on": item.accessed_on.isoformat(),
        "archive_sha256": item.archive_sha256,
    }


def _proof(item: Evidence, statement: EvidenceStatement | None) -> dict[str, Any]:
    before, _passage, after = context(item)
    row = proof.text_of(item)
    return {
        "evidence": item.pk,
        "provenance": item.provenance,
        "signed_by": item.signed_by,
        "host_reason": item.host_reason if item.on_source_domain is False else "",
        "quote_match": row.quote_match if row else "",
        "before": before,
        "after": after,
        "by_eye": bool(statement and statement.compared_by_eye),
        "original_seen": statement.original_seen if statement else "",
        "original_where": statement.original_where if statement else "",
        "own_letter": statement.own_letter_of.name if statement and statement.own_letter_of else "",
        "copy_public": bool(statement and statement.names_nobody),
    }


def context(item: Evidence) -> tuple[str, str, str]:
    """The sentence before the quotation in the copy, the passage itself, the sentence after."""
    row = proof.text_of(item)
    if row is None or row.quote_match not in (QuoteMatch.WHOLE, QuoteMatch.PART):
        return "", item.quote, ""
    return quotations.surroundings(row.text, row.quote_start, row.quote_end)

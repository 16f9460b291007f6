"""Semantic suggestions: cases that only meaning finds, once a wording's vector has been computed.

A report is matched at once by its words, locking the row (on SQLite the whole database) for a few
milliseconds. Meaning takes longer, may wait for a service, and never decides: so it comes after,
and only adds suggestions. Whichever of two wordings gets its vector last finds the other.
"""

import time

from django.db import transaction

from factcheck import merge_tree
from factcheck.domain.duplicates import decisions, matches, suggested_pairs
from factcheck.domain.index import embeddings, wordings
from factcheck.enums import TRIAGE_STATUSES
from factcheck.models import Case, Wording
from intake.models import Report
from matching.scoring import policy, ranking
from matching.scoring.policy import Audience
from matching.scoring.ranking import RankedCandidate
from matching.semantic.embedder import EmbedderError

SECONDS = 30.0  # of a sweep; a task may take 60


def embed_and_suggest(wording: Wording) -> int:
    """Compute one wording's vector, then suggest for its report; returns the number added."""
    return suggest_for_wordings(embeddings.embed_one(wording))


def sweep() -> int:
    """The same for wordings whose message was lost or whose turn failed, for half a minute."""
    model = embeddings.available_embedder()
    added, until = 0, time.monotonic() + SECONDS
    try:
        for done in embeddings.embed_in_batches(model) if model else ():
            added += suggest_for_wordings(done)
            if time.monotonic() > until:
                break
    except EmbedderError as error:
        embeddings.record_failure(error)
    return added


def suggest_for_wordings(wording_ids: list[int]) -> int:
    """``suggest_for_report`` for every report that brought one of these wordings."""
    reports = Report.objects.filter(wordings__in=wording_ids).distinct().order_by("pk")
    return sum(suggest_for_report(report) for report in reports)


def suggest_for_report(report: Report) -> int:
    """Suggest cases that only meaning finds; returns how many were added.

    Never links, leaves out what a person has decided about and what is suggested already, does
    nothing once the case is past triage. Safe to run twice.
    """
    if not _is_open(report):
        return 0
    report_wordings = list(Wording.objects.filter(report=report).exclude(text="").order_by("pk"))
    # Outside of the transaction: this may wait for a service.
    ranked = [candidate for wording in report_wordings for candidate in _ranked(wording)]
    return _suggest(report, ranked) if ranked else 0


def _is_open(report: Report) -> bool:
    own = matches.current_match(report)
    return own is not None and merge_tree.canonical(own.case).status in TRIAGE_STATUSES


def _ranked(wording: Wording) -> list[RankedCandidate]:
    query = wordings.query_for_text(
        wording.text,
        wording.canonical_url,
        wording.seen_on,
        unit_id=wording.report.addressed_unit_id if wording.report else None,
    )
    return ranking.rank(query, wordings.candidates(query, semantic=True))


@transaction.atomic
def _suggest(report: Report, ranked: list[RankedCandidate]) -> int:
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    own = matches.current_match(report)
    if own is None:
        return 0
    settled = _settled_case_ids(report, merge_tree.canonical(own.case))
    candidates = [candidate for candidate in ranked if candidate.key not in settled]
    new = policy.candidates_to_show(candidates, Audience.CHECKER)
    suggested_pairs.create(report, new)
    return len(new)


def _settled_case_ids(report: Report, own: Case) -> set[int]:
    """Cases there is nothing to suggest about: its own, decided ones, suggested ones."""
    matched = set(report.matches.values_list("case_id", flat=True))
    shown = {suggested.case.pk for suggested in suggested_pairs.suggestions_for(own)}
    return {
        own.pk,
        *matched,
        *merge_tree.canonical_ids(matched).values(),
        *shown,
        *decisions.rejected_case_ids(report),
    }

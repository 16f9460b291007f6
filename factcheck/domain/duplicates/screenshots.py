"""Screenshots: words a machine read from a report's pictures, in the search for the same claim.

They are indexed as wordings of the report's case and lead to suggestions, never to a link: one
misread digit is another date, and the claim may be in what was not read (a stamp, a face, the app
around it). A person has the picture beside the words and decides.
"""

import hashlib

from django.db import transaction

from factcheck import merge_tree
from factcheck.domain import concerns
from factcheck.domain.cases import escalation, opening
from factcheck.domain.duplicates import decisions, matches, suggested_pairs
from factcheck.domain.index import wordings
from factcheck.enums import TRIAGE_STATUSES, MatchState
from factcheck.models import Match
from intake.domain import dates, image_text
from intake.models import PictureReading, Report
from matching.image_hash import looks_similar
from matching.scoring import policy, ranking
from matching.scoring.policy import Audience
from matching.scoring.ranking import Query, RankedCandidate


def match_picture(report: Report) -> list[Match]:
    """Index what was read from a report's pictures and suggest the cases that say the same.

    Returns the suggestions made or marked. Safe to run twice and at the same moment; a picture read
    before its report was matched waits for that here.
    """
    if report.purged_at is not None:
        return []
    matches.match_report(report)
    return _suggest_for(report)


@transaction.atomic
def _suggest_for(report: Report) -> list[Match]:
    report = Report.objects.select_for_update(no_key=True).get(pk=report.pk)
    readings = list(image_text.readings_for(report))
    # So two reports of one picture at the same moment find each other.
    wordings.lock_same_texts(_query(report, reading) for reading in readings)
    own = matches.current_match(report)
    if own is None or report.purged_at is not None:
        return []
    for reading in readings:
        wordings.add_picture_text(own.case, report, _query(report, reading), _key(reading))
    case = merge_tree.canonical(own.case)
    for reading in readings:
        concerns.propose_from_picture(case, report, image_text.message_words(reading))
    opening.title_from_pictures(own.case, report)
    escalation.escalate_for(report, case)
    ranked = [candidate for reading in readings for candidate in _ranked(report, reading)]
    if case.status in TRIAGE_STATUSES:
        _suggest(report, ranked, decisions.rejected_case_ids(report) | {case.pk})
    image_text.mark_matched(readings)
    return _mark_similar_pictures(report, readings)


def _key(reading: PictureReading) -> str:
    return hashlib.sha256(f"picture {reading.pk}".encode()).hexdigest()[:32]


def _query(report: Report, reading: PictureReading) -> Query:
    return wordings.query_for_text(
        image_text.message_words(reading),
        seen_on=dates.seen_on(report),
        unit_id=report.addressed_unit_id,
    )


def _ranked(report: Report, reading: PictureReading) -> list[RankedCandidate]:
    query = _query(report, reading)
    return ranking.rank(query, wordings.candidates(query)) if query.text else []


def _suggest(report: Report, ranked: list[RankedCandidate], refused: set[int]) -> None:
    """Suggest what is not suggested yet, also not for the typed text, nor decided on."""
    candidates = [candidate for candidate in ranked if candidate.key not in refused]
    matched = report.matches.values_list("case_id", flat=True)
    suggested = set(merge_tree.canonical_ids(matched).values())
    new = [
        candidate
        for candidate in policy.candidates_to_show(candidates, Audience.CHECKER)
        if candidate.key not in suggested
    ]
    suggested_pairs.create(report, new, from_picture=True)


def _mark_similar_pictures(report: Report, readings: list[PictureReading]) -> list[Match]:
    """Mark open suggestions, which rest on words, where the pictures look alike as well."""
    suggested = list(report.matches.filter(state=MatchState.SUGGESTED).select_related("case"))
    for match in suggested:
        members = merge_tree.group_ids(merge_tree.canonical(match.case))
        linked = Match.objects.filter(case_id__in=members, state=MatchState.CONFIRMED)
        hashes = image_text.perceptual_hashes(linked.values_list("report", flat=True))
        if any(
            looks_similar(reading.perceptual_hash, other)
            for reading in readings
            for other in hashes
        ):
            match.explanation = {**match.explanation, "alike_look": True}
            match.save(update_fields=["explanation"])
    return suggested

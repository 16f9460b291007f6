"""Ratings: the database accepts exactly those of the enum, and publishes each on the evidence that
its row requires."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from factcheck.domain.editorial import evidence, notices, reviews, verdicts
from factcheck.enums import CaseStatus, Rating, SourceField, SourceKind, Stance, Urgency
from factcheck.models import NoticeVersion, Verdict
from tests.factories import (
    Cast,
    add_evidence,
    case_at,
    make_source,
    pdf,
    statements_for,
    verdict_at,
    words,
)

UNKNOWN = "unheard_of"
EVIDENCE_REFUSED = "a version needs the evidence its verdict asks for"
CONSTRAINTS = {
    "factcheck_verdict": "factcheck_verdict_rating",
    "factcheck_noticeversion": "factcheck_version_rating",
}


def _scalar(sql: str, *params: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return str(cursor.fetchone()[0])


def _constraint_sql(table: str, name: str) -> str:
    if connection.vendor == "postgresql":
        return _scalar(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", name
        )
    sql = _scalar("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", table)
    return sql.partition(f'"{name}" CHECK (')[2].partition("))")[0]


def _evidence_rule_sql() -> str:
    """The condition of the trigger under which a version may be inserted."""
    if connection.vendor == "postgresql":
        sql = "SELECT prosrc FROM pg_proc WHERE prosrc LIKE %s"
    else:
        sql = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE %s"
    return _scalar(sql, f"%{EVIDENCE_REFUSED}%")


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "name"), CONSTRAINTS.items(), ids=list(CONSTRAINTS))
def test_constraint_names_exactly_the_ratings(table: str, name: str) -> None:
    literals = set(re.findall(r"'(\w*)'", _constraint_sql(table, name)))
    assert literals - {""} == set(Rating.values)
    assert ("" in literals) == (table == "factcheck_verdict")  # a draft may be without


@pytest.mark.django_db
def test_evidence_rule_of_the_database_names_exactly_the_ratings() -> None:
    sql = _evidence_rule_sql()
    literals = re.findall(r"""NEW\."rating" = '(\w+)'""", sql)
    for values in re.findall(r"""NEW\."rating" IN \(([^)]*)\)""", sql):
        literals += re.findall(r"'(\w+)'", values)
    assert sorted(literals) == sorted(Rating.values)


def test_unknown_rating_cannot_be_stored(cast: Cast) -> None:
    draft = verdict_at(CaseStatus.CHECKING, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.filter(pk=draft.pk).update(rating=UNKNOWN)
    assert _publish_unchecked(draft, cast)


@contextmanager
def _without_constraints() -> Iterator[None]:
    """The rating constraints lifted, to reach the rules behind them; PostgreSQL's come back with
    the test's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table, name in CONSTRAINTS.items():
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            yield
            return
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_unknown_rating_is_refused_by_the_domain_and_by_the_evidence_rule(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even with the evidence that the strictest rule requires."""
    with _without_constraints():
        draft = verdict_at(CaseStatus.CHECKING, cast)
        Verdict.objects.filter(pk=draft.pk).update(rating=UNKNOWN)
        draft.refresh_from_db()
        complete = verdicts.missing(draft)
        evidence.withdraw(draft.case.evidence.get(), by=cast.checker)
        assert len(complete) == 1
        assert len(verdicts.missing(draft)) == 2
        add_evidence(draft.case, cast.checker, Stance.REFUTES)
        monkeypatch.setattr(verdicts, "missing", lambda verdict: [])
        assert not _publish_unchecked(draft, cast)


def _publish_unchecked(draft: Verdict, cast: Cast) -> bool:
    """Submit, approve and publish as if every text were there; False if the database refuses."""
    verdicts.submit_for_review(draft, by=cast.checker)
    reviews.approve(draft, statements=statements_for(draft), by=cast.reviewer)
    try:
        with transaction.atomic():
            notices.publish(draft, by=cast.approver)
    except IntegrityError as error:
        if EVIDENCE_REFUSED not in str(error):
            raise
        return False
    return NoticeVersion.objects.filter(verdict=draft).exists()


CITATIONS = {
    "none": None,
    "address": {"stance": Stance.SUPPORTS, "upload": None},
    "copy": {"stance": Stance.SUPPORTS, "url": "", "kind": SourceKind.SECONDARY},
    "neither": {"stance": Stance.REFUTES, "upload": None, "url": ""},
    "undated": {"stance": Stance.REFUTES, "document_date": None},
    "handed in": {"stance": Stance.REFUTES, "upload": True},
    "unofficial": {"stance": Stance.REFUTES, "kind": SourceKind.SECONDARY},
    "no copy": {"stance": Stance.REFUTES, "upload": None},
    "official support": {"stance": Stance.SUPPORTS},
    "official context": {"stance": Stance.CONTEXT},
    "official refutation": {"stance": Stance.REFUTES},
    "police refutation": {"stance": Stance.REFUTES, "field": SourceField.POLICE},
    "health context": {"stance": Stance.CONTEXT, "field": SourceField.HEALTH},
    "unofficial health": {
        "stance": Stance.REFUTES,
        "field": SourceField.HEALTH,
        "kind": SourceKind.SECONDARY,
    },
    "weather": {"stance": Stance.REFUTES, "field": SourceField.WEATHER},
}


@pytest.mark.parametrize("citation", CITATIONS)
@pytest.mark.parametrize("rating", Rating)
def test_database_and_domain_require_the_same_evidence(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, rating: Rating, citation: str
) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    if (values := CITATIONS[citation]) is not None:
        rest = dict(values)
        kind = rest.pop("kind", SourceKind.PRIMARY)
        field = rest.pop("field", SourceField.EDUCATION)
        if rest.get("upload"):
            rest["upload"] = pdf()
        add_evidence(case, cast.checker, source=make_source(kind, field=field), **rest)
    draft = verdicts.draft(case, by=cast.checker, **words(rating))
    sentences = verdicts.missing(draft)
    monkeypatch.setattr(verdicts, "missing", lambda verdict: [])
    assert _publish_unchecked(draft, cast) == (sentences == [])


@pytest.mark.parametrize("rating", [Rating.SCAM, Rating.DANGEROUS])
def test_warning_is_written_approved_and_published(cast: Cast, rating: Rating) -> None:
    verdict = verdict_at(CaseStatus.PUBLISHED, cast, rating=rating, tags=["scam", "impersonation"])
    assert verdict.published.rating == rating
    assert verdict.case.urgency == Urgency.VERY_URGENT
    assert verdict.case.urgency_reason == "warning"


@pytest.mark.parametrize("rating", [Rating.SCAM, Rating.DANGEROUS])
@pytest.mark.parametrize("advice", ["", "  "])
def test_warning_without_what_to_do_is_refused(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, rating: Rating, advice: str
) -> None:
    draft = verdict_at(CaseStatus.CHECKING, cast, rating=rating)
    verdicts.draft(draft.case, by=cast.checker, what_to_do=advice)
    draft.refresh_from_db()
    assert len(verdicts.missing(draft)) == 1
    monkeypatch.setattr(verdicts, "missing", lambda verdict: [])
    assert not _publish_unchecked(draft, cast)

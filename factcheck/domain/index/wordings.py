"""The candidate index as the rest of the product uses it: wordings of cases are added and removed,
and a query gets the wordings that may make the same claim.

``lookup``, ``postings``, ``semantic_search``, ``packing`` and ``blocks`` do the work behind it.
"""

import hashlib
from collections.abc import Iterable
from datetime import date
from heapq import nlargest

from django.db import connection
from django.db.models import QuerySet

from channels.dispatch import enqueue
from factcheck import merge_tree
from factcheck.domain.index import claim_keys, embeddings, exclusions, lookup, packing, postings
from factcheck.domain.index.lookup import WordingRow
from factcheck.domain.index.semantic_search import cosines, neighbours
from factcheck.domain.index.unit_names import names_and_units
from factcheck.models import Case, NoticeVersion, Wording
from intake.domain import dates
from intake.models import Report
from matching.details.pointing import ReportUnit
from matching.links.canonical_urls import canonical_url
from matching.scoring.ranking import Candidate, LinkUse, Query
from matching.terms import index_terms
from matching.terms.packed_postings import pack_terms

MAX_COMPARED = 100  # wordings compared
MAX_EXACT = 50  # of them with the same words or link, the newest
MAX_NEAREST = 100  # wordings nearest in meaning, besides
MAX_PUBLISHED_READ = 3_000  # wordings looked at to find those with a public notice
_UNIQUE_FIELDS = ("case", "fingerprint", "url_hash")  # a case has a wording once
_HAS_WORDING = (
    f"SELECT 1 FROM {Wording._meta.db_table}"  # noqa: S608 a name of ours
    " WHERE case_id = %s AND fingerprint = %s AND url_hash = %s"
)


def query_for_text(
    text: str, url: str = "", seen_on: date | None = None, *, unit_id: int | None = None
) -> Query:
    """A text as matching reads it, with the names of this installation's units; ``unit_id``: the
    unit to which it was sent, which tells what "trường mình" means."""
    names, units = names_and_units()
    return Query(text, url, seen_on, names, units.get(unit_id) if unit_id is not None else None)


def query_for_report(report: Report) -> Query:
    link = report.url or report.canonical_url
    return query_for_text(
        report.text, link, dates.seen_on(report), unit_id=report.addressed_unit_id
    )


def lock_same_texts(queries: Iterable[Query], pictures: Iterable[str] = ()) -> None:
    """Make everyone who matches the same words, link or picture wait here until this transaction
    ends. ``pictures``: their SHA-256.

    So three people who send one message within a second make one case. SQLite's IMMEDIATE
    transactions come one after another anyway.
    """
    if connection.vendor != "postgresql":
        return
    keys = {key for query in queries for key in lookup.exact_keys(query) if key} | set(pictures)
    with connection.cursor() as cursor:
        for key in sorted(keys):
            number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def candidates(
    query: Query, *, published_only: bool = False, semantic: bool = False
) -> list[Candidate]:
    """Wordings that may make the same claim: the same words or link first, then those that share
    words, then (background work only) those that only mean the same; ``key`` is the case they now
    belong to. A fixed number of queries whatever the number of cases."""
    excluded = exclusions.excluded_case_ids()
    limit = MAX_PUBLISHED_READ if published_only else postings.MAX_RESCORED + len(excluded)
    matches = postings.find_matches(index_terms.query_weights(query.text), limit)
    searchable = lookup.searchable_wordings(excluded, published_only)
    exact = lookup.exact_ids(query, searchable, MAX_PUBLISHED_READ if published_only else MAX_EXACT)
    sharing = lookup.ids_sharing_terms(matches, limit, published_only)
    near = dict(neighbours(query.text, MAX_NEAREST)) if semantic else {}
    ids = {*exact, *sharing, *near}
    rows, canonical = lookup.read_wordings(searchable, ids, matches, published_only)
    scored = nlargest(MAX_COMPARED, ((rows[pk].score, pk) for pk in sharing if pk in rows))
    lexical = (pk for _score, pk in scored)
    order = [pk for pk in dict.fromkeys([*exact, *lexical, *near]) if pk in rows]
    if semantic:
        near |= cosines(query.text, set(order) - near.keys())
    link_use = _link_uses(query, set(canonical.values()), published_only=published_only)
    units = _units_of_deleted([pk for pk in exact if pk in rows], rows)
    case_of = {pk: canonical[rows[pk].case] for pk in order}
    return [
        rows[pk].candidate(
            case_of[pk], matches.highest, near.get(pk), units.get(pk), link_use[case_of[pk]]
        )
        for pk in order
    ]


def _units_of_deleted(exact: list[int], rows: dict[int, WordingRow]) -> dict[int, ReportUnit]:
    """Of the wordings with the query's words whose text was deleted, the unit of the report."""
    unit_ids = lookup.unit_ids_of_deleted(exact, rows)
    units = names_and_units()[1] if unit_ids else {}
    return {pk: units[unit_id] for pk, unit_id in unit_ids.items() if unit_id in units}


def _link_uses(query: Query, cases: set[int], *, published_only: bool) -> dict[int, LinkUse]:
    """What the query's link says about each case: only a confirmed key answers."""
    with_key = claim_keys.cases_with_key(query)
    otherwise = LinkUse.IGNORE if published_only else LinkUse.SUGGEST
    return {case: LinkUse.KEY if case in with_key else otherwise for case in cases}


def add_report(case: Case, report: Report) -> None:
    """Index a report's wording for the case, once; nothing when it has neither words nor link."""
    _add(case, report, query_for_report(report))


def add_picture_text(case: Case, report: Report, query: Query, key: str) -> None:
    """Index words that a machine read from one of the report's pictures, once, wherever the
    report's other wordings are. ``key`` identifies the picture and takes the place of the
    fingerprint: no typed text is ever "the same words" as a machine's reading."""
    if not any(lookup.exact_keys(query)):
        return  # no word in it
    if Wording.objects.filter(report=report, from_picture=True, fingerprint=key).exists():
        return
    wording = Wording.objects.create(
        case=case,
        report=report,
        from_picture=True,
        fingerprint=key,
        text=query.text,
        seen_on=query.seen_on,
        **index_fields(query),
    )
    _pack_some(wording)


def add_claim(case: Case, claim: str) -> None:
    """Index the claim as the checker wrote it, in place of the former one; of a case with a
    public notice also claim and headline as one text, since people ask in the words of both."""
    delete(case.wordings.filter(report__isnull=True))
    public = NoticeVersion.objects.filter(notice__case=case, is_current=True)
    headline = public.values_list("headline", flat=True).first()
    for text in (claim, f"{claim}. {headline}" if headline else ""):
        _add(case, None, query_for_text(text))


def case_for_wording(case: Case, report: Report) -> Case:
    """Of a merged case and those merged into it the one that has the report's words, else the case
    itself: if that merge is undone, the report stays with its words."""
    fingerprint, url_hash = lookup.exact_keys(query_for_report(report))
    same = Wording.objects.filter(
        case__in=merge_tree.group_ids(case), fingerprint=fingerprint, url_hash=url_hash
    ).select_related("case")
    first = min(same, key=lambda wording: (wording.case_id != case.pk, wording.pk), default=None)
    return first.case if first else case


def index_fields(query: Query, fingerprint: str = "") -> dict[str, object]:
    """The derived fields of a wording's row, stored so that queries need not recompute them;
    ``fingerprint``: of its words, if at hand."""
    return {
        "terms": pack_terms(index_terms.extract_terms(query.text)),
        "prepared": query.prepare(fingerprint).to_json(),
        "keys": index_terms.VERSION,
    }


def delete(wordings: QuerySet[Wording]) -> None:
    """Delete wordings and take their terms off the index."""
    packing.remove_from_index(wordings)
    wordings.delete()


def empty(wordings: QuerySet[Wording]) -> None:
    """Empty the texts of wordings and all that was made of them; the rows stay, so that the same
    text is recognised by its fingerprint."""
    packing.remove_from_index(wordings)
    wordings.update(text="", canonical_url="")
    embeddings.delete_embeddings(wordings)


def _has_wording(case: Case, fingerprint: str, url_hash: str) -> bool:
    """Whether the case has such a wording. Asked for each report, so as plain SQL: building the
    query took longer than running it, a fifth of the time to add a wording."""
    with connection.cursor() as cursor:
        cursor.execute(_HAS_WORDING, [case.pk, fingerprint, url_hash])
        return cursor.fetchone() is not None


def _add(case: Case, report: Report | None, query: Query) -> None:
    fingerprint, url_hash = lookup.exact_keys(query)
    if not (fingerprint or url_hash) or _has_wording(case, fingerprint, url_hash):
        return
    wording = Wording(
        case=case,
        fingerprint=fingerprint,
        url_hash=url_hash,
        report=report,
        text=query.text,
        canonical_url=canonical_url(query.url) if query.url else "",
        seen_on=query.seen_on,
        **index_fields(query, fingerprint),
    )
    # If another process was faster by a moment, its row stays, and this object gets its id.
    Wording.objects.bulk_create(
        [wording], update_conflicts=True, unique_fields=_UNIQUE_FIELDS, update_fields=["case"]
    )
    embeddings.enqueue_embedding(wording)
    _pack_some(wording)


def _pack_some(wording: Wording) -> None:
    if wording.pk % packing.PACK_EVERY_NTH == 0:
        enqueue("factcheck.pack_index")

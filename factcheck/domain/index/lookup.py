"""Finding the cases a text may belong to, without ever reading all of them.

Each wording of a case (Wording) carries the terms of its text; ``postings`` finds those that share
a query's terms, weighted. Added to the best of them: the same words, the same link.
"""

import hashlib
from datetime import date
from heapq import nlargest
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from channels.dispatch import enqueue
from factcheck import merge_tree
from factcheck.domain.index import (
    blocks,
    embeddings,
    exclusions,
    packing,
    postings,
    public_flag,
)
from factcheck.domain.index.postings import PostingMatches
from factcheck.domain.index.semantic_search import cosines, neighbours
from factcheck.domain.index.unit_names import gazetteer
from factcheck.models import Case, NoticeVersion, Wording
from intake.domain import dates
from intake.models import Report
from matching.links.canonical_urls import canonical_url, find_urls, is_home_page
from matching.scoring.prepared_text import PreparedText
from matching.scoring.ranking import Candidate, Query
from matching.terms import index_terms
from matching.terms.packed_postings import pack_terms
from matching.text.normalisation import fingerprint

BEST = 100  # wordings compared
EXACT = 50  # of them with the same words or link, the newest
NEAREST = 100  # wordings nearest in meaning, besides
PUBLIC = 3_000  # wordings looked at to find those with a public answer ...
NEAR = 0.08  # ... with this share of the highest score; the same text has about 0.45
ONCE = ("case", "fingerprint", "url_hash")  # a case has a wording once
_HAS = (
    f"SELECT 1 FROM {Wording._meta.db_table}"  # noqa: S608 a name of ours
    " WHERE case_id = %s AND fingerprint = %s AND url_hash = %s"
)


class _WordingRow(NamedTuple):
    """A wording as a candidate needs it; ``score``: over all its terms."""

    case: int
    text: str
    canonical_url: str
    fingerprint: str
    seen_on: date | None
    prepared: dict[str, Any]
    from_picture: bool
    score: float


def url_hash(url: str) -> str:
    """SHA-256 of a canonical link; empty for none and for a mere site, which tells no claim."""
    canonical = canonical_url(url) if url else ""
    if not canonical or is_home_page(canonical):
        return ""
    return hashlib.sha256(canonical.encode()).hexdigest()


def query_for(report: Report) -> Query:
    link = report.url or report.canonical_url
    return Query(report.text, link, dates.seen_on(report), gazetteer())


def exact_keys(query: Query) -> tuple[str, str]:
    """What makes two reports the same at once: fingerprint of the words, hash of the link."""
    link = query.url or next(iter(find_urls(query.text)), "")
    return fingerprint(query.text), url_hash(link)


def serialise(query: Query) -> None:
    """Make everyone who matches the same words or link wait here until we commit.

    So three people who send one message within a second make one case. SQLite's IMMEDIATE
    transactions come one after another anyway.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for key in sorted(key for key in exact_keys(query) if key):
            number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def add_report(case: Case, report: Report) -> None:
    """Index a report's wording for the case, once; nothing when it holds neither words nor link."""
    _add(case, report, query_for(report))


def case_for_wording(case: Case, report: Report) -> Case:
    """The part of a merged whole that has the report's words, else the whole: if that merge is
    undone, the report goes along with its words."""
    words, link = exact_keys(query_for(report))
    parts = Wording.objects.filter(
        case__in=merge_tree.group_ids(case), fingerprint=words, url_hash=link
    ).select_related("case")
    found = sorted(parts, key=lambda part: (part.case_id != case.pk, part.pk))
    return found[0].case if found else case


def add_claim(case: Case, claim: str) -> None:
    """Index the claim as the checker wrote it, in place of the former one; of a case with a
    public notice also claim and headline as one text, since people ask in either's words."""
    former = case.wordings.filter(report__isnull=True)
    packing.remove_from_index(former)
    former.delete()
    public = NoticeVersion.objects.filter(notice__case=case, is_current=True)
    headline = public.values_list("headline", flat=True).first()
    for text in (claim, f"{claim}. {headline}" if headline else ""):
        _add(case, None, Query(text, units=gazetteer()))


def index_fields(query: Query, words: str = "") -> dict[str, object]:
    """What a wording's row holds besides its text, so that no query works it out again; ``words``:
    its fingerprint, if at hand."""
    return {
        "terms": pack_terms(index_terms.extract_terms(query.text)),
        "prepared": query.prepare(words).to_json(),
        "keys": index_terms.VERSION,
    }


def _has_wording(case: Case, words: str, link: str) -> bool:
    """Whether the case has such a wording. Asked for each report, so as plain SQL: building the
    query took longer than it, a fifth of the time to add a wording."""
    with connection.cursor() as cursor:
        cursor.execute(_HAS, [case.pk, words, link])
        return cursor.fetchone() is not None


def _add(case: Case, report: Report | None, query: Query) -> None:
    words, link = exact_keys(query)
    if not (words or link) or _has_wording(case, words, link):
        return
    wording = Wording(
        case=case,
        fingerprint=words,
        url_hash=link,
        report=report,
        text=query.text,
        canonical_url=canonical_url(query.url) if query.url else "",
        seen_on=query.seen_on,
        **index_fields(query, words),
    )
    # If somebody else was quicker by a moment, theirs stays, and ours gets its id.
    Wording.objects.bulk_create(
        [wording], update_conflicts=True, unique_fields=ONCE, update_fields=["case"]
    )
    embeddings.enqueue_embedding(wording)
    if wording.pk % packing.EVERY == 0:
        enqueue("factcheck.pack_index")


def _searchable(left_out: set[int], published_only: bool) -> QuerySet[Wording]:
    """Wordings matching may look at; of published ones also some that only bear the mark. Cases
    left out are few, so their ids go along as they are."""
    wordings = Wording.objects.exclude(case__in=left_out) if left_out else Wording.objects.all()
    return wordings.filter(answered=True) if published_only else wordings


def _sharing(found: PostingMatches, most: int, published_only: bool) -> list[int]:
    """The wordings that share most of the query's words, as far as the blocks read tell."""
    if not published_only:
        return found.best(most)
    near = found.best(most, NEAR)  # many, since those with an answer may be few
    few = near if len(near) > postings.RESCORED else found.best(postings.RESCORED)
    return blocks.wordings_with_notice(few)[: postings.RESCORED]


def _exact(query: Query, admitted: QuerySet[Wording], most: int) -> list[int]:
    """Wordings with the same words or the same link, the newest first."""
    words, link = exact_keys(query)
    none = admitted.none()
    same = admitted.filter(fingerprint=words) if words else none
    # A union, since an OR beside the order may read every wording from the newest on.
    linked = admitted.filter(url_hash=link) if link else none
    both = same.values_list("pk", flat=True).union(linked.values_list("pk", flat=True))
    return list(both.order_by("-pk")[:most])


def _near(query: Query, meaning: bool) -> dict[int, float]:
    """The wordings nearest in meaning with their cosines, nearest first."""
    return dict(neighbours(query.text, NEAREST)) if meaning else {}


def _read(
    admitted: QuerySet[Wording], wanted: set[int], found: PostingMatches, published_only: bool
) -> tuple[dict[int, _WordingRow], dict[int, int]]:
    """The wordings that are admitted, and of each case of theirs the case it now belongs to."""
    # An alternative that adds nothing: of a mere list PostgreSQL waits for one page of the table
    # after the other; alternatives it sorts by place and asks for many pages at once.
    among = Q(pk__in=wanted) | Q(pk=next(iter(wanted), None))
    read = admitted.filter(among).values_list("pk", "terms", *_WordingRow._fields[:-1])
    rows = {row[0]: _WordingRow(*row[2:], found.exact(bytes(row[1]))) for row in read}  # type: ignore[call-arg]
    # Not joined to the wordings: few cases are merged, and a look at each costs as much again.
    roots = merge_tree.canonical_ids({row.case for row in rows.values()})
    if published_only:
        public = public_flag.cases_with_notice(set(roots.values()))
        rows = {pk: row for pk, row in rows.items() if roots[row.case] in public}
    return rows, roots


def _candidate(
    row: _WordingRow, root: int, found: PostingMatches, cosine: float | None
) -> Candidate:
    return Candidate(
        root,
        row.text,
        row.canonical_url,
        row.fingerprint,
        row.seen_on,
        PreparedText.from_json(row.prepared, row.fingerprint) if row.prepared else None,
        row.score,
        row.score / found.highest,
        cosine,
        row.from_picture,
    )


def candidates(
    query: Query, *, published_only: bool = False, meaning: bool = False
) -> list[Candidate]:
    """Wordings that may say the same: the same words or link first, then those that share words,
    then (background work only) those that only mean the same; ``key`` is the case they now belong
    to. A fixed number of queries whatever the number of cases."""
    left_out = exclusions.excluded_case_ids()
    most = PUBLIC if published_only else postings.RESCORED + len(left_out)
    found = postings.find_matches(index_terms.query_weights(query.text), most)
    admitted = _searchable(left_out, published_only)
    exact = _exact(query, admitted, PUBLIC if published_only else EXACT)
    sharing = _sharing(found, most, published_only)
    near = _near(query, meaning)
    rows, roots = _read(admitted, {*exact, *sharing, *near}, found, published_only)
    scored = nlargest(BEST, ((rows[pk].score, pk) for pk in sharing if pk in rows))
    lexical = (pk for _score, pk in scored)
    order = [pk for pk in dict.fromkeys([*exact, *lexical, *near]) if pk in rows]
    if meaning:
        near |= cosines(query.text, set(order) - near.keys())
    return [_candidate(rows[pk], roots[rows[pk].case], found, near.get(pk)) for pk in order]

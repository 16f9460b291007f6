"""Finding the cases a text may belong to, without ever reading all of them.

Each wording of a case (Variant) is indexed by its terms (Posting). A query takes its rarest terms,
sums their weights per wording in SQL, and looks at the best fifty, besides exact hits.
"""

import hashlib
from math import log

from django.db import connection
from django.db.models import Case as SqlCase
from django.db.models import (
    Count,
    Exists,
    F,
    FloatField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)

from factcheck import groups
from factcheck.domain import due
from factcheck.enums import VerdictKind
from factcheck.models import Case, NoticeVersion, Posting, Variant
from intake.models import Report
from matching.engine import Candidate, Query
from matching.normalise import fingerprint, terms
from matching.urls import canonical_url, find_urls, is_home_page

RAREST = 48  # terms looked up
BEST = 50  # wordings compared
# BM25's usual constants; a wording of so many terms is neither favoured nor held back. Half the
# terms and no regard to length find less: recall@50 0.73, not 0.84 (docs/benchmarks/matching.md).
_K1, _B, _MEAN = 1.2, 0.75, 20.0
_TERM = 64  # Posting.term


def url_hash(url: str) -> str:
    """SHA-256 of a canonical link; empty for none and for a mere site, which tells no claim."""
    canonical = canonical_url(url) if url else ""
    if not canonical or is_home_page(canonical):
        return ""
    return hashlib.sha256(canonical.encode()).hexdigest()


def _terms(text: str) -> list[str]:
    return list(dict.fromkeys(term[:_TERM] for term in terms(text)))


def query_for(report: Report) -> Query:
    return Query(report.text, report.url or report.canonical_url, due.seen_on(report))


def keys_of(query: Query) -> tuple[str, str]:
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
        for key in sorted(key for key in keys_of(query) if key):
            number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def add_report(case: Case, report: Report) -> Variant | None:
    """Index a report's wording for the case, once; None when it holds neither words nor link."""
    query = query_for(report)
    return _add(case, report, query)


def add_claim(case: Case, claim: str) -> Variant | None:
    """Index the claim as the checker wrote it, in place of the former one."""
    case.variants.filter(report__isnull=True).delete()
    return _add(case, None, Query(claim))


def _add(case: Case, report: Report | None, query: Query) -> Variant | None:
    words, link = keys_of(query)
    if not words and not link:
        return None
    found = _terms(query.text)
    variant, created = Variant.objects.get_or_create(
        case=case,
        fingerprint=words,
        url_hash=link,
        defaults={
            "report": report,
            "text": query.text,
            "canonical_url": canonical_url(query.url) if query.url else "",
            "seen_on": query.seen_on,
            "length": len(found),
        },
    )
    if created:
        Posting.objects.bulk_create(Posting(term=term, variant=variant) for term in found)
    return variant


def _public() -> Exists:
    """Whether the case of a variant, or the case it was merged into, has a public answer."""
    current = NoticeVersion.objects.filter(is_current=True).exclude(kind=VerdictKind.RETRACTION)
    return Exists(current.filter(notice__case=OuterRef("root")))


def _variants(published_only: bool) -> QuerySet[Variant]:
    variants = Variant.objects.annotate(root=groups.root_of("case"))
    return variants.filter(_public()) if published_only else variants


def _weights(query: Query) -> dict[str, float]:
    """The rarest terms of the text that occur at all, with their inverse document frequency."""
    counted = (
        Posting.objects.filter(term__in=_terms(query.text))
        .order_by()
        .values_list("term")
        .annotate(n=Count("pk"))
        .order_by("n", "term")[:RAREST]
    )
    found = dict(counted)
    if not found:
        return {}
    total = Variant.objects.aggregate(top=Max("pk"))["top"] or 1  # near enough, no scan
    return {term: log(1 + total / n) for term, n in found.items()}


def _scored(query: Query, published_only: bool) -> list[int]:
    weights = _weights(query)
    if not weights:
        return []
    shared = Sum(
        SqlCase(
            *(When(term=term, then=Value(weight)) for term, weight in weights.items()),
            output_field=FloatField(),
        )
    )
    length = Max("variant__length", output_field=FloatField())
    score = shared / (Value(1 + _K1 * (1 - _B)) + length * Value(_K1 * _B / _MEAN))
    hits = Posting.objects.filter(term__in=weights)
    if published_only:
        hits = hits.annotate(root=groups.root_of("variant__case")).filter(_public())
    best = hits.order_by().values(at=F("variant")).annotate(score=score).order_by("-score", "-at")
    return [row["at"] for row in best[:BEST]]


def _exact(query: Query) -> Q | None:
    words, link = keys_of(query)
    hits = Q(fingerprint=words) if words else None
    if link:
        hits = (hits | Q(url_hash=link)) if hits else Q(url_hash=link)
    return hits


def candidates(query: Query, *, published_only: bool = False) -> list[Candidate]:
    """Wordings that may say the same; ``key`` is the case they now belong to.

    Five queries at most, whatever the number of cases.
    """
    found = _scored(query, published_only)
    wanted = Q(pk__in=found)
    exact = _exact(query)
    if exact is not None:
        same = _variants(published_only).filter(exact).order_by("-pk").values_list("pk", flat=True)
        wanted |= Q(pk__in=list(same[:BEST]))
    variants = Variant.objects.filter(wanted).annotate(root=groups.root_of("case"))
    order = {pk: at for at, pk in enumerate(found)}
    ordered = sorted(variants, key=lambda variant: order.get(variant.pk, -1))
    return [
        Candidate(
            variant.root, variant.text, variant.canonical_url, variant.fingerprint, variant.seen_on
        )
        for variant in ordered
    ]

"""Which wordings a query reads: those with the same words or link, and those that share its terms;
never all of them."""

import hashlib
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from factcheck import merge_tree
from factcheck.domain.index import blocks, postings, public_flag
from factcheck.domain.index.postings import PostingMatches
from factcheck.models import Wording
from matching.details.pointing import ReportUnit
from matching.links.canonical_urls import canonical_url, find_urls, is_home_page
from matching.scoring.prepared_text import PreparedText
from matching.scoring.ranking import Candidate, LinkUse, Query
from matching.text.normalisation import fingerprint

# Share of the highest score from which wordings are looked at for a public notice; the same text
# has about 0.45.
MIN_SCORE_SHARE = 0.08


class WordingRow(NamedTuple):
    """A wording as a candidate needs it; ``score``: over all its terms."""

    case: int
    text: str
    canonical_url: str
    fingerprint: str
    seen_on: date | None
    prepared: dict[str, Any]
    from_picture: bool
    score: float

    def candidate(
        self,
        case_id: int,
        highest: float,
        cosine: float | None,
        unit: ReportUnit | None,
        link_use: LinkUse,
    ) -> Candidate:
        """``case_id``: what its case was merged into; ``highest``: the score of a text that has
        all of the query's terms; ``unit``: of its report, where the text was deleted."""
        prepared = self.prepared
        return Candidate(
            case_id,
            self.text,
            self.canonical_url,
            self.fingerprint,
            self.seen_on,
            PreparedText.from_json(prepared, self.fingerprint) if prepared else None,
            self.score,
            self.score / highest,
            cosine,
            self.from_picture,
            unit,
            link_use,
        )


def url_hash(url: str) -> str:
    """SHA-256 of a canonical link; empty without a link, and for a home page, which identifies
    no claim."""
    canonical = canonical_url(url) if url else ""
    if not canonical or is_home_page(canonical):
        return ""
    return hashlib.sha256(canonical.encode()).hexdigest()


def exact_keys(query: Query) -> tuple[str, str]:
    """What makes two reports the same at once: fingerprint of the words, hash of the link."""
    link = query.url or next(iter(find_urls(query.text)), "")
    return fingerprint(query.text), url_hash(link)


def searchable_wordings(excluded: set[int], published_only: bool) -> QuerySet[Wording]:
    """The wordings that matching may read. With ``published_only`` they may include a few that
    have the flag and no notice. Excluded ids are passed directly because they are few."""
    wordings = Wording.objects.exclude(case__in=excluded) if excluded else Wording.objects.all()
    # What a machine read from somebody's picture answers nobody: only the typed claim does.
    return wordings.filter(answered=True, from_picture=False) if published_only else wordings


def ids_sharing_terms(matches: PostingMatches, limit: int, published_only: bool) -> list[int]:
    """The wordings that share most of the query's words, as far as the blocks read tell."""
    if not published_only:
        return matches.best(limit)
    near = matches.best(limit, MIN_SCORE_SHARE)  # many, since those with an answer may be few
    few = near if len(near) > postings.MAX_RESCORED else matches.best(postings.MAX_RESCORED)
    return blocks.wordings_with_notice(few)[: postings.MAX_RESCORED]


def exact_ids(query: Query, searchable: QuerySet[Wording], limit: int) -> list[int]:
    """Wordings with the same words or the same link, the newest first."""
    words, link = exact_keys(query)
    none = searchable.none()
    same = searchable.filter(fingerprint=words) if words else none
    # A union, since an OR beside the order may read every wording from the newest on.
    linked = searchable.filter(url_hash=link) if link else none
    both = same.values_list("pk", flat=True).union(linked.values_list("pk", flat=True))
    return list(both.order_by("-pk")[:limit])


def unit_ids_of_deleted(exact: list[int], rows: dict[int, WordingRow]) -> dict[int, int]:
    """Of the wordings with the query's words, those whose text was deleted, each with the unit to
    which its report was addressed; no query if there is none."""
    deleted = [pk for pk in exact if rows[pk].fingerprint and not rows[pk].text]
    if not deleted:
        return {}
    units = Wording.objects.filter(pk__in=deleted, report__isnull=False)
    addressed = Coalesce("report__about_unit", "report__unit")
    return dict(units.values_list("pk", addressed))


def read_wordings(
    searchable: QuerySet[Wording], ids: set[int], matches: PostingMatches, published_only: bool
) -> tuple[dict[int, WordingRow], dict[int, int]]:
    """Those of these wordings that are searchable, and of each case of theirs the case it now
    belongs to."""
    # The redundant OR makes PostgreSQL use a bitmap scan, which prefetches pages in their order
    # on disk, instead of waiting for one random read after the other.
    has_id = Q(pk__in=ids) | Q(pk=next(iter(ids), None))
    read = searchable.filter(has_id).values_list("pk", "terms", *WordingRow._fields[:-1])
    rows = {row[0]: WordingRow(*row[2:], matches.exact(bytes(row[1]))) for row in read}  # type: ignore[call-arg]
    # Not joined to the wordings: few cases are merged, and reading each costs as much again.
    canonical = merge_tree.canonical_ids({row.case for row in rows.values()})
    if published_only:
        public = public_flag.cases_with_notice(set(canonical.values()))
        rows = {pk: row for pk, row in rows.items() if canonical[row.case] in public}
    return rows, canonical

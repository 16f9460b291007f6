"""Search through the product itself: claims become cases, queries run through index and ranking.

Import this only inside ``temporary_installation.installation``: models need settings.
"""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from django.db import connections
from django.utils import timezone

from accounts.models import Unit, UnitKind
from benchmarks.datasets import Claim
from benchmarks.embedding_cache import CachedEmbedder
from benchmarks.temporary_installation import log_progress
from factcheck.domain.index import embeddings, lookup, packing, wordings
from factcheck.models import Case, Wording
from matching.scoring.ranking import Query, RankedCandidate, rank
from matching.semantic.embedder import BundledEmbedder
from matching.semantic.projection import PROJECTION_FILE, ProjectedEmbedder
from matching.text.normalisation import clean

PROCESSES = 2  # that prepare the texts
BATCH = 2_000  # rows written at once
_CLAIM_LIMIT = 500  # Case.claim


def _prepared(text: str) -> dict[str, Any]:
    """Return the fields of a wording without its case, as the product's index derives them."""
    query = Query(clean(text))
    words, link = lookup.exact_keys(query)
    return {
        "text": query.text,
        "fingerprint": words,
        "url_hash": link,
        **wordings.index_fields(query),
    }


def _all_prepared(texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    if len(texts) <= BATCH:
        yield from map(_prepared, texts)
        return
    connections.close_all()  # the forked processes must not share them
    # The children must not inherit this process's SIGTERM handler: one would wait for ever.
    usual = (signal.SIGTERM, signal.SIG_DFL)
    with multiprocessing.get_context("fork").Pool(PROCESSES, signal.signal, usual) as pool:
        yield from pool.imap(_prepared, texts, chunksize=200)


def _unit() -> Unit:
    kind = UnitKind.objects.order_by("pk")[0]
    today = timezone.localdate()
    return Unit.objects.create(code="benchmark", name="benchmark", kind=kind, valid_from=today)


def _cases(claims: Sequence[Claim]) -> list[Case]:
    unit, now = _unit(), timezone.now()
    cases = (
        Case(
            number=number,
            unit=unit,
            claim=clean(" ".join(claim.wordings[:1]) or claim.id)[:_CLAIM_LIMIT],
            due_at=now,
        )
        for number, claim in enumerate(claims, 1)
    )
    return Case.objects.bulk_create(cases, batch_size=BATCH)


def _wordings(cases: Sequence[Case], claims: Sequence[Claim]) -> Iterator[Wording]:
    owners = [case for case, claim in zip(cases, claims, strict=True) for _text in claim.wordings]
    texts = [text for claim in claims for text in claim.wordings]
    seen: set[tuple[int, str, str]] = set()
    for case, row in zip(owners, _all_prepared(texts), strict=True):
        once = (case.pk, row["fingerprint"], row["url_hash"])
        if any(once[1:]) and once not in seen:
            seen.add(once)
            yield Wording(case=case, **row)


def index_claims(claims: Sequence[Claim]) -> dict[int, str]:
    """Create a case with its wordings for every claim and index them; return case → claim id."""
    started, done = perf_counter(), 0
    cases = _cases(claims)
    rows = _wordings(cases, claims)
    while batch := list(islice(rows, BATCH)):
        Wording.objects.bulk_create(batch)
        done += len(batch)
        if done % (10 * BATCH) == 0:
            log_progress(f"  {done} wordings, {perf_counter() - started:.0f} s")
    packing.pack_waiting()
    log_progress(
        f"  {len(claims)} claims, {done} wordings indexed in {perf_counter() - started:.0f} s"
    )
    return {case.pk: claim.id for case, claim in zip(cases, claims, strict=True)}


def embed_wordings(cache: Path | None, projection: Path = PROJECTION_FILE) -> None:
    """Compute the vectors of all wordings with the product's bundled model.

    Args:
        cache: folder of vectors from earlier runs; used for the queries, too.
        projection: another file than the product's; vectors of a former one are deleted.
    """
    kept = cached_embedder(cache) if cache else None
    model = ProjectedEmbedder(kept or BundledEmbedder(), projection)
    embeddings.embedder = lambda threads=1: model
    embeddings.delete_other_models(model)
    started, after, done = perf_counter(), 0, 0
    while batch := list(embeddings.without_embedding(model.name, after)[:256]):
        done += len(embeddings.embed(model, batch))
        after = batch[-1].pk
        if done % 5120 == 0:
            log_progress(f"  {done} embedded, {perf_counter() - started:.0f} s")
    computed = f", {kept.computed} of them now" if kept else ""
    log_progress(f"  {done} vectors in {perf_counter() - started:.0f} s{computed}")


def cached_embedder(folder: Path) -> CachedEmbedder:
    """Return the bundled model without projection, with a cache of its vectors in a folder."""
    return CachedEmbedder(BundledEmbedder.name, BundledEmbedder.dimension, BundledEmbedder, folder)


def rank_candidates(text: str, semantic: bool) -> list[RankedCandidate]:
    """Return the candidates that the product ranks for a text, best first."""
    query = Query(clean(text))  # as the intake stores it
    return rank(query, wordings.candidates(query, semantic=semantic))


def timed_search(text: str, semantic: bool) -> tuple[list[int], float]:
    """Return the cases that the product ranks for a text, best first, and the milliseconds."""
    started = perf_counter()
    ranked_candidates = rank_candidates(text, semantic)
    milliseconds = 1000 * (perf_counter() - started)
    return list(dict.fromkeys(one.key for one in ranked_candidates)), milliseconds

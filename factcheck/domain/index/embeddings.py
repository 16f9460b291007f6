"""Vectors of wordings: computed in the background, stored as rows, deleted with the text.

Nothing waits for them and nothing fails without them: a sweep finds what could not be computed, and
until then candidates are found by their words alone.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import lru_cache
from importlib.util import find_spec

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from channels.dispatch import Circuit, enqueue
from factcheck.domain.index.embedding_client import Endpoint
from factcheck.models import Embedding, Wording
from matching.semantic.embedder import (
    BundledEmbedder,
    Embedder,
    EmbedderError,
    TextRejectedError,
    quantise,
)
from matching.semantic.projection import ProjectedEmbedder

log = structlog.get_logger("factcheck")
BATCH = 16  # texts: half a second of the bundled model
circuit = Circuit()  # after a failure the embedder rests for half a minute


def enabled() -> bool:
    """Whether matching by meaning is switched on (EMBEDDER); the embedder may still fail."""
    return bool(settings.EMBEDDER != "off")


@lru_cache(maxsize=1)
def build_embedder(
    which: str, model: str, key: str, query: str, passage: str, threads: int
) -> Embedder:
    if which != "bundled" and not find_spec("numpy"):
        raise EmbedderError("Matching by meaning needs numpy: install requirements/semantic.txt.")
    if which == "bundled":
        return ProjectedEmbedder(BundledEmbedder(threads))
    return Endpoint(which, model, key, query, passage)


def embedder(threads: int = 1) -> Embedder:
    """The embedder that EMBEDDER names, built once in a process; a worker has one thread (see
    BundledEmbedder).

    Raises:
        EmbedderError: it cannot run on this machine.
    """
    prefixes = (settings.EMBEDDER_QUERY_PREFIX, settings.EMBEDDER_PASSAGE_PREFIX)
    service = (settings.EMBEDDER, settings.EMBEDDER_MODEL, settings.EMBEDDER_KEY)
    return build_embedder(*service, *prefixes, threads)


def record_failure(error: EmbedderError) -> None:
    """Log the failure; unless one text was the reason, let the embedder rest for a while."""
    if not isinstance(error, TextRejectedError):
        circuit.trip()
    log.warning("embedder_failed", reason=str(error))


def enqueue_embedding(wording: Wording) -> None:
    """Have a new wording's vector computed once the transaction is committed."""
    if enabled() and wording.text:
        enqueue("factcheck.embed_wording", wording.pk)


def without_embedding(model: str, after: int = 0) -> QuerySet[Wording]:
    """Wordings without a vector of this model, oldest first, from the one after an id."""
    done = Embedding.objects.filter(model=model, wording=OuterRef("pk"))
    wordings = Wording.objects.filter(~Exists(done), pk__gt=after).exclude(text="")
    return wordings.order_by("pk")


def embed(model: Embedder, wordings: Sequence[Wording]) -> list[int]:
    """Compute and store the vectors of wordings; returns the ids that got one.

    A wording purged or deleted in the meantime gets none. One that the model refuses while it takes
    others gets an empty one, so that the rest need not wait for it. Safe to run twice and at once.

    Raises:
        EmbedderError: nothing was stored.
    """
    vectors = _vectors(model, [wording.text for wording in wordings])
    data = {v.pk: vector for v, vector in zip(wordings, vectors, strict=True)}
    with transaction.atomic():
        existing = (
            Wording.objects.select_for_update(no_key=True).filter(pk__in=data).exclude(text="")
        )
        ids = list(existing.order_by("pk").values_list("pk", flat=True))
        Embedding.objects.bulk_create(
            [Embedding(model=model.name, wording_id=pk, vector=data[pk]) for pk in ids],
            ignore_conflicts=True,  # another worker did the same
        )
    return ids


def _vectors(model: Embedder, texts: list[str]) -> list[bytes]:
    """Quantised vectors; empty for a text that is refused while another one is accepted."""
    try:
        return [quantise(vector) for vector in model.passages(texts)]
    except (TextRejectedError, ValueError):
        vectors = [_vector(model, text) for text in texts]
    if not any(vectors):  # every text failed, so the texts are probably not the cause
        raise EmbedderError("The embedder takes none of the texts: are its settings right?")
    return vectors


def _vector(model: Embedder, text: str) -> bytes:
    try:
        return quantise(model.passages([text])[0])
    except (TextRejectedError, ValueError):
        return b""


_swept: dict[str, int] = {}  # model → up to this id every wording has a vector, as seen here


def embed_in_batches(model: Embedder) -> Iterator[list[int]]:
    """Compute the vectors of all wordings without one, a batch at a time: yields the ids done.

    When it is interrupted, the next call continues.

    Raises:
        EmbedderError: earlier batches are stored.
    """
    after = _swept.get(model.name, 0)
    while pending := list(without_embedding(model.name, after)[:BATCH]):
        yield embed(model, pending)
        after = pending[-1].pk
    # The next call skips these, except the last hour's: a transaction that began earlier may still
    # commit a lower id.
    before = timezone.now() - timedelta(hours=1)
    old = Wording.objects.filter(pk__gt=_swept.get(model.name, 0), created_at__lt=before)
    _swept[model.name] = old.aggregate(top=Max("pk"))["top"] or _swept.get(model.name, 0)


def available_embedder() -> Embedder | None:
    """The embedder, if it is switched on and did not fail within the last half minute."""
    if not enabled() or circuit.is_open():
        return None
    try:
        return embedder()
    except EmbedderError as error:
        record_failure(error)
        return None


def embed_one(wording: Wording) -> list[int]:
    """Compute one wording's vector, unless it has one; returns its id if it was computed. A failure
    is logged."""
    model = available_embedder()
    if model is None:
        return []
    try:
        return embed(model, list(without_embedding(model.name).filter(pk=wording.pk)))
    except EmbedderError as error:
        record_failure(error)
        return []


def delete_embeddings(wordings: QuerySet[Wording]) -> None:
    """Delete the vectors of wordings, of every model; call it after their text was emptied, in the
    same transaction, so that none is computed in between. Workers drop theirs at the next
    search."""
    Embedding.objects.filter(wording__in=wordings).delete()


def delete_other_models(model: Embedder) -> int:
    """Delete the vectors of every other model: they cannot be compared with this one's."""
    deleted, _by_model = Embedding.objects.exclude(model=model.name).delete()
    return deleted

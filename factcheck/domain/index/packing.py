"""Writing the candidate index: wordings are rows first, their terms are packed into blocks later.

One packer at a time: it holds the row of IndexState. It never waits for a wording's row, which
someone else may hold while waiting for us.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection, transaction
from django.db.models import F, QuerySet

from factcheck.domain.index import blocks, public_flag
from factcheck.domain.index.blocks import BlockRow
from factcheck.models import IndexState, PendingRemoval, Wording
from matching.terms import packed_postings

BATCH = 500  # wordings in one transaction: about a fifth of a second
EVERY = 64  # a new wording in so many asks for packing; a sweep packs what is left


def locked() -> IndexState:
    """The state of the index, held until the transaction ends."""
    state, _created = IndexState.objects.select_for_update().get_or_create(pk=1)
    return state


def lock_free(wordings: QuerySet[Wording]) -> QuerySet[Wording]:
    """These wordings, locked, without those that someone else is changing."""
    skip = connection.features.has_select_for_update_skip_locked
    return wordings.select_for_update(skip_locked=skip, no_key=True)


def pack_waiting(batch: int = BATCH) -> int:
    """Pack all wordings that wait, and clear the blocks of forgotten ones; return how many.

    Safe to run at any time, twice, and to be killed: each batch is one transaction.
    """
    done = 0
    while forgotten := _clear_batch():
        done += forgotten
    while packed := _pack_batch(batch):
        done += packed
    return done


@transaction.atomic
def _pack_batch(batch: int) -> int:
    state = locked()
    waiting = Wording.objects.filter(generation=0, keys__gt=0).order_by("pk")
    rows = list(lock_free(waiting).values_list("pk", "terms")[:batch])
    add(state.generation, [(pk, bytes(terms)) for pk, terms in rows])
    IndexState.objects.update(wordings=F("wordings") + len(rows))
    return len(rows)


def add(generation: int, wordings: Sequence[tuple[int, bytes]]) -> None:
    """Put wordings (number, packed terms) into a generation's blocks, and take the mark off those
    without a public answer; the caller holds the lock and their rows."""
    if not wordings:
        return
    new: dict[int, list[packed_postings.Posting]] = defaultdict(list)
    for pk, terms in wordings:
        for term, impact in packed_postings.unpack_terms(terms).items():
            new[term].append((pk, impact))
    held = {row.term: row for row in blocks.open_blocks(generation, new)}
    rows: list[BlockRow] = []
    for term, added in new.items():
        before = held.get(term)
        full, data = (before.full_blocks, before.data) if before else (0, b"")
        *sealed, rest = packed_postings.extend_block(data, added)
        rows += [BlockRow(term, full + at, 0, block) for at, block in enumerate(sealed, 1)]
        rows.append(BlockRow(term, 0, full + len(sealed), rest))
    blocks.write(generation, rows)
    numbers = {pk for pk, _terms in wordings}
    without = public_flag.stale_ids(numbers)
    # Each row is written once: it costs an entry in every index of the table.
    _set(without, generation=generation, answered=False)
    _set(numbers - without, generation=generation)


def _set(numbers: set[int], **values: object) -> None:
    ordered = sorted(numbers)
    for at in range(0, len(ordered), BATCH):
        Wording.objects.filter(pk__in=ordered[at : at + BATCH]).update(**values)


def remove_from_index(wordings: QuerySet[Wording]) -> None:
    """Take the terms off these wordings, at once from their rows and soon from the blocks.

    Call it before they are deleted or emptied, in the same transaction. Until ``pack_waiting``
    has cleared the blocks, a number there leads to no words.
    """
    held = wordings.select_for_update(no_key=True).values_list("pk", "terms")
    gone = [PendingRemoval(wording=pk, terms=bytes(terms)) for pk, terms in held if terms]
    PendingRemoval.objects.bulk_create(gone)
    Wording.objects.filter(pk__in=[row.wording for row in gone]).update(terms=b"", prepared={})


@transaction.atomic
def _clear_batch() -> int:
    state = locked()
    batch = list(PendingRemoval.objects.order_by("pk")[:BATCH])
    gone: dict[int, set[int]] = defaultdict(set)
    for row in batch:
        for term in packed_postings.packed_hashes(bytes(row.terms)):
            gone[term].add(row.wording)
    for generation in {state.generation, state.building} - {0}:
        _clear(generation, gone)
    PendingRemoval.objects.filter(pk__in=[row.pk for row in batch]).delete()
    return len(batch)


def _clear(generation: int, gone: dict[int, set[int]]) -> None:
    """Write the blocks that hold these wordings without them; a term nobody holds goes too."""
    changed: list[BlockRow] = []
    empty: list[int] = []
    for row in blocks.open_blocks(generation, gone):
        full = (
            blocks.full_blocks_with(generation, row.term, gone[row.term]) if row.full_blocks else []
        )
        changed += list(_cleared([row, *full], gone[row.term]))
        if not packed_postings.remove_from_block(row.data, gone[row.term]):
            empty.append(row.term)
    blocks.write(generation, changed)
    blocks.drop_empty(generation, empty)


def _cleared(rows: Iterable[BlockRow], gone: set[int]) -> Iterable[BlockRow]:
    for row in rows:
        data = packed_postings.remove_from_block(row.data, gone)
        if data is not row.data:
            yield BlockRow(row.term, row.number, row.full_blocks, data)

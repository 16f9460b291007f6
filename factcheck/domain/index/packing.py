"""Packing of the candidate index: wordings are rows first; their terms go into blocks later.

One packer at a time: it locks the row of IndexState. It never waits for a wording's row, which
another transaction may have locked while it waits for the packer.
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
PACK_EVERY_NTH = 64  # every 64th new wording enqueues packing; a sweep packs the rest


def lock_state() -> IndexState:
    """The state of the index, locked until the transaction ends."""
    state, _created = IndexState.objects.select_for_update().get_or_create(pk=1)
    return state


def lock_free(wordings: QuerySet[Wording]) -> QuerySet[Wording]:
    """These wordings, locked, without those that another transaction has locked."""
    skip = connection.features.has_select_for_update_skip_locked
    return wordings.select_for_update(skip_locked=skip, no_key=True)


def pack_waiting(batch: int = BATCH) -> int:
    """Pack all waiting wordings, and take pending removals out of the blocks; return how many.

    Safe to run at any time and twice, and to be killed: each batch is one transaction.
    """
    done = 0
    while removed := _remove_batch():
        done += removed
    while packed := _pack_batch(batch):
        done += packed
    return done


@transaction.atomic
def _pack_batch(batch: int) -> int:
    state = lock_state()
    waiting = Wording.objects.filter(generation=0, keys__gt=0).order_by("pk")
    rows = list(lock_free(waiting).values_list("pk", "terms")[:batch])
    add(state.generation, [(pk, bytes(terms)) for pk, terms in rows])
    IndexState.objects.update(wordings=F("wordings") + len(rows))
    return len(rows)


def add(generation: int, wordings: Sequence[tuple[int, bytes]]) -> None:
    """Add wordings (number, packed terms) to a generation's blocks, and clear the public flag of
    those without a notice; the caller has locked the state and their rows."""
    if not wordings:
        return
    new: dict[int, list[packed_postings.Posting]] = defaultdict(list)
    for pk, terms in wordings:
        for term, impact in packed_postings.unpack_terms(terms).items():
            new[term].append((pk, impact))
    existing = {row.term: row for row in blocks.open_blocks(generation, new)}
    rows: list[BlockRow] = []
    for term, added in new.items():
        before = existing.get(term)
        full, data = (before.full_blocks, before.data) if before else (0, b"")
        *filled, rest = packed_postings.extend_block(data, added)
        rows += [BlockRow(term, full + number, 0, block) for number, block in enumerate(filled, 1)]
        rows.append(BlockRow(term, 0, full + len(filled), rest))
    blocks.write(generation, rows)
    numbers = {pk for pk, _terms in wordings}
    stale = public_flag.stale_ids(numbers)
    # Each row is updated once: an update costs an entry in every index of the table.
    _set(stale, generation=generation, answered=False)
    _set(numbers - stale, generation=generation)


def _set(numbers: set[int], **values: object) -> None:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), BATCH):
        Wording.objects.filter(pk__in=ordered[start : start + BATCH]).update(**values)


def remove_from_index(wordings: QuerySet[Wording]) -> None:
    """Remove the terms of these wordings, at once from their rows and later from the blocks.

    Call it before they are deleted or emptied, in the same transaction. Until ``pack_waiting``
    has run, their numbers in the blocks lead to no terms.
    """
    rows = wordings.select_for_update(no_key=True).values_list("pk", "terms")
    removals = [PendingRemoval(wording=pk, terms=bytes(terms)) for pk, terms in rows if terms]
    PendingRemoval.objects.bulk_create(removals)
    Wording.objects.filter(pk__in=[removal.wording for removal in removals]).update(
        terms=b"", prepared={}
    )


@transaction.atomic
def _remove_batch() -> int:
    state = lock_state()
    batch = list(PendingRemoval.objects.order_by("pk")[:BATCH])
    removed: dict[int, set[int]] = defaultdict(set)
    for row in batch:
        for term in packed_postings.packed_hashes(bytes(row.terms)):
            removed[term].add(row.wording)
    for generation in {state.generation, state.building} - {0}:
        _remove(generation, removed)
    PendingRemoval.objects.filter(pk__in=[row.pk for row in batch]).delete()
    return len(batch)


def _remove(generation: int, removed: dict[int, set[int]]) -> None:
    """Rewrite the blocks of these terms without these wordings; delete terms that none has left."""
    changed: list[BlockRow] = []
    empty: list[int] = []
    for row in blocks.open_blocks(generation, removed):
        full = (
            blocks.full_blocks_with(generation, row.term, removed[row.term])
            if row.full_blocks
            else []
        )
        changed += list(_rows_without([row, *full], removed[row.term]))
        if not packed_postings.remove_from_block(row.data, removed[row.term]):
            empty.append(row.term)
    blocks.write(generation, changed)
    blocks.drop_empty(generation, empty)


def _rows_without(rows: Iterable[BlockRow], removed: set[int]) -> Iterable[BlockRow]:
    for row in rows:
        data = packed_postings.remove_from_block(row.data, removed)
        if data is not row.data:
            yield BlockRow(row.term, row.number, row.full_blocks, data)

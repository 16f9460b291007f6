"""Rebuilding the candidate index while the site runs, from the texts of the wordings.

Wordings that are packed already go into the blocks of the next generation; queries read the old one
until it is complete. A kill loses one batch at most: the generation of a wording is in its row.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from factcheck.domain.index import blocks, packing, wordings
from factcheck.domain.index.unit_names import names_and_units
from factcheck.models import IndexState, Wording
from matching.scoring.ranking import Query
from matching.terms.index_terms import VERSION
from matching.text.normalisation import digest, fingerprint

BATCH = 2_000  # wordings in one transaction: a few seconds
UPDATE_BATCH = 250  # of them in one statement
_DELETE_BATCH = 500  # wordings whose old blocks are deleted in one statement, roughly
_PAUSE_SECONDS = 0.2  # when other transactions have locked all that is left

Fresh = dict[int, tuple[str, dict[str, Any]]]  # wording → its text, its computed fields


@dataclass(frozen=True, slots=True)
class Progress:
    """Wordings updated in this run, and how many it will update in all."""

    done: int
    total: int


def is_current() -> bool:
    """Whether every wording is indexed with this version's terms and no rebuild is under way."""
    state = IndexState.objects.order_by("pk").first()
    return state is not None and state.keys == VERSION and not state.building


def rebuild(*, everything: bool = False) -> Iterator[Progress]:
    """Bring the index up to date; ``everything``: also what is up to date already.

    Continues a rebuild that was interrupted. Two at once do no harm and are no faster.
    """
    target = _start(everything)
    done, total, after = 0, _left(target).count(), 0
    while True:
        last, moved = _step(target, after)
        done += moved
        yield Progress(done, max(done, total))
        if last or after:
            after = last  # 0: from the start again, for what was locked or packed meanwhile
        elif _finish(target):
            break
        else:
            time.sleep(_PAUSE_SECONDS)
    for _part in _drop_old():
        yield Progress(done, max(done, total))
    IndexState.objects.update(keys=VERSION)


@transaction.atomic
def _start(everything: bool) -> int:
    """The generation to fill: the current one when nothing in it is outdated."""
    state = packing.lock_state()
    if everything and not state.building:
        Wording.objects.filter(generation=0).update(keys=0)
    outdated = Wording.objects.filter(generation__gt=0).exclude(keys=VERSION)
    if state.building:
        # Interrupted in a former release: what it had written is outdated, too.
        state.building += int(outdated.filter(generation=state.building).exists())
    elif outdated.exists() or (everything and Wording.objects.filter(generation__gt=0).exists()):
        state.building = state.generation + 1
    state.keys = 0
    state.save(update_fields=["building", "keys"])
    return state.building or state.generation


def _left(target: int) -> QuerySet[Wording]:
    """The wordings still to do: those of other generations, and those without current terms."""
    waiting = Q(generation=0)
    return Wording.objects.filter(~waiting & ~Q(generation=target) | waiting & ~Q(keys=VERSION))


def _step(target: int, after: int) -> tuple[int, int]:
    """One batch after the wording ``after``: (the last one read or 0, how many were done)."""
    left = _left(target).filter(pk__gt=after).select_related("report").order_by("pk")
    rows = list(left[:BATCH])
    names, units = names_and_units()
    fresh: Fresh = {}
    for row in rows:
        unit = units.get(row.report.addressed_unit_id) if row.report else None
        query = Query(row.text, row.canonical_url, row.seen_on, names, unit)
        fresh[row.pk] = (row.text, _fields(row, query))
    return (rows[-1].pk if rows else 0), _write(target, fresh)


def _fields(row: Wording, query: Query) -> dict[str, Any]:
    """The computed fields of a wording. A machine's reading keeps the key of its picture; of a text
    that was deleted nothing is left to compute a fingerprint of, and that of a former release may
    mean another one now."""
    own = row.fingerprint
    if not row.from_picture:
        if row.text:
            own = fingerprint(row.text)
        elif own and row.keys not in (0, VERSION):
            own = _unused_fingerprint(row)
    return {**wordings.index_fields(query, own), "fingerprint": own}


def _unused_fingerprint(row: Wording) -> str:
    return digest("wording", str(row.pk))


def _set_fingerprints(rows: list[Wording], fresh: Fresh) -> None:
    """Give each row its fingerprint; one that another wording of its case has by now gets none
    that any text has."""
    taken = set(
        Wording.objects.filter(case__in={row.case_id for row in rows}).values_list(
            "case_id", "fingerprint", "url_hash"
        )
    )
    for row in rows:
        new = fresh[row.pk][1]["fingerprint"]
        if new == row.fingerprint:
            continue
        if (row.case_id, new, row.url_hash) in taken:
            new = _unused_fingerprint(row)
        taken.add((row.case_id, new, row.url_hash))
        row.fingerprint = new


@transaction.atomic
def _write(target: int, fresh: Fresh) -> int:
    """Store the index fields of texts that are still the same, and pack them."""
    state = packing.lock_state()
    if target not in (state.generation, state.building):
        return 0  # another rebuild has finished meanwhile
    columns = ("pk", "text", "generation", "case_id", "fingerprint", "url_hash")
    locked = packing.lock_free(_left(target).filter(pk__in=fresh)).only(*columns)
    rows = [row for row in locked if row.text == fresh[row.pk][0]]
    for row in rows:
        fields = fresh[row.pk][1]
        row.terms, row.prepared, row.keys = fields["terms"], fields["prepared"], fields["keys"]
    _set_fingerprints(rows, fresh)
    computed = ["terms", "prepared", "keys", "fingerprint"]
    Wording.objects.bulk_update(rows, computed, batch_size=UPDATE_BATCH)
    current = target == state.generation
    # What is not packed yet never goes into a generation that queries do not read.
    packing.add(target, [(row.pk, bytes(row.terms)) for row in rows if current or row.generation])
    if current:
        IndexState.objects.update(wordings=F("wordings") + len(rows))
    return len(rows)


@transaction.atomic
def _finish(target: int) -> bool:
    """Switch queries to the filled generation; False when something is left to do."""
    state = packing.lock_state()
    if target == state.building:
        if _left(target).exists():
            return False
        state.generation, state.building = target, 0
        state.wordings = Wording.objects.filter(generation=target).count()
        state.save(update_fields=["generation", "building", "wordings"])
    return True


def _drop_old() -> Iterator[None]:
    """Delete the blocks of former generations, a part at a time."""
    state = IndexState.objects.get()
    if state.generation > 1:
        parts = 1 + state.wordings // _DELETE_BATCH
        yield from blocks.drop_generations_before(state.generation, parts)

"""Packing and removal, also when killed half-way and when two run at once."""

import threading

import pytest
from django.db import connection, connections, transaction

from factcheck.domain.index import blocks, packing, postings
from factcheck.models import IndexState, PendingRemoval, PostingBlock, Wording
from factcheck.tasks import pack_index
from matching.terms.packed_postings import BLOCK_CAPACITY, block_numbers, term_hash
from tests.factcheck.test_races import together
from tests.factcheck.wordings import write_wordings
from tests.factories import Cast, make_cast

PHONE = {"d0912345678": 1}


def held() -> dict[int, list[int]]:
    """Term → the wordings in its blocks, in order; all generations."""
    numbers: dict[int, list[int]] = {}
    for row in PostingBlock.objects.order_by("term", "number"):
        numbers.setdefault(row.term, []).extend(block_numbers(bytes(row.data)))
    return {term: sorted(wordings) for term, wordings in numbers.items()}


def test_pack_waiting_twice_changes_nothing(cast: Cast) -> None:
    wordings = write_wordings(cast.school, [{"wa": 1, "wb": 2}, {"wb": 1}])
    assert packing.pack_waiting() == 2
    once = held()
    assert once == {
        term_hash("wa"): [wordings[0].pk],
        term_hash("wb"): [wording.pk for wording in wordings],
    }
    assert packing.pack_waiting() == 0
    pack_index()
    assert held() == once
    assert IndexState.objects.get().wordings == 2


def test_pack_waiting_takes_batches_of_a_bounded_size(cast: Cast) -> None:
    write_wordings(cast.school, [{"wa": 1}] * 25)
    assert packing.pack_waiting(10) == 25
    assert len(held()[term_hash("wa")]) == 25


def test_pack_killed_half_way_loses_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = write_wordings(cast.school, [{"wa": 1}] * 3)
    write = blocks.write

    def killed(*arguments: object) -> None:
        write(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(blocks, "write", killed)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        packing.pack_waiting()
    monkeypatch.undo()
    assert held() == {}
    assert len(postings.search({"wa": 1.0}, 10)) == 3
    packing.pack_waiting()
    assert held() == {term_hash("wa"): [wording.pk for wording in wordings]}


def test_removal_takes_a_wording_out_of_open_and_full_blocks(cast: Cast) -> None:
    wordings = write_wordings(
        cast.school, [{"wchung": 1, **PHONE}] + [{"wchung": 1}] * (2 * BLOCK_CAPACITY)
    )
    packing.pack_waiting()
    gone = {wordings[0].pk, wordings[BLOCK_CAPACITY].pk, wordings[-1].pk}
    packing.remove_from_index(Wording.objects.filter(pk__in=gone))
    assert all(not row.terms for row in Wording.objects.filter(pk__in=gone))
    packing.pack_waiting()
    assert set(held()[term_hash("wchung")]) == {v.pk for v in wordings} - gone
    assert not PostingBlock.objects.filter(term=term_hash("d0912345678")).exists()
    assert not PendingRemoval.objects.exists()


def test_removal_leaves_no_block_of_a_term_without_wordings(cast: Cast) -> None:
    write_wordings(cast.school, [PHONE] * (BLOCK_CAPACITY + 3))
    packing.pack_waiting()
    packing.remove_from_index(Wording.objects.all())
    packing.pack_waiting()
    assert held() == {}


def test_wording_removed_before_it_was_packed_is_never_packed(cast: Cast) -> None:
    wordings = write_wordings(cast.school, [PHONE, {"wa": 1}])
    packing.remove_from_index(Wording.objects.filter(pk=wordings[0].pk))
    assert postings.search(dict.fromkeys(PHONE, 1.0), 5) == []
    packing.pack_waiting()
    assert held() == {term_hash("wa"): [wordings[1].pk]}


def test_deleted_wording_left_in_a_block_is_harmless(cast: Cast) -> None:
    wordings = write_wordings(cast.school, [{"wa": 1}] * 2)
    packing.pack_waiting()
    Wording.objects.filter(pk=wordings[0].pk).delete()
    assert [pk for pk, _score in postings.search({"wa": 1.0}, 5)] == [wordings[1].pk]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_packers_and_writers_at_once_lose_nothing_and_pack_nothing_twice() -> None:
    cast = make_cast()
    write_wordings(cast.school, [{"wa": 1, f"w{number}": 1} for number in range(120)])
    answers = together(
        lambda: packing.pack_waiting(20),
        lambda: packing.pack_waiting(30),
        lambda: write_wordings(cast.school, [{"wa": 1}] * 40),
        lambda: packing.pack_waiting(25),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    packing.pack_waiting()
    everyone = sorted(Wording.objects.values_list("pk", flat=True))
    assert held()[term_hash("wa")] == everyone
    assert len(everyone) == IndexState.objects.get().wordings == 160


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_query_during_packing_always_finds_everything_once() -> None:
    cast = make_cast()
    everyone = {v.pk for v in write_wordings(cast.school, [{"wa": 1, "wb": 1}] * 90)}
    done = threading.Event()

    def pack() -> None:
        try:
            packing.pack_waiting(3)
        finally:
            done.set()

    def ask() -> list[list[tuple[int, float]]]:
        answers: list[list[tuple[int, float]]] = []
        while not done.is_set() or not answers:
            answers.append(postings.search({"wa": 1.0}, 200))
        return answers

    results = together(pack, ask)
    assert not [answer for answer in results if isinstance(answer, Exception)], results
    for answer in results[1]:
        assert sorted(pk for pk, _score in answer) == sorted(everyone)
        assert len({round(score, 6) for _pk, score in answer}) == 1  # none counted twice


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_removal_during_packing_leaves_no_trace() -> None:
    cast = make_cast()
    wordings = write_wordings(cast.school, [PHONE | {"wa": 1}] * 60)

    def forget() -> None:
        for wording in wordings[::2]:
            with transaction.atomic():
                rows = Wording.objects.filter(pk=wording.pk)
                packing.remove_from_index(rows)
                rows.delete()

    answers = together(forget, lambda: packing.pack_waiting(7), lambda: packing.pack_waiting(5))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    packing.pack_waiting()
    assert held()[term_hash("wa")] == [wording.pk for wording in wordings[1::2]]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_packing_does_not_wait_for_a_locked_wording() -> None:
    cast = make_cast()
    first, second = write_wordings(cast.school, [{"wa": 1}, {"wb": 1}])
    locked, done = threading.Event(), threading.Event()

    def change() -> None:
        with transaction.atomic():
            Wording.objects.select_for_update().get(pk=first.pk)
            locked.set()
            done.wait(20)
        connections.close_all()

    thread = threading.Thread(target=change)
    thread.start()
    assert locked.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    assert packing.pack_waiting() == 1
    done.set()
    thread.join(20)
    assert packing.pack_waiting() == 1
    assert set(held()) == {term_hash("wa"), term_hash("wb")}
    assert second.pk in held()[term_hash("wb")]

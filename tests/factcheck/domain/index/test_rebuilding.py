"""Rebuilding the index: from an older release, after a kill, while the site runs."""

from itertools import islice

import pytest

from factcheck.domain.index import packing, postings, rebuilding, wordings
from factcheck.models import IndexState, PostingBlock, Wording
from matching.scoring.ranking import Query
from matching.terms import index_terms
from matching.text.normalisation import fingerprint
from tests.factcheck.wordings import write_wordings
from tests.factories import RUMOUR, Cast, case_of, submit_report

TEXTS = [f"Trường Nắng Mai thu tiền đồng phục đợt {number}" for number in range(7)]


def everything() -> None:
    for _progress in rebuilding.rebuild(everything=True):
        pass


def outdate(cast: Cast) -> list[Wording]:
    """Wordings as an earlier version of the terms left them, packed."""
    old = write_wordings(cast.school, [{"wcu": 1}] * len(TEXTS), TEXTS)
    packing.pack_waiting()
    Wording.objects.update(keys=0)
    return old


def matching_ids(text: str) -> set[int]:
    return {pk for pk, _score in postings.search(index_terms.query_weights(text), 20)}


def test_rebuild_indexes_what_an_earlier_release_has_left(cast: Cast) -> None:
    case = case_of(submit_report(RUMOUR, cast.school))
    before = Wording.objects.get()
    Wording.objects.update(terms=b"", prepared={}, keys=0)
    assert not rebuilding.is_current()
    steps = list(rebuilding.rebuild())
    assert (steps[-1].done, steps[-1].total) == (1, 1)
    assert rebuilding.is_current()
    after = Wording.objects.get()
    assert (bytes(after.terms), after.prepared) == (bytes(before.terms), before.prepared)
    assert after.keys == index_terms.VERSION
    assert after.generation == IndexState.objects.get().generation == 1
    assert [c.key for c in wordings.candidates(Query(RUMOUR + " nhé"))] == [case.pk]


def test_rebuild_serves_the_old_index_until_the_new_one_is_whole(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 3)
    old = outdate(cast)
    everyone = {wording.pk for wording in old}
    steps = rebuilding.rebuild()
    list(islice(steps, 2))  # six of seven are in the new generation
    assert Wording.objects.filter(generation=2).count() == 6
    assert set(postings.find_matches({"wcu": 1.0}, postings.MAX_RESCORED).scores) == everyone
    assert not rebuilding.is_current()
    new = write_wordings(cast.school, [index_terms.extract_terms(TEXTS[0])], [TEXTS[0] + " nhé"])
    packing.pack_waiting()  # goes into the generation that is read
    list(steps)
    assert rebuilding.is_current()
    assert matching_ids(TEXTS[0]) == everyone | {new[0].pk}
    assert set(PostingBlock.objects.values_list("generation", flat=True)) == {2}
    assert postings.search({"wcu": 1.0}, 5) == []


def test_rebuild_continues_after_an_interruption(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 3)
    outdate(cast)
    steps = rebuilding.rebuild()
    next(steps)
    steps.close()
    made: list[str] = []
    index_fields = wordings.index_fields

    def noted(query: Query, fingerprint: str = "") -> dict[str, object]:
        made.append(query.text)
        return index_fields(query, fingerprint)

    monkeypatch.setattr(wordings, "index_fields", noted)
    last = list(rebuilding.rebuild())[-1]
    assert (last.done, last.total) == (4, 4)
    assert len(made) == 4
    assert rebuilding.is_current()
    assert len(matching_ids(TEXTS[0])) == len(TEXTS)


def test_rebuild_computes_the_fingerprints_of_a_former_release_again(cast: Cast) -> None:
    case = case_of(submit_report(RUMOUR + " #1️⃣", cast.school))
    same, deleted, link = write_wordings(cast.school, [{"wcu": 1}] * 3, [RUMOUR + " #1️⃣", "", ""])
    Wording.objects.filter(pk=same.pk).update(case=case, fingerprint="a" * 32)
    Wording.objects.filter(pk=deleted.pk).update(fingerprint="b" * 32)
    Wording.objects.filter(pk=link.pk).update(fingerprint="", url_hash="c" * 64)
    Wording.objects.update(keys=1)
    first = Wording.objects.exclude(pk__in=[same.pk, deleted.pk, link.pk]).get()
    Wording.objects.filter(pk=first.pk).update(fingerprint="d" * 32)
    list(rebuilding.rebuild())
    after = {row.pk: row.fingerprint for row in Wording.objects.all()}
    assert fingerprint(RUMOUR + " #1️⃣") in {after[first.pk], after[same.pk]}
    assert after[first.pk] != after[same.pk]
    assert after[deleted.pk] not in ("", "b" * 32)
    assert after[link.pk] == ""
    Wording.objects.update(keys=0)
    everything()
    assert Wording.objects.get(pk=deleted.pk).fingerprint == after[deleted.pk]


def test_rebuild_of_everything_twice_ends_with_the_same_index(cast: Cast) -> None:
    submit_report(RUMOUR, cast.school)
    packing.pack_waiting()
    before = {row.term: bytes(row.data) for row in PostingBlock.objects.all()}
    for generation in (2, 3):
        everything()
        assert {row.term: bytes(row.data) for row in PostingBlock.objects.all()} == before
        state = IndexState.objects.get()
        assert (state.generation, state.building, state.wordings) == (generation, 0, 1)


def test_rebuild_of_an_up_to_date_index_changes_nothing(cast: Cast) -> None:
    submit_report(RUMOUR, cast.school)
    list(rebuilding.rebuild())
    before = Wording.objects.get()
    assert list(rebuilding.rebuild())[-1].done == 0
    assert (Wording.objects.get().generation, IndexState.objects.get().generation) == (
        before.generation,
        1,
    )


def test_rebuild_leaves_out_a_text_purged_meanwhile(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdate(cast)
    write = rebuilding._write
    first = Wording.objects.order_by("pk")[0]

    def purged(target: int, fresh: rebuilding.Fresh) -> int:
        rows = Wording.objects.filter(pk=first.pk)
        packing.remove_from_index(rows)
        rows.update(text="")
        return write(target, fresh)

    monkeypatch.setattr(rebuilding, "_write", purged)
    list(rebuilding.rebuild())
    packing.pack_waiting()
    assert matching_ids(TEXTS[0]) == set(
        Wording.objects.exclude(pk=first.pk).values_list("pk", flat=True)
    )
    first.refresh_from_db()
    assert bytes(first.terms) == b""


def test_rebuild_started_by_a_still_newer_version_begins_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 3)
    outdate(cast)
    steps = rebuilding.rebuild()
    next(steps)
    steps.close()
    for module in (rebuilding, index_terms):
        monkeypatch.setattr(module, "VERSION", index_terms.VERSION + 1)
    list(rebuilding.rebuild())
    assert rebuilding.is_current()
    assert set(Wording.objects.values_list("keys", "generation")) == {(index_terms.VERSION, 3)}
    assert set(PostingBlock.objects.values_list("generation", flat=True)) == {3}


def test_wording_removed_during_a_rebuild_is_in_neither_generation(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "BATCH", 3)
    for text in TEXTS:
        submit_report(text, cast.school)
    packing.pack_waiting()
    steps = rebuilding.rebuild(everything=True)
    next(steps)
    gone = Wording.objects.filter(generation=2).order_by("pk")[0]
    packing.remove_from_index(Wording.objects.filter(pk=gone.pk))
    packing.pack_waiting()
    assert (
        gone.pk
        not in postings.find_matches(
            index_terms.query_weights(gone.text), postings.MAX_RESCORED
        ).scores
    )
    list(steps)
    assert (
        gone.pk
        not in postings.find_matches(
            index_terms.query_weights(gone.text), postings.MAX_RESCORED
        ).scores
    )

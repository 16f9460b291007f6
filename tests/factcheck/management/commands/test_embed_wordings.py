from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from factcheck.domain.index import embeddings
from factcheck.management.commands import embed_wordings
from factcheck.models import Embedding, Wording
from tests.factcheck.embedders import FakeEmbedder
from tests.factories import Cast, submit_report


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("embed_wordings", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def three(cast: Cast) -> None:
    for number in ("một", "hai", "ba"):
        submit_report(f"Con rắn thứ {number} bò vào sân trường hôm qua", cast.school)


def test_switched_off_it_says_how_to_switch_on(db: None) -> None:
    with pytest.raises(CommandError, match=r"switched off: set EMBEDDER \(\.env\.sample\)"):
        run()


def test_every_wording_gets_a_vector_and_the_second_run_has_nothing_to_do(
    three: None, fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embed_wordings, "PROGRESS_SECONDS", -1.0)
    monkeypatch.setattr(embeddings, "BATCH", 2)
    count = Wording.objects.count()
    first, *_rest, last = run().splitlines()
    assert first.startswith(f"2 of {count}, ")
    assert last == f"{count} wordings embedded, none is waiting (fake)"
    assert Embedding.objects.count() == count
    assert run().startswith("0 wordings embedded")


def test_a_failure_is_one_sentence_and_what_was_done_stays(
    three: None, fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeddings, "BATCH", 1)
    passages, calls = fake.passages, []

    def breaks(texts: list[str]) -> Any:
        calls.append(texts)
        fake.down = len(calls) > 2
        return passages(texts)

    monkeypatch.setattr(fake, "passages", breaks)
    with pytest.raises(CommandError, match="it cannot be reached"):
        run()
    assert Embedding.objects.count() == 2


def test_ctrl_c_says_how_to_continue(
    three: None, fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(texts: list[str]) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr(fake, "passages", interrupted)
    with pytest.raises(CommandError, match="the same command continues from here"):
        run()


def test_vectors_of_former_models_are_deleted_on_request(three: None, fake: FakeEmbedder) -> None:
    Embedding.objects.create(wording=Wording.objects.first(), model="former", vector=b"\1")
    run()
    assert Embedding.objects.filter(model="former").exists()
    assert "1 vectors of other models deleted" in run("--forget-others")
    assert not Embedding.objects.filter(model="former").exists()

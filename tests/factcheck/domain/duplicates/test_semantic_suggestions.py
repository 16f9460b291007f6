from dataclasses import replace
from typing import Any

import pytest

from factcheck import tasks
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, semantic_suggestions
from factcheck.domain.index import embeddings, lookup, semantic_search
from factcheck.enums import MatchState, Outcome
from factcheck.models import Case, Embedding, Match, Wording
from intake.models import Report
from matching.scoring import policy
from matching.scoring.policy import Action, Decision
from matching.semantic.embedder import BundledEmbedder
from tests.factcheck.embedders import FakeEmbedder, embed_waiting
from tests.factories import Cast, case_of, submit_report

STORM = "Các trường cho học sinh nghỉ học tránh bão vào sáng mai"
AGAIN = "Các trường cho học sinh nghỉ học tránh bão vào sáng mai nha cả nhà"
OTHER = "Các trường cho học sinh nghỉ học tránh bão vào sáng mai nghe mọi người"


@pytest.fixture(autouse=True)
def _words_find_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that whatever is suggested was found by meaning."""
    monkeypatch.setattr(lookup, "ids_sharing_terms", lambda *arguments: [])


@pytest.fixture
def two(cast: Cast, fake: FakeEmbedder) -> tuple[Report, Report]:
    """Two reports of one claim, matched before either had a vector."""
    reports = submit_report(STORM, cast.school), submit_report(AGAIN, cast.school)
    assert not Match.objects.exclude(state=MatchState.CONFIRMED).exists()
    return reports


def suggestions() -> list[tuple[int, int]]:
    suggested = Match.objects.filter(state=MatchState.SUGGESTED).order_by("pk")
    return list(suggested.values_list("report_id", "case_id"))


def test_suggest_for_report_suggests_what_only_meaning_finds(two: tuple[Report, Report]) -> None:
    earlier, later = two
    embed_waiting()
    assert semantic_suggestions.suggest_for_report(later) == 1
    [match] = Match.objects.filter(state=MatchState.SUGGESTED)
    assert (match.report_id, match.case_id) == (later.pk, case_of(earlier).pk)
    assert match.score > 0
    assert set(match.explanation) >= {"same", "differs"}


def test_the_real_model_suggests_a_claim_in_the_other_language(
    cast: Cast, settings: Any, bundled: BundledEmbedder
) -> None:
    settings.EMBEDDER = "bundled"
    told = "Giấy vệ sinh ở nhà vệ sinh công cộng dính máu nhiễm HIV"
    others = ("Giá vàng tăng mạnh", "Thu hai trăm nghìn tiền nước mỗi em", "Vỡ đập thủy điện rồi")
    claim, *_others = (submit_report(text, cast.school) for text in (told, *others))
    asked = submit_report("Public toilet paper has blood with HIV on it", cast.school)
    embed_waiting()
    assert semantic_suggestions.suggest_for_report(asked) == 1
    assert suggestions() == [(asked.pk, case_of(claim).pk)]


def test_suggest_for_report_twice_suggests_once(two: tuple[Report, Report]) -> None:
    embed_waiting()
    assert [semantic_suggestions.suggest_for_report(two[1]) for _time in range(3)] == [1, 0, 0]
    assert len(suggestions()) == 1


def test_a_pair_is_suggested_from_one_side_only(two: tuple[Report, Report]) -> None:
    embed_waiting()
    assert semantic_suggestions.suggest_for_report(two[1]) == 1
    assert semantic_suggestions.suggest_for_report(two[0]) == 0


def test_whichever_gets_its_vector_last_finds_the_other(two: tuple[Report, Report]) -> None:
    first, second = (Wording.objects.get(report=report) for report in two)
    assert semantic_suggestions.embed_and_suggest(second) == 0
    assert semantic_suggestions.embed_and_suggest(first) == 1
    assert suggestions() == [(two[0].pk, case_of(two[1]).pk)]


def test_suggest_for_report_never_links(
    two: tuple[Report, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the same candidate, found by its words, would have been linked."""
    decide = policy.decide

    def link(ranked: Any) -> Decision:
        ranked = list(ranked)
        if not ranked:
            return decide(ranked)
        return replace(decide(ranked), action=Action.LINK, target=ranked[0].key, suggestions=())

    monkeypatch.setattr(policy, "decide", link)
    embed_waiting()
    before = case_of(two[1])
    assert semantic_suggestions.suggest_for_report(two[1]) == 1
    assert case_of(two[1]) == before
    assert suggestions() == [(two[1].pk, case_of(two[0]).pk)]


def test_a_pair_a_person_rejected_is_not_suggested_again(
    two: tuple[Report, Report], cast: Cast
) -> None:
    embed_waiting()
    semantic_suggestions.suggest_for_report(two[1])
    matches.reject(Match.objects.get(state=MatchState.SUGGESTED), by=cast.checker)
    assert semantic_suggestions.suggest_for_report(two[1]) == 0
    assert semantic_suggestions.suggest_for_report(two[0]) == 0
    assert suggestions() == []


def test_a_closed_case_gets_no_suggestions(two: tuple[Report, Report], cast: Cast) -> None:
    embed_waiting()
    lifecycle.close(
        lifecycle.take(case_of(two[1]), by=cast.checker), Outcome.OPINION, by=cast.checker
    )
    assert semantic_suggestions.suggest_for_report(two[1]) == 0


def test_a_report_not_matched_yet_is_left_to_matching(two: Any, cast: Cast) -> None:
    embed_waiting()
    assert (
        semantic_suggestions.suggest_for_report(submit_report(OTHER, cast.school, match=False)) == 0
    )


def test_other_claims_are_not_suggested(two: tuple[Report, Report], cast: Cast) -> None:
    cure = submit_report("Uống nước chanh nóng chữa khỏi bệnh ung thư phổi", cast.school)
    embed_waiting()
    assert semantic_suggestions.suggest_for_report(cure) == 0


def test_sweep_finds_what_a_lost_message_left(two: tuple[Report, Report]) -> None:
    tasks.sweep_wordings()
    assert Embedding.objects.count() == 2
    assert len(suggestions()) == 1
    tasks.sweep_wordings()
    assert len(suggestions()) == 1


def test_sweep_stops_at_a_failing_service_and_continues_later(
    two: tuple[Report, Report], fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeddings, "BATCH", 1)
    passages = fake.passages

    def once(texts: list[str]) -> Any:
        fake.down = bool(fake.asked)
        return passages(texts)

    monkeypatch.setattr(fake, "passages", once)
    assert semantic_suggestions.sweep() == 0
    assert Embedding.objects.count() == 1
    monkeypatch.setattr(fake, "passages", passages)
    fake.down = False
    embeddings.circuit.close()
    assert semantic_suggestions.sweep() == 1


def test_sweep_stops_in_time_for_other_work(
    two: tuple[Report, Report], fake: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeddings, "BATCH", 1)
    monkeypatch.setattr(semantic_suggestions, "SECONDS", -1.0)
    semantic_suggestions.sweep()
    assert Embedding.objects.count() == 1


def test_tasks_do_nothing_while_it_is_switched_off(cast: Cast, settings: Any) -> None:
    report = submit_report(STORM, cast.school)
    tasks.embed_wording(Wording.objects.get(report=report).pk)
    tasks.sweep_wordings()
    assert not Embedding.objects.exists()


def test_a_wording_deleted_meanwhile_is_no_error(fake: FakeEmbedder, db: None) -> None:
    tasks.embed_wording(10**9)
    assert fake.asked == []


def test_matching_itself_asks_no_model(cast: Cast, fake: FakeEmbedder) -> None:
    """It holds locks, and a case must open also while a service hangs."""
    submit_report(STORM, cast.school)
    submit_report(AGAIN, cast.school)
    assert fake.asked == []
    assert Case.objects.count() == 2
    assert semantic_search.neighbours("Xin chào", 5) == []

"""Two reports of one screenshot without words are one case; with words they are not."""

from typing import Any

import pytest

from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, merging, suggested_pairs
from factcheck.enums import MatchState, Outcome
from factcheck.models import Case
from intake.models import Reply, Report
from matching.scoring.policy import Action
from tests.factories import RUMOUR, Cast, case_of, submit_report
from tests.intake.sample_images import encoded, noise, upload

ONE, OTHER = encoded("PNG", noise()), encoded("PNG", noise())


def pictured(cast: Cast, *pictures: bytes, text: str = "", **kwargs: Any) -> Report:
    images = [upload(data) for data in pictures or (ONE,)]
    return submit_report(text, cast.school, images=images, **kwargs)


def suggested(report: Report) -> list[Case]:
    return [m.case for m in report.matches.filter(state=MatchState.SUGGESTED).order_by("case")]


@pytest.mark.parametrize("question", ["", "Ảnh này có thật không cả nhà?"])
def test_the_same_screenshot_by_two_people_is_one_case(cast: Cast, question: str) -> None:
    first, second = pictured(cast), pictured(cast, question=question)
    assert case_of(first) == case_of(second)
    match = second.matches.get(state=MatchState.CONFIRMED)
    assert (match.explanation, match.decided_by) == ({"same_picture": True}, None)
    assert Case.objects.count() == 1
    assert case_of(pictured(cast)) == case_of(first)
    assert matches.match_report(second).action is Action.LINK
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        {"text": "Trường thu tiền sai quy định"},
        {"question": "Cô giáo trong ảnh có bị kỷ luật không?"},
        {"url": "https://tin.example/bai-1"},
        {"text": "❌"},
    ],
)
def test_a_report_with_words_of_its_own_is_never_joined_by_its_picture(
    cast: Cast, words: dict[str, str]
) -> None:
    alone, spoken = pictured(cast), pictured(cast, **words)
    assert case_of(alone) != case_of(spoken)
    after = pictured(cast)
    assert case_of(after) == case_of(alone)


def test_words_that_came_first_or_later_keep_pictures_apart(cast: Cast) -> None:
    spoken = pictured(cast, text="Trường thu tiền sai quy định")
    alone = pictured(cast)
    assert case_of(spoken) != case_of(alone)
    merging.merge(case_of(spoken), case_of(alone), by=cast.checker)
    later = pictured(cast)
    assert case_of(later) != case_of(alone)
    assert suggested(later) == [case_of(alone)]


def test_other_pictures_and_a_part_of_them_are_other_cases(cast: Cast) -> None:
    case = case_of(pictured(cast))
    assert case_of(pictured(cast, OTHER)) != case
    both = pictured(cast, ONE, OTHER)
    assert case_of(both) != case
    assert case_of(pictured(cast, OTHER, ONE)) == case_of(both)
    assert case_of(submit_report(RUMOUR, cast.school)) != case


def test_an_answered_case_is_suggested_and_answers_nobody(cast: Cast) -> None:
    first = pictured(cast)
    lifecycle.close(case_of(first), Outcome.OPINION, by=cast.checker)
    later = pictured(cast)
    assert case_of(later) != case_of(first)
    assert suggested(later) == [case_of(first)]
    assert not Reply.objects.filter(report=later).exists()
    [pair] = suggested_pairs.suggestions_for(case_of(later))
    assert pair.explanation == {"same_picture": True}


def test_a_decision_of_a_person_keeps_them_apart(cast: Cast) -> None:
    first, second = pictured(cast), pictured(cast)
    new = merging.split(second, by=cast.checker)
    matches.match_report(second)
    assert case_of(second) == new != case_of(first)

"""Labelled questions against the claims they ask about, without database: both halves together."""

import json
import tomllib
from pathlib import Path

import pytest

from matching.details.gazetteer import Gazetteer, UnitName
from matching.scoring.policy import MIN_PUBLIC_RELEVANCE
from matching.scoring.topic_overlap import TopicText, topic_overlap

ROOT = Path(__file__).parents[3]
LABELLED = ROOT / "tests" / "publishing" / "labelled"
DAYS = {"{dm-6}": "20/11", "{dm+2}": "28/11", "{dm+7}": "03/12"}


def _rows() -> list[dict[str, str]]:
    rows = []
    for half in ("first", "second"):
        text = (LABELLED / f"{half}.json").read_text(encoding="utf-8")
        for placeholder, day in DAYS.items():
            text = text.replace(placeholder, day)
        rows += json.loads(text)
    return rows


def _units() -> Gazetteer:
    path = ROOT / "demo" / "data" / "organisation.toml"
    units = tomllib.loads(path.read_text(encoding="utf-8"))["unit"]
    places = {"commune"}
    offices = {"province_department", "cluster"}
    return Gazetteer.from_names(
        UnitName(unit["name"], "place" if unit["kind"] in places else "school")
        for unit in units
        if unit["kind"] not in offices
    )


ROWS, UNITS = _rows(), _units()
CLAIMS = {row["answer"]: TopicText.from_text(row["answer"], UNITS) for row in ROWS if row["answer"]}


def _shown(text: str) -> set[str]:
    asked = TopicText.from_text(text, UNITS)
    overlaps = {claim: topic_overlap(asked, topic, topic) for claim, topic in CLAIMS.items()}
    return {
        claim
        for claim, overlap in overlaps.items()
        if overlap.relevance >= MIN_PUBLIC_RELEVANCE and not overlap.elsewhere
    }


def test_questions_find_the_claim_they_ask_about() -> None:
    questions = [row for row in ROWS if row["answer"]]
    missed = [row["id"] for row in questions if row["answer"] not in _shown(row["text"])]
    assert len(missed) <= 0.2 * len(questions), missed


def test_new_rumours_about_the_same_schools_find_none() -> None:
    new = [row for row in ROWS if not row["answer"] and row["kind"] != "changed-detail"]
    stopped = [row["id"] for row in new if _shown(row["text"])]
    assert len(stopped) <= 0.02 * len(new), stopped


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Đề Ngữ văn khảo sát lớp 12 ra về thơ mới", "Đề Ngữ văn khảo sát lớp 12 đã lộ"),
        ("THPT Cầu Mận bỏ giờ chào cờ", "THPT Cầu Mận bỏ bài kiểm tra Lịch sử"),
        ("", "Trường bỏ bài kiểm tra"),
    ],
)
def test_shared_names_and_subjects_alone_are_not_relevant(text: str, claim: str) -> None:
    topic = TopicText.from_text(claim, UNITS)
    assert topic_overlap(TopicText.from_text(text, UNITS), topic, topic).relevance < (
        MIN_PUBLIC_RELEVANCE
    )


def test_everyday_words_are_read_as_a_checker_writes_them() -> None:
    topic = TopicText.from_text("Bình Lam thu hồi sách giáo khoa cũ giữa năm học", UNITS)
    asked = TopicText.from_text("bình lam gom hết sgk cũ giữa năm hả", UNITS)
    assert topic_overlap(asked, topic, topic).relevance >= MIN_PUBLIC_RELEVANCE


def test_text_in_english_is_compared_in_english() -> None:
    topic = TopicText.from_text("Schools vaccinate pupils next week without asking parents", UNITS)
    asked = TopicText.from_text("Do schools vaccinate our pupils next week?", UNITS)
    assert topic_overlap(asked, topic, topic).relevance >= MIN_PUBLIC_RELEVANCE

"""The glossary check compares terms with the catalogue and with the vocabulary."""

import pytest

from tests.structure import glossary, paths, vocabulary

HEADER = "| Term | In the code | On screen | Meaning |\n| --- | --- | --- | --- |\n"
CATALOGUE = {"Urgency": "Mức độ ưu tiên", "Hand in a report": "Gửi phản ánh"}


@pytest.mark.parametrize(
    ("term", "word", "wrong"),
    [
        ("Urgency", "Mức độ ưu tiên", False),
        ("urgency", "Mức độ ưu tiên", False),
        ("Urgency", "ưu tiên", True),
        ("Report", "Phản ánh", False),
        ("Report", "Báo cáo", True),
        ("Form key", "–", False),
        ("Urgency", "–", True),
    ],
)
def test_screen_word_matches_catalogue(term: str, word: str, wrong: bool) -> None:
    text = f"{HEADER}| {term} | `x` | {word} | what it means |\n"
    assert bool(glossary.wrong_words(text, CATALOGUE)) is wrong


def test_retired_term_is_reported() -> None:
    retired = vocabulary.retired_names(paths.read(paths.ROOT / vocabulary.TABLES))
    text = f"{HEADER}| Variant | `x` | Dị bản | y |\n| Wording | `x` | lời văn | y |\n"
    (message,) = glossary.retired_terms(text, retired)
    assert "the term Variant is retired; use `Wording`" in message

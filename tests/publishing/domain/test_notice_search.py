import pytest

from publishing.domain.answer import answer
from publishing.domain.notice_search import search
from tests.factories import Cast, published

EGGS = "Ăn trứng gà trước nửa đêm thì không nhiễm bệnh do virus đang lan ở trường"
DAM = "Đập thủy điện trên sông Mây đã vỡ, người dân xã Mây Hồ phải chạy lên cao"


@pytest.mark.parametrize(
    "words", ["trứng gà?", "trứng gà,", "TRUNG GA", "“trứng gà”", "ăn trứng gà"]
)
def test_marks_and_spelling_hide_no_notice(cast: Cast, words: str) -> None:
    eggs = published(cast, text=EGGS, claim=EGGS)
    published(cast, text=DAM, claim=DAM)
    assert list(search(words)) == [eggs.notice]


def test_what_the_form_answers_is_in_the_search(cast: Cast) -> None:
    version = published(cast, text=EGGS, claim=EGGS)
    question = "nghe nói ăn trứng gà trước 12h đêm là khỏi bị con virus ở trường, đúng hông"
    (checked,) = answer(question).claims
    assert checked.url == version.notice.get_absolute_url()
    assert list(search(question)) == [version.notice]


def test_nearest_comes_first(cast: Cast) -> None:
    both = published(cast, text=DAM, claim=DAM)
    # Newer, with the words in its explanation alone.
    published(cast, text=EGGS, claim=EGGS, explanation="Tin này khác tin đập thủy điện sông Mây.")
    assert search("đập sông mây")[0] == both.notice
    assert search("đập sông mây").count() == 2


def test_search_without_words_lists_all_newest_first(cast: Cast) -> None:
    first, second = published(cast, text=EGGS, claim=EGGS), published(cast, text=DAM, claim=DAM)
    assert list(search("")) == [second.notice, first.notice]
    assert list(search("?!")) == [second.notice, first.notice]
    assert not search("xoài").exists()

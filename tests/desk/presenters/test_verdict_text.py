from desk.presenters import verdict_text
from factcheck.models import Verdict


def test_with_refs_links_only_numbers_that_exist():
    text = verdict_text.with_refs("Đã sửa [1] và [9]; 2 < 3 [x]", 2)
    assert text == 'Đã sửa <a class="kt-ref" href="#cc1">1</a> và [9]; 2 &lt; 3 [x]'


def test_with_refs_without_evidence_on_the_page_drops_the_numbers():
    assert verdict_text.with_refs("Đã sửa. [1]", None) == "Đã sửa."


def test_paragraphs_escapes_markup_and_drops_empty_lines():
    verdict = Verdict(explanation="<b>a</b>\n\n- c", what_is_true="", what_to_do="d")
    text = verdict_text.paragraphs(verdict, 0)
    assert text == {
        "explanation": ["&lt;b&gt;a&lt;/b&gt;", "c"],
        "what_is_true": [],
        "what_to_do": ["d"],
    }

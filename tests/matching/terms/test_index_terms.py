import pytest

from matching.terms.index_terms import extract_terms, query_weights, terms_of_spelling


def _kinds(text: str, kind: str) -> set[str]:
    return {term[1:] for term in extract_terms(text) if term.startswith(kind)}


def test_vietnamese_terms_are_toned_and_folded_syllables_and_shingles():
    text = "Học sinh nghỉ học vì bão"
    assert _kinds(text, "t") == {"học", "sinh", "nghỉ", "vì", "bão"}
    assert _kinds(text, "f") == {"hoc", "sinh", "nghi", "vi", "bao"}
    assert "nghi_hoc" in _kinds(text, "p")
    assert "hoc_vi_bao" in _kinds(text, "q")
    assert extract_terms(text)["thọc"] == 2


def test_text_without_diacritics_never_counts_as_words_with_tones():
    terms = extract_terms("hoc sinh nghi hoc vi bao")
    assert not [term for term in terms if term.startswith(("t", "f"))]
    assert terms["nhoc"] == 2


def test_english_text_is_stemmed_and_has_no_shingles():
    assert extract_terms("Vaccines cause autism, says #StayHome @someone") == {
        "wvaccin": 1, "wcaus": 1, "wautism": 1, "wsay": 1, "wstay": 1, "whome": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("Theo công văn 1482/SGDĐT-VP", "1482/sgddt-vp"),
        ("Gọi ngay 0900000678", "0900000678"),
        ("Xem tại https://m.example.com/tin/1?utm_source=zalo", "https://example.com/tin/1"),
    ],
)
def test_document_phone_and_page_are_terms_of_their_own(text: str, detail: str):
    assert detail in _kinds(text, "d")


def test_home_page_of_a_site_is_not_a_term():
    assert not _kinds("Vào https://example.com/ xem nhé", "d")


def test_query_has_terms_of_both_spellings_and_one_is_its_own():
    toned, unaccented = query_weights("Tăng học phí"), query_weights("tang hoc phi")
    assert toned["ttăng"] > toned["ntang"] > 0
    assert unaccented["ntang"] > unaccented["ftang"] > 0
    assert "ntang" not in terms_of_spelling(toned)
    assert "ftang" not in terms_of_spelling(unaccented)
    assert "ttăng" in terms_of_spelling(toned)


def test_repeated_word_counts_once_in_a_query():
    assert query_weights("bão, bão, bão")["tbão"] == query_weights("bão")["tbão"]


@pytest.mark.parametrize("text", ["", "😀" * 300, "a" * 5_000, "\0", "\ud800", "١٢٣ مرحبا"])
def test_any_text_gives_few_terms(text: str):
    assert len(extract_terms(text)) <= 400
    assert all(isinstance(term, str) for term in query_weights(text))

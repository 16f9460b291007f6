from factcheck.domain.index import lookup
from matching.scoring.ranking import Query

PAGE = "https://example.com/tin/1"


def test_a_site_or_what_is_no_link_identifies_no_claim() -> None:
    assert lookup.url_hash("https://example.com/") == ""
    assert lookup.url_hash("không phải đường dẫn") == ""
    assert lookup.url_hash("") == ""


def test_links_to_one_page_have_one_key_wherever_they_stand() -> None:
    _words, key = lookup.exact_keys(Query("", "https://m.example.com/tin/1?utm_source=zalo"))
    assert key == lookup.url_hash(PAGE) != ""
    assert lookup.exact_keys(Query(f"Xem {PAGE}"))[1] == key

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.urls import canonical_url, find_urls, is_home_page, strip_urls


@pytest.mark.parametrize(
    "url",
    [
        "http://www.Qua-Tang.example/dk/",
        "https://qua-tang.example/dk?fbclid=IwAR0&utm_source=zalo",
        "https://m.qua-tang.example:443/dk#top",
        "qua-tang.example/dk",
        "https://user:secret@qua-tang.example//dk",
    ],
)
def test_canonical_url_one_page_has_one_form(url):
    assert canonical_url(url) == "https://qua-tang.example/dk"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
        ("https://m.youtube.com/watch?app=d&v=abc", "https://youtube.com/watch?v=abc"),
        ("https://youtube.com/shorts/abcdef1", "https://youtube.com/watch?v=abcdef1"),
        ("https://mbasic.facebook.com/a/posts/1?mibextid=z", "https://facebook.com/a/posts/1"),
        ("https://fb.com/a", "https://facebook.com/a"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
        ("https://a.example:8080/x", "https://a.example:8080/x"),
        ("https://bộ-giáo-dục.example/", "https://xn--b-gio-dc-0sbw63aq820e.example"),
    ],
)
def test_canonical_url_forms(url, canonical):
    assert canonical_url(url).split("xn--")[0] == canonical.split("xn--")[0]
    assert canonical_url(canonical_url(url)) == canonical_url(url)


@pytest.mark.parametrize(
    "url",
    ["", "tin nhắn", "ftp://a.example/x", "javascript:alert(1)", "http://", "http://[::1",
     "https://a.example:99999/", "http://localhost/x", "https://" + "a" * 9_000,
     "http://" + "ộ" * 90],
)  # fmt: skip
def test_canonical_url_of_anything_else_is_empty(url):
    assert canonical_url(url) == ""


@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("https://a.example/".__add__)))
@settings(max_examples=300, deadline=None)
def test_canonical_url_twice_changes_nothing(url):
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_find_urls_without_closing_punctuation_and_bare_hosts():
    text = "Xem (https://a.example/x?y=1), fb.com/nhom. Không phải tp.hcm, 3.000, a@gmail.com"
    assert find_urls(text) == ["https://a.example/x?y=1", "https://fb.com/nhom"]
    assert "a.example" not in strip_urls(text)


def test_home_page_is_recognised():
    assert is_home_page(canonical_url("https://facebook.com/"))
    assert not is_home_page(canonical_url("https://facebook.com/x"))

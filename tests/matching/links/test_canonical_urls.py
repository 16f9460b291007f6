import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.links.canonical_urls import canonical_url, find_urls, is_home_page, strip_urls

PAIRS = [
    row
    for row in csv.reader(
        (Path(__file__).parent.parent / "urls_same.tsv").read_text().splitlines(), delimiter="\t"
    )
    if not row[0].startswith("#")
]
HOSTS = [
    "facebook.com",
    "l.facebook.com",
    "m.me",
    "youtube.com",
    "youtu.be",
    "tiktok.com",
    "x.com",
    "t.me",
    "instagram.com",
    "threads.net",
    "google.com",
    "docs.google.com",
    "drive.google.com",
    "vnexpress.net",
    "tuoitre.vn",
    "zalo.me",
    "web.archive.org",
    "truong-example.cdn.ampproject.org",
    "truong-example.translate.goog",
    "vi.m.wikipedia.org",
    "a.blogspot.com",
    "www.m.amp.a.example",
    "[2001:db8::1]:8080",
    "a.example:80",
    "fxtwitter.com",
    "archive.ph",
]
PIECES = [
    "watch",
    "posts",
    "photos",
    "videos",
    "story.php",
    "photo.php",
    "permalink.php",
    "groups",
    "permalink",
    "reel",
    "shorts",
    "embed",
    "status",
    "@a",
    "video",
    "p",
    "amp",
    "s",
    "c",
    "v",
    "web",
    "2025",
    "url",
    "l.php",
    "share",
    "iv",
    "d",
    "document",
    "forms",
    "e",
    "viewform",
    "wiki",
    "a-1234567.html",
    "post1234567",
    "900000000000123",
    "1700000000000000001",
    "%FF",
    "%2F",
    "%20",
    "ộ",
    "A+b",
    ";x",
    "a@b",
    "http:",
    "https://b.example/1",
    "https%3A%2F%2Fb.example%2F1",
    ".",
    "..",
    "-4567890.amp",
    "open",
]
FIELDS = [
    "v=abc",
    "u=https%3A%2F%2Fb.example%2F1%3Fq%3D2",
    "q=https://youtu.be/abc",
    "url=//x",
    "id=1",
    "fbid=12",
    "a=%FF",
    "story_fbid=pfbid0",
    "amp=1",
    "utm_source=z",
    "title=A%20b",
    "list=L",
    "lc=U",
    "m=1",
    "comment_id=7",
    "page=2",
    "href=https://facebook.com/1/posts/2",
    "continue=https://l.facebook.com/l.php?u=b",
    "x=%00",
    "=1",
    "&amp;",
]


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


@pytest.mark.parametrize(("verdict", "one", "other", "why"), PAIRS)
def test_canonical_url_is_one_for_the_same_page_only(verdict, one, other, why):
    assert canonical_url(one)
    assert canonical_url(other)
    assert (canonical_url(one) == canonical_url(other)) == (verdict == "same"), why


def test_the_list_of_pairs_is_long_and_has_both_kinds():
    verdicts = [row[0] for row in PAIRS]
    assert len(PAIRS) >= 200
    assert set(verdicts) == {"same", "different"}
    assert min(verdicts.count("same"), verdicts.count("different")) >= 80


@given(
    st.builds(
        "https://{}/{}?{}#{}".format,
        st.sampled_from(HOSTS),
        st.lists(st.sampled_from(PIECES), max_size=5).map("/".join),
        st.lists(st.sampled_from(FIELDS), max_size=4).map("&".join),
        st.sampled_from(["", "top", "/tin/1", "!/tin/%FF", "//?#"]),
    )
)
@settings(max_examples=500)
def test_canonical_url_twice_changes_nothing_on_sites_with_rules(url):
    once = canonical_url(url)
    assert canonical_url(once) == once


@pytest.mark.parametrize("count", [1, 5, 8])
def test_canonical_url_removes_nested_wrappers(count):
    wrapped = "https://web.archive.org/web/2025/" * (count - 1) + "https://a.example/1"
    assert canonical_url(wrapped) == "https://a.example/1"


def test_canonical_url_of_endless_wrappers_is_empty():
    assert canonical_url("https://web.archive.org/web/2025/" * 200 + "https://a.example/1") == ""


@pytest.mark.parametrize(
    "url",
    [
        "https://" + "a." * 3_900 + "vn",
        "https://a.example/" + "a/" * 3_900,
        "https://facebook.com/a/photos/" + "a./" * 2_600,
        "https://vnexpress.net/" + "1-" * 3_900,
        "https://google.com/url?q=http://" + "a." * 3_800 + " x",
        "https://archive.ph/2025/" + "a." * 3_800 + "\x00",
        "https://a.example/?" + "&" * 7_900,
        "https://a.example/?" + "%2525" * 1_500,
    ],
)
def test_canonical_url_of_long_input_is_fast(url):
    started = time.perf_counter()
    canonical_url(url)
    assert time.perf_counter() - started < 0.1


def test_find_urls_keeps_what_belongs_to_the_link():
    text = (
        "(https://vi.wikipedia.org/wiki/A_(b)) _https://a.example/x_ https://youtu.be/abcdefghij_"
    )
    assert find_urls(text) == [
        "https://vi.wikipedia.org/wiki/A_(b)",
        "https://a.example/x",
        "https://youtu.be/abcdefghij_",
    ]


def test_find_urls_of_brackets_only_is_fast():
    started = time.perf_counter()
    find_urls("https://a.example/" + ")" * 100_000)
    assert time.perf_counter() - started < 0.5


def test_find_urls_without_closing_punctuation_and_bare_hosts():
    text = "Xem (https://a.example/x?y=1), fb.com/nhom. Không phải tp.hcm, 3.000, a@gmail.com"
    assert find_urls(text) == ["https://a.example/x?y=1", "https://fb.com/nhom"]
    assert "a.example" not in strip_urls(text)


def test_home_page_is_recognised():
    assert is_home_page(canonical_url("https://facebook.com/"))
    assert not is_home_page(canonical_url("https://facebook.com/x"))

from html.parser import HTMLParser

import pytest

from publishing.domain import render


class Elements(HTMLParser):
    """Parses as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.hrefs += [value or "" for name, value in attrs if name == "href"]


def test_html_keeps_paragraphs_lists_bold_and_web_links() -> None:
    made = render.html("Một **hai**\n\n- ba\n- [bốn](https://a.vn)")
    assert "<strong>hai</strong>" in made
    assert "<li>ba</li>" in made
    assert '<a href="https://a.vn" rel="nofollow noopener noreferrer">bốn</a>' in made


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![ảnh](https://a.vn/x.png)",
        "[k](javascript:alert(1))",
        "[k](data:text/html;base64,PHNjcmlwdD4=)",
        "<svg onload=alert(1)>",
        '<a href="https://a.vn" onclick="x()">k</a>',
        "# Tiêu đề\n\nchữ\n===",
        "    mã\n\n```\nmã\n```",
    ],
)
def test_html_removes_everything_else(text: str) -> None:
    seen = Elements()
    for made in (render.html(text), *render.items(text)):
        seen.feed(made)
    assert seen.tags <= {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote"}
    assert seen.attributes <= {"href", "rel"}
    assert all(href.startswith(("https://", "http://")) for href in seen.hrefs)


def test_items_lose_bullets_but_keep_bold_and_minus() -> None:
    assert render.items("- một\n\n2. hai\n**Ba** bốn\n-5 độ") == [
        "một",
        "hai",
        "<strong>Ba</strong> bốn",
        "-5 độ",
    ]


def test_plain_has_text_only() -> None:
    assert render.plain("Một **hai**\nba\n\n- [bốn](https://a.vn)\n- năm") == (
        "Một hai\nba\n- bốn\n- năm"
    )


def test_one_line_has_no_break_and_no_control_character() -> None:
    assert render.one_line("một\n\thai\x00 ba\x1f") == "một hai ba"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("ngắn", 10, "ngắn"),
        ("Câu một dài. Câu hai dài hơn nhiều.", 20, "Câu một dài."),
        ("một hai ba bốn năm", 11, "một hai ba…"),
        ("khôngcókhoảngtrắng", 6, "không…"),
    ],
)
def test_shorten_cuts_at_sentences_then_words(text: str, limit: int, short: str) -> None:
    assert render.shorten(text, limit) == short
    assert len(render.shorten(text, limit)) <= limit

"""Words of an HTML copy: what a person sees, whatever its styles hide."""

import pytest

from factcheck.domain.copies import html_text

STYLE = """
/* .shown { display: none } */
.gone, p.off { display: none !important }
.pale { color: #FFF }
.dark { background: #000 }
@media print { .shown { display: none } }
@media screen { .small { font-size: 0 } }
"""


def _words(body: str, head: str = "") -> str:
    page = f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{head}<body>{body}</body>"
    return html_text.text(page.encode())


@pytest.mark.parametrize(
    "hidden",
    [
        '<p class="gone">Sở bác bỏ.</p>',
        '<p class="off">Sở bác bỏ.</p>',
        '<p class="small">Sở bác bỏ.</p>',
        '<p class="pale">Sở bác bỏ.</p>',
        "<p hidden>Sở bác bỏ.</p>",
        '<p style="visibility:hidden">Sở bác bỏ.</p>',
        '<p style="color:red;opacity:0">Sở bác bỏ.</p>',
        '<p style="position:absolute;left:-9999px">Sở bác bỏ.</p>',
        '<p style="height:0;overflow:hidden">Sở bác bỏ.</p>',
        '<p style="font-size: 0px">Sở bác bỏ.</p>',
        '<p style="color:transparent">Sở bác bỏ.</p>',
        '<p style="color:white">Sở bác bỏ.</p>',
        '<div style="display:none"><p>Sở <b>bác bỏ.</b></p></div>',
        "<template>Sở bác bỏ.</template><noscript>Sở bác bỏ.</noscript>",
        "<script>Sở bác bỏ.</script><!-- Sở bác bỏ. -->",
        "<textarea>Sở bác bỏ.</textarea>",
    ],
)
def test_hidden_words_are_not_read(hidden: str) -> None:
    assert _words(f"<p>Trang chủ.</p>{hidden}") == "Trang chủ."


@pytest.mark.parametrize(
    "shown",
    [
        '<p class="shown">Sở bác bỏ.</p>',
        '<div class="dark"><p class="pale">Sở bác bỏ.</p></div>',
        '<p style="opacity:0.9;font-size:0.9rem;left:-5px">Sở bác bỏ.</p>',
        "<details><p>Sở bác bỏ.</p></details>",
        "<p>Sở <b>bác</b> bỏ.</p>",
    ],
)
def test_seen_words_are_read(shown: str) -> None:
    assert _words(f"<p>Trang chủ.</p>{shown}") == "Trang chủ.\nSở bác bỏ."


def test_white_words_may_stand_on_a_ground_of_another_file() -> None:
    link = '<link rel="stylesheet" href="a.css">'
    assert _words('<p class="pale">Sở bác bỏ.</p>', link) == "Sở bác bỏ."


def test_cells_and_blocks_are_lines_of_their_own() -> None:
    assert _words("<table><tr><td>A</td><td>B</td></tr></table>C<br>D") == "A\nB\nC\nD"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258"])
def test_page_of_another_encoding_is_read(charset: str) -> None:
    word = "Trường" if charset != "windows-1258" else "Trang"
    page = f"<html><head><meta charset={charset}></head><body>{word}</body></html>"
    assert html_text.text(page.encode(charset)) in (word, f"\ufeff{word}")

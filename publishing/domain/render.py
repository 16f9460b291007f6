"""Rendering of a notice's text as HTML and as plain text: the only place where stored text becomes
markup.

Two barriers: markdown-it with raw HTML off, then nh3's allow-list. Images, headings, code and rules
are switched off: the page has its own structure, and a rumour's picture is never reposted.
"""

import re
import unicodedata
from collections.abc import Iterable

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from matching.text.normalisation import clean

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(
    ["image", "heading", "lheading", "hr", "code", "fence", "backticks"]
)
_BLOCK = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote"}
_INLINE = {"br", "strong", "em", "a"}
_BULLET = re.compile(r"^\s*(?:[-*•+]|\d{1,2}[.)])\s+")


def html(text: str) -> SafeString:
    """Return paragraphs and lists."""
    return _clean(_MARKDOWN.render(text), _BLOCK)


def items(text: str) -> list[SafeString]:
    """Return the text line by line, for a list with its own bullets ("what to do")."""
    return [_clean(_MARKDOWN.renderInline(line), _INLINE) for line in bare_lines(text)]


def plain(text: str) -> str:
    """Return plain text, as pasted into a chat: bullets become "- ", a link becomes its text."""
    lines: list[str] = []
    marks: list[str] = []
    for token in _MARKDOWN.parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            marks.append("- ")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            marks.pop()
        elif token.type == "inline":
            texts = _text_lines(token.children or [])
            lines.append("".join(marks[-1:]) + (" ".join(texts) if marks else "\n".join(texts)))
    return "\n".join(lines)


def one_line(text: str) -> str:
    """Return plain text without line breaks and control characters (titles, feeds, JSON-LD)."""
    printable = "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return " ".join(clean(printable).split())


def shorten(text: str, limit: int) -> str:
    """Cut to ``limit`` characters: after a whole sentence if one fits, else a word and "…"."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    for ending in (". ", "! ", "? ", "\n"):
        cut = head.rfind(ending)
        if cut > limit // 2:
            return head[: cut + 1].rstrip()
    word = limit - 1 if text[limit - 1].isspace() else head.rfind(" ")
    return (head[:word] if word > 0 else head).rstrip(" ,;:.–-") + "…"


def _text_lines(tokens: Iterable[Token]) -> list[str]:
    """Return the text of one paragraph, line by line."""
    lines = [""]
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            lines.append("")
        elif token.type == "text":
            lines[-1] += token.content
    return [one_line(line) for line in lines]


def bare_lines(text: str) -> list[str]:
    """Return the lines without a leading bullet or number."""
    bare = (_BULLET.sub("", line).strip() for line in text.splitlines())
    return [line for line in bare if line]


def _clean(markup: str, tags: set[str]) -> SafeString:
    safe = nh3.clean(
        markup,
        tags=tags,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="nofollow noopener noreferrer",
    )
    return mark_safe(safe)  # noqa: S308 (nh3 has just reduced it to the allow-list above)

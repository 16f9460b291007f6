"""Text of an HTML page as a person sees it: without scripts, and without what its own styles hide.

Styles in other files are not in the archived copy, so what only they hide is not noticed; the page
of a source is trusted for that, and a page handed in by the checker proves nothing by itself.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

_LEFT_OUT = (
    "head, script, style, noscript, template, iframe, object, svg, select, textarea, datalist, "
    "[hidden], dialog:not([open])"
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd"),
        *("details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_WHITE = r"(?:white|#fff(?:fff)?|rgba?\(\s*255\s*,\s*255\s*,\s*255\s*(?:,[^)]*)?\))"
_HIDING = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|opacity\s*:\s*0*(?:\.0*)?\s*(?:;|!|$)|font-size\s*:\s*0(?![.\d])|zoom\s*:\s*0(?![.\d])"
    r"|(?:text-indent|left|top|right|bottom|margin-left|margin-top)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*(?:inset\((?:50|100)%|circle\(0)"
    r"|transform\s*:\s*scale\(0\)|color\s*:\s*transparent|color\s*:\s*rgba\([^)]*,\s*0?\.?0\s*\)"
    r"|(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|!|$))",
    re.IGNORECASE,
)
_WHITE_TEXT = re.compile(rf"(?:^|;)\s*color\s*:\s*{_WHITE}", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color|-image)?\s*:\s*(?!none|transparent)", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_AT_PRINT = re.compile(r"@media[^{]*\bprint\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.IGNORECASE)
_MEDIA_HEAD = re.compile(r"@(?:media|supports|layer)[^{};]*\{")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_RULES_LIMIT = 2000


def text(data: bytes) -> str:
    """The visible words, a line for each block."""
    tree = LexborHTMLParser(_decoded(data))
    styles = "".join(node.text() for node in tree.css("style"))
    rules = list(_rules(styles))
    for node in [*tree.css(_LEFT_OUT), *_hidden(tree, rules)]:
        node.decompose()
    return _lines(tree.body) if tree.body is not None else ""


def _decoded(data: bytes) -> str:
    match = _CHARSET.search(data[:4096])
    names = ["utf-8-sig", match[1].decode("ascii") if match else "windows-1258"]
    for name in names:
        try:
            return data.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def _rules(styles: str) -> Iterator[tuple[str, str]]:
    """Selector and declarations of each rule for the screen."""
    css = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    css = _MEDIA_HEAD.sub("", _AT_PRINT.sub("", css))
    for number, match in enumerate(_RULE.finditer(css)):
        if number >= _RULES_LIMIT:
            return
        yield match[1].strip(), match[2]


def _selected(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    try:
        return tree.css(selector)
    except Exception:  # a selector that the parser does not know hides nothing
        return []


def _matching(
    tree: LexborHTMLParser, rules: list[tuple[str, str]], pattern: re.Pattern[str]
) -> list[LexborNode]:
    nodes = [
        node for node in tree.css("[style]") if pattern.search(node.attributes.get("style") or "")
    ]
    for selector, declarations in rules:
        if pattern.search(declarations):
            nodes += _selected(tree, selector)
    return [node for node in nodes if node.tag not in ("html", "body")]


def _hidden(tree: LexborHTMLParser, rules: list[tuple[str, str]]) -> list[LexborNode]:
    hidden = _matching(tree, rules, _HIDING)
    if tree.css_first("link[rel=stylesheet]") is None:  # otherwise the ground may be dark
        grounds = {node.mem_id for node in _matching(tree, rules, _BACKGROUND)}
        white = _matching(tree, rules, _WHITE_TEXT)
        hidden += [node for node in white if not _is_on_ground(node, grounds)]
    return hidden


def _is_on_ground(node: LexborNode | None, grounds: set[int]) -> bool:
    while node is not None:
        if node.mem_id in grounds:
            return True
        node = node.parent
    return False


def _lines(body: LexborNode) -> str:
    parts: list[str] = []
    waiting: list[LexborNode | str] = [body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        elif node.tag == "-text":
            parts.append(re.sub(r"\s+", " ", node.text_content or ""))
        else:
            if node.tag in _BLOCKS:
                parts.append("\n")
                waiting.append("\n")
            waiting += reversed(list(node.iter(include_text=True)))
    return re.sub(r" ?\n[ \n]*", "\n", "".join(parts)).strip()

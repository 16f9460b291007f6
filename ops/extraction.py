"""Which texts of the source are to be translated: Python by its syntax tree, templates by Django's
own `templatize`. Needs no gettext tools, so the check runs wherever Python does (a test compares
the result with xgettext's where that is installed)."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize


@dataclass(frozen=True)
class Message:
    """One text to translate; identity is (context, msgid), as in gettext."""

    msgid: str
    context: str | None
    plural: str | None
    place: str  # file:line of the first use

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.msgid


# Which arguments are the context, the text, its plural.
_TEXT = (None, 0, None)
_PLURAL = (None, 0, 1)
_CONTEXT = (0, 1, None)
_BOTH = (0, 1, 2)
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": _TEXT,
    "gettext": _TEXT,
    "gettext_lazy": _TEXT,
    "gettext_noop": _TEXT,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _BOTH,
    "npgettext_lazy": _BOTH,
}
_CALL = re.compile(r"(?<![\w.])(_|n?p?gettext)\(")
_STRING = re.compile(r"""\s*u?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')\s*,?""")


class Untranslatable(Exception):
    """A call that no catalogue can serve, such as `_(f"…")`; the message names the place."""


def _message(name: str, texts: list[str | None], place: str) -> Message | None:
    context, text, plural = FUNCTIONS[name]

    def at(index: int | None) -> str | None:
        return texts[index] if index is not None and index < len(texts) else None

    msgid = at(text)
    return Message(msgid, at(context), at(plural), place) if msgid else None


def from_python(source: str, name: str) -> Iterator[Message]:
    """Messages of one Python file; one with a variable is skipped, its text is marked elsewhere."""
    for node in ast.walk(ast.parse(source, filename=name)):
        if not isinstance(node, ast.Call):
            continue
        function = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
        if function not in FUNCTIONS:
            continue
        place = f"{name}:{node.lineno}"
        if any(isinstance(argument, ast.JoinedStr) for argument in node.args):
            raise Untranslatable(f"{place}: an f-string cannot be translated; use %(name)s")
        texts = [
            a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None
            for a in node.args
        ]
        if message := _message(function, texts, place):
            yield message


def from_template(source: str, name: str) -> Iterator[Message]:
    """Messages of one template."""
    code = templatize(source, origin=name)
    for call in _CALL.finditer(code):
        texts: list[str | None] = []
        position = call.end()
        while literal := _STRING.match(code, position):
            texts.append(ast.literal_eval(literal[1]))
            position = literal.end()
        place = f"{name}:{code.count(chr(10), 0, call.start()) + 1}"
        if message := _message(call[1], texts, place):
            yield message


def from_file(path: Path, name: str) -> Iterator[Message]:
    """Messages of one file: Python, a template, or nothing to read."""
    if path.suffix == ".py" and "migrations" not in path.parts:  # frozen copies of models' texts
        yield from from_python(path.read_text(encoding="utf-8"), name)
    elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
        yield from from_template(path.read_text(encoding="utf-8"), name)


def from_tree(
    root: Path, parts: list[str], replaced_by: Path | None = None
) -> dict[tuple[str | None, str], Message]:
    """Messages of root's files and folders named in parts, by key, in reading order.

    Args:
        replaced_by: a folder of templates; one that has the same name there is not read.
    """
    found: dict[tuple[str | None, str], Message] = {}
    for part in parts:
        top = root / part
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            name = str(path.relative_to(root))
            if replaced_by and (replaced_by / name.removeprefix("templates/")).is_file():
                continue
            for message in from_file(path, name):
                known = found.get(message.key)
                if known is None or (message.plural and not known.plural):
                    found[message.key] = message
    return found

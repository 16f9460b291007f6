"""Texts marked for translation, found by Babel: in Python with its own method, in templates through
Django's `templatize`, as makemessages does, but without GNU gettext. Babel is a development
package: nothing that runs in production imports this module."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.extract import (
    DEFAULT_KEYWORDS,
    extract_from_dir,
    extract_from_file,
    extract_python,
)
from django.utils.translation.template import templatize

# Which arguments are the text, its plural, its context ("c"); None: the first one is the text.
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str | None, str]


@dataclass(frozen=True)
class Message:
    """One text to translate; identity is (context, msgid), as in gettext."""

    msgid: str
    context: str | None
    plural: str | None
    location: str  # file:line of the first use

    @property
    def key(self) -> Key:
        return self.context, self.msgid


def extract_template(
    file: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Any,
) -> Iterator[tuple[Any, ...]]:
    """Babel extraction method for Django templates.

    `templatize` keeps the template's indentation, which Babel's tokenizer would take for Python's.
    """
    code = templatize(file.read().decode("utf-8"))
    lines = (line.lstrip() for line in code.split("\n"))
    return extract_python(BytesIO("\n".join(lines).encode()), keywords, comment_tags, options)


METHODS: list[tuple[str, Any]] = [
    ("**/migrations/**", "ignore"),  # frozen copies of models' texts
    ("**.py", "python"),
    ("**.html", extract_template),
    ("**.txt", extract_template),
]


def extract_path(root: Path, part: str) -> Iterator[Message]:
    """Messages of one file (Python) or folder, `part`, below root."""
    path = root / part
    results: Iterator[tuple[Any, ...]]
    if path.is_file():
        results = (("", *result) for result in extract_from_file("python", path, KEYWORDS))
    else:  # Babel's default filter would leave out folders that begin with an underscore
        results = extract_from_dir(
            path, METHODS, keywords=KEYWORDS, directory_filter=lambda folder: True
        )
    for name, line, texts, _comments, context in results:
        msgid, plural = (texts, None) if isinstance(texts, str) else texts[:2]
        if msgid:  # the empty one is the header of a catalogue
            yield Message(msgid, context, plural, f"{Path(part) / name}:{line}")


def extract_tree(
    root: Path, parts: list[str], replaced_by: Path | None = None
) -> dict[Key, Message]:
    """Messages of root's files and folders named in parts, by key.

    Args:
        replaced_by: a folder of templates; one that has the same name there is not read.
    """
    messages: dict[Key, Message] = {}
    for message in (message for part in parts for message in extract_path(root, part)):
        name = message.location.rpartition(":")[0].removeprefix("templates/")
        if replaced_by and (replaced_by / name).is_file():
            continue
        earlier = messages.get(message.key)
        if earlier is None or (message.plural and not earlier.plural):
            messages[message.key] = message
    return messages

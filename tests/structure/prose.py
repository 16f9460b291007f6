"""Retired phrases in prose: docstrings, comments of code and templates, documents."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.structure import paths
from tests.structure.paths import Scope

DOCUMENTS = (".md", ".css", ".js", ".html")
OTHER_FILES = [Path("pyproject.toml"), Path("Makefile"), Path(".env.sample")]
TEMPLATE_COMMENT = re.compile(
    r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL
)  # the rest of a template is text for its readers
VOCABULARY = Path("docs/vocabulary.md")  # the list of what is retired names it
SUPERSEDED = re.compile(r"^\*\*Superseded\b", re.MULTILINE)  # such an ADR is history


@dataclass(frozen=True)
class RetiredPhrase:
    first_word: str  # in small letters: what makes a text worth a search
    regex: re.Pattern[str]
    scope: Scope
    use: str


def retired_phrases(rows: list[list[str]]) -> list[RetiredPhrase]:
    """From the table's rows: phrases separated by commas, where, and what to use."""
    return [
        RetiredPhrase(phrase.split()[0].lower(), _regex(phrase), Scope.parse(where), use)
        for retired, where, use in rows
        for phrase in retired.split(",")
    ]


def _regex(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    end = "" if phrase.strip().endswith(")") else r"\b"
    return re.compile(rf"(?<![\w-]){words}{end}", re.IGNORECASE)


def python_prose(text: str) -> Iterator[tuple[int, str]]:
    """Docstrings and comments of a Python file, each with its first line."""
    for node in ast.walk(paths.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            prose = node.value.value
            if isinstance(prose, str):
                yield node.lineno, prose
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def prose_of(path: Path, text: str) -> Iterator[tuple[int, str]]:
    """Each piece of prose in a file, with the line on which it begins."""
    if path.suffix == ".py":
        yield from python_prose(text)
    elif path.suffix == ".html":
        for comment in TEMPLATE_COMMENT.finditer(text):
            yield text.count("\n", 0, comment.start()) + 1, comment.group()
    elif not (path.parts[0] == "docs" and SUPERSEDED.search(text)):
        yield 1, text


def files(root: Path) -> list[Path]:
    other = [path for path in OTHER_FILES if (root / path).exists()]
    every = [*paths.sources(root), *paths.files(root, *DOCUMENTS), *other]
    return [path for path in every if path != VOCABULARY]


def retired_prose(
    phrases: list[RetiredPhrase], root: Path = paths.ROOT
) -> Iterator[tuple[Path, int, str]]:
    for path in files(root):
        text = paths.read(root / path)
        words = text.lower()
        present = [
            phrase for phrase in phrases if phrase.first_word in words and phrase.scope.covers(path)
        ]
        if not present:
            continue
        for line, prose in prose_of(path, text):
            for phrase in present:
                for match in phrase.regex.finditer(prose):
                    place = line + prose.count("\n", 0, match.start())
                    yield path, place, f"“{match.group()}” is retired; use {phrase.use}"

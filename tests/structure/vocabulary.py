"""Vocabulary check: no retired word of docs/vocabulary.md comes back as a name or in prose.

python -m tests.structure.vocabulary [folder or file …] prints the places and ends with 1 if any.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tests.structure import definitions, paths, prose
from tests.structure.definitions import Definition
from tests.structure.paths import Scope

TABLES = Path("docs/vocabulary.md")
# Django and Celery look modules of these names up in every app; each face has its own `urls` and
# `forms`, each version of the API its own `base`, each channel its own `channel`.
SHARED_MODULE_NAMES = {
    "apps", "checks", "enums", "exceptions", "forms", "models", "permissions", "receivers",
    "signals", "tasks", "urls", "base", "registry", "channel",
}  # fmt: skip
# Modules in folders of these names show, store or receive what the domain module of the same name
# is about: `desk/views/evidence.py` and `factcheck/domain/editorial/evidence.py` are one subject.
ROLE_FOLDERS = {"views", "forms", "presenters", "serializers", "models", "commands", "templatetags"}


@dataclass(frozen=True)
class RetiredName:
    """One retired name: what kind of name it may no longer be, where, and what to use."""

    pattern: str
    kinds: frozenset[str]
    scope: Scope
    use: str

    @cached_property
    def words(self) -> str:
        """The pattern's own words in snake case, without its asterisks."""
        return "_".join(word for word in self.pattern.split("_") if word not in {"*", ""})

    @cached_property
    def regex(self) -> re.Pattern[str]:
        before = "(.*_)?" if self.pattern.startswith("*") else ""
        after = "(_.*)?" if self.pattern.endswith("*") else ""
        return re.compile(before + re.escape(self.words) + after)

    def matches(self, definition: Definition) -> bool:
        return (
            definition.kind in self.kinds
            and self._matches_name(definition)
            and self.scope.covers(definition.path)
        )

    def _matches_name(self, definition: Definition) -> bool:
        name = definition.name
        if "*" in self.pattern:
            snake = snake_case(name)
            return self.words in snake and self.regex.fullmatch(snake) is not None
        if "." in self.pattern:
            return f"{definition.owner}.{name}" == self.pattern
        if self.pattern.startswith("_"):
            return name == self.pattern
        bare = name.strip("_")
        return bare == self.pattern or (bare.isupper() and bare.lower() == self.pattern)


@cache
def snake_case(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_")


def table_rows(text: str, heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without the header."""
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def retired_names(text: str) -> list[RetiredName]:
    """The rows of the table of names, one entry for each retired name."""
    names = []
    for retired, kinds, where, use in table_rows(text, "Names"):
        wanted = {kind.strip() for kind in kinds.split(",")}
        unknown = wanted - {*definitions.KINDS, "any"}
        if unknown:
            raise ValueError(f"{TABLES}: no such kind of name: {', '.join(sorted(unknown))}")
        chosen = frozenset(definitions.KINDS if "any" in wanted else wanted)
        for pattern in re.findall(r"`([^`]+)`", retired):
            names.append(RetiredName(pattern, chosen, Scope.parse(where), use))
    return names


@dataclass(frozen=True)
class Violation:
    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class _Lookup:
    """Retired names by kind; compound patterns apart, since only they must be tried one by one."""

    def __init__(self, retired: list[RetiredName]) -> None:
        self.plain: dict[tuple[str, str], list[RetiredName]] = {}
        self.compound: dict[str, list[RetiredName]] = {}
        for entry in retired:
            for kind in entry.kinds:
                if "*" in entry.pattern:
                    self.compound.setdefault(kind, []).append(entry)
                else:
                    name = entry.pattern.rpartition(".")[2].strip("_").lower()
                    self.plain.setdefault((kind, name), []).append(entry)

    def find(self, definition: Definition) -> RetiredName | None:
        name = definition.name.strip("_").lower()
        candidates = [
            *self.plain.get((definition.kind, name), []),
            *self.compound.get(definition.kind, []),
        ]
        return next((entry for entry in candidates if entry.matches(definition)), None)


def retired_definitions(
    defined: Iterable[Definition], retired: list[RetiredName]
) -> Iterator[Violation]:
    """Violations among the defined names, at most one for each of them."""
    lookup = _Lookup(retired)
    seen: set[tuple[Path, int, str]] = set()
    for definition in defined:
        place = (definition.path, definition.line, definition.name)
        entry = lookup.find(definition)
        if entry and place not in seen:
            seen.add(place)
            text = f"{definition.kind} `{definition.name}` is retired; use {entry.use}"
            yield Violation(definition.path, definition.line, text)


def shared_module_names(sources: Iterable[Path]) -> Iterator[Violation]:
    """Product modules of one name, outside the folders that repeat the domain's subjects."""
    modules: dict[str, list[Path]] = {}
    for path in sources:
        plain = paths.is_product(path) and path.parent.name not in ROLE_FOLDERS
        if plain and path.stem not in SHARED_MODULE_NAMES | {"__init__"}:
            modules.setdefault(path.stem, []).append(path)
    for name, same in modules.items():
        for path in same if len(same) > 1 else []:
            others = ", ".join(str(other) for other in same if other != path)
            yield Violation(path, 1, f"module `{name}` has the name of {others}; one needs another")


def violations(root: Path = paths.ROOT) -> list[Violation]:
    text = paths.read(root / TABLES)
    defined = [*definitions.in_modules(root), *definitions.in_templates(root)]
    phrases = prose.retired_phrases(table_rows(text, "Phrases"))
    return sorted(
        [
            *retired_definitions(defined, retired_names(text)),
            *shared_module_names(paths.sources(root)),
            *(Violation(*place) for place in prose.retired_prose(phrases, root)),
        ],
        key=lambda violation: (violation.path, violation.line),
    )


def main(folders: list[str]) -> int:
    wanted = [
        violation
        for violation in violations()
        if not folders or any(paths.lies_in(violation.path, folder) for folder in folders)
    ]
    for violation in wanted:
        print(violation)
    print(f"{len(wanted)} retired words" if wanted else "vocabulary: no retired word")
    return 1 if wanted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

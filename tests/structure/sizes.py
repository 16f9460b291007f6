"""Size check: functions, modules and templates short enough to read at once.

Measured as the reader sees it: every line counts, also blank ones, comments and docstrings; a
function begins at its `def`, decorators left out. What is longer is listed in size_exceptions.toml
with its size and the reason. That list may only shrink: a longer function fails, and so does an
entry that is larger than it need be.

python -m tests.structure.sizes prints what fails and the longest of each kind.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.structure import paths
from tests.structure.definitions import FunctionNode

EXCEPTIONS = Path("tests/structure/size_exceptions.toml")
LIMITS = {"function": 30, "module": 250, "test module": 500, "template": 100}


@dataclass(frozen=True)
class Measure:
    kind: str
    place: str  # a path, for functions with their qualified name: `desk/urls.py::Class.method`
    lines: int


def measures(root: Path = paths.ROOT) -> Iterator[Measure]:
    """The size of every module, function and template of ours."""
    for path in paths.sources(root):
        text = paths.read(root / path)
        kind = "test module" if path.parts[0] == "tests" else "module"
        yield Measure(kind, path.as_posix(), len(text.splitlines()))
        for name, node in _functions(paths.parse(text)):
            yield Measure("function", f"{path.as_posix()}::{name}", _length(node))
    for path in paths.files(root, ".html", ".txt", ".xml"):
        if path.parts[0] == "templates":
            yield Measure("template", path.as_posix(), len(paths.read(root / path).splitlines()))


def _functions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, FunctionNode]]:
    """Functions and methods with their qualified names, nested ones too."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, FunctionNode):
            yield prefix + child.name, child
        named = isinstance(child, FunctionNode | ast.ClassDef)
        yield from _functions(child, f"{prefix}{child.name}." if named else prefix)


def _length(node: FunctionNode) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def longest(kind: str, root: Path = paths.ROOT, *, product_only: bool = False) -> Measure:
    return max(
        (
            measure
            for measure in measures(root)
            if measure.kind == kind
            and not (product_only and not paths.is_product(Path(measure.place)))
        ),
        key=lambda measure: measure.lines,
    )


def too_long(measured: list[Measure], allowed: dict[str, int]) -> list[str]:
    """A sentence for everything over its limit, and for every exception that is out of date."""
    wrong = []
    for measure in measured:
        limit = LIMITS[measure.kind]
        exception = allowed.get(measure.place, limit)
        if measure.lines > max(exception, limit):
            wrong.append(
                f"{measure.place}: {measure.kind} of {measure.lines} lines, {exception} are"
                " allowed: split it"
            )
        elif exception > limit and measure.lines < exception:
            advice = "remove it" if measure.lines <= limit else f"write {measure.lines}"
            wrong.append(f"{EXCEPTIONS}: {measure.place} allows {exception} lines: {advice}")
    places = {measure.place for measure in measured}
    gone = (place for place in allowed if place not in places)
    return wrong + [f"{EXCEPTIONS}: {place} does not exist: remove it" for place in gone]


def exceptions(root: Path = paths.ROOT) -> dict[str, int]:
    entries = tomllib.loads(paths.read(root / EXCEPTIONS))["exception"]
    return {entry["place"]: entry["lines"] for entry in entries if entry["reason"]}


def main() -> int:
    wrong = too_long(list(measures()), exceptions())
    for sentence in wrong:
        print(sentence)
    for kind, limit in LIMITS.items():
        measure = longest(kind)
        print(f"longest {kind}: {measure.lines} lines ({measure.place}), limit {limit}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Project paths: the files of our own that the structure checks read."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OUTSIDE = {"tests", "benchmarks", "docs"}  # tests and benchmarks import everything
NOT_OURS = {"var", "node_modules", "requirements", "vendor", "__pycache__", "staticfiles"}


def _all_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _all_files(path)
        else:
            yield path


@cache
def _relative_files(root: Path) -> list[Path]:
    return [path.relative_to(root) for path in _all_files(root)]


def files(root: Path = ROOT, *suffixes: str) -> list[Path]:
    """Files of the project, relative to its root, in order; with one of the suffixes, if any."""
    return [path for path in _relative_files(root) if not suffixes or path.suffix in suffixes]


def sources(root: Path = ROOT) -> list[Path]:
    """Python files without migrations, which are history."""
    return [path for path in files(root, ".py") if "migrations" not in path.parts]


@cache
def read(path: Path) -> str:
    return path.read_text()


@cache
def parse(text: str) -> ast.Module:
    return ast.parse(text)


def is_product(path: Path) -> bool:
    return path.parts[0] not in OUTSIDE


def lies_in(path: Path, place: str) -> bool:
    """Whether a path is that file or lies in that folder; `product` is all but the tests."""
    if place == "product":
        return is_product(path)
    return path.as_posix() == place or path.as_posix().startswith(place.rstrip("/") + "/")


@dataclass(frozen=True)
class Scope:
    """Where a rule applies: folders and files, or everywhere, without some."""

    places: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> "Scope":
        """From a comma-separated list such as `product, tests/desk, not publishing`."""
        names = [name.strip() for name in text.split(",") if name.strip()]
        return cls(
            tuple(name for name in names if not name.startswith("not ")),
            tuple(name.removeprefix("not ") for name in names if name.startswith("not ")),
        )

    def covers(self, path: Path) -> bool:
        if any(lies_in(path, place) for place in self.exceptions):
            return False
        return not self.places or any(lies_in(path, place) for place in self.places)

"""Licence check: what is installed to run the product may be combined with EUPL-1.2 (ADR 0015).

python -m tests.structure.licences lists every locked package with the licence its metadata name.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from tests.structure import paths

LOCK = Path("requirements/semantic.txt")  # everything that is ever installed to run
# Permissive licences, and those of the EUPL's appendix that a library of ours may have.
COMPATIBLE = re.compile(
    r"\b(MIT(-0|-CMU)?|0?BSD|Apache( Software|-2\.0)?|PSF-2\.0|Python Software Foundation"
    r"|Zlib|CC0-1\.0"
    r"|Mozilla Public License 2\.0|MPL-2\.0|Lesser General Public License|LGPL(-[\d.]+)?)\b"
)


def locked_packages(root: Path = paths.ROOT) -> list[str]:
    return re.findall(r"^([a-z0-9][\w.-]*)==", paths.read(root / LOCK), re.MULTILINE)


def licence_of(package: str) -> str:
    """The licence expression of a package, else its classifiers, else its free text."""
    metadata = distribution(package).metadata
    classifiers = [
        classifier.rpartition(" :: ")[2]
        for classifier in metadata.get_all("Classifier", [])
        if classifier.startswith("License ::")
    ]
    text = metadata["License-Expression"] or "; ".join(classifiers) or metadata["License"]
    return (text or "").partition("\n")[0]


def licences(root: Path = paths.ROOT) -> dict[str, str]:
    """By package; those for other platforms are locked, but not installed, and left out."""
    named = {}
    for package in locked_packages(root):
        try:
            named[package] = licence_of(package)
        except PackageNotFoundError:
            continue
    return named


def incompatible(named: dict[str, str]) -> list[str]:
    return [
        f"{package}: {licence or 'no licence'}: not known to fit EUPL-1.2 (docs/adr/0015)"
        for package, licence in named.items()
        if not COMPATIBLE.search(licence)
    ]


def main(*, show_all: bool = False) -> int:
    named = licences()
    wrong = incompatible(named)
    lines = [f"{package}: {licence}" for package, licence in named.items()] if show_all else []
    print("\n".join([*lines, *wrong, f"licences: {len(named)} packages, {len(wrong)} do not fit"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(show_all=True))

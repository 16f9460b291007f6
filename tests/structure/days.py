"""Days of moments: ``moment.date()`` is the day in the moment's own zone, which is UTC for what the
database returns, so a notice of 00:25 in Viet Nam would carry the day before. The product takes
days with ``timezone.localdate`` alone; parsing a day from text (``strptime``) is no such case.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.structure import paths


def _is_parsed(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "strptime"
    )


def utc_days(source: str) -> Iterator[int]:
    """Lines of a module that call ``.date()`` on anything but a text just parsed."""
    for node in ast.walk(paths.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr != "date" or node.args or node.keywords:
            continue
        if not _is_parsed(node.func.value):
            yield node.lineno


def findings(root: Path = paths.ROOT) -> list[str]:
    return [
        f"{path}:{line}: take the day with django.utils.timezone.localdate(moment)"
        for path in paths.sources(root)
        if paths.is_product(path)
        for line in utc_days(paths.read(root / path))
    ]


def main() -> int:
    """Print every such line of the product; 1 if there is one."""
    lines = findings()
    print("\n".join(lines) or "days: each is taken in the time zone of the installation")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

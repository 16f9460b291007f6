"""The size check fails for what is too long and for exceptions that are out of date."""

from pathlib import Path

import pytest

from tests.structure import sizes
from tests.structure.sizes import Measure, too_long

FUNCTION = "desk/urls.py::Class.method"


@pytest.mark.parametrize(
    ("lines", "allowed", "message"),
    [
        (30, {}, None),
        (31, {}, "function of 31 lines, 30 are allowed"),
        (31, {FUNCTION: 31}, None),
        (32, {FUNCTION: 31}, "function of 32 lines, 31 are allowed"),
        (31, {FUNCTION: 32}, "allows 32 lines: write 31"),
        (30, {FUNCTION: 31}, "allows 31 lines: remove it"),
        (30, {"desk/urls.py::gone": 31}, "gone does not exist: remove it"),
    ],
)
def test_limit_and_exceptions(lines: int, allowed: dict[str, int], message: str | None) -> None:
    wrong = too_long([Measure("function", FUNCTION, lines)], allowed)
    assert len(wrong) == (message is not None)
    assert message is None or message in wrong[0]


def test_every_line_from_def_to_end_counts(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "qr.py").write_text(
        "@cache\nclass Code:\n    @property\n    def path(self):\n"
        '        """One.\n\n        Two.\n        """\n\n        # why\n        return 1\n'
    )
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "qr.html").write_text("<p>\n</p>\n")
    assert set(sizes.measures(tmp_path)) == {
        Measure("module", "web/qr.py", 11),
        Measure("function", "web/qr.py::Code.path", 8),
        Measure("template", "templates/qr.html", 2),
    }


def test_every_exception_has_a_reason_and_is_over_a_limit() -> None:
    allowed = sizes.exceptions()
    measured = {measure.place: measure for measure in sizes.measures()}
    listed = [(measured[place], lines) for place, lines in allowed.items() if place in measured]
    assert all(lines > sizes.LIMITS[measure.kind] for measure, lines in listed)

"""Functions are imported from where they are defined."""

from pathlib import Path

from tests.structure import reexports


def test_no_product_module_serves_as_a_facade() -> None:
    assert list(reexports.uses_of_reexports()) == []


def test_names_taken_from_a_facade_are_reported(tmp_path: Path) -> None:
    for name, text in {
        "intake/domain/reports.py": "def submit(): ...\n",
        "intake/domain/facade.py": "from intake.domain.reports import submit\nLIMIT = 1\n",
        "intake/models/__init__.py": "from intake.models.report import Report\n",
        "intake/models/report.py": "class Report: ...\n",
        "public/submit.py": "from intake.domain.facade import LIMIT, submit\n",
        "public/track.py": "from intake.domain import facade\nx = facade.LIMIT, facade.submit\n",
        "public/receipt.py": "from intake.models import Report\nimport intake.domain\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    advice = "is only imported there: take it from intake.domain.reports.submit"
    assert list(reexports.uses_of_reexports(tmp_path)) == [
        f"public/submit.py:1: intake.domain.facade.submit {advice}",
        f"public/track.py:2: intake.domain.facade.submit {advice}",
    ]

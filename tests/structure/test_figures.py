"""Structure figures: what they count in a small tree."""

from pathlib import Path

import pytest

from tests.structure import figures


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in {
        "pyproject.toml": (
            "[[tool.importlinter.contracts]]\nignore_imports = [\n"
            '    "a.tasks -> a.domain.*",\n    "b -> c",\n]\n[[tool.importlinter.contracts]]\n'
        ),
        "matching/text/letters.py": "from matching.text import words\n",
        "matching/text/words.py": "def f():\n    from matching.text import letters\n",
        "matching/image_hash.py": "from django.apps import apps\nx = apps.get_model('a.B')\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_figures_of_a_small_tree(tree: Path) -> None:
    assert figures.cycles(tree) == "1 (2 modules)"
    assert figures.contracts(tree) == "2 / 2"
    assert figures.hidden_imports(tree) == "1 / 0"
    assert figures.get_model_calls(tree) == "1"
    assert figures.files_by_folder("matching")(tree) == "3: 2 in `text/`, 1 flat"
    assert figures.longest("module")(tree) == "2 (image_hash.py)"


def test_table_has_a_column_for_each_tree(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "ROWS", {"cycles": figures.cycles})
    assert figures.table({"before": tree, "after": tree}).splitlines() == [
        "| | before | after |",
        "| --- | --- | --- |",
        "| cycles | 1 (2 modules) | 1 (2 modules) |",
    ]

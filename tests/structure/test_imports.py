"""The import graph sees hidden imports and cycles; the product has neither."""

from pathlib import Path

from tests.structure import imports
from tests.structure.imports import Import


def test_imports_in_functions_and_for_types_are_told_apart(tmp_path: Path) -> None:
    for name, text in {
        "web/qr.py": "from web import caching\nfrom web.network import a\nimport json\n",
        "web/caching.py": "def f():\n    from web import qr\n",
        "web/network.py": "if TYPE_CHECKING:\n    import web.qr\n",
        "tests/test_qr.py": "import web.qr\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    every = imports.imports(tmp_path)
    assert set(every) == {
        Import("web.qr", "web.caching", inline=False, typing_only=False),
        Import("web.qr", "web.network", inline=False, typing_only=False),
        Import("web.caching", "web.qr", inline=True, typing_only=False),
        Import("web.network", "web.qr", inline=False, typing_only=True),
    }
    assert imports.cycles(imports.graph(every)) == [{"web.qr", "web.caching"}]


def test_cycles_are_groups_that_reach_one_another() -> None:
    graph = {
        "a": {"b"},
        "b": {"c"},
        "c": {"b", "d"},
        "d": {"e"},
        "e": {"f"},
        "f": {"d"},
        "g": {"a"},
    }
    assert sorted(map(sorted, imports.cycles(graph))) == [["b", "c"], ["d", "e", "f"]]


def test_the_product_has_no_cycle_and_no_hidden_import() -> None:
    every = imports.imports()
    assert len(every) > 1000
    assert imports.cycles(imports.graph(every)) == []
    assert [each for each in every if each.inline or each.typing_only] == []

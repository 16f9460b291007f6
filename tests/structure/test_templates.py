"""Templates keep to the layers of the apps that own them."""

from pathlib import Path

from tests.structure import paths, templates


def test_no_template_uses_a_higher_or_a_sibling_app() -> None:
    assert list(templates.upward_uses()) == []


def test_every_template_and_tag_library_belongs_to_an_app() -> None:
    names = paths.files(paths.ROOT / "templates", ".html", ".txt", ".xml", ".svg")
    owners = {templates.owner(path.as_posix()) for path in names}
    assert owners <= set(templates.layers())
    assert set(templates.tag_libraries().values()) <= set(templates.layers())


def test_uses_against_the_layers_are_reported(tmp_path: Path) -> None:
    contracts = '[[tool.importlinter.contracts]]\nlayers = ["desk | public", "web"]\n'
    (tmp_path / "pyproject.toml").write_text(contracts)
    for name, text in {
        "desk/templatetags/desk_tags.py": "",
        "templates/web/base.html": "{% load i18n desk_tags %}",
        "templates/web/footer.html": '{% extends "web/base.html" %}{% include "icons/x.svg" %}',
        "templates/public/home.html": '{% extends "web/base.html" %}{% include "desk/x.html" %}',
        "templates/account/login.html": '{% include "desk/x.html" %}{% load a from desk_tags %}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert list(templates.upward_uses(tmp_path)) == [
        "templates/public/home.html uses desk/x.html of desk, which is not below public",
        "templates/web/base.html uses desk_tags of desk, which is not below web",
    ]

"""Static files: what is vendored is listed and licensed, what is named exists."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from factcheck.ratings import RATINGS

ROOT = Path(__file__).resolve().parent.parent.parent
VENDOR = ROOT / "static" / "vendor"
ICONS = sorted((ROOT / "templates" / "icons").glob("*.svg"))
TEMPLATES = sorted(
    p for p in ROOT.glob("*/**/*.html") if "templates" in p.parts and ".venv" not in p.parts
)


def test_every_vendored_file_is_listed_with_its_licence() -> None:
    listed = (VENDOR / "README.md").read_text()
    listed = listed.replace(
        "be-vietnam-pro-{latin,vietnamese}-{400,600}-normal.woff2",
        " ".join(
            f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            for subset in ("latin", "vietnamese")
            for weight in (400, 600)
        ),
    )
    missing = [p.name for p in VENDOR.iterdir() if p.name not in listed and p.name != "README.md"]
    assert missing == []


def test_no_vendored_file_names_a_source_map() -> None:
    texts = [path.read_text() for path in VENDOR.iterdir() if path.suffix in {".css", ".js"}]
    assert not any("sourceMappingURL" in text for text in texts)


@pytest.mark.parametrize("sheet", sorted((ROOT / "static").glob("*.css")), ids=lambda p: p.name)
def test_every_file_a_stylesheet_names_exists(sheet: Path) -> None:
    names = re.findall(r"url\((?!data:|#)['\"]?([^)'\"]+)", sheet.read_text())
    assert [name for name in names if not (sheet.parent / name).is_file()] == []


def test_no_line_of_style_or_script_is_longer_than_120_characters() -> None:
    """Biome wraps code, but neither comments nor lists of character ranges."""
    paths = [*(ROOT / "static").glob("*.css"), *(ROOT / "static" / "js").glob("*.js")]
    lines = [line for path in paths for line in path.read_text().splitlines()]
    assert [line for line in lines if len(line) > 120] == []


@pytest.mark.parametrize("icon", ICONS, ids=lambda p: p.stem)
def test_an_icon_is_one_line_hidden_from_screen_readers(icon: Path) -> None:
    text = icon.read_text()
    assert "\n" not in text
    assert text.startswith("<svg ")
    assert text.endswith("</svg>")
    assert 'aria-hidden="true" focusable="false"' in text
    assert not re.search(r"style=|<script|href=", text)


def test_every_static_file_and_icon_a_template_names_exists() -> None:
    missing = []
    for template in TEMPLATES:
        text = template.read_text()
        for name in re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", text):
            if finders.find(name) is None:
                missing.append(f"{template.relative_to(ROOT)}: {name}")
        for name in re.findall(r"{%\s*include\s+['\"](icons/[^'\"]+)['\"]", text):
            if not (ROOT / "templates" / name).is_file():
                missing.append(f"{template.relative_to(ROOT)}: {name}")
    assert missing == []


def test_every_icon_is_used_by_a_template_or_a_rating() -> None:
    used = {row.icon for row in RATINGS.values()}
    for template in TEMPLATES:
        used.update(re.findall(r"icons/[a-z0-9-]+\.svg", template.read_text()))
    assert {f"icons/{icon.name}" for icon in ICONS} == used

"""Rules for the markup of every template."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
BANNED = ("xấu độc", "thế lực thù địch", "đấu tranh", "đối tượng", "tố giác")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_template_follows_the_rules(path: Path) -> None:
    source = path.read_text()
    low = source.lower()
    assert not [word for word in BANNED if word in low]
    assert " style=" not in low  # refused by the content security policy
    assert "<style" not in low
    assert not re.search(r"\son[a-z]+=", low)
    for script in re.findall(r"<script([^>]*)>", low):
        assert "src=" in script or "application/ld+json" in script
    assert not re.search(r"(src|href)=[\"']https?://", low)
    assert source.count("\n") <= 100


def test_static_files_load_nothing_from_elsewhere() -> None:
    for path in [ROOT / "static" / "app.css", *(ROOT / "static" / "js").glob("*.js")]:
        assert not re.search(r"(url\(|@import|fetch\(|src=)\s*[\"']?https?:", path.read_text()), (
            path
        )

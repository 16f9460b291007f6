"""Page weight: bytes a phone downloads for each public page, after gzip, fonts as they are.

    python -m benchmarks.page_weight [--write docs/benchmarks/page-weight.md]

Fills a temporary database with a full list and a long notice, requests each page through Django's
test client, and adds up its HTML, its stylesheets with their fonts, and its scripts. A
browser fetches a font only when a letter needs it, so this is the upper bound of a first visit.
"""

import argparse
import gzip
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.management import call_command
from django.test import Client

STATIC = Path(__file__).resolve().parent.parent / "static"
LIMIT = 100_000  # bytes of one page with everything it loads
_HREF = re.compile(r'<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="/static/([^"]+)"')
_FONT = re.compile(r"url\(([^)]+\.woff2)\)")


@dataclass(frozen=True)
class PageWeight:
    """Bytes transferred, by kind."""

    html: int
    css: int
    scripts: int
    fonts: int

    @property
    def total(self) -> int:
        return self.html + self.css + self.scripts + self.fonts


def gzipped_size(data: bytes) -> int:
    return len(gzip.compress(data, compresslevel=6))


def weigh_page(client: Client, path: str) -> PageWeight:
    """Return the weight of one page with everything it loads.

    Raises:
        AssertionError: the page is not there.
    """
    response = client.get(path)
    assert response.status_code == 200, path
    files = [STATIC / name for name in _HREF.findall(response.content.decode())]
    sheets = [file for file in files if file.suffix == ".css"]
    fonts = {STATIC / font for sheet in sheets for font in _FONT.findall(sheet.read_text())}
    return PageWeight(
        html=gzipped_size(response.content),
        css=sum(gzipped_size(sheet.read_bytes()) for sheet in sheets),
        scripts=sum(gzipped_size(file.read_bytes()) for file in files if file.suffix == ".js"),
        fonts=sum(font.stat().st_size for font in fonts),
    )


def page_paths(slug: str) -> dict[str, str]:
    return {
        "home, ten notices": "/",
        "report form": "/gui/",
        "notice, corrected": f"/thong-bao/{slug}/",
        "look-up": "/tra-cuu/",
        "corrections": "/dinh-chinh/",
        "method": "/cach-kiem-chung/",
        "poster": f"/thong-bao/{slug}/in/",
    }


def markdown_table(weights: dict[str, PageWeight]) -> str:
    lines = [
        "| page | HTML | CSS | scripts | fonts | total |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for name, w in weights.items():
        cells = (w.html, w.css, w.scripts, w.fonts, w.total)
        lines.append(f"| {name} | " + " | ".join(f"{cell / 1000:.1f}" for cell in cells) + " |")
    return "\n".join(lines)


def weigh_pages() -> dict[str, PageWeight]:
    """Return the weights of the pages of a temporary installation."""
    folder = tempfile.mkdtemp(prefix="kt-weight-")
    os.environ |= {"VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    try:
        django.setup()
        from tests.publishing import rows  # noqa: PLC0415 (models can be imported only after it)

        call_command("migrate", verbosity=0)
        slug = rows.full_site()
        return {name: weigh_page(Client(), path) for name, path in page_paths(slug).items()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    text = markdown_table(weigh_pages())
    print(text)
    if arguments.write:
        arguments.write.write_text(
            "# Weight of the public pages\n\n"
            "Kilobytes (1,000 bytes) of a first visit: HTML, CSS and scripts after gzip level 6,\n"
            f"all four fonts whether needed or not. The limit is {LIMIT // 1000} KB;\n"
            "`tests/publishing/test_page_weight.py` enforces it.\n\n"
            f"    python -m benchmarks.page_weight --write {arguments.write}\n\n{text}\n"
        )


if __name__ == "__main__":
    main()

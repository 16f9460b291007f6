"""Glossary check: the terms of docs/glossary.md are what the code and the screen call them.

python -m tests.structure.glossary prints what differs.
"""

import sys
from pathlib import Path

import polib

from tests.structure import paths, vocabulary
from tests.structure.definitions import KINDS, Definition

GLOSSARY = Path("docs/glossary.md")
CATALOGUE = Path("locale/vi/LC_MESSAGES/django.po")
NOT_SHOWN = "–"


def rows(text: str) -> list[list[str]]:
    """Term, name in the code, word on screen and meaning of every row."""
    lines = [line for line in text.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def wrong_words(text: str, catalogue: dict[str, str]) -> list[str]:
    """Rows whose Vietnamese word is not the one on screen.

    A term that is itself a msgid must have exactly that translation; any other word must occur in
    the translations. `NOT_SHOWN` is right only for a term that is no msgid.
    """
    shown = "\n".join(catalogue.values()).lower()
    wrong = []
    for term, _, word, _ in rows(text):
        translations = [
            catalogue[msgid]
            for msgid in (term, term.lower(), term.capitalize())
            if msgid in catalogue
        ]
        if translations and word not in translations:
            wrong.append(f"{GLOSSARY}: {term}: the screen shows “{translations[0]}”, not “{word}”")
        elif not translations and word != NOT_SHOWN and word.lower() not in shown:
            wrong.append(f"{GLOSSARY}: {term}: no text on screen contains “{word}”")
    return wrong


def retired_terms(text: str, retired: list[vocabulary.RetiredName]) -> list[str]:
    """Terms that the vocabulary has retired, whatever kind of name they were."""
    wrong = []
    for term, *_ in rows(text):
        name = term.lower().replace(" ", "_")
        definitions = [Definition(GLOSSARY, 1, kind, name) for kind in KINDS]
        for entry in retired:
            if not entry.scope.places and any(map(entry.matches, definitions)):
                wrong.append(f"{GLOSSARY}: the term {term} is retired; use {entry.use}")
    return wrong


def violations(root: Path = paths.ROOT) -> list[str]:
    text = paths.read(root / GLOSSARY)
    catalogue = {entry.msgid: entry.msgstr for entry in polib.pofile(str(root / CATALOGUE))}
    retired = vocabulary.retired_names(paths.read(root / vocabulary.TABLES))
    return wrong_words(text, catalogue) + retired_terms(text, retired)


def main() -> int:
    wrong = violations()
    print("\n".join(wrong or [f"glossary: {len(rows(paths.read(paths.ROOT / GLOSSARY)))} terms"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

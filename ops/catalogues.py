"""The translation catalogues as they are written: checked against the sources, filled and pruned.

Source texts are English; `locale/vi` contains every one of them in Vietnamese, `locale/vendor/vi`
the texts of other packages that come without. Needs the development packages (Babel).
"""

import re
from importlib.util import find_spec
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from ops import extraction
from ops.extraction import Key, Message

ROOT = Path(settings.BASE_DIR)
LANGUAGE = "vi"
OWN_CATALOGUE = ROOT / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
VENDOR_CATALOGUE = ROOT / "locale" / "vendor" / LANGUAGE / "LC_MESSAGES" / "django.po"
NOT_TRANSLATED = {"benchmarks", "tests"}  # nobody who uses the product reads them
# What of other packages reaches a page or an API answer of the product; the rest (Django's admin,
# say) is never shown. A template replaced by one of the product's counts as the product's.
VENDOR_PARTS = {
    "django": [
        *("core/validators.py", "forms", "contrib/auth/password_validation.py"),
        *("utils/timesince.py", "utils/dates.py", "utils/text.py"),
        "template/defaultfilters.py",
    ],
    "allauth": ["account", "templates/account", "templates/allauth"],
    "rest_framework": [
        "exceptions.py",
        "fields.py",
        "relations.py",
        "serializers.py",
        "validators.py",
    ],
}
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Plural-Forms": "nplurals=1; plural=0;",
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w*)\}")


def translated_folders(root: Path = ROOT) -> list[str]:
    """Every package at the top of the project but those of developers, and the templates."""
    packages = {path.parent.name for path in root.glob("*/__init__.py")}
    return [*sorted(packages - NOT_TRANSLATED), "templates"]


def own_messages() -> dict[Key, Message]:
    """Every text of the product's own source."""
    return extraction.extract_tree(ROOT, translated_folders(ROOT))


def vendor_messages() -> dict[Key, Message]:
    """Texts of other packages, as far as they can reach a reader."""
    messages: dict[Key, Message] = {}
    for package, parts in VENDOR_PARTS.items():
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        folder = Path(spec.origin).parent
        extracted = extraction.extract_tree(folder, parts, replaced_by=ROOT / "templates")
        messages |= {key: m for key, m in extracted.items() if "/admin.py:" not in m.location}
    return messages


def _entries(path: Path) -> dict[Key, polib.POEntry]:
    """The catalogue's entries that are in use, by (context, msgid)."""
    entries: dict[Key, polib.POEntry] = {}
    for entry in polib.pofile(str(path)) if path.exists() else []:
        if not entry.obsolete:
            entries[entry.msgctxt, entry.msgid] = entry
    return entries


def _placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in _PLACEHOLDER.findall(text)}


def _error(message: Message, entry: polib.POEntry | None) -> str | None:
    """What is wrong with the translation of a message, or None."""
    if entry is None:
        return "missing"
    if entry.fuzzy:
        return "fuzzy"
    texts = list(entry.msgstr_plural.values()) if message.plural else [entry.msgstr]
    if not texts or not all(text.strip() for text in texts):
        return "empty"
    allowed = _placeholders(message.msgid) | _placeholders(message.plural or "")
    if any(_placeholders(text) - allowed for text in texts):
        return "has a placeholder the text does not give"
    return None


def errors() -> list[tuple[Message, str]]:
    """Every own text whose Vietnamese is missing, fuzzy, empty or would fail when filled in."""
    entries = _entries(OWN_CATALOGUE)
    results = ((m, _error(m, entries.get(key))) for key, m in own_messages().items())
    return [(message, error) for message, error in results if error]


def vendor_missing() -> list[Message]:
    """Texts of other packages for which neither they nor the vendor catalogue has Vietnamese."""
    catalog = DjangoTranslation(LANGUAGE)._catalog  # type: ignore[attr-defined]
    entries = _entries(VENDOR_CATALOGUE)

    def is_translated(message: Message) -> bool:
        key = f"{message.context}\x04{message.msgid}" if message.context else message.msgid
        return message.key in entries or key in catalog or (key, 0) in catalog

    return [message for message in vendor_messages().values() if not is_translated(message)]


def unused() -> list[str]:
    """Texts the own catalogue translates that no source uses any more."""
    messages = own_messages()
    return [key[1] for key in _entries(OWN_CATALOGUE) if key not in messages]


def _open(path: Path) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = dict(HEADER)
    return catalogue


def _set_translation(entry: polib.POEntry, message: Message, text: str) -> None:
    """Write the text into the entry, with the flags gettext's tools expect."""
    if message.plural:
        entry.msgid_plural, entry.msgstr_plural, entry.msgstr = message.plural, {0: text}, ""
    else:
        entry.msgstr = text
    if entry.fuzzy:
        entry.flags.remove("fuzzy")
    if any("%(" in part for part in (message.msgid, message.plural or "")):
        entry.flags = sorted({*entry.flags, "python-format"})


def _write(path: Path, messages: dict[Key, Message], texts: dict[str, str]) -> set[str]:
    """Write translations of the messages named in texts; returns the names that were written.
    A context is given as `context|msgid`; without it, every context of that msgid is meant."""
    catalogue = _open(path)
    entries: dict[Key, polib.POEntry] = {(e.msgctxt, e.msgid): e for e in catalogue}
    written = set()
    for (context, msgid), message in messages.items():
        name = next((n for n in (f"{context}|{msgid}", msgid) if n in texts), None)
        if name is None:
            continue
        written.add(name)
        entry = entries.get((context, msgid))
        if entry is None:
            entry = polib.POEntry(msgid=msgid, msgctxt=context)
            catalogue.append(entry)
        _set_translation(entry, message, texts[name])
    if written:
        catalogue.sort(key=lambda e: (e.msgid, e.msgctxt or ""))
        catalogue.save(str(path))
    return written


def merge(texts: dict[str, str]) -> set[str]:
    """Write translations into the own catalogue, or into the vendor one for other packages' texts.
    Returns the names that no source uses: they are written nowhere."""
    own = own_messages()
    written = _write(OWN_CATALOGUE, own, texts)
    rest = {name: text for name, text in texts.items() if name not in written}
    if rest:
        vendor = {key: m for key, m in vendor_messages().items() if key not in own}
        written |= _write(VENDOR_CATALOGUE, vendor, rest)
    return set(texts) - written


def prune() -> int:
    """Drop what no source uses from the own catalogue; returns how many entries were dropped."""
    catalogue, messages = _open(OWN_CATALOGUE), own_messages()
    stale = [entry for entry in catalogue if (entry.msgctxt, entry.msgid) not in messages]
    for entry in stale:
        catalogue.remove(entry)
    if stale:
        catalogue.save(str(OWN_CATALOGUE))
    return len(stale)

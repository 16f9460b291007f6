"""The translation catalogues. Source texts are English; `locale/vi` holds every one of them in
Vietnamese, `locale/vendor/vi` the texts of other packages that come without."""

import os
import re
import tempfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

from ops import extraction
from ops.extraction import Message

ROOT = Path(settings.BASE_DIR)
LANGUAGE = "vi"
OURS = ROOT / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"
VENDOR = ROOT / "locale" / "vendor" / LANGUAGE / "LC_MESSAGES" / "django.po"
FOLDERS = [
    *("accounts", "api", "audit", "channels", "config", "demo", "desk", "factcheck", "intake"),
    *("matching", "ops", "public", "publishing", "templates", "web"),
]
# What of other packages reaches a page or an API answer of ours; the rest (Django's admin, say) is
# never shown. A template that ours replace counts as ours.
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
Key = tuple[str | None, str]


def compile_changed(folders: Iterable[Path | str]) -> list[Path]:
    """Write each .mo that is older than its .po; returns those written.

    The file appears whole or not at all: web, worker and tests may start together.
    """
    written = []
    for po in sorted(
        path for folder in folders for path in Path(folder).glob("*/LC_MESSAGES/*.po")
    ):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime_ns > po.stat().st_mtime_ns:
            continue
        data = polib.pofile(str(po)).to_binary()
        with tempfile.NamedTemporaryFile(dir=po.parent, delete=False) as file:
            file.write(data)
        os.chmod(file.name, 0o644)  # a temporary file is private, a catalogue is not
        os.replace(file.name, mo)
        written.append(mo)
    return written


def our_messages() -> dict[Key, Message]:
    """Every text of our own source."""
    return extraction.from_tree(ROOT, FOLDERS)


def vendor_messages() -> dict[Key, Message]:
    """Texts of the packages we use, as far as they can reach a reader."""
    found: dict[Key, Message] = {}
    for package, parts in VENDOR_PARTS.items():
        spec = find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        folder = Path(spec.origin).parent
        messages = extraction.from_tree(folder, parts, replaced_by=ROOT / "templates")
        found |= {key: m for key, m in messages.items() if "/admin.py:" not in m.place}
    return found


def _entries(path: Path) -> dict[Key, polib.POEntry]:
    found: dict[Key, polib.POEntry] = {}
    for entry in polib.pofile(str(path)) if path.exists() else []:
        if not entry.obsolete:
            found[entry.msgctxt, entry.msgid] = entry
    return found


def _placeholders(text: str) -> set[str]:
    return {named or braced for named, braced in _PLACEHOLDER.findall(text)}


def _fault(message: Message, entry: polib.POEntry | None) -> str | None:
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


def faults() -> list[tuple[Message, str]]:
    """Every text of ours whose Vietnamese is missing, fuzzy, empty or would fail when filled in."""
    entries = _entries(OURS)
    messages = our_messages()
    found = ((m, _fault(m, entries.get(key))) for key, m in messages.items())
    return [(message, fault) for message, fault in found if fault]


def vendor_missing() -> list[Message]:
    """Texts of other packages for which neither they nor our vendor catalogue has Vietnamese."""
    catalog = DjangoTranslation(LANGUAGE)._catalog  # type: ignore[attr-defined]
    own = _entries(VENDOR)

    def known(message: Message) -> bool:
        key = f"{message.context}\x04{message.msgid}" if message.context else message.msgid
        return message.key in own or key in catalog or (key, 0) in catalog

    return [message for message in vendor_messages().values() if not known(message)]


def unused() -> list[str]:
    """Texts our catalogue translates that no source uses any more."""
    messages = our_messages()
    return [key[1] for key in _entries(OURS) if key not in messages]


def _open(path: Path) -> polib.POFile:
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = dict(HEADER)
    return catalogue


def _put(path: Path, messages: dict[Key, Message], texts: dict[str, str]) -> set[str]:
    """Write translations of the messages named in texts; returns the msgids that were taken.
    A context is given as `context|msgid`; without it, every context of that msgid is meant."""
    catalogue = _open(path)
    entries: dict[Key, polib.POEntry] = {(e.msgctxt, e.msgid): e for e in catalogue}
    taken = set()
    for (context, msgid), message in messages.items():
        name = next((n for n in (f"{context}|{msgid}", msgid) if n in texts), None)
        if name is None:
            continue
        taken.add(name)
        entry = entries.get((context, msgid))
        if entry is None:
            entry = polib.POEntry(msgid=msgid, msgctxt=context)
            catalogue.append(entry)
        if message.plural:
            entry.msgid_plural, entry.msgstr_plural, entry.msgstr = (
                message.plural,
                {0: texts[name]},
                "",
            )
        else:
            entry.msgstr = texts[name]
        if entry.fuzzy:
            entry.flags.remove("fuzzy")
        if any("%(" in part for part in (msgid, message.plural or "")):
            entry.flags = sorted({*entry.flags, "python-format"})
    if taken:
        catalogue.sort(key=lambda e: (e.msgid, e.msgctxt or ""))
        catalogue.save(str(path))
    return taken


def merge(texts: dict[str, str]) -> set[str]:
    """Write translations into our catalogue, or into the vendor one for texts that are not ours.
    Returns the msgids that no source uses: they are written nowhere."""
    ours = our_messages()
    taken = _put(OURS, ours, texts)
    rest = {name: text for name, text in texts.items() if name not in taken}
    if rest:
        others = {key: m for key, m in vendor_messages().items() if key not in ours}
        taken |= _put(VENDOR, others, rest)
    return set(texts) - taken


def prune() -> int:
    """Drop what no source uses from our catalogue; returns how many entries went."""
    catalogue, messages = _open(OURS), our_messages()
    stale = [entry for entry in catalogue if (entry.msgctxt, entry.msgid) not in messages]
    for entry in stale:
        catalogue.remove(entry)
    if stale:
        catalogue.save(str(OURS))
    return len(stale)

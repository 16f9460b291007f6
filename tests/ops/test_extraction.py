import ast
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from ops.catalogues import ROOT, translated_folders
from ops.extraction import KEYWORDS, Message, extract_path, extract_tree

Parts = list[tuple[str | None, str, str | None]]


def extract(folder: Path, name: str, source: str) -> list[Message]:
    """Messages of one file of that name in a folder of its own."""
    (folder / "app").mkdir()
    (folder / "app" / name).write_text(source)
    return list(extract_path(folder, "app"))


def parts(messages: list[Message]) -> Parts:
    return [(m.context, m.msgid, m.plural) for m in messages]


def test_python_calls_of_every_kind_are_extracted(tmp_path: Path) -> None:
    source = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy, npgettext
_("one")
_("two " "parts")
ngettext("%(n)s case", "%(n)s cases", n)
pgettext_lazy("month", "May")
npgettext("mail", "letter", "letters", 2)
translation.gettext_lazy("by attribute")
"""
    assert parts(extract(tmp_path, "x.py", source)) == [
        (None, "one", None),
        (None, "two parts", None),
        (None, "%(n)s case", "%(n)s cases"),
        ("month", "May", None),
        ("mail", "letter", "letters"),
        (None, "by attribute", None),
    ]


def test_python_variables_and_other_functions_are_no_messages(tmp_path: Path) -> None:
    assert extract(tmp_path, "x.py", "_(name)\nprint('x')\n_('')") == []


def test_template_tags_of_every_kind_are_extracted(tmp_path: Path) -> None:
    source = """{% load i18n %}{% translate "It's" %}{% trans 'quoted "word"' context "page" %}
{% blocktranslate trimmed count n=rows %}
  one row of {{ name }}
{% plural %}
  {{ n }} rows of 100%
{% endblocktranslate %}
    {{ _("in a variable")|upper }}
  {% include "x.html" with title=_("in a tag") %}
"""
    assert parts(extract(tmp_path, "x.html", source)) == [
        (None, "It's", None),
        ("page", 'quoted "word"', None),
        (None, "one row of %(name)s", "%(n)s rows of 100%%"),
        (None, "in a variable", None),
        (None, "in a tag", None),
    ]


def test_location_names_file_and_line(tmp_path: Path) -> None:
    (message,) = extract(tmp_path, "b.html", '\n\n  {% load i18n %}{% translate "x" %}')
    assert message.location == "app/b.html:3"


def test_folders_with_an_underscore_are_read_and_migrations_are_not(tmp_path: Path) -> None:
    for folder in ("_case", "migrations"):
        (tmp_path / "app" / folder).mkdir(parents=True)
        (tmp_path / "app" / folder / "x.py").write_text(f"_('{folder}')")
    assert [message.msgid for message in extract_path(tmp_path, "app")] == ["_case"]


def test_a_plural_counts_more_than_the_same_text_without(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("_('%(n)s case')")
    (tmp_path / "b.py").write_text("ngettext('%(n)s case', '%(n)s cases', n)")
    messages = extract_tree(tmp_path, ["a.py", "b.py"])
    assert parts(list(messages.values())) == [(None, "%(n)s case", "%(n)s cases")]


def test_a_replaced_template_is_not_read(tmp_path: Path) -> None:
    package, own = tmp_path / "package", tmp_path / "own"
    for name in ("kept", "replaced"):
        file = package / "templates" / "account" / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'{{% load i18n %}}{{% translate "{name}" %}}')
    (own / "account").mkdir(parents=True)
    (own / "account" / "replaced.html").write_text("")
    messages = extract_tree(package, ["templates"], replaced_by=own)
    assert [message.msgid for message in messages.values()] == ["kept"]


def test_no_text_is_marked_inside_an_f_string() -> None:
    """Neither Babel (before Python 3.12) nor gettext looks there: the text would stay English."""
    overlooked = []
    for folder in translated_folders():
        for path in (ROOT / folder).rglob("*.py"):
            for string in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(string, ast.JoinedStr):
                    calls = [node for node in ast.walk(string) if isinstance(node, ast.Call)]
                    names = {getattr(call.func, "id", "") for call in calls}
                    if names & set(KEYWORDS):
                        overlooked.append(f"{path.relative_to(ROOT)}:{string.lineno}")
    assert overlooked == []


def test_messages_are_those_of_makemessages(tmp_path: Path) -> None:
    """Babel is used so that no gettext is needed; where gettext is installed, both must agree."""
    if not shutil.which("xgettext"):
        pytest.skip("this machine has no gettext")
    folders = translated_folders()
    for folder in folders:
        shutil.copytree(ROOT / folder, tmp_path / folder)
    for migrations in tmp_path.rglob("migrations"):
        shutil.rmtree(migrations)
    (tmp_path / "locale").mkdir()
    subprocess.run(
        ["django-admin", "makemessages", "--locale", "vi", "--no-obsolete", "--no-location"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
    )
    catalogue = polib.pofile(str(tmp_path / "locale" / "vi" / "LC_MESSAGES" / "django.po"))
    makemessages = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    assert set(extract_tree(tmp_path, folders)) == makemessages

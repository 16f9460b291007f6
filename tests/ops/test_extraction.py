import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from ops import extraction
from ops.catalogues import FOLDERS, ROOT
from ops.extraction import Untranslatable


def keys(messages: object) -> list[tuple[str | None, str, str | None]]:
    return [(m.context, m.msgid, m.plural) for m in messages]


def test_python_calls_of_every_kind_are_found() -> None:
    source = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy, npgettext
_("one")
_("two " "parts")
ngettext("%(n)s case", "%(n)s cases", n)
pgettext_lazy("month", "May")
npgettext("mail", "letter", "letters", 2)
translation.gettext_lazy("by attribute")
"""
    assert keys(extraction.from_python(source, "x.py")) == [
        (None, "one", None),
        (None, "two parts", None),
        (None, "%(n)s case", "%(n)s cases"),
        ("month", "May", None),
        ("mail", "letter", "letters"),
        (None, "by attribute", None),
    ]


def test_python_variables_and_other_functions_are_no_messages() -> None:
    assert keys(extraction.from_python("_(name)\nprint('x')\n_('')", "x.py")) == []


def test_an_f_string_is_refused_with_its_place() -> None:
    with pytest.raises(Untranslatable, match=r"^x\.py:2: "):
        list(extraction.from_python("\n_(f'{n} cases')", "x.py"))


def test_template_tags_of_every_kind_are_found() -> None:
    source = """{% load i18n %}{% translate "It's" %}{% trans 'quoted "word"' context "page" %}
{% blocktranslate trimmed count n=rows %}
  one row of {{ name }}
{% plural %}
  {{ n }} rows of 100%
{% endblocktranslate %}
{{ _("in a variable")|upper }}{% include "x.html" with title=_("in a tag") %}
"""
    assert keys(extraction.from_template(source, "x.html")) == [
        (None, "It's", None),
        ("page", 'quoted "word"', None),
        (None, "one row of %(name)s", "%(n)s rows of 100%%"),
        (None, "in a variable", None),
        (None, "in a tag", None),
    ]


def test_the_place_names_file_and_line() -> None:
    found = list(extraction.from_template('\n\n{% load i18n %}{% translate "x" %}', "a/b.html"))
    assert found[0].place == "a/b.html:3"


def test_a_replaced_template_is_not_read(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "package", tmp_path / "ours"
    for name in ("kept", "replaced"):
        file = theirs / "templates" / "account" / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'{{% load i18n %}}{{% translate "{name}" %}}')
    (ours / "account").mkdir(parents=True)
    (ours / "account" / "replaced.html").write_text("")
    found = extraction.from_tree(theirs, ["templates"], replaced_by=ours)
    assert [message.msgid for message in found.values()] == ["kept"]


def test_no_text_that_gettext_finds_is_overlooked(tmp_path: Path) -> None:
    """The extraction is ours so that no gettext is needed; where it is, it must know no more."""
    if not shutil.which("xgettext"):
        pytest.skip("this machine has no gettext")
    for folder in FOLDERS:
        if (ROOT / folder).exists():
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
    theirs = {(entry.msgctxt, entry.msgid) for entry in catalogue}
    ours = set(extraction.from_tree(tmp_path, FOLDERS))
    assert theirs - ours == set()  # ours may be more: gettext does not look into f-strings
    assert len(ours - theirs) < 10

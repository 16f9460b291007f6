import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.domain import kinds
from accounts.models import Unit

pytestmark = pytest.mark.django_db
GOOD = "code;name;kind;professional_parent\nth-a;Trường A;primary;so\nso;Sở;province_department;\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    kinds.ensure()
    path = tmp_path / "units.csv"
    path.write_text(GOOD, encoding="utf-8-sig")
    return path


def test_import_units_imports_and_shows_progress(file: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("import_units", str(file), stdout=out, stderr=err)
    assert "2 units were created, 0 changed, 0 left as they are; 1 new links." in out.getvalue()
    assert "3 of 3 rows written" in err.getvalue()
    assert Unit.objects.count() == 2


def test_import_units_dry_run_writes_nothing(file: Path) -> None:
    out = io.StringIO()
    call_command("import_units", str(file), "--dry-run", stdout=out)
    assert "2 units would be created" in out.getvalue()
    assert not Unit.objects.exists()


def test_import_units_wrong_file_lists_lines_and_fails(file: Path) -> None:
    file.write_text(GOOD + "x;;school;\n;b;school;\n", encoding="utf-8")
    err = io.StringIO()
    with pytest.raises(CommandError, match="2 problems; nothing was imported"):
        call_command("import_units", str(file), stderr=err)
    assert err.getvalue().startswith("line 4: ")
    assert "line 5: " in err.getvalue()
    assert not Unit.objects.exists()


def test_import_units_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_units", str(tmp_path / "none.csv"))

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import IntegrityError, NotSupportedError, connection
from django.db.migrations.state import ProjectState

from audit import rules, triggers
from tests.audit.stored_rows import run

pytestmark = pytest.mark.django_db(transaction=True)


def rows(table: str = "tried") -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY id")
        return cursor.fetchall()


@pytest.fixture
def tried() -> Iterator[None]:
    run("CREATE TABLE tried (id integer PRIMARY KEY, name text UNIQUE, note text, other text)")
    run("INSERT INTO tried VALUES (1, 'một', NULL, 'a')")
    yield
    run("DROP TABLE tried")


def forwards(operation: Any) -> None:
    with connection.schema_editor() as editor:
        operation.database_forwards("audit", editor, ProjectState(), ProjectState())


def backwards(operation: Any) -> None:
    with connection.schema_editor() as editor:
        operation.database_backwards("audit", editor, ProjectState(), ProjectState())


def test_frozen_columns_change_is_refused_and_others_are_free(tried: None) -> None:
    operation = triggers.FrozenColumns("tried", columns=["name", "note"])
    forwards(operation)
    for sql in ("SET name = 'hai'", "SET note = 'x'", "SET name = NULL"):
        with pytest.raises(IntegrityError, match="refused: name, note of tried cannot"):
            run(f"UPDATE tried {sql}")
    run("UPDATE tried SET other = 'b', name = name")
    assert rows() == [(1, "một", None, "b")]
    backwards(operation)
    run("UPDATE tried SET name = 'hai'")
    assert rows() == [(1, "hai", None, "b")]


def test_frozen_columns_unless_allows_only_what_is_true(tried: None) -> None:
    operation = triggers.FrozenColumns("tried", columns=["name"], unless="NEW.name = ''")
    forwards(operation)
    for value in ("hai", None):  # NULL = '' is unknown, which is not true
        with pytest.raises(IntegrityError):
            run("UPDATE tried SET name = %s", value)
    run("UPDATE tried SET name = ''")
    assert rows() == [(1, "", None, "a")]
    backwards(operation)


def test_frozen_columns_replacing_insert_is_refused(tried: None) -> None:
    operation = triggers.FrozenColumns("tried", columns=["note"])
    forwards(operation)
    word = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    for row in ((1, "hai"), (2, "một")):
        with pytest.raises(IntegrityError):
            run(f"{word} INTO tried VALUES (%s, %s, 'forged', 'a')", *row)
    assert rows() == [(1, "một", None, "a")]
    backwards(operation)


def test_no_delete_keeps_rows_and_lets_them_change(tried: None) -> None:
    operation = triggers.NoDelete("tried")
    forwards(operation)
    with pytest.raises(IntegrityError, match="never deleted"):
        run("DELETE FROM tried")
    run("UPDATE tried SET other = 'b'")
    assert rows() == [(1, "một", None, "b")]
    backwards(operation)
    run("DELETE FROM tried")


def test_require_on_insert_with_subquery_refuses_false_and_unknown(tried: None) -> None:
    operation = triggers.RequireOnInsert(
        "tried", "twin", "NEW.other IN (SELECT other FROM tried)", "no twin"
    )
    forwards(operation)
    for value in ("z", None):
        with pytest.raises(IntegrityError, match="refused: no twin"):
            run("INSERT INTO tried VALUES (2, 'hai', NULL, %s)", value)
    run("INSERT INTO tried VALUES (2, 'hai', NULL, 'a')")
    assert len(rows()) == 2
    backwards(operation)


def test_require_on_update_refuses_unless_true(tried: None) -> None:
    operation = triggers.RequireOnUpdate("tried", "kept", "NEW.other = OLD.other", "it's kept")
    forwards(operation)
    with pytest.raises(IntegrityError, match="refused: it's kept"):
        run("UPDATE tried SET other = 'b'")
    run("UPDATE tried SET note = 'n'")
    assert rows() == [(1, "một", "n", "a")]
    backwards(operation)


def test_operation_backwards_leaves_nothing(tried: None) -> None:
    before = rules.installed(connection)
    for operation in (
        triggers.AppendOnly("tried"),
        triggers.FrozenColumns("tried", columns=["name"]),
        triggers.RequireOnInsert("tried", "a", "NEW.id > 0", "m"),
    ):
        forwards(operation)
        assert rules.installed(connection) > before
        assert operation.describe() == f"{type(operation).__name__} on tried"
        backwards(operation)
        assert rules.installed(connection) == before


def test_operation_other_database_is_refused() -> None:
    class Other:
        vendor = "oracle"

    with pytest.raises(NotSupportedError):
        triggers.AppendOnly("tried")._sql(Other())  # type: ignore[arg-type]


def test_no_delete_where_keeps_only_the_rows_it_names(tried: None) -> None:
    run("INSERT INTO tried VALUES (2, 'hai', 'quyết định', 'b')")
    operation = triggers.NoDelete("tried", where="note IS NOT NULL")
    forwards(operation)
    with pytest.raises(IntegrityError, match="refused: rows of tried are never deleted"):
        run("DELETE FROM tried WHERE id = 2")
    if connection.vendor == "sqlite":
        with pytest.raises(IntegrityError, match="never deleted"):
            run("INSERT OR REPLACE INTO tried VALUES (3, 'hai', NULL, 'c')")
        run("INSERT OR REPLACE INTO tried VALUES (4, 'một', NULL, 'c')")
    run("DELETE FROM tried WHERE note IS NULL")
    assert [row[0] for row in rows()] == [2]
    backwards(operation)
    run("DELETE FROM tried")

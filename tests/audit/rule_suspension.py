"""Switching off the rules of ``audit.triggers``, for tests that tamper with rows or empty tables.

Only the owner of the tables may.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.rules import installed
from audit.triggers import PREFIX

# SQL of the triggers dropped from an SQLite database, by its name, until they are created again.
_dropped_sql: dict[str, list[str]] = {}


def disable(connection: BaseDatabaseWrapper) -> None:
    """Disable every rule."""
    rules = sorted(installed(connection))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table, name in rules:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"')
            return
        cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 3) = %s",
            [PREFIX],
        )
        key = str(connection.settings_dict["NAME"])
        _dropped_sql.setdefault(key, []).extend(row[0] for row in cursor.fetchall())
        for _table, name in rules:
            cursor.execute(f'DROP TRIGGER "{name}"')


def enable(connection: BaseDatabaseWrapper) -> None:
    """Restore what ``disable`` removed."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE starts_with(t.tgname, %s) AND t.tgenabled = 'D' "
                "AND pg_table_is_visible(c.oid)",
                [PREFIX],
            )
            for table, name in cursor.fetchall():
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER "{name}"')
            return
        for sql in _dropped_sql.pop(str(connection.settings_dict["NAME"]), []):
            cursor.execute(sql)


@contextmanager
def suspended(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No rules inside the block."""
    disable(connection)
    try:
        yield
    finally:
        enable(connection)

"""Which rules of ``audit.triggers`` are in force; taking them off where a test has to."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.triggers import PREFIX

# SQL of the triggers taken off an SQLite database, by its name, until they are put back.
_taken_off: dict[str, list[str]] = {}


def installed(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """(table, trigger name) of every rule that is in force now."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
                "WHERE starts_with(t.tgname, %s) AND t.tgenabled <> 'D' "
                "AND pg_table_is_visible(c.oid)",
                [PREFIX],
            )
        else:
            cursor.execute(
                "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger' "
                "AND substr(name, 1, 3) = %s",
                [PREFIX],
            )
        return {(table, name) for table, name in cursor.fetchall()}


def disable(connection: BaseDatabaseWrapper) -> None:
    """Take every rule off, so that a test database can be emptied. Needs the tables' owner; no
    code of the product calls it (a test proves that)."""
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
        _taken_off.setdefault(key, []).extend(row[0] for row in cursor.fetchall())
        for _table, name in rules:
            cursor.execute(f'DROP TRIGGER "{name}"')


def enable(connection: BaseDatabaseWrapper) -> None:
    """Put back what ``disable`` took off."""
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
        for sql in _taken_off.pop(str(connection.settings_dict["NAME"]), []):
            cursor.execute(sql)


@contextmanager
def suspended(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without rules inside the block, for tests that tamper or flush."""
    disable(connection)
    try:
        yield
    finally:
        enable(connection)

"""What a database contains and how it is built, on SQLite and PostgreSQL alike."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.rules import installed

# Tables that a migration itself writes to.
OWN_TABLES = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}


@dataclass(frozen=True)
class Schema:
    """Names only: (table, column, null), (table, constraint or index), (table, trigger)."""

    columns: set[tuple[str, str, bool]]
    constraints: set[tuple[str, str]]
    triggers: set[tuple[str, str]]


def tables(connection: BaseDatabaseWrapper) -> list[str]:
    return sorted(set(connection.introspection.table_names()) - OWN_TABLES)


def schema(connection: BaseDatabaseWrapper) -> Schema:
    columns: set[tuple[str, str, bool]] = set()
    constraints: set[tuple[str, str]] = set()
    with connection.cursor() as cursor:
        for table in tables(connection):
            described = connection.introspection.get_table_description(cursor, table)
            columns |= {(table, column.name, bool(column.null_ok)) for column in described}
            named = connection.introspection.get_constraints(cursor, table)
            # Django derives these names from the column's name when the constraint is made, and
            # keeps them when the column is renamed.
            constraints |= {
                (table, name)
                for name, facts in named.items()
                if not name.startswith("__") and not facts["foreign_key"] and "_kt_" not in name
            }
    return Schema(columns, constraints, installed(connection))


def rows(connection: BaseDatabaseWrapper, table: str) -> dict[Any, Counter[str]]:
    """First column of each row (its key) → the row's values, whatever their columns' names."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        key = names.index("id") if "id" in names else 0
        return {
            (row[key] if "id" in names else tuple(map(_text, row))): Counter(map(_text, row))
            for row in cursor.fetchall()
        }


def _text(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, memoryview | bytes) else repr(value)

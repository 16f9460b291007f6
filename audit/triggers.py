"""Rules that the database enforces, as migration operations for SQLite and PostgreSQL.

A refused statement fails as an ``IntegrityError`` whose text begins with "refused:". On SQLite,
Django rebuilds a table to alter it, and its triggers are dropped with the old one: a migration
that alters such a table repeats the operation afterwards (the tests and ``make upgrade`` notice a
lost one, and so does ``verify_audit``).
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor as SchemaEditor
from django.db.migrations.operations.base import Operation

PREFIX = "kt_"


def _name(kind: str, table: str, *more: str) -> str:
    """A trigger name within PostgreSQL's 63 bytes, different for different rules."""
    suffix = hashlib.sha256("\0".join((kind, table, *more)).encode()).hexdigest()[:8]
    return f"{PREFIX}{kind}_{table}"[:54] + f"_{suffix}"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _postgres(name: str, table: str, event: str, condition: str, message: str) -> tuple[str, str]:
    """SQL that creates and SQL that drops one trigger with its own function."""
    level, result = "ROW", "OLD" if event == "DELETE" else "NEW"
    if event == "TRUNCATE":
        level, result = "STATEMENT", "NULL"
    create_sql = f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $kt$
        BEGIN
            IF {condition} THEN
                RAISE EXCEPTION USING ERRCODE = '23000', MESSAGE = {_literal(message)};
            END IF;
            RETURN {result};
        END $kt$;
        CREATE TRIGGER {name} BEFORE {event} ON "{table}"
        FOR EACH {level} EXECUTE FUNCTION {name}();
    """
    return create_sql, f'DROP TRIGGER {name} ON "{table}"; DROP FUNCTION {name}();'


def _sqlite(name: str, table: str, event: str, condition: str, message: str) -> tuple[str, str]:
    create_sql = (
        f'CREATE TRIGGER {name} BEFORE {event} ON "{table}" FOR EACH ROW WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, {_literal(message)}); END"
    )
    return create_sql, f"DROP TRIGGER {name}"


def _replaced_row(connection: BaseDatabaseWrapper, table: str, where: str = "") -> str:
    """SQL that is true when a new row collides with an old one (for which ``where`` is true) on
    SQLite, where INSERT OR REPLACE would otherwise remove it without firing any trigger."""
    keys = [["id"]]
    with connection.cursor() as cursor:
        cursor.execute(f'PRAGMA index_list("{table}")')
        unique = [row[1] for row in cursor.fetchall() if row[2] and not row[4]]
        for index in unique:
            cursor.execute(f'PRAGMA index_info("{index}")')
            keys.append([row[2] for row in cursor.fetchall()])
    same = [" AND ".join(f'"{column}" = NEW."{column}"' for column in key) for key in keys]
    if where:
        same = [f"{condition} AND ({where})" for condition in same]
    exists = [f'EXISTS (SELECT 1 FROM "{table}" WHERE {condition})' for condition in same]  # noqa: S608 -- names from our own migrations, not from anyone's input
    return "(" + " OR ".join(exists) + ")"


class TriggerOperation(Operation):
    """Creates one or more triggers forwards and drops them backwards."""

    reduces_to_sql = True
    reversible = True
    table: str

    def rules(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
        """Each trigger as (name, event, condition under which it refuses, message)."""
        raise NotImplementedError

    def _sql(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
        builders = {"postgresql": _postgres, "sqlite": _sqlite}
        if connection.vendor not in builders:
            raise NotSupportedError(f"No triggers are written for {connection.vendor}.")
        build = builders[connection.vendor]
        return [
            build(name, self.table, event, condition, "refused: " + message)
            for name, event, condition, message in self.rules(connection)
        ]

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are not part of the models' state."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: SchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        for create_sql, _drop_sql in self._sql(schema_editor.connection):
            schema_editor.execute(create_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: SchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        for _create_sql, drop_sql in reversed(self._sql(schema_editor.connection)):
            schema_editor.execute(drop_sql, params=None)

    def describe(self) -> str:
        return f"{type(self).__name__} on {self.table}"


class NoDelete(TriggerOperation):
    """Rows stay: DELETE, TRUNCATE and replacement by an INSERT are refused.

    Args:
        where: SQL over the columns of a row; only rows for which it is true have to stay.
    """

    def __init__(self, table: str, *, where: str = "") -> None:
        self.table, self.where = table, where

    def rules(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
        message = f"rows of {self.table} are never deleted"
        refused = "true"
        if self.where:  # a trigger has OLD only, a subquery the bare column names
            protected = f'SELECT 1 FROM "{self.table}" WHERE id = OLD.id AND ({self.where})'  # noqa: S608 -- names from our own migrations, not from anyone's input
            refused = f"EXISTS ({protected})"
        rules = [(_name("delete", self.table), "DELETE", refused, message)]
        if connection.vendor == "postgresql":
            return [*rules, (_name("truncate", self.table), "TRUNCATE", "true", message)]
        replaced = _replaced_row(connection, self.table, self.where)
        return [*rules, (_name("replace", self.table), "INSERT", replaced, message)]


class AppendOnly(NoDelete):
    """Rows are added and then never changed or removed."""

    def rules(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
        update = (
            _name("update", self.table),
            "UPDATE",
            "true",
            f"rows of {self.table} are never changed",
        )
        return [update, *super().rules(connection)]


class FrozenColumns(TriggerOperation):
    """Columns that keep the values they were inserted with.

    Args:
        columns: database column names.
        unless: SQL over OLD and NEW under which a change is allowed, for example
            ``"NEW.text = ''"`` for a purge. Unknown (NULL) does not allow.
    """

    def __init__(self, table: str, *, columns: Sequence[str], unless: str = "") -> None:
        self.table, self.columns, self.unless = table, list(columns), unless

    def rules(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
        differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
        changed = " OR ".join(f'OLD."{name}" {differs} NEW."{name}"' for name in self.columns)
        condition = f"({changed})"
        if self.unless:
            condition += f" AND (({self.unless}) IS NOT TRUE)"
        names = ", ".join(self.columns)
        message = f"{names} of {self.table} cannot be changed"
        name = _name("frozen", self.table, *self.columns, self.unless)
        rules = [(name, "UPDATE", condition, message)]
        if connection.vendor == "sqlite":
            replaced = _replaced_row(connection, self.table)
            insert_name = _name("again", self.table, *self.columns, self.unless)
            rules.append((insert_name, "INSERT", replaced, message))
        return rules


class RequireOnInsert(TriggerOperation):
    """A new row is refused unless ``condition_sql`` (over NEW, may contain subqueries) is true.

    Args:
        name: distinguishes this rule from others on the table.
        condition_sql: one text for both databases, or one for each by its vendor's name.
    """

    def __init__(
        self, table: str, name: str, condition_sql: str | Mapping[str, str], message: str
    ) -> None:
        self.table, self.name = table, name
        self.condition_sql, self.message = condition_sql, message

    def _refused(self, connection: BaseDatabaseWrapper) -> str:
        sql = self.condition_sql
        return f"(({sql if isinstance(sql, str) else sql[connection.vendor]}) IS NOT TRUE)"

    def rules(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
        condition = self._refused(connection)
        name = _name("insert", self.table, self.name)
        return [(name, "INSERT", condition, self.message)]


class RequireOnUpdate(RequireOnInsert):
    """The same for a changed row (over OLD and NEW)."""

    def rules(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
        condition = self._refused(connection)
        name = _name("change", self.table, self.name)
        return [(name, "UPDATE", condition, self.message)]


class DropRules(TriggerOperation):
    """Drops the triggers of another operation, and creates them again backwards: for a migration
    that changes what they name. ``operation`` must equal the one that created them."""

    def __init__(self, operation: TriggerOperation) -> None:
        self.operation, self.table = operation, operation.table

    def rules(self, connection: BaseDatabaseWrapper) -> list[tuple[str, str, str, str]]:
        return self.operation.rules(connection)

    database_forwards = TriggerOperation.database_backwards
    database_backwards = TriggerOperation.database_forwards

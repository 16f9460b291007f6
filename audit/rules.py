"""Which rules of ``audit.triggers`` are active."""

from django.db.backends.base.base import BaseDatabaseWrapper

from audit.triggers import PREFIX


def installed(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """(table, trigger name) of every active rule."""
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

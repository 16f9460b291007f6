"""Which rules of ``audit.triggers`` are active, and which should be."""

from itertools import chain

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from audit.triggers import PREFIX, DropRules, TriggerOperation


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


def expected(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """(table, trigger name) of every rule that the applied migrations have created and not dropped
    since: what they left must be installed, each by its name."""
    loader = MigrationLoader(connection)
    plans = [loader.graph.forwards_plan(leaf) for leaf in sorted(loader.graph.leaf_nodes())]
    rules: set[tuple[str, str]] = set()
    for key in dict.fromkeys(chain.from_iterable(plans)):
        if key not in loader.applied_migrations:
            continue
        for operation in loader.graph.nodes[key].operations:
            if isinstance(operation, TriggerOperation):
                names = {(operation.table, rule[0]) for rule in operation.rules(connection)}
                is_drop = isinstance(operation, DropRules)
                rules = rules - names if is_drop else rules | names
    return rules

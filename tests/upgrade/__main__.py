"""Proves that a database filled by an earlier commit can be upgraded, on SQLite and PostgreSQL.

    python -m tests.upgrade --from COMMIT

The earlier commit is checked out into a temporary folder and runs there, in this environment: it
migrates, fills the demo data and takes further reports through its own pages. Then this tree
migrates the same database. Afterwards every row must still hold every value, the schema and the
triggers must equal those of a new database, the audit chain must verify, receipts and notices
must open, and messages that waited must be sent.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import psycopg2

from tests.services import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
FILL = Path(__file__).with_name("fill.py")


def run(tree: Path, variables: dict[str, str], *arguments: str, stdin: str = "") -> None:
    subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=os.environ | variables, input=stdin, text=True,
        check=True,
    )  # fmt: skip


def upgrade(former: Path, folder: Path, url: str, new_url: str) -> None:
    """Fill the database at ``url`` with the former tree, migrate it with this one, compare."""
    state, recorded, fresh = folder / "state.json", folder / "rows", folder / "schema"
    variables = {
        "VAR_DIR": str(folder), "DATABASE_URL": url, "CELERY_BROKER_URL": "memory://",
        "DEMO": "1", "UPGRADE_STATE": str(state), "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["seed_demo"]):
        run(former, variables, "manage.py", *command)
    run(former, variables, "manage.py", "shell", stdin=FILL.read_text())
    check = ["-m", "tests.upgrade.check"]
    run(ROOT, variables, *check, "record", str(recorded))
    run(ROOT, variables | {"DATABASE_URL": new_url}, "manage.py", "migrate", "-v0")
    run(ROOT, variables | {"DATABASE_URL": new_url}, *check, "schema", str(fresh))
    for command in (["migrate"], ["collectstatic", "--noinput", "-v0", "--clear"]):
        run(ROOT, variables, "manage.py", *command)
    run(ROOT, variables, *check, "compare", str(recorded), str(fresh), str(state))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--from", dest="commit", required=True, help="the commit to upgrade from")
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kt-upgrade-") as name:
        folder, former = Path(name), Path(name) / "former"
        subprocess.run(
            ["git", "clone", "--quiet", "--shared", "--no-checkout", ROOT, former], check=True
        )
        subprocess.run(["git", "checkout", "--quiet", options.commit], cwd=former, check=True)
        if options.only != "postgresql":
            (folder / "sqlite").mkdir()
            url = f"sqlite:///{folder}/sqlite/{{}}.sqlite3"
            upgrade(former, folder / "sqlite", url.format("old"), url.format("new"))
        with postgres.running() if options.only != "sqlite" else nullcontext() as cluster:
            if cluster is not None:
                (folder / "postgresql").mkdir()
                upgrade(former, folder / "postgresql", *_databases(cluster))


def _databases(cluster: postgres.Cluster) -> tuple[str, str]:
    """Two empty databases that belong to the application's role."""
    base, _slash, _name = cluster.url.rpartition("/")
    with psycopg2.connect(cluster.url) as connection:
        pass
    connection.autocommit = True
    with connection.cursor() as cursor:
        for name in ("kt_old", "kt_new"):
            cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    return f"{base}/kt_old", f"{base}/kt_new"


main()

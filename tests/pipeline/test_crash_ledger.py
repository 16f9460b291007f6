"""Every receipt that was shown is kept, whatever happens to the web processes meanwhile."""

import shutil
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.factories import Cast
from tests.pipeline import ledger
from tests.pipeline.processes import Web, manage, settings_of, single_machine_web, web
from tests.pipeline.reporter import Reporter
from tests.pipeline.site import Site
from tests.services.ports import free_port

pytestmark = [pytest.mark.pipeline, pytest.mark.postgres]
CLIENTS = 4
KILLS = 3


def kill_workers(server: Web) -> None:
    """Kill workers one after another, each in the middle of a form."""
    for _kill in range(KILLS):
        time.sleep(0.5)
        server.kill_worker()
        server.wait()


def check_ledger(server: Web, variables: dict[str, str]) -> None:
    with ExitStack() as stack:
        senders = [stack.enter_context(Reporter(server.url)) for _client in range(CLIENTS)]
        kept = ledger.record(senders, lambda: kill_workers(server))
    counts = ledger.close(kept, variables)
    sent = counts.pop("acknowledged")
    assert kept.unanswered == []
    assert sent >= CLIENTS
    assert counts == {
        "rows": sent,
        "lost": 0,
        "wrong": 0,
        "duplicated": 0,
        "unaudited": 0,
        "unsound": 0,
    }


def test_no_receipt_is_lost_on_postgresql(site: Site, cast: Cast) -> None:
    check_ledger(site.web, site.variables)


def test_no_receipt_is_lost_on_sqlite(started_site: Site, tmp_path: Path) -> None:
    """As `make run` starts it: one web process with threads, WAL."""
    port = free_port()
    variables = settings_of(
        tmp_path,
        SITE_URL=f"http://127.0.0.1:{port}",
        ADMIN_EMAIL="quan-tri@example.vn",
        ADMIN_PASSWORD="mat-khau-thu-1",
        UNIT_NAME="Trường Tiểu học Nắng Mai",
    )
    collected = Path(started_site.variables["VAR_DIR"]) / "static"
    shutil.copytree(collected, tmp_path / "static")  # collecting them again takes seconds
    manage(variables, "prepare")
    manage(variables, "create_admin")
    with web(single_machine_web(port), variables, port) as server:
        check_ledger(server, variables)

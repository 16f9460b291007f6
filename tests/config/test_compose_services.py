"""The exact commands and health checks of docker-compose.yml, started here without containers."""

import os
import re
import shutil
import socket
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import pytest
import yaml

from ops.probe import is_ready
from tests.services import postgres, program
from tests.services.ports import free_port, wait_for_port

pytestmark = pytest.mark.pipeline

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
DATABASE = f"compose_services_{os.getpid()}"  # xdist's workers share the cluster
FILLED_IN = {"DOMAIN": "kiemtin.example", "DATABASE_PASSWORD": "x", "POSTGRES_PASSWORD": "x"}


def filled(text: str) -> str:
    """As docker compose fills ${NAME}, ${NAME:?message} and ${NAME:-default} in; $$ becomes $."""
    text = re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", text)
    text = re.sub(r"\$\{([A-Z_]+)(?::\?[^}]*)?\}", lambda m: FILLED_IN[m[1]], text)
    return text.replace("$$", "$")


@pytest.fixture(scope="module")
def variables(
    postgres_cluster: postgres.Cluster, redis_url: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """The environment of the services, pointed at this run's database, queue and folder; migrated
    by the `prepare` service's own command."""
    with closing(psycopg2.connect(postgres_cluster.admin_url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER kiemtin")
    folder = tmp_path_factory.mktemp("var")
    own = {k: filled(str(v)) for k, v in SERVICES["web"]["environment"].items()}
    own |= {
        "VAR_DIR": str(folder),
        "DATABASE_URL": re.sub(r"/[^/]*$", f"/{DATABASE}", postgres_cluster.url),
        "CELERY_BROKER_URL": re.sub(r"/0$", "/5", redis_url),
        "SECRET_KEY": "k" * 60,
        "RECEIPT_KEY": "r" * 60,
        "SEALING_KEY": "s" * 60,
        "HOSTNAME": socket.gethostname(),
    }
    done = subprocess.run(
        SERVICES["prepare"]["command"],
        cwd=ROOT,
        env=program.environment(own),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert done.returncode == 0, done.stdout.decode()
    return own


def health(name: str, variables: dict[str, str], folder: str = "") -> bool:
    """Run the service's own health check."""
    kind, *command = SERVICES[name]["healthcheck"]["test"]
    if kind == "CMD-SHELL":
        command = ["sh", "-c", filled(command[0]).replace("/srv/var", folder or "/srv/var")]
    done = subprocess.run(
        command, cwd=ROOT, env=program.environment(variables), capture_output=True, timeout=60
    )
    return done.returncode == 0


def test_web_answers_readyz_and_its_health_check(variables: dict[str, str]) -> None:
    port = free_port()
    command = [part.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in command_of("web")]
    with program.running(command, variables) as web:
        web.wait_until(lambda: is_ready("127.0.0.1", port, variables["SITE_URL"]))
        assert health("web", variables | {"PORT": str(port)})
    assert not health("web", variables | {"PORT": str(port)})


@pytest.mark.parametrize("name", ["worker", "ocr"])
def test_worker_answers_its_health_check(variables: dict[str, str], name: str) -> None:
    with program.running(command_of(name), variables, stop_seconds=60) as worker:
        worker.wait_until(lambda: " ready." in worker.output, seconds=60)
        assert health(name, variables)


def test_beat_writes_its_schedule_where_its_health_check_looks(variables: dict[str, str]) -> None:
    folder = variables["VAR_DIR"]
    assert not health("beat", variables, folder)
    with program.running(command_of("beat"), variables) as beat:
        beat.wait_until(lambda: health("beat", variables, folder))
        old = 11 * 60  # a beat that stands still for longer than its health check allows
        for path in Path(folder).glob("celerybeat-schedule*"):
            os.utime(path, (path.stat().st_atime - old, path.stat().st_mtime - old))
        assert not health("beat", variables, folder)


def test_redis_starts_with_its_options(variables: dict[str, str], tmp_path: Path) -> None:
    if not shutil.which("redis-server"):
        pytest.skip("this machine has no redis-server")
    port = free_port()
    own = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path)]
    with program.running([*command_of("redis"), *own], {}) as redis:
        redis.wait_until(lambda: "Ready to accept connections" in redis.output)
        wait_for_port(port)
        answer = subprocess.run(
            ["redis-cli", "-p", str(port), "config", "get", "appendonly"], capture_output=True
        )
        assert b"yes" in answer.stdout


def test_postgres_starts_with_its_options_and_answers_its_health_check() -> None:
    program_name, *options = command_of("postgres")
    given = dict(part.split("=", 1) for part in options[1::2])
    assert (program_name, set(options[::2])) == ("postgres", {"-c"})
    with postgres.running(options=given) as cluster:
        with (
            closing(psycopg2.connect(cluster.admin_url)) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT name FROM pg_settings WHERE source = 'command line'")
            assert set(given) <= {name for (name,) in cursor.fetchall()}
        at = urlsplit(cluster.url)
        assert health("postgres", {"PGHOST": str(at.hostname), "PGPORT": str(at.port)})


def command_of(name: str) -> list[str]:
    return [filled(part) for part in SERVICES[name]["command"]]

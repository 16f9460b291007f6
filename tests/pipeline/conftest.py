"""The whole product as it runs in production, on this run's PostgreSQL, for tests that check the
database: they and the processes see the same rows."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.db import connection

from tests.factories import Cast, make_cast
from tests.pipeline import mailbox
from tests.pipeline.broker import Broker
from tests.pipeline.processes import compose_web, manage, settings_of, web
from tests.pipeline.site import Site
from tests.services import postgres
from tests.services.ports import free_port


@pytest.fixture(scope="session")
def started_site(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """Started by the first test that needs it. On SQLite those tests are skipped."""
    request.getfixturevalue("redis_url")  # fails or skips where there is no Redis
    request.getfixturevalue("django_db_setup")
    cluster: postgres.Cluster = request.getfixturevalue("postgres_cluster")
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    name = str(connection.settings_dict["NAME"])
    with ExitStack() as stack:
        box, email_url = stack.enter_context(mailbox.running())
        broker = Broker(folder)
        stack.callback(broker.kill)
        broker.start()
        variables = settings_of(
            folder,
            DATABASE_URL=f"{cluster.url.rpartition('/')[0]}/{name}",
            CELERY_BROKER_URL=broker.url,
            EMAIL_URL=email_url,
            SITE_URL=f"http://127.0.0.1:{port}",
            **{key: getattr(settings, key) for key in ("SECRET_KEY", "RECEIPT_KEY", "SEALING_KEY")},
        )
        manage(variables, "prepare")
        server = stack.enter_context(web(compose_web(port), variables, port))
        admin_url = f"{cluster.admin_url.rpartition('/')[0]}/{name}"
        yield Site(server, broker, box, variables, admin_url)


@pytest.fixture
def site(transactional_db: None, started_site: Site) -> Iterator[Site]:
    """The running site, with fresh web processes, an empty queue and no mail."""
    with started_site.in_use() as site:
        yield site


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return make_cast()

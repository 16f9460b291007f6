"""Set-up of every test: no network, its own files and caches, and the append-only tables emptied
between transactional tests. Services for the tests that need them are below."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from django.utils.translation.reloader import translation_file_changed
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from kombu.transport import memory

from factcheck.domain.copies import process
from intake.domain import tesseract
from matching.semantic.embedder import BundledEmbedder, EmbedderError
from tests.services import postgres, redis

# No deadline: two cores shared by a whole run make single examples slow. Reproducible in CI.
hypothesis_settings.register_profile(
    "default", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50
)
hypothesis_settings.register_profile(
    "ci", hypothesis_settings.get_profile("default"), derandomize=True, print_blob=True
)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_configure(config: pytest.Config) -> None:
    """Catalogues are compiled once, before any test reads one."""
    if not hasattr(config, "workerinput"):  # xdist's workers find them compiled
        from ops.compilation import compile_changed

        for path in compile_changed(django_settings.LOCALE_PATHS):
            translation_file_changed(None, path)  # Django has read the old one while it started


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """PostgreSQL's own tests are skipped elsewhere; tests in the folder e2e get its marker."""
    on_postgres = "postgresql" in django_settings.DATABASES["default"]["ENGINE"]
    for item in items:
        if "e2e" in Path(item.path).parts:
            item.add_marker(pytest.mark.e2e)
        if item.get_closest_marker("pipeline"):  # heavy processes: one after another, on one worker
            item.add_marker(pytest.mark.xdist_group("pipeline"))
        if item.get_closest_marker("postgres") and not on_postgres:
            item.add_marker(pytest.mark.skip(reason="PostgreSQL only"))
    # First, so that the other worker runs everything else beside them instead of waiting.
    items.sort(key=lambda item: item.get_closest_marker("pipeline") is None)


@pytest.fixture(autouse=True)
def _own_files_and_cache(settings: Any, tmp_path: Path) -> None:
    """Files, cached values and enqueued tasks of one test are not seen by the next."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    memory.Channel.queues.clear()  # the in-memory broker is one for the whole process


@pytest.fixture(autouse=True, scope="session")
def _read_each_copy_once() -> Iterator[None]:
    """A process for each archived copy would cost the suite minutes: the result is kept."""
    original, results = process._run, {}
    process.TIMEOUT_SECONDS = 120  # several test processes share two cores

    def run(data: bytes, command: str, *arguments: str) -> dict[str, Any]:
        key = (data, command, *arguments)
        if key not in results:
            results[key] = original(data, command, *arguments)
        return results[key]

    process._run = run
    yield
    process._run = original


@pytest.fixture(autouse=True, scope="session")
def _flush_append_only_tables() -> Iterator[None]:
    """Transactional tests empty every table afterwards; the triggers that forbid it on append-only
    tables are lifted around that, and only around that."""
    case_class: Any = TransactionTestCase  # its hooks are not in the stubs
    original = case_class._fixture_teardown

    def teardown(case: Any) -> None:
        from tests.audit import rule_suspension

        names = list(case._databases_names(include_mirrors=False))
        for name in names:
            rule_suspension.disable(connections[name])
        try:
            original(case)
        finally:
            for name in names:
                rule_suspension.enable(connections[name])

    case_class._fixture_teardown = teardown
    yield
    case_class._fixture_teardown = original


def _fail_or_skip(missing: str) -> None:
    """In CI nothing is skipped: a missing service is a failure there."""
    if os.environ.get("CI"):
        pytest.fail(f"this machine has no {missing}", pytrace=False)
    pytest.skip(f"this machine has no {missing}")


@pytest.fixture
def ocr(settings: Any) -> None:
    """The real program that reads pictures, switched on."""
    if not tesseract.languages():
        _fail_or_skip("Tesseract with Vietnamese")
    settings.READ_PICTURES = True


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """The run's cluster, or one made for this session."""
    given, admin = os.environ.get("TEST_DATABASE_URL"), os.environ.get("TEST_DATABASE_ADMIN_URL")
    if given and admin:
        yield postgres.Cluster(given, admin)
        return
    try:
        with postgres.running() as cluster:
            yield cluster
    except postgres.Missing as error:
        _fail_or_skip(str(error))


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The run's Redis, or one made for this session."""
    if given := os.environ.get("TEST_REDIS_URL"):
        yield given
        return
    try:
        with redis.running() as url:
            yield url
    except redis.Missing as error:
        _fail_or_skip(str(error))


@pytest.fixture(scope="session")
def bundled() -> BundledEmbedder:
    """The real model that matches by meaning; the tests' lock contains it."""
    try:
        return BundledEmbedder()
    except EmbedderError:
        _fail_or_skip("processor or system the bundled model is built for")
        raise

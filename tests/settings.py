"""Settings of the tests: the application's own, in an environment that depends on no machine."""

import atexit
import os
import shutil
import tempfile

# One folder per process: xdist's workers, and two runs at once, share nothing.
VAR = tempfile.mkdtemp(prefix="kt-test-")
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

# Set, not defaulted: neither a developer's shell nor an .env file may change a test's result.
os.environ |= {
    "VAR_DIR": VAR,
    "SECRET_KEY": "test-secret-key-of-no-value-but-long-enough-for-the-checks-0123456789",
    "RECEIPT_KEY": "test-receipt-key-of-no-value-0123456789",
    "SEALING_KEY": "test-sealing-key-of-no-value-0123456789",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1,[::1]",
    "CSRF_TRUSTED_ORIGINS": "",
    "OPERATOR_NAME": "",
    "DEBUG": "false",
    "CELERY_BROKER_URL": "memory://",  # a task is enqueued and nobody takes it
    "EMAIL_URL": "memorymail://",
    "DEFAULT_FROM_EMAIL": "Kiểm Tin <kiemtin@localhost>",
    "EVIDENCE_FETCH": "false",
    "EMBEDDER": "off",
    "READ_PICTURES": "false",  # whether a machine has tesseract changes no test but its own
    "TRUSTED_PROXIES": "0",
    "SECURE_SSL_REDIRECT": "false",
    "LOG_JSON": "false",
    "LOG_LEVEL": "WARNING",
}
# The only choice of a run: TEST_DATABASE_URL, for the same suite on PostgreSQL.
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{VAR}/db.sqlite3"

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads and processes of a test need connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": f"{VAR}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for made-up users
# Names without hashes, so that no test needs collectstatic; `make check` runs that.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

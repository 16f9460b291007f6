"""The environment of the process and `.env`: paths, secrets, and the site's own address.

Every variable is listed with its meaning in `.env.sample`.
"""

import os
import secrets
from functools import partial
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.FileAwareEnv()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)


def _secret(name: str) -> str:
    """A secret from the environment, or one created once and stored in VAR_DIR.

    Several machines must share it, so they set it; one machine alone need not.
    """
    value = env.str(name, default="")
    if value:
        return value
    path = VAR_DIR / "secrets" / name.lower()
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            # O_EXCL: web and worker starting together must not create two.
            with open(path, "x", opener=partial(os.open, mode=0o600)) as file:
                file.write(secrets.token_urlsafe(48))
        except FileExistsError:
            pass
    return path.read_text().strip()


SECRET_KEY = _secret("SECRET_KEY")
RECEIPT_KEY = _secret("RECEIPT_KEY")  # receipts are HMACs under it: losing it loses them
SEALING_KEY = _secret("SEALING_KEY")  # contacts and addresses are encrypted with it

SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "Kiểm Tin"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
OPERATOR_NAME = env.str("OPERATOR_NAME", default="")
# Demo accounts share one printed password, so they exist only where this is set.
DEMO = env.bool("DEMO", default=False)

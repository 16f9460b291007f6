"""What the tests need from the machine: found, installed where that is possible, or named."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from tests.services import browser, postgres, redis


@dataclass(frozen=True)
class Need:
    """A program, how to look for it (raises when it is not there) and its Debian packages."""

    name: str
    look: Callable[[], object]
    packages: str


def _redis() -> None:
    if not (shutil.which("redis-server") or shutil.which("valkey-server")):
        raise redis.Missing("redis-server")


def _xgettext() -> None:
    if not shutil.which("xgettext"):
        raise LookupError("xgettext")


def _tesseract() -> None:
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    if "vie" not in listed.stdout.split():
        raise LookupError("tesseract's Vietnamese")


POSTGRES = Need("PostgreSQL", postgres.find_programs, "postgresql")
REDIS = Need("Redis", _redis, "redis-server")
CHROMIUM = Need("Chromium", browser.find, "chromium")
GETTEXT = Need("gettext", _xgettext, "gettext")
TESSERACT = Need("Tesseract with Vietnamese", _tesseract, "tesseract-ocr tesseract-ocr-vie")
NEEDS = (POSTGRES, REDIS, CHROMIUM, GETTEXT, TESSERACT)


def missing() -> list[Need]:
    absent = []
    for need in NEEDS:
        try:
            need.look()
        except (postgres.Missing, redis.Missing, browser.Missing, LookupError, OSError):
            absent.append(need)
    return absent


def install() -> list[Need]:
    """Install what is missing (Debian, as root); returns what is missing still."""
    absent = missing()
    if not absent or os.geteuid() != 0 or not shutil.which("apt-get"):
        return absent
    packages = [name for need in absent for name in need.packages.split()]
    print(f"Installing {', '.join(packages)} ...", flush=True)
    # RUNLEVEL: a package must not start a server of its own; ours are throw-away.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
    for package in packages:  # one by one: a package nobody has must not keep the others away
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        subprocess.run(command, stderr=subprocess.DEVNULL, **quiet)  # type: ignore[call-overload]
    return missing()

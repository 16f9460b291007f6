"""Programs the tests need on this machine: installed where that is possible, or named."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from tests.services import biome, browser, postgres, redis


@dataclass(frozen=True)
class Need:
    """A program, how to find it (raises when it is not there) and its Debian packages."""

    name: str
    find: Callable[[], object]
    packages: str


def _find_xgettext() -> None:
    if not shutil.which("xgettext"):
        raise LookupError("xgettext")


def _find_tesseract() -> None:
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True)
    if "vie" not in listed.stdout.split():
        raise LookupError("tesseract's Vietnamese")


POSTGRES = Need("PostgreSQL", postgres.find_programs, "postgresql")
REDIS = Need("Redis", redis.find_program, "redis-server")
CHROMIUM = Need("Chromium", browser.find_program, "chromium")
GETTEXT = Need("gettext", _find_xgettext, "gettext")
TESSERACT = Need("Tesseract with Vietnamese", _find_tesseract, "tesseract-ocr tesseract-ocr-vie")
NPM = Need("npm", biome.find_npm, "nodejs npm")  # without it the check of CSS and scripts fails
NEEDS = (POSTGRES, REDIS, CHROMIUM, GETTEXT, TESSERACT, NPM)


def missing() -> list[Need]:
    absent = []
    for need in NEEDS:
        try:
            need.find()
        except (LookupError, OSError):
            absent.append(need)
    return absent


def install() -> list[Need]:
    """Install what is missing (Debian, as root); returns what is missing still."""
    absent = missing()
    if not absent or os.geteuid() != 0 or not shutil.which("apt-get"):
        return absent
    packages = [name for need in absent for name in need.packages.split()]
    print(f"Installing {', '.join(packages)} ...", flush=True)
    # RUNLEVEL: a package must not start its server; the tests' servers are throw-away.
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    quiet = {"env": environment, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)  # type: ignore[call-overload]
    for package in packages:  # one by one: one that Debian lacks must not keep the others out
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        subprocess.run(command, stderr=subprocess.DEVNULL, **quiet)  # type: ignore[call-overload]
    return missing()

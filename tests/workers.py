"""Several workers behind nginx, with the configuration that is shipped for servers."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from urllib.error import URLError
from urllib.request import urlopen

from tests.server import ROOT, free_port

SHIPPED = ROOT / "sessions" / "deploy" / "nginx.conf"
SOCKETS = "/run/arbeitsmarktdialog/"
AROUND = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.txt warn;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    add_header Served-By $upstream_addr always;
    include {folder}/shipped.conf;
}}
"""


class Worker:
    """One gunicorn, as the systemd unit starts it. It also listens on a port of its own, past nginx."""

    def __init__(self, folder: Path, number: int, environment: dict[str, str]) -> None:
        self.number, self.environment = number, environment
        self.socket, self.log, self.port = folder / f"{number}.sock", folder / f"{number}.txt", free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def begin(self) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "sessions/deploy/gunicorn.conf.py"]
        command += ["-b", f"unix:{self.socket}", "-b", f"127.0.0.1:{self.port}", "wsgi:app"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def wait(self) -> None:
        """Until the database answers. Raises RuntimeError with what it said if it does not."""
        assert self.process is not None
        until = time.monotonic() + 90
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/readyz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"Worker {self.number} did not start:\n{self.log.read_text()}")

    def start(self) -> None:
        self.begin()
        self.wait()

    def kill(self) -> None:
        """At once, gunicorn's master and its worker, as if the machine were gone."""
        self.end(signal.SIGKILL)

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None and self.process.poll() is None:
            if by is signal.SIGKILL:
                os.killpg(self.process.pid, by)
            else:
                self.process.send_signal(by)
            self.process.wait(timeout=30)


class Workers:
    """nginx and its workers, on PostgreSQL and Redis. Looks like a `tests.server.Server` from outside."""

    def __init__(self, count: int, **environment: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="workers-"))
        self.port = free_port()
        told = {"DATA_FOLDER": str(self.folder), "PUBLIC_URL": self.url, "PYTHONUNBUFFERED": "1", "PROXIES": "1"}
        self.environment = {**os.environ, **told, **environment}
        self.all = [Worker(self.folder, number, self.environment) for number in range(1, count + 1)]
        self.nginx: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def of(self, dialogue_id: str) -> Worker:
        """The worker to which nginx sends everything about this dialogue."""
        with urlopen(f"{self.url}/socket.io/?EIO=4&transport=polling&dialogue={dialogue_id}", timeout=20) as answer:
            last = answer.headers["Served-By"].rpartition(", ")[2]
        return next(worker for worker in self.all if last == f"unix:{worker.socket}")

    @property
    def console(self) -> str:
        return "".join(worker.log.read_text(encoding="utf-8") for worker in self.all)

    def start(self) -> "Workers":
        """All at once, as after a reboot."""
        for worker in self.all:
            worker.begin()
        for worker in self.all:
            worker.wait()
        (self.folder / "shipped.conf").write_text(self._for_this_test(SHIPPED.read_text(encoding="utf-8")))
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder))
        program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
        assert program is not None
        arguments = [
            "-e",
            str(self.folder / "nginx.txt"),
            "-p",
            str(self.folder),
            "-c",
            str(self.folder / "nginx.conf"),
        ]
        self.nginx = subprocess.Popen([program, *arguments], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.url}/readyz", timeout=5):
                    return self
            except (URLError, OSError):
                time.sleep(0.1)
        raise RuntimeError(f"nginx did not start:\n{(self.folder / 'nginx.txt').read_text()}")

    def _for_this_test(self, shipped: str) -> str:
        """The same file with this test's sockets and port, and a line for each worker."""
        lines = shipped.splitlines()
        servers = [line for line in lines if f"unix:{SOCKETS}" in line]
        model = servers[0].replace("1.sock", "{number}.sock").replace(SOCKETS, f"{self.folder}/")
        first = lines.index(servers[0])
        kept = [line for line in lines if line not in servers and "listen [::]" not in line]
        kept[first:first] = [model.format(number=worker.number) for worker in self.all]
        listening = [line for line in kept if line.strip().startswith("listen ")]
        assert len(listening) == 1
        return "\n".join(kept).replace(listening[0], f"    listen 127.0.0.1:{self.port};")

    def stop(self) -> None:
        if self.nginx is not None:
            self.nginx.terminate()
            self.nginx.wait(timeout=30)
        for worker in self.all:
            worker.end()
        shutil.rmtree(self.folder)

    def __enter__(self) -> "Workers":
        try:
            return self.start()
        except RuntimeError:
            self.stop()
            raise

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        self.stop()

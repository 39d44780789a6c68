"""Settings come from the environment. Each has a default that is right for a laptop in a hall."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from sessions.addresses import ONLY_HERE, in_this_network
from sessions.words import N_

DATABASES = ("sqlite", "postgresql+psycopg")
SHORTEST_KEY = 16
USUAL_PORTS = {"http": 80, "https": 443}


class WrongSetting(Exception):
    """A setting that cannot be used; the sentence names it and says what to write instead. It is told in German."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        self.sentence, self.values = sentence, values
        super().__init__(sentence % values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server needs to know. Field names are the environment's names in lower case."""

    data_folder: Path
    database_url: str
    secret_key: str
    host: str
    port: int
    public_url: str

    @property
    def secure(self) -> bool:
        """Whether people reach the server by https."""
        return self.public_url.startswith("https://")


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check all settings; an empty one is as good as none. Raises WrongSetting with a sentence."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    folder = _folder(given.get("DATA_FOLDER", "data"))
    host, port = given.get("HOST", "0.0.0.0"), _port(given.get("PORT", "8000"))
    return Settings(
        data_folder=folder,
        database_url=_database(given.get("DATABASE_URL", f"sqlite:///{folder / 'dialog.sqlite'}")),
        secret_key=_key(given.get("SECRET_KEY"), folder),
        host=host,
        port=port,
        public_url=_public(given.get("PUBLIC_URL", f"http://{_own_name(host)}:{port}")),
    )


def _own_name(host: str) -> str:
    return "localhost" if host in ONLY_HERE else in_this_network()


def _folder(value: str) -> Path:
    folder = Path(value).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            N_("DATA_FOLDER: %(folder)s cannot be made (%(reason)s). Name a folder that can."),
            folder=str(folder),
            reason=error.strerror or "",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WrongSetting(
            N_("DATA_FOLDER: nothing can be written to %(folder)s. Name another folder."), folder=str(folder)
        )
    return folder


def _port(value: str) -> int:
    if not value.isdecimal() or len(value) > 5 or not 0 < int(value) < 65536:
        raise WrongSetting(N_("PORT: “%(value)s” is no port. Write a number between 1 and 65535."), value=value)
    return int(value)


def _database(value: str) -> str:
    """The address is never repeated in a sentence: it may hold a password."""
    try:
        url = make_url(value)
    except (ArgumentError, ValueError) as error:
        raise WrongSetting(N_("DATABASE_URL is no database address. %(how)s"), how=HOW_DATABASE) from error
    if url.drivername not in DATABASES:
        raise WrongSetting(
            N_("DATABASE_URL: “%(kind)s” is not supported. %(how)s"), kind=url.drivername, how=HOW_DATABASE
        )
    if _in_memory(url):
        raise WrongSetting(
            N_("DATABASE_URL: nothing would be kept. Name a file, like sqlite:////var/lib/dialog.sqlite")
        )
    return value


HOW_DATABASE = "sqlite:////path/file, postgresql+psycopg://user:password@host/name"


def _in_memory(url: URL) -> bool:
    return url.drivername == "sqlite" and url.database in (None, "", ":memory:")


def _key(value: str | None, folder: Path) -> str:
    if value is None:
        return _kept_key(folder / "secret.key")
    if len(value) < SHORTEST_KEY:
        raise WrongSetting(
            N_("SECRET_KEY is too short. Write at least %(least)s random characters, or leave it out."),
            least=SHORTEST_KEY,
        )
    return value


def _kept_key(path: Path) -> str:
    """The key in the data folder; made on the first start, so that nobody is signed out by the next one."""
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        if not path.exists():
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
            fresh.rename(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        key = ""
    if len(key) < SHORTEST_KEY:
        raise WrongSetting(
            N_("The file %(path)s cannot be used as a key. Delete it; everybody then has to sign in again."),
            path=str(path),
        )
    return key


def _public(value: str) -> str:
    """The address as browsers name it in an Origin header: lower case, without the usual port."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in USUAL_PORTS or not parts.hostname or more:
        raise WrongSetting(
            N_("PUBLIC_URL: “%(value)s” is no address. Write one like https://dialog.example.org, without a path."),
            value=value,
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    unusual = port is not None and port != USUAL_PORTS[parts.scheme]
    return f"{parts.scheme}://{host}:{port}" if unusual else f"{parts.scheme}://{host}"

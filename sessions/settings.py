"""Settings come from the environment. Each has a default that is right for a laptop in a hall."""

import os
import re
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
REDIS = ("redis", "rediss", "unix")
SHORTEST_KEY = 16
MOST_MINUTES = 1440
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
    backups: Path
    backup_every: float
    """Minutes."""
    redis_url: str = ""
    redis_prefix: str = "arbeitsmarktdialog"
    proxies: int = 0

    @property
    def sqlite_file(self) -> Path | None:
        """The file of the database, if it is one."""
        url = make_url(self.database_url)
        return Path(str(url.database)) if url.drivername == "sqlite" else None

    @property
    def secure(self) -> bool:
        """Whether people reach the server by https."""
        return self.public_url.startswith("https://")


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read and check all settings; an empty one is as good as none. Raises WrongSetting with a sentence."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    folder = _folder("DATA_FOLDER", given.get("DATA_FOLDER", "data"))
    host, port = given.get("HOST", "0.0.0.0"), _port(given.get("PORT", "8000"))
    database_url = _database(given.get("DATABASE_URL", f"sqlite:///{folder / 'dialog.sqlite'}"))
    if "REDIS_URL" in given:
        _must_be_shared(given, database_url)
    return Settings(
        data_folder=folder,
        database_url=database_url,
        secret_key=_key(given.get("SECRET_KEY"), folder),
        host=host,
        port=port,
        public_url=_public(given.get("PUBLIC_URL", f"http://{_own_name(host)}:{port}")),
        backups=_folder("BACKUPS", given["BACKUPS"]) if "BACKUPS" in given else folder / "backups",
        backup_every=_minutes(given.get("BACKUP_EVERY", "5")),
        redis_url=_redis(given.get("REDIS_URL", "")),
        redis_prefix=_prefix(given.get("REDIS_PREFIX", "arbeitsmarktdialog")),
        proxies=_proxies(given.get("PROXIES", "0")),
    )


def _must_be_shared(given: Mapping[str, str], database_url: str) -> None:
    """What several processes need to be one server."""
    if make_url(database_url).drivername == "sqlite":
        raise WrongSetting(
            N_("REDIS_URL is for several processes, and they need PostgreSQL: set DATABASE_URL as well.")
        )
    if "SECRET_KEY" not in given:
        raise WrongSetting(
            N_("REDIS_URL is for several processes, and they need the same key: set SECRET_KEY as well.")
        )


def _own_name(host: str) -> str:
    return "localhost" if host in ONLY_HERE else in_this_network()


def _folder(name: str, value: str) -> Path:
    folder = Path(value).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            N_("%(name)s: %(folder)s cannot be made (%(reason)s). Name a folder that can."),
            name=name,
            folder=str(folder),
            reason=error.strerror or "",
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise WrongSetting(
            N_("%(name)s: nothing can be written to %(folder)s. Name another folder."), name=name, folder=str(folder)
        )
    return folder


def _port(value: str) -> int:
    if not value.isdecimal() or len(value) > 5 or not 0 < int(value) < 65536:
        raise WrongSetting(N_("PORT: “%(value)s” is no port. Write a number between 1 and 65535."), value=value)
    return int(value)


def _minutes(value: str) -> float:
    try:
        minutes = float(value)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= MOST_MINUTES:
        raise WrongSetting(
            N_("BACKUP_EVERY: “%(value)s” is no number of minutes. Write one from 1 to %(most)s."),
            value=value,
            most=MOST_MINUTES,
        )
    return minutes


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


def _redis(value: str) -> str:
    """Like the database's, the address is never repeated."""
    try:
        parts = urlsplit(value)
        known = parts.scheme in REDIS and (bool(parts.hostname) != (parts.scheme == "unix")) and parts.port != 0
    except ValueError:
        known = False
    if value and not known:
        raise WrongSetting(N_("REDIS_URL is no address of a Redis. Write one like redis://host:6379/0"))
    return value


def _prefix(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,60}", value):
        raise WrongSetting(N_("REDIS_PREFIX: “%(value)s” is no name. Write letters and digits only."), value=value)
    return value


def _proxies(value: str) -> int:
    if not re.fullmatch("[0-9]", value):
        raise WrongSetting(
            N_("PROXIES: “%(value)s” is no number of proxies. Write how many stand before the server: 0 to 9."),
            value=value,
        )
    return int(value)


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

"""Settings come from the environment. Each has a default that is right for a laptop in a hall."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from sessions.addresses import in_this_network

DATABASES = ("sqlite", "postgresql+psycopg")
SHORTEST_KEY = 16


class WrongSetting(Exception):
    """A setting that cannot be used; the message names it and says what to write instead."""


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
    """Read and check all settings. Raises WrongSetting with a sentence."""
    folder = _folder(environ.get("DATA_FOLDER", "data"))
    port = _port(environ.get("PORT", "8000"))
    return Settings(
        data_folder=folder,
        database_url=_database(environ.get("DATABASE_URL") or f"sqlite:///{folder / 'dialog.sqlite'}"),
        secret_key=_key(environ.get("SECRET_KEY"), folder),
        host=environ.get("HOST", "0.0.0.0"),
        port=port,
        public_url=_public(environ.get("PUBLIC_URL") or f"http://{in_this_network()}:{port}"),
    )


def _folder(value: str) -> Path:
    folder = Path(value).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"DATA_FOLDER: {folder} cannot be made ({error.strerror}). Name a folder that can."
        ) from error
    if not os.access(folder, os.W_OK):
        raise WrongSetting(f"DATA_FOLDER: {folder} cannot be written to. Name a folder that can.")
    return folder


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise WrongSetting(f"PORT: “{value}” is no port. Write a number between 1 and 65535.")
    return int(value)


def _database(value: str) -> str:
    try:
        kind = make_url(value).drivername
    except ArgumentError as error:
        raise WrongSetting(f"DATABASE_URL: “{value}” is no database address.") from error
    if kind not in DATABASES:
        raise WrongSetting(f"DATABASE_URL: “{kind}” is not supported. Begin with sqlite:/// or postgresql+psycopg://.")
    return value


def _key(value: str | None, folder: Path) -> str:
    if value is None:
        return _kept_key(folder / "secret.key")
    if len(value) < SHORTEST_KEY:
        raise WrongSetting(f"SECRET_KEY: too short. Write at least {SHORTEST_KEY} random characters, or leave it out.")
    return value


def _kept_key(path: Path) -> str:
    """The key in the data folder; made on the first start, so that nobody is signed out by the next one."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text()


def _public(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
        raise WrongSetting(
            f"PUBLIC_URL: “{value}” is no address. Write one like https://dialog.example.org, without a path."
        )
    return f"{parts.scheme}://{parts.netloc}"

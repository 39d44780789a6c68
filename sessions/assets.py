"""Styles, scripts and fonts: sent once and small.

Their addresses carry a version made of their content, so a browser keeps them for a year and asks for none twice;
scripts import each other by relative paths and so stay within one version. Text of more than a kilobyte travels
compressed.
"""

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, request, send_from_directory

FOLDER = Path(__file__).parent.parent / "static"
A_YEAR = 365 * 24 * 3600
LEAST_BYTES = 1024
SCRIPTS = {"text/javascript", "application/javascript"}
TEXT = {"text/html", "text/css", "text/plain", "application/json", "image/svg+xml", *SCRIPTS}


def start_assets(app: Flask) -> None:
    current = version(FOLDER)

    @app.url_defaults
    def _newest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static":
            values.setdefault("version", current)

    @app.get("/static/<version>/<path:filename>", endpoint="static")
    def _static(version: str, filename: str) -> Response:
        """A page that was open while the server changed gets today's file, but does not keep it."""
        keeps = version == current and not app.debug
        response = send_from_directory(FOLDER, filename, max_age=A_YEAR if keeps else 0)
        if keeps:
            response.cache_control.immutable = True
        return response

    @app.after_request
    def _small(response: Response) -> Response:
        return packed(response)


def version(folder: Path) -> str:
    """Another one whenever a file of ours, or the list of libraries, has changed."""
    digest = hashlib.blake2s(digest_size=6)
    ours = [path for top in folder.iterdir() if top.name != "node_modules" for path in (top, *top.rglob("*"))]
    for path in sorted(path for path in ours if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def packed(response: Response) -> Response:
    """The answer, compressed where that makes it smaller and the browser understands it."""
    if response.mimetype not in TEXT or response.status_code in (206, 304) or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if request.method == "HEAD" or request.accept_encodings["gzip"] <= 0:
        return response
    is_file, response.direct_passthrough = response.direct_passthrough, False
    content = response.get_data()
    if len(content) <= LEAST_BYTES:
        return response
    response.set_data(_packed_once(content) if is_file else _packed(content))
    response.headers["Content-Encoding"] = "gzip"
    etag, _weak = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)
    return response


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


_packed_once = lru_cache(maxsize=200)(_packed)

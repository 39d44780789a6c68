"""Styles, scripts and fonts: sent once and small.

Their addresses carry a version made of their content, so a browser keeps them for a year and asks for none twice;
scripts import each other by relative paths and so stay within one version. Text of more than a kilobyte travels
compressed.
"""

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

FOLDER = Path(__file__).parent.parent / "static"
HANDED_OUT = ("css", "js", "icons", "node_modules")
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
        response = _sent(filename)
        response.cache_control.public = True
        if version == current and not app.debug:
            response.cache_control.max_age = A_YEAR
            response.cache_control.immutable = True
        else:
            response.cache_control.no_cache = True
        return response

    @app.after_request
    def _small(response: Response) -> Response:
        return packed(response)


def _sent(filename: str) -> Response:
    path = safe_join(str(FOLDER), filename)
    if path is None or filename.partition("/")[0] not in HANDED_OUT or not Path(path).is_file():
        abort(404)
    content = Path(path).read_bytes()
    response = Response(content, mimetype=mimetypes.guess_type(filename)[0] or "application/octet-stream")
    response.set_etag(hashlib.blake2s(content, digest_size=12).hexdigest())
    response.make_conditional(request)
    return response


def version(folder: Path) -> str:
    """Another one whenever a file of ours, or the list of libraries, has changed."""
    digest = hashlib.blake2s(digest_size=6)
    ours = [path for top in folder.iterdir() if top.name != "node_modules" for path in (top, *top.rglob("*"))]
    for path in sorted(path for path in ours if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def packed(response: Response) -> Response:
    """The answer, compressed where that makes it smaller and the browser understands it.

    Pages hold secrets (the form's token) beside what people wrote. Guessing one by the size of the other needs a
    foreign page that loads ours again and again with our cookie; browsers do not send it there (SameSite).
    """
    if response.mimetype not in TEXT or response.status_code in (206, 304) or response.direct_passthrough:
        return response
    response.vary.add("Accept-Encoding")
    if request.method == "HEAD" or request.accept_encodings["gzip"] <= 0:
        return response
    content = response.get_data()
    if len(content) <= LEAST_BYTES:
        return response
    response.set_data(_packed_once(content) if request.endpoint == "static" else _packed(content))
    response.headers["Content-Encoding"] = "gzip"
    etag, _weak = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)
    return response


def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)


_packed_once = lru_cache(maxsize=200)(_packed)

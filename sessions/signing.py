"""How Flask's cookie is signed: by a signer that is made once, and anew only when there is something new to sign."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface as SignedCookies
from flask.sessions import SessionMixin as Cookie
from itsdangerous import URLSafeTimedSerializer

from sessions.answers import wants_json


class OneSigner(SignedCookies):
    """For one application, whose key does not change."""

    def __init__(self, app: Flask) -> None:
        self._signer = super().get_signing_serializer(app)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        return self._signer

    def should_set_cookie(self, app: Flask, cookie: Cookie) -> bool:
        """Pages make the cookie last from now on; what a script asks for or sends only carries what has changed."""
        return cookie.modified or (super().should_set_cookie(app, cookie) and not wants_json())


def start_signing(app: Flask) -> None:
    """The application has its key already."""
    vars(app).update(session_interface=OneSigner(app))

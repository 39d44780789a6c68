"""What crosses from one worker to the others, through Redis: frames, and whose connections are to end or to move.

Nobody waits for Redis, and Redis keeps nothing. A worker sends to its own connections first and then, from a queue, to
the others. While Redis is away every worker goes on alone. What did not cross is found by looking at the numbers in the
database: whoever listened on the wrong worker then comes in again.
"""

import json
import secrets
from collections.abc import Callable, Mapping
from typing import Any

import gevent
from flask import Flask, current_app
from gevent.event import Event
from gevent.queue import Full, Queue

from sessions.following import Following
from sessions.language import in_german
from sessions.settings import Settings
from sessions.words import N_

LOOK = 2.0
"""Seconds between two looks at the numbers. What did not cross is noticed with the second one."""

AGAIN = 1.0
"""Seconds between two tries to reach Redis."""

PATIENCE = 3.0
"""Seconds of silence after which Redis is asked whether it is there, and again until it counts as away."""

MOST_WAITING = 1000
"""Messages on their way to Redis; when it takes no more, those that come next are left out and found missing."""

Message = Mapping[str, Any]


class Crossing:
    """This worker's way to the others. Nothing happens before `start`.

    `hear` is called with the messages of others about dialogues that somebody listens to here, `look` now and then.
    """

    def __init__(
        self, app: Flask, settings: Settings, hear: Callable[[Message], None], look: Callable[[], None]
    ) -> None:
        self.following = Following()
        self._app, self._url, self._channel = app, settings.redis_url, f"{settings.redis_prefix}/live"
        self._hear, self._look = hear, look
        self._me = secrets.token_hex(8).encode()
        self._leaving: Queue[tuple[bytes, bool]] = Queue(MOST_WAITING)
        self._started = self.away = False
        self._tried = Event()

    def start(self) -> None:
        """Begin to listen, once; returns when Redis has answered, or has not."""
        if not self._started:
            self._started = True
            for go_on in (self._go_on_listening, self._go_on_sending, self._go_on_looking):
                gevent.spawn(go_on)
        self._tried.wait()

    def send(self, message: Message, dialogue_id: str = "") -> None:
        """Let the other workers hear this, soon; in the order in which it was said. Returns at once.

        What belongs to no dialogue is kept until Redis takes it: no number would tell that it is missing.
        """
        body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            self._leaving.put_nowait((b"\n".join((self._me, dialogue_id.encode(), body)), not dialogue_id))
        except Full:
            pass

    # --- Sending ------------------------------------------------------------------------------------------------------

    def _go_on_sending(self) -> None:
        redis = _connect(self._url)
        for said, must_arrive in self._leaving:
            while not (self._sent(redis, said) or self._sent(redis, said)) and must_arrive:
                gevent.sleep(AGAIN)  # The second try is for a connection that ended while nothing was said.

    def _sent(self, redis: Any, said: bytes) -> bool:
        from redis import RedisError

        try:
            redis.publish(self._channel, said)
        except (RedisError, OSError):
            return False
        return True

    # --- Listening ----------------------------------------------------------------------------------------------------

    def _go_on_listening(self) -> None:
        from redis import RedisError

        while True:
            try:
                with _connect(self._url).pubsub() as pubsub:
                    pubsub.subscribe(self._channel)
                    self._listen(pubsub)
            except (RedisError, OSError) as error:
                self._is_away(type(error).__name__)
            gevent.sleep(AGAIN)

    def _listen(self, pubsub: Any) -> None:
        """Until Redis is silent although it was asked. Raises RedisError."""
        asked = False
        while True:
            message = pubsub.get_message(timeout=PATIENCE)
            if message is None:
                if asked:
                    raise OSError("Redis is silent")
                pubsub.ping()
            elif message["type"] == "subscribe":
                self._is_there()
            elif message["type"] == "message":
                self._take(message["data"])
            asked = message is None

    def _take(self, said: bytes) -> None:
        by, dialogue_id, body = said.split(b"\n", 2)
        if by == self._me or (dialogue_id and dialogue_id.decode() not in self.following):
            return
        try:
            with self._app.app_context():
                self._hear(json.loads(body))
        except Exception as error:  # Whatever it is, the next message must be heard.
            self._app.logger.error("What another worker said could not be told on", exc_info=error)

    def _is_there(self) -> None:
        if self.away:
            self._app.logger.warning(in_german(N_("Redis answers again.")))
        self.away = False
        self._tried.set()

    def _is_away(self, reason: str) -> None:
        if not self.away:
            sentence = N_("Redis does not answer (%(reason)s). This process goes on alone until it is back.")
            self._app.logger.warning(in_german(sentence, reason=reason))
        self.away = True
        self._tried.set()

    # --- Looking ------------------------------------------------------------------------------------------------------

    def _go_on_looking(self) -> None:
        while True:
            gevent.sleep(LOOK)
            try:
                with self._app.app_context():
                    self._look()
            except Exception as error:  # Whatever it is, it must be looked again.
                self._app.logger.error("The numbers of the dialogues could not be looked at", exc_info=error)


def connections_to(url: str) -> Any:
    """Connections to Redis that say at once when it is away: a silent reconnect would hide what was missed."""
    from redis import ConnectionPool
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    never = Retry(NoBackoff(), 0)
    return ConnectionPool.from_url(url, retry=never, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE)


def _connect(url: str) -> Any:
    from redis import Redis

    return Redis(connection_pool=connections_to(url))


def crossing() -> Crossing | None:
    """The way to other workers; None where there is only this one."""
    found = current_app.extensions.get("crossing")
    assert found is None or isinstance(found, Crossing)
    return found


def begin_to_follow(dialogue_id: str, seq: int | None = None) -> None:
    """Somebody comes in, who has now seen everything up to this number; None: who will say so at once."""
    if (others := crossing()) is None:
        return
    others.start()
    if seq is None:
        others.following.expect(dialogue_id)
    else:
        others.following.has_seen(dialogue_id, seq)

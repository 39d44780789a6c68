"""Who listens where, and the same frame to all of them: made once, and written straight to whoever takes it at once.

python-socketio hands every frame to every connection as a packet to make and to queue, and asks all rooms for the ones
that a connection is in. In a hall of 2,000 phones that is what telling and coming in would cost most.
"""

from typing import Any

from engineio.packet import MESSAGE
from engineio.packet import Packet as Carrier
from socketio.manager import Manager
from socketio.packet import EVENT, Packet

from sessions.sockets import Line, text_frame


class Listeners(Manager):
    """python-socketio's register of connections and rooms."""

    def __init__(self) -> None:
        super().__init__()
        self._rooms_of: dict[tuple[str, str], dict[Any, None]] = {}

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **options: Any,
    ) -> None:
        """Tell everybody in these rooms, once each, but not those to be skipped. What is told asks for no answer."""
        assert callback is None
        carrier = Carrier(MESSAGE, Packet(EVENT, namespace=namespace, data=[event, data], binary=False).encode())
        frame = text_frame(carrier.encode())
        skipped = {skip_sid} if isinstance(skip_sid, str) else set(skip_sid or ())
        lines = self.server.eio.sockets
        for sid, line_id in self.get_participants(namespace, to or room):
            if sid not in skipped:
                line = lines.get(line_id)
                if not (isinstance(line, Line) and line.take(frame)):
                    self.server._send_eio_packet(line_id, carrier)

    def basic_enter_room(self, sid: str, namespace: str, room: Any, eio_sid: str | None = None) -> None:
        super().basic_enter_room(sid, namespace, room, eio_sid)
        self._rooms_of.setdefault((namespace, sid), {})[room] = None

    def basic_leave_room(self, sid: str, namespace: str, room: Any) -> None:
        super().basic_leave_room(sid, namespace, room)
        if (rooms := self._rooms_of.get((namespace, sid))) is not None:
            rooms.pop(room, None)
            if not rooms:
                del self._rooms_of[namespace, sid]

    def get_rooms(self, sid: str, namespace: str) -> list[Any]:
        """The rooms that a connection is in; that of the whole namespace does not count."""
        return [room for room in self._rooms_of.get((namespace, sid), ()) if room is not None]

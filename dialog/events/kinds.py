"""The two kinds of events: what the journal keeps, and what goes over the wire."""

from pydantic import BaseModel, ConfigDict


class Event(BaseModel):
    """Something that has happened."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Happening(Event):
    """What the journal keeps."""


class Tiding(Event):
    """What goes over the wire."""

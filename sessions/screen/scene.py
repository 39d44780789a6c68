"""One page of a picture on the wall."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Scene:
    """A template of `templates/screen/` and its values."""

    template: str
    values: dict[str, Any]

"""How many lines a text takes in a cell of some width."""

from functools import lru_cache


@lru_cache(maxsize=20_000)
def lines_of(text: str, width: float) -> int:
    """Lines break at spaces and after hyphens; letters are a little narrower than the digits that widths are measured
    in.
    """
    room = max(8, int(1.15 * width))
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(_lines(line, room) for line in text.split("\n"))


def _lines(line: str, room: int) -> int:
    count = 1
    rest = line.rstrip(" ")
    while len(rest) > room:
        cut = max(rest.rfind(" ", 0, room + 1), rest.rfind("-", 0, room) + 1)
        word = rest[max(cut, 0) :].lstrip(" ").partition(" ")[0]
        if cut <= 0 or len(word) > room:
            cut = room  # A word longer than a line begins where there is room, and is broken.
        rest = rest[cut:].lstrip(" ")
        count += 1
    return count

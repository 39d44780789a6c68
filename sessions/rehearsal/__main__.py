"""`python -m sessions.rehearsal <url> <code>`: simulated people come into a running dialogue through the public door.

They end by themselves when the dialogue is closed. Ctrl+C ends them at once.
"""

import argparse
import asyncio
import json
import sys
from random import Random

from sessions.rehearsal.people import GONE_AFTER, PACES
from sessions.rehearsal.room import Room, drawn_people


def main(arguments: list[str]) -> None:
    """Live the rehearsal; at the end one line of JSON says how many forms were answered and which were refused."""
    asked = _parser().parse_args(arguments)
    counts = dict(part.split("=") for part in asked.like)
    people = drawn_people({key: int(count) for key, count in counts.items()}, asked.people, Random(asked.seed))
    room = Room(
        asked.url,
        asked.code,
        people,
        seed=asked.seed,
        pace=PACES.get(asked.pace) or float(asked.pace),
        weather=not asked.fair_weather,
        gone_after=asked.gone_after,
    )
    asyncio.run(room.live(asked.longest * 60))
    refused = [[deed.what, deed.status, deed.error] for deed in room.refused]
    print(json.dumps({"answered": room.answered, "refused": refused}, ensure_ascii=False))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sessions.rehearsal", description=__doc__)
    parser.add_argument("url")
    parser.add_argument("code")
    parser.add_argument("--people", type=int, default=26)
    parser.add_argument("--like", action="append", default=[], metavar="KEY=COUNT", help="proportions of the groups")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pace", default="normal", help="normal, fast, or a share of the normal time such as 0.05")
    parser.add_argument("--longest", type=float, default=300, help="minutes")
    parser.add_argument("--gone-after", type=float, default=GONE_AFTER, help="seconds without the server")
    parser.add_argument("--fair-weather", action="store_true", help="the network never fails, and nobody leaves")
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])

"""`python -m exports.story DIALOGUE`: minutes or summary as JSON, told by a process that carries pandas.

The server draws pages of it and carries none. A sentence and exit code 1 when it fails.
"""

import argparse
import os
import sys
from datetime import date

from dialog.errors import RuleBroken
from dialog.store import Store, StoreAway
from exports.profile import Profile
from exports.report import read_report
from exports.story.content import Told
from exports.story.story import story
from exports.story.summary import summary


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m exports.story")
    parser.add_argument("what", choices=["minutes", "summary"])
    parser.add_argument("dialogue", help="its id")
    parser.add_argument("--profile", type=Profile, choices=list(Profile), default=Profile.INTERNAL)
    asked = parser.parse_args()
    store = Store(os.environ.get("DATABASE_URL", ""))
    try:
        with store.reading() as db:
            report = read_report(db, asked.dialogue, date.today(), asked.profile)
    except (RuleBroken, StoreAway) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        store.dispose()
    of_minutes = asked.what == "minutes"
    told = Told(story=story(report) if of_minutes else None, summary=None if of_minutes else summary(report))
    sys.stdout.buffer.write(told.model_dump_json().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())

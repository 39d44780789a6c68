"""Close the dialogue for good: nobody can tell any more who wrote or chose what. The results stay complete."""

from dialog import promise_queries, queries
from dialog.acting import Command
from dialog.events import AuthorshipCut, Happening
from dialog.store import Db


class CloseDialogue(Command):
    """Nothing more to say."""


def close_dialogue(db: Db, command: CloseDialogue) -> list[Happening]:
    """Says how many cards, ballots, appraisals, feedback papers and people it concerned."""
    return [
        AuthorshipCut(
            cards=len(queries.cards(db, command.dialogue_id)),
            ballots=queries.voted(db, command.dialogue_id),
            appraisals=promise_queries.appraised(db, command.dialogue_id),
            feedback=promise_queries.answered(db, command.dialogue_id),
            people=len(queries.people(db, command.dialogue_id)),
        )
    ]

"""What the projector can show now."""

from dialog import queries, steps, table_queries
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step, Voting


def pictures(db: Db, dialogue: Dialogue) -> tuple[str, ...]:
    """What the projector can show now; see `steps.pictures`."""
    step = Step(dialogue.step)
    stakeholders = tuple(s.key for s in queries.plan(dialogue).participating)
    figures = dialogue.voting if step in (Step.WEIGH, Step.MIRROR) else dialogue.appraising
    tables = table_queries.tables(db, dialogue.id) if dialogue.tables_shown else []
    return steps.pictures(step, stakeholders, figures == Voting.REVEALED, tuple(table.name for table in tables))

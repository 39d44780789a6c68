"""Say what the forum calls the categories of its formats. Those with the same name are one category in comparisons."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete

from dialog import errors, forum_queries
from dialog.comparison.values import Names
from dialog.models import Forum, ForumCategory
from dialog.store import Db


@dataclass(frozen=True, kw_only=True, slots=True)
class NameCategories:
    """`names` by (format, category); an empty name, or the one of all plans, takes the forum's own name away.

    What is not in it stays as it is.
    """

    forum_id: str
    names: Mapping[tuple[str, str], str]


def name_categories(db: Db, command: NameCategories) -> Names:
    """What the forum calls its categories now. Raises NoSuchThing for a category that occurs in none of its dialogues.

    Saying the same twice is saying it once.
    """
    if db.get(Forum, command.forum_id, with_for_update=True) is None:
        raise errors.NoSuchThing()
    dialogues = forum_queries.held(db, command.forum_id, closed_only=False)
    plans = {(one.format, one.category): one.labels for one in forum_queries.occurring(db, dialogues)}
    for (format, category), said in command.names.items():
        if (format, category) not in plans:
            raise errors.NoSuchThing()
        name = " ".join(said.split())
        row = db.get(ForumCategory, (command.forum_id, format, category))
        if not name or plans[format, category] == (name,):
            if row is not None:
                _take_away(db, row)
        elif row is None:
            db.add(ForumCategory(forum_id=command.forum_id, format=format, category=category, label=name))
        else:
            row.label = name
    db.flush()
    return forum_queries.names(db, command.forum_id)


def _take_away(db: Db, row: ForumCategory) -> None:
    db.execute(
        delete(ForumCategory).where(
            ForumCategory.forum_id == row.forum_id,
            ForumCategory.format == row.format,
            ForumCategory.category == row.category,
        )
    )

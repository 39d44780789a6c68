"""Everything that has happened in a dialogue, act by act. Emptied when authorship is cut."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import Base


class Standing(StrEnum):
    """Whether an act lies on the undo stack of its scope (DONE), on the redo stack (UNDONE), or on neither (FIXED)."""

    FIXED = "fixed"
    DONE = "done"
    UNDONE = "undone"


class JournalEntry(Base):
    """One act. `scope` names the undo stack: "cockpit", or "board:<group>"; `client_key` makes a retry the same act."""

    __tablename__ = "journal"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "by", "client_key"),
        Index("ix_journal_dialogue_id_scope_standing_seq", "dialogue_id", "scope", "standing", "seq"),
    )

    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    client_key: Mapped[str] = mapped_column(String(64))
    act: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(64))
    scope: Mapped[str] = mapped_column(String(40))
    standing: Mapped[str] = mapped_column(String(10))
    events: Mapped[list[Any]]

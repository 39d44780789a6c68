"""The homogeneous groups of round 1 and the mixed tables of round 2."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Group(Base):
    """A group. `written` counts its standing cards, so that counting costs the same for the first card and the last.

    A table (round 2) has no stakeholder; its name is its number.
    """

    __tablename__ = "groups"
    __table_args__ = (UniqueConstraint("dialogue_id", "round", "name"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"))
    round: Mapped[int]
    stakeholder: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    revealed: Mapped[bool] = mapped_column(default=False)
    written: Mapped[int] = mapped_column(default=0)

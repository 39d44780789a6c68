"""One planned and held workshop."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Dialogue(Base):
    """A dialogue with its plan, its code and where it stands. `seq` numbers every act, gapless from 1."""

    __tablename__ = "dialogues"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    forum_id: Mapped[str] = mapped_column(ForeignKey("forums.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date]
    deletes_on: Mapped[date] = mapped_column(index=True)
    plan: Mapped[dict[str, Any]]
    seq: Mapped[int] = mapped_column(default=0)

    door_open: Mapped[bool] = mapped_column(default=True)
    step: Mapped[str] = mapped_column(String(20))
    step_began_at: Mapped[datetime]
    left_step: Mapped[str | None] = mapped_column(String(20))
    left_at: Mapped[datetime | None]
    timer_ends_at: Mapped[datetime | None]
    picture: Mapped[str] = mapped_column(String(60), default="step")
    voting: Mapped[str] = mapped_column(String(20), default="preparing")
    voting_closed_at: Mapped[datetime | None]
    chosen_topics: Mapped[list[str]] = mapped_column(default=list)
    closed: Mapped[bool] = mapped_column(default=False)

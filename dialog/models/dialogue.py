"""One planned and held workshop."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Dialogue(Base):
    """A dialogue with its plan, its code and where it stands.

    `seq` numbers every act, gapless from 1; only when a copy is put back it leaps over what screens have seen.
    A `rehearsal` is played by simulated people: it is marked as one wherever it is seen, and counts nowhere.
    `imported_on` is the day on which it came here out of an archive.
    """

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
    rehearsal: Mapped[bool] = mapped_column(default=False)
    imported_on: Mapped[date | None]

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
    tables_shown: Mapped[bool] = mapped_column(default=False)
    mixing_seed: Mapped[int | None]
    appraising: Mapped[str] = mapped_column(String(20), default="preparing")
    appraising_closed_at: Mapped[datetime | None]
    closed: Mapped[bool] = mapped_column(default=False)


class HeldStep(Base):
    """One stay in a step that is over; `number` counts from 1 within the dialogue.

    `began_at` is empty where nobody began it by an act: people arrive when they arrive.
    """

    __tablename__ = "held_steps"

    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(20))
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime]

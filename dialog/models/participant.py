"""One pseudonymous person in the room."""

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Participant(Base):
    """A person: number, stakeholder, group. No name, no address, no time.

    `device_hash` recognises the own phone; it is empty for people without a phone, and for all after the close, when
    everybody `has_phone`. `left` keeps a removed person's cards and lets nothing more in.
    """

    __tablename__ = "participants"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "number"),
        Index("ix_participants_dialogue_id_group_id", "dialogue_id", "group_id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"))
    number: Mapped[str] = mapped_column(String(4))
    arrival: Mapped[int]
    stakeholder: Mapped[str] = mapped_column(String(40))
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    organisation: Mapped[str] = mapped_column(String(80), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    needs_interpreter: Mapped[bool] = mapped_column(default=False)
    has_phone: Mapped[bool] = mapped_column(default=True)
    device_hash: Mapped[str] = mapped_column(String(64), default="")
    left: Mapped[bool] = mapped_column(default=False)

"""One thought, and who should hear it."""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dialog.models.columns import ID, Base


class Card(Base):
    """A card. `author_id` is empty for paper cards, and for every card once the dialogue is closed."""

    __tablename__ = "cards"
    __table_args__ = (Index("ix_cards_dialogue_id_group_id", "dialogue_id", "group_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"))
    group_id: Mapped[str] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[str | None] = mapped_column(ForeignKey("participants.id", ondelete="SET NULL"), index=True)
    paper: Mapped[bool] = mapped_column(default=False)
    valence: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    topic_id: Mapped[str | None] = mapped_column(ForeignKey("topics.id", ondelete="SET NULL"), index=True)
    rank: Mapped[float]
    hidden: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[bool] = mapped_column(default=False)
    spoken_to: Mapped[list["CardAddressee"]] = relationship(
        lazy="selectin", order_by="CardAddressee.position", cascade="all, delete-orphan"
    )

    @property
    def addressees(self) -> tuple[str, ...]:
        return tuple(said.addressee for said in self.spoken_to)


class CardAddressee(Base):
    """One stakeholder that should hear a card."""

    __tablename__ = "card_addressees"

    card_id: Mapped[str] = mapped_column(ForeignKey("cards.id", ondelete="CASCADE"), primary_key=True)
    addressee: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]

"""Links that a moderator hands out. The address is signed with the server's key, so no token is stored."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Link(Base):
    """A link to all boards, one group's board or the projector, until it is revoked."""

    __tablename__ = "links"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    dialogue_id: Mapped[str] = mapped_column(ForeignKey("dialogues.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    group_id: Mapped[str | None] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    revoked: Mapped[bool] = mapped_column(default=False)

"""The regional forum, the people who run its dialogues, and links that work once."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from dialog.models.columns import ID, Base


class Forum(Base):
    """Owner of dialogues over the years."""

    __tablename__ = "forums"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))


class Account(Base):
    """A moderator or analyst of a forum. `password_hash` is argon2; raising `sign_in_epoch` ends every sign-in."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    forum_id: Mapped[str] = mapped_column(ForeignKey("forums.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(20))
    sign_in_epoch: Mapped[int] = mapped_column(default=0)


class ForumCategory(Base):
    """What the forum calls a category of a format, so that dialogues of different formats can be compared.

    A category without a row is called as its plan calls it.
    """

    __tablename__ = "forum_categories"

    forum_id: Mapped[str] = mapped_column(ForeignKey("forums.id", ondelete="CASCADE"), primary_key=True)
    format: Mapped[str] = mapped_column(String(40), primary_key=True)
    category: Mapped[str] = mapped_column(String(40), primary_key=True)
    label: Mapped[str] = mapped_column(String(120))


class OneTimeLink(Base):
    """A link that sets up the first account, or lets somebody choose the password of one. Its hash is stored."""

    __tablename__ = "one_time_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    used: Mapped[bool] = mapped_column(default=False)

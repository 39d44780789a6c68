"""Typed columns, no rules. One file per thing; importing this package knows all tables."""

from dialog.models.card import Card, CardAddressee
from dialog.models.columns import Base
from dialog.models.dialogue import Dialogue
from dialog.models.forum import Account, Forum, OneTimeLink
from dialog.models.group import Group
from dialog.models.journal import JournalEntry, Standing
from dialog.models.link import Link
from dialog.models.participant import Participant
from dialog.models.topic import Nomination, Topic
from dialog.models.vote import BallotPaper, Vote

__all__ = [
    "Account",
    "BallotPaper",
    "Base",
    "Card",
    "CardAddressee",
    "Dialogue",
    "Forum",
    "Group",
    "JournalEntry",
    "Link",
    "Nomination",
    "OneTimeLink",
    "Participant",
    "Standing",
    "Topic",
    "Vote",
]

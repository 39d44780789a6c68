"""Typed columns, no rules. One file per thing; importing this package knows all tables."""

from dialog.models.appraisal import Appraisal, Commitment, FeedbackPaper, FollowUp
from dialog.models.card import Card, CardAddressee
from dialog.models.columns import Base
from dialog.models.dialogue import Dialogue, HeldStep
from dialog.models.entry import Benefit, Proposal, Vision
from dialog.models.forum import Account, Forum, ForumCategory, OneTimeLink
from dialog.models.group import Group
from dialog.models.journal import JournalEntry, Standing
from dialog.models.link import Link
from dialog.models.participant import Participant
from dialog.models.table import Pair, Seat, Table
from dialog.models.topic import Nomination, Topic
from dialog.models.vote import BallotPaper, Vote

__all__ = [
    "Account",
    "Appraisal",
    "BallotPaper",
    "Base",
    "Benefit",
    "Card",
    "CardAddressee",
    "Commitment",
    "Dialogue",
    "FeedbackPaper",
    "FollowUp",
    "Forum",
    "ForumCategory",
    "Group",
    "HeldStep",
    "JournalEntry",
    "Link",
    "Nomination",
    "OneTimeLink",
    "Pair",
    "Participant",
    "Proposal",
    "Seat",
    "Standing",
    "Table",
    "Topic",
    "Vision",
    "Vote",
]

"""What happens to topics and votes, and the end of authorship."""

from datetime import datetime

from dialog.events.kinds import Happening
from dialog.events.values import TopicState
from dialog.words import Voting


class TopicMade(Happening):
    """A group has a new topic."""

    topic: TopicState


class TopicRemoved(Happening):
    """An empty topic was taken away."""

    topic: TopicState


class TopicNamed(Happening):
    """A topic has another title. `on_ballot` tells that other groups read it too, on the list of topics to vote on."""

    topic_id: str
    group_id: str
    on_ballot: bool
    title: str
    was_title: str


class TopicCategorised(Happening):
    """A topic has another category of the code book, or none."""

    topic_id: str
    group_id: str
    category: str | None
    was_category: str | None


class TopicPlaced(Happening):
    """A topic stands at another place on its board."""

    topic_id: str
    group_id: str
    rank: float
    was_rank: float


class TopicsNominated(Happening):
    """A group's most important topics, in order. The whole list counts; the last change wins."""

    group_id: str
    topic_ids: tuple[str, ...]
    was_topic_ids: tuple[str, ...]


class TopicJoined(Happening):
    """A topic is voted on together with another one, or by itself again."""

    topic_id: str
    joined_to: str | None
    was_joined_to: str | None


class VotingSet(Happening):
    """The vote was opened, closed, revealed, or taken a step back."""

    voting: Voting
    closed_at: datetime | None
    was_voting: Voting
    was_closed_at: datetime | None


class BallotCast(Happening):
    """A person has voted, or changed the vote. `voted` counts the people with at least one vote given."""

    ballot_id: str
    person_id: str
    stakeholder: str
    votes: dict[str, int]
    was_votes: dict[str, int]
    voted: int


class TopicsChosen(Happening):
    """The moderator has chosen the topics for round 2, in order."""

    topic_ids: tuple[str, ...]
    was_topic_ids: tuple[str, ...]


class AuthorshipCut(Happening):
    """The dialogue is closed and nobody can tell any more who wrote or chose what."""

    cards: int
    ballots: int
    appraisals: int
    feedback: int
    people: int

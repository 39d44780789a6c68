"""Nominating, weighing and mirroring: three topics, three votes, and no tally before its time."""

from datetime import timedelta

import pytest

from dialog import audience as a
from dialog import errors, queries
from dialog.acting import Actor
from dialog.commands.cast_ballot import cast_ballot
from dialog.commands.choose_topics import choose_topics
from dialog.commands.close_voting import close_voting
from dialog.commands.go_to_step import go_to_step
from dialog.commands.hide_card import hide_card
from dialog.commands.join_topics import join_topics
from dialog.commands.move_person import move_person
from dialog.commands.nominate_topics import nominate_topics
from dialog.commands.open_voting import open_voting
from dialog.commands.part_topic import part_topic
from dialog.commands.remove_person import remove_person
from dialog.commands.remove_topic import remove_topic
from dialog.commands.reveal_result import reveal_result
from dialog.commands.show_picture import show_picture
from dialog.commands.undo import undo
from dialog.steps import GRACE
from dialog.store import Store
from dialog.tally import Result
from dialog.words import Role, Step, Voting
from tests.people import BERECHTIGTE, JOBCENTER, MARA, TRAEGER, Afternoon, Person, small_plan


class Vote:
    """Anna, Ben and Tara with two nominated topics each group, before the vote."""

    def __init__(self, afternoon: Afternoon) -> None:
        self.afternoon = afternoon
        self.anna, self.ben = afternoon.join(JOBCENTER), afternoon.join(JOBCENTER)
        self.tara = afternoon.join(TRAEGER)
        afternoon.go(Step.SORT)
        self.zeit, self.geld, self.more = (
            afternoon.topic(self.anna.group_id, name) for name in ("Zeit", "Geld", "Mehr")
        )
        self.wege, self.ruhe = (afternoon.topic(self.tara.group_id, name) for name in ("Wege", "Ruhe"))
        afternoon.go(Step.NOMINATE)
        self.nominate(self.anna, self.zeit, self.geld)
        self.nominate(self.tara, self.wege, self.ruhe)
        afternoon.go(Step.WEIGH)

    def nominate(self, person: Person, *topic_ids: str) -> None:
        self.afternoon.act(nominate_topics, person.actor, group_id=person.group_id, topic_ids=topic_ids)

    def cast(self, person: Person, *topic_ids: str) -> None:
        self.afternoon.act(cast_ballot, person.actor, votes=dict.fromkeys(topic_ids, 1))

    def ballot(self) -> list[str]:
        with self.afternoon.reading() as db:
            return [topic.id for topic in queries.ballot_topics(db, self.afternoon.id)]

    def result(self) -> Result:
        with self.afternoon.reading() as db:
            return queries.result(db, queries.dialogue(db, self.afternoon.id))

    def raw(self) -> dict[str, int]:
        return {topic.topic: topic.raw for topic in self.result().topics}


@pytest.fixture
def vote(afternoon: Afternoon) -> Vote:
    return Vote(afternoon)


@pytest.fixture
def opened(vote: Vote) -> Vote:
    vote.afternoon.cockpit(open_voting)
    return vote


def test_the_last_change_of_the_nominations_wins_and_the_group_sees_it(afternoon: Afternoon) -> None:
    anna, ben = afternoon.join(JOBCENTER), afternoon.join(JOBCENTER)
    afternoon.go(Step.SORT)
    one, two = afternoon.topic(anna.group_id, "Zeit"), afternoon.topic(anna.group_id, "Geld")
    afternoon.go(Step.NOMINATE)
    for person, chosen in ((anna, (one, two)), (ben, (two,))):
        afternoon.act(nominate_topics, person.actor, group_id=anna.group_id, topic_ids=chosen)
    group = afternoon.sees(anna.phone)["groups"][anna.group_id]
    assert (group["nominated"], group["nominated_count"]) == ([two], 1)
    elsewhere = afternoon.sees(a.SCREEN)["groups"][anna.group_id]
    assert (elsewhere["nominated"], elsewhere["nominated_count"]) == ([], 1)


def test_a_group_nominates_three_named_topics_of_its_own(afternoon: Afternoon) -> None:
    anna, tara = afternoon.join(JOBCENTER), afternoon.join(TRAEGER)
    afternoon.go(Step.SORT)
    named = [afternoon.topic(anna.group_id, title) for title in "abcd"]
    nameless, foreign = afternoon.topic(anna.group_id), afternoon.topic(tara.group_id, "Geld")
    afternoon.go(Step.NOMINATE)
    for topic_ids, refusal in (
        (named, errors.TooManyNominations),
        ([named[0], named[0]], errors.NominatedTwice),
        ([nameless], errors.TopicNeedsTitle),
        ([foreign], errors.NoSuchThing),
    ):
        with pytest.raises(refusal):
            afternoon.act(nominate_topics, anna.actor, group_id=anna.group_id, topic_ids=topic_ids)
    with pytest.raises(errors.NotYourGroup):
        afternoon.act(nominate_topics, tara.actor, group_id=anna.group_id, topic_ids=named[:1])


def test_nobody_nominates_in_another_dialogue(store: Store) -> None:
    here, elsewhere = Vote(Afternoon(store)), Afternoon(store, dialogue_id="d22")
    elsewhere.go(Step.NOMINATE)
    with pytest.raises(errors.NoSuchThing):
        elsewhere.cockpit(nominate_topics, group_id=here.anna.group_id, topic_ids=[here.zeit])


def test_the_ballot_lists_every_nominated_topic_once(vote: Vote) -> None:
    assert vote.ballot() == [vote.zeit, vote.geld, vote.wege, vote.ruhe]
    vote.afternoon.cockpit(join_topics, topic_id=vote.wege, into=vote.zeit)
    assert vote.ballot() == [vote.zeit, vote.geld, vote.ruhe]
    vote.afternoon.cockpit(join_topics, topic_id=vote.zeit, into=vote.ruhe)
    assert vote.ballot() == [vote.ruhe, vote.geld], "what was joined to a topic goes along with it"
    vote.afternoon.cockpit(part_topic, topic_id=vote.zeit)
    assert vote.ballot() == [vote.zeit, vote.geld, vote.ruhe]


def test_only_what_is_nominated_is_joined(vote: Vote) -> None:
    with pytest.raises(errors.NotOnTheBallot):
        vote.afternoon.cockpit(join_topics, topic_id=vote.more, into=vote.zeit)
    with pytest.raises(errors.SameTopic):
        vote.afternoon.cockpit(join_topics, topic_id=vote.zeit, into=vote.zeit)


def test_without_a_nomination_there_is_nothing_to_vote_on(afternoon: Afternoon) -> None:
    afternoon.go(Step.WEIGH)
    with pytest.raises(errors.NothingToVoteOn):
        afternoon.cockpit(open_voting)


def test_nobody_votes_before_the_vote_is_open(vote: Vote) -> None:
    with pytest.raises(errors.VotingNotOpen):
        vote.cast(vote.anna, vote.zeit)


def test_a_vote_can_be_changed_until_the_close(opened: Vote) -> None:
    opened.cast(opened.anna, opened.zeit, opened.wege)
    opened.cast(opened.anna, opened.geld)
    assert opened.raw() == {opened.zeit: 0, opened.geld: 1, opened.wege: 0, opened.ruhe: 0}
    opened.cast(opened.anna)
    assert opened.afternoon.sees(a.SCREEN)["voted"] == 0, "who gives no vote abstains"


def test_three_votes_and_one_per_topic(opened: Vote) -> None:
    with pytest.raises(errors.TooManyVotes, match="3 votes"):
        opened.cast(opened.anna, opened.zeit, opened.geld, opened.wege, opened.ruhe)
    with pytest.raises(errors.TooManyOnOneTopic):
        opened.afternoon.act(cast_ballot, opened.anna.actor, votes={opened.zeit: 2})
    with pytest.raises(errors.NotOnTheBallot):
        opened.cast(opened.anna, opened.more)
    assert opened.raw() == dict.fromkeys(opened.ballot(), 0), "a refused ballot leaves nothing behind"


def test_more_votes_on_one_topic_if_the_plan_allows(store: Store) -> None:
    vote = Vote(Afternoon(store, small_plan(votes_per_topic=2)))
    vote.afternoon.cockpit(open_voting)
    vote.afternoon.act(cast_ballot, vote.anna.actor, votes={vote.zeit: 2, vote.geld: 1})
    assert vote.raw()[vote.zeit] == 2


def test_a_late_vote_keeps_its_grace_until_the_reveal(opened: Vote) -> None:
    opened.afternoon.cockpit(close_voting)
    opened.afternoon.later(GRACE.total_seconds())
    opened.cast(opened.anna, opened.zeit)
    opened.afternoon.now += timedelta(milliseconds=1)
    with pytest.raises(errors.VotingOver):
        opened.cast(opened.ben, opened.zeit)


def test_after_the_reveal_there_is_no_grace(opened: Vote) -> None:
    opened.afternoon.cockpit(close_voting)
    opened.afternoon.cockpit(reveal_result)
    with pytest.raises(errors.VotingOver):
        opened.cast(opened.ben, opened.zeit)
    with pytest.raises(errors.VotingOver):
        opened.afternoon.cockpit(open_voting)


def test_leaving_the_step_closes_the_vote_with_its_grace(opened: Vote) -> None:
    opened.afternoon.go(Step.MIRROR)
    assert opened.afternoon.sees(a.COCKPIT)["voting"] == Voting.CLOSED
    opened.afternoon.later(19)
    opened.cast(opened.anna, opened.zeit)
    opened.afternoon.later(2)
    with pytest.raises(errors.NotInThisStep):
        opened.cast(opened.anna, opened.geld)


def test_a_vote_can_be_opened_again_before_the_reveal(opened: Vote) -> None:
    opened.cast(opened.anna, opened.zeit)
    opened.afternoon.cockpit(close_voting)
    opened.afternoon.cockpit(open_voting)
    opened.cast(opened.ben, opened.zeit)
    assert opened.raw()[opened.zeit] == 2


def test_a_vote_is_closed_before_it_is_revealed(vote: Vote) -> None:
    with pytest.raises(errors.VotingNotOpen):
        vote.afternoon.cockpit(reveal_result)
    vote.afternoon.cockpit(open_voting)
    with pytest.raises(errors.VotingStillOpen):
        vote.afternoon.cockpit(reveal_result)


def test_a_moderator_votes_for_people_without_a_phone_and_for_nobody_else(vote: Vote) -> None:
    ben = vote.afternoon.welcome(BERECHTIGTE)
    vote.afternoon.cockpit(open_voting)
    vote.afternoon.on_board(ben.group_id, cast_ballot, person_id=ben.id, votes={vote.zeit: 1})
    assert vote.raw()[vote.zeit] == 1
    with pytest.raises(errors.NotByHand):
        vote.afternoon.on_board(vote.anna.group_id, cast_ballot, person_id=vote.anna.id, votes={vote.zeit: 1})
    for nobody in (None, "nobody"):
        with pytest.raises(errors.NoSuchThing):
            vote.afternoon.act(cast_ballot, MARA, person_id=nobody, votes={vote.zeit: 1})
    stranger = Actor(Role.CO_MODERATOR, "link", vote.tara.group_id)
    with pytest.raises(errors.NotYourGroup):
        vote.afternoon.act(cast_ballot, stranger, person_id=ben.id, votes={vote.zeit: 1})


def test_who_was_taken_out_does_not_count_and_counts_again_when_back(opened: Vote) -> None:
    opened.cast(opened.anna, opened.zeit)
    opened.cast(opened.ben, opened.zeit)
    opened.afternoon.cockpit(remove_person, person_id=opened.ben.id)
    assert opened.raw()[opened.zeit] == 1
    assert opened.afternoon.sees(a.SCREEN)["voted"] == 1
    opened.afternoon.cockpit(undo)
    assert opened.raw()[opened.zeit] == 2


def test_a_vote_moves_with_its_person_and_never_counts_for_too_many(opened: Vote) -> None:
    ben = opened.afternoon.welcome(TRAEGER)
    opened.afternoon.on_board(ben.group_id, cast_ballot, person_id=ben.id, votes={opened.wege: 1})
    opened.afternoon.on_board(ben.group_id, cast_ballot, person_id=ben.id, votes={opened.ruhe: 1})
    for person in (ben, opened.tara):
        opened.afternoon.cockpit(move_person, person_id=person.id, group_id=opened.anna.group_id)
    opened.afternoon.act(undo, MARA, f"board:{ben.group_id}")
    result = opened.result()
    assert result.voted == {JOBCENTER: 1, TRAEGER: 0, BERECHTIGTE: 0}
    assert opened.raw()[opened.wege] == 1


def test_what_is_voted_on_stays_on_the_ballot(opened: Vote) -> None:
    opened.cast(opened.ben, opened.zeit)
    opened.afternoon.go(Step.NOMINATE)
    for act, what in (
        (nominate_topics, {"group_id": opened.anna.group_id, "topic_ids": [opened.geld]}),
        (remove_topic, {"topic_id": opened.zeit}),
        (remove_topic, {"topic_id": opened.wege}),
    ):
        with pytest.raises(errors.VotesAlreadyThere):
            opened.afternoon.cockpit(act, **what)
    opened.nominate(opened.anna, opened.more, opened.geld, opened.zeit)
    assert opened.more in opened.ballot(), "a topic that was forgotten can still be added"
    assert opened.raw()[opened.zeit] == 1


def test_no_undo_takes_a_topic_off_the_ballot_once_votes_are_given(opened: Vote) -> None:
    board = f"board:{opened.anna.group_id}"
    opened.afternoon.go(Step.NOMINATE)
    every = [opened.zeit, opened.geld, opened.more]
    opened.afternoon.act(nominate_topics, MARA, board, group_id=opened.anna.group_id, topic_ids=every)
    opened.afternoon.go(Step.WEIGH)
    opened.afternoon.cockpit(open_voting)
    opened.cast(opened.ben, opened.more)
    with pytest.raises(errors.ChangedSince):
        opened.afternoon.act(undo, MARA, board)
    assert opened.raw()[opened.more] == 1


def test_topics_are_not_joined_once_the_vote_has_begun(opened: Vote) -> None:
    opened.cast(opened.anna, opened.zeit)
    for act, what in ((join_topics, {"topic_id": opened.zeit, "into": opened.wege}), (part_topic, {"topic_id": "x"})):
        with pytest.raises(errors.VotesAlreadyThere):
            opened.afternoon.cockpit(act, **what)
    opened.afternoon.cockpit(undo)  # the opening
    assert opened.afternoon.sees(a.COCKPIT)["voting"] == Voting.PREPARING
    with pytest.raises(errors.VotesAlreadyThere):
        opened.afternoon.cockpit(join_topics, topic_id=opened.zeit, into=opened.wege)
    assert opened.raw()[opened.zeit] == 1


def test_the_reveal_can_be_taken_back_and_takes_its_picture_along(opened: Vote) -> None:
    opened.afternoon.cockpit(close_voting)
    opened.afternoon.cockpit(reveal_result)
    opened.afternoon.act(show_picture, MARA, "", picture="result")
    opened.afternoon.cockpit(undo)
    seen = opened.afternoon.sees(a.SCREEN)
    assert (seen["voting"], seen["stage"]["picture"]) == (Voting.CLOSED, "step")


def test_no_picture_of_a_result_before_the_reveal(opened: Vote) -> None:
    for picture in ("result", "image:jobcenter", "nonsense"):
        with pytest.raises(errors.NotThisPicture):
            opened.afternoon.cockpit(show_picture, picture=picture)


def test_the_topics_for_round_2_are_chosen_in_order(vote: Vote) -> None:
    vote.afternoon.go(Step.MIRROR)
    vote.afternoon.cockpit(choose_topics, topic_ids=[vote.ruhe, vote.zeit])
    with vote.afternoon.reading() as db:
        assert queries.dialogue(db, vote.afternoon.id).chosen_topics == [vote.ruhe, vote.zeit]
    with pytest.raises(errors.NotOnTheBallot):
        vote.afternoon.cockpit(choose_topics, topic_ids=[vote.more])
    with pytest.raises(errors.NominatedTwice):
        vote.afternoon.cockpit(choose_topics, topic_ids=[vote.zeit, vote.zeit])


def test_a_chosen_topic_that_is_dissolved_is_no_longer_chosen(vote: Vote) -> None:
    vote.afternoon.go(Step.MIRROR)
    vote.afternoon.cockpit(choose_topics, topic_ids=[vote.ruhe, vote.zeit])
    vote.afternoon.go(Step.SORT)
    vote.afternoon.on_board(vote.tara.group_id, remove_topic, topic_id=vote.ruhe)
    with vote.afternoon.reading() as db:
        assert queries.dialogue(db, vote.afternoon.id).chosen_topics == [vote.zeit]
    vote.afternoon.act(undo, MARA, f"board:{vote.tara.group_id}")
    with vote.afternoon.reading() as db:
        assert queries.dialogue(db, vote.afternoon.id).chosen_topics == [vote.ruhe, vote.zeit]


def test_who_says_what_about_whom_is_told_of_open_cards_only(afternoon: Afternoon) -> None:
    anna = afternoon.join(JOBCENTER)
    afternoon.go(Step.COLLECT)
    shown, hidden = afternoon.write(anna.actor, "Offen"), afternoon.write(anna.actor, "Versteckt")
    with afternoon.reading() as db:
        assert not queries.said(db, afternoon.id), "covered cards say nothing yet"
    afternoon.cockpit(go_to_step, step=Step.SORT)
    afternoon.on_board(anna.group_id, hide_card, card_id=hidden)
    with afternoon.reading() as db:
        (said,) = queries.said(db, afternoon.id)
    assert (said.card_id, said.stakeholder, said.addressees) == (shown, JOBCENTER, (JOBCENTER,))

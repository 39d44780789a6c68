"""The test: a page that followed what it was told looks exactly like a page just loaded, and knows no more than it may.

For every act and every audience `apply(snapshot before, tidings) == snapshot after`, unless the page is turned.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialog import audience as a
from dialog import board, draw, promise_queries, queries
from dialog import events as e
from dialog.journal import Outcome
from dialog.store import Store
from tests.method.programs import STARTS, Ask, Player, anything

NEVER_TOLD = {
    *("author_id", "device_hash", "client_key", "by"),
    *("ballot_id", "votes", "was_votes", "tally", "raw", "shares"),
    *("wishes", "was_topic_ids", "first_id", "second_id", "pair", "pairs", "at", "was_at", "fixed_at"),
    *("seats", "was_seats", "seed", "was_seed", "mixing_seed", "was_table_id", "was_entry"),
    *("paper_id", "appraisal_id", "effect", "feasibility", "resistance", "scores", "was_scores"),
    *("answers", "was_answers", "sentence", "was_sentence"),
}
"""No board and no tiding has a field of these names: they hold authors, votes, wishes, pairs, scores, answers."""


class Room:
    """Pages of every kind that follow one dialogue, and what they must not know."""

    def __init__(self, player: Player) -> None:
        self.player = player
        self.turned = self.followed = 0
        self.boards: dict[a.Audience, board.Board] = {}
        self.refresh()

    def audiences(self) -> list[a.Audience]:
        """The cockpit, the projector, boards, and two people's phones with the mates of the first one.

        In round 1 phones and boards belong to groups, in round 2 to tables. A table's tablet may be there before the
        tables are shown.
        """
        people, homes = self.player.people, self.player.homes
        tablets = [a.board(table_id) for table_id in self.player.tables_now[:1]]
        if not people:
            return [a.COCKPIT, a.SCREEN, *tablets]
        first, last = people[0], people[-1]
        phones = [a.phone(homes[person.id], person.id) for person in (first, last)]
        boards = [a.board(first.group_id), *tablets]
        return list(dict.fromkeys([a.COCKPIT, a.SCREEN, *phones, a.phone(homes[first.id]), *boards]))

    def refresh(self) -> None:
        """Pages that nobody opened yet are opened, those of people who are gone are closed."""
        wanted = self.audiences()
        new = self.loaded([audience for audience in wanted if audience not in self.boards])
        self.boards = {audience: (new | self.boards)[audience] for audience in wanted}
        self.homes = dict(self.player.homes)

    def loaded(self, audiences: list[a.Audience]) -> dict[a.Audience, board.Board]:
        """The pages as they are when they are loaded now."""
        with self.player.reading() as db:
            self.revealed = {group.id: group.revealed for group in queries.groups(db, self.player.id)}
            return {audience: board.snapshot(db, self.player.id, audience) for audience in audiences}

    def follow(self, act: str, outcome: Outcome) -> Iterator[tuple[board.Board, list[e.Tiding], board.Board]]:
        """Tell every page, and compare it with the page loaded anew; yields what was told, before and after."""
        loaded = self.loaded(list(self.boards))
        for audience, before in self.boards.items():
            told = [tiding for happening in outcome.happenings if (tiding := a.tell(happening, audience))]
            after = loaded[audience]
            self.knows_no_more_than_it_may(audience, after, told)
            self.boards[audience] = after
            turned = any(isinstance(tiding, e.PageTurned) for tiding in told)
            assert turned or not self.belongs_elsewhere(audience), f"{audience} does not look for its new group"
            if turned:
                self.turned += 1
            elif outcome.seq == before["seq"]:
                assert not outcome.happenings
                assert after == before, f"{act} got no number and changed what {audience} sees"
            else:
                assert board.apply(before, outcome.seq, told) == after, (
                    f"{audience} did not follow {outcome.happenings}"
                )
                self.followed += 1
            yield before, told, after
        self.refresh()

    def belongs_elsewhere(self, audience: a.Audience) -> bool:
        """Whether this act has brought the person of a phone to another group or table."""
        return self.homes.get(audience.person_id) != self.player.homes.get(audience.person_id)

    def knows_no_more_than_it_may(self, audience: a.Audience, seen: board.Board, told: list[e.Tiding]) -> None:
        values = [seen, *[e.to_wire(tiding) for tiding in told]]
        page = json.dumps(values, ensure_ascii=False)
        for text in self.secrets(audience):
            assert f'"{text}"' not in page, f"{audience} knows “{text}”"
        assert not NEVER_TOLD & set(_keys(values)), f"{audience} is told {NEVER_TOLD & set(_keys(values))}"
        people = {person.id for person in self.player.everybody}
        if audience.kind in (a.Kind.PHONE, a.Kind.SCREEN):
            assert not [person_id for person_id in people if person_id in page], "phones and projector show no person"
        else:
            of_cards = json.dumps(
                [seen["cards"], [e.to_wire(told_) for told_ in told if isinstance(told_, e.CardPinned)]]
            )
            assert not [person_id for person_id in people if person_id in of_cards], "a card has no author on any board"
        mine = {card["id"] for card in seen["cards"].values() if card["mine"]}
        own = {card.id for card in self.player.all_cards if audience.person_id and card.author_id == audience.person_id}
        assert mine <= own
        others = {topic.id for topic in self.player.topics if topic.group_id != audience.group_id}
        assert audience.kind is a.Kind.COCKPIT or not others & set(seen["topics"]), "topics belong to their own group"
        self.knows_no_table_too_early(audience, seen, page)

    def knows_no_table_too_early(self, audience: a.Audience, seen: board.Board, page: str) -> None:
        """Who sits where is a secret of the cockpit until the tables are shown; a tablet knows its own table."""
        if audience.kind is a.Kind.COCKPIT or self.player.dialogue.tables_shown:
            assert set(seen["tables"]) == set(self.player.tables_now)
            return
        assert not seen["tables"]
        others = [table_id for table_id in self.player.tables_now if table_id != audience.group_id]
        assert not [table_id for table_id in others if table_id in page], f"{audience} knows of a table too early"

    def secrets(self, audience: a.Audience) -> Iterator[str]:
        """The texts this audience must not know, by the words of the method and not by the code under test."""
        yield from self.secrets_of_tables(audience)
        yield from self.player.sentences
        for card in self.player.all_cards:
            if card.withdrawn or audience.kind is a.Kind.SCREEN:
                yield card.text
                continue
            writer = card.author_id == audience.person_id if card.author_id else False
            writer = writer or (card.paper and audience == a.board(card.group_id))
            moderator = audience.kind in (a.Kind.COCKPIT, a.Kind.BOARD)
            in_group = audience.kind is a.Kind.COCKPIT or audience.group_id == card.group_id
            open_to_group = self.revealed[card.group_id] and in_group and (moderator or not card.hidden)
            if not writer and not open_to_group:
                yield card.text

    def secrets_of_tables(self, audience: a.Audience) -> Iterator[str]:
        """What other tables have written, and what was taken back; only the cockpit sees all that stands."""
        own = set() if audience.kind is a.Kind.SCREEN else {audience.group_id} - {""}
        standing = set(_texts(entry for entry in self.player.written if entry.table_id in own))
        if audience.kind is a.Kind.COCKPIT:
            standing = set(_texts(self.player.written))
        yield from set(_texts([*self.player.written, *self.player.taken_back])) - standing


def _texts(entries: Iterable[e.EntryState]) -> Iterator[str]:
    for entry in entries:
        said = entry.content.model_dump(include={"text", "plain", "title", "what", "first_step"})
        yield from (text for text in said.values() if text)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def _follow_all(player: Player, program: list[Ask]) -> Room:
    room = Room(player)
    last = player.dialogue.seq
    for ask in program:
        for act, outcome in player.play(ask):
            assert outcome.seq in (last, last + 1), "acts are numbered without gaps"
            last = outcome.seq
            for _ in room.follow(act, outcome):
                pass
            with player.reading() as db:
                queries.result(db, player.dialogue)
                promise_queries.figures(db, player.dialogue)
                draw.mix(db, player.dialogue).report()
            shows, can = player.dialogue.picture, ("step", *player.pictures)
            assert shows in can, f"in {player.step} the projector shows {shows}, which is none of {can}"
    return room


@pytest.mark.timeout(400)
def test_whatever_happens_a_page_that_followed_looks_like_a_page_just_loaded(sqlite_store: Store) -> None:
    numbers = count()

    @settings(max_examples=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(STARTS), anything)
    def plays(start: list[Ask], program: list[Ask]) -> None:
        player = Player(sqlite_store, f"d{next(numbers)}")
        for ask in start:
            list(player.play(ask))
        _follow_all(player, program)

    plays()

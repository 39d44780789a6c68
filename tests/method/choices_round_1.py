"""How an ask of round 1 chooses: people, cards, topics and votes."""

from typing import Any

from dialog.acting import COCKPIT_SCOPE, Actor, board_scope
from dialog.words import Appraising, LinkKind, Role, Valence
from tests.method.choices import GUEST, STAKEHOLDERS, Choices, Chosen, pick
from tests.people import MARA, TRAEGER


class Round1(Choices):
    """An act's name after an underscore: three numbers choose what it is asked for."""

    # --- The room

    def _join_dialogue(self, one: int, two: int, _three: int) -> Chosen:
        needs = {
            "needs_interpreter": two % 5 == 4,
            "languages": ("uk", "ru")[: two % 3],
            "organisation": "AWO" * (two % 2),
        }
        return (
            GUEST,
            "",
            {"stakeholder": pick(STAKEHOLDERS, one), "device_hash": f"device-of-act-{self.acts}", "seed": two, **needs},
        )

    def _welcome_by_hand(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(stakeholder=pick(STAKEHOLDERS, one), seed=two, needs_interpreter=two % 5 == 4)

    def _move_person(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(person_id=self._somebody(one).id, group_id=pick(self.groups_now, two))

    def _remove_person(self, one: int, _two: int, _three: int) -> Chosen:
        return self._cockpit(person_id=self._somebody(one).id)

    def _change_phone(self, one: int, _two: int, _three: int) -> Chosen:
        return GUEST, "", {"number": self._somebody(one).number, "device_hash": f"device-of-act-{self.acts}"}

    def _open_door(self, *_numbers: int) -> Chosen:
        return self._cockpit()

    _close_door = _open_voting = _close_voting = _reveal_result = _close_dialogue = _open_door

    def _go_to_step(self, one: int, _two: int, _three: int) -> Chosen:
        return self._cockpit(step=pick([planned.step for planned in self.plan.steps], one))

    def _set_timer(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(way=pick(("start", "extend", "stop"), one), minutes=two)

    def _show_picture(self, one: int, _two: int, _three: int) -> Chosen:
        return self._cockpit(picture=pick([*self.pictures, "step"], one))

    def _make_link(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(kind=pick(list(LinkKind), one), group_id=pick([*self.groups_now, *self.tables_now], two))

    def _revoke_link(self, one: int, _two: int, _three: int) -> Chosen:
        return self._cockpit(link_id=self._one(self.links, one).id)

    def _change_plan(self, one: int, two: int, three: int) -> Chosen:
        """Another title, other limits, a stakeholder who now takes part or no longer, a level or a question less."""
        changed = [
            s.model_copy(update={"participates": not s.participates})
            if s.key in pick(("politik", TRAEGER, ""), one)
            else s
            for s in self.plan.stakeholders
        ]
        limits = self.plan.limits.model_copy(update={"votes_per_person": 2 + two % 2, "people_per_group": 2 + two % 3})
        fewer: dict[str, Any] = {
            1: {"levels": self.plan.levels[1:]},
            2: {"feedback": self.plan.feedback[1:]},
            3: {"process_steps": self.plan.process_steps[1:]},
            4: {"appraising": pick([how for how in Appraising if how is not self.plan.appraising], two)},
        }.get(three % 7, {})
        new = {"title": f"Titel {two}", "stakeholders": tuple(changed), "limits": limits, **fewer}
        return self._cockpit(plan=self.plan.model_copy(update=new))

    def _undo(self, one: int, two: int, _three: int) -> Chosen:
        """Of the cockpit, or of the board of a group or a table."""
        return MARA, COCKPIT_SCOPE if two % 2 == 0 else board_scope(pick([*self.groups_now, *self.tables_now], one)), {}

    _redo = _undo

    # --- Cards

    def _post_card(self, one: int, two: int, three: int) -> Chosen:
        what = {
            "valence": pick(list(Valence), two),
            "text": f"Gedanke {self.acts} von Mund zu Ohr",
            "addressees": [stakeholder.key for stakeholder in self.plan.stakeholders][
                two % 3 : two % 3 + 1 + three % 2
            ],
        }
        if one % 4 == 3:
            group_id = pick(self.groups_now, one)
            return self._board(group_id, group_id=group_id, **what)
        return Actor(Role.PARTICIPANT, self._somebody(one).id), "", what

    def _edit_card(self, one: int, two: int, _three: int) -> Chosen:
        card = self._card(one, withdrawn=False)
        keys = [stakeholder.key for stakeholder in self.plan.stakeholders]
        what = {
            "valence": pick(list(Valence), two),
            "text": f"Zweiter Gedanke {self.acts}",
            "addressees": keys[two % 5 :][:2],
        }
        return self._author(card), board_scope(card.group_id) if card.paper else "", {"card_id": card.id, **what}

    def _withdraw_card(self, one: int, _two: int, _three: int) -> Chosen:
        card = self._card(one, withdrawn=False)
        return self._author(card), board_scope(card.group_id) if card.paper else "", {"card_id": card.id}

    def _restore_card(self, one: int, _two: int, _three: int) -> Chosen:
        card = self._card(one, withdrawn=True)
        return self._author(card), board_scope(card.group_id) if card.paper else "", {"card_id": card.id}

    def _reveal_cards(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(group_id=pick(self.groups_now, one) if two % 3 else None)

    def _hide_card(self, one: int, _two: int, _three: int) -> Chosen:
        card = self._card(one, withdrawn=False, hidden=False)
        return self._board(card.group_id, card_id=card.id)

    def _show_card(self, one: int, _two: int, _three: int) -> Chosen:
        card = self._card(one, withdrawn=False, hidden=True)
        return self._board(card.group_id, card_id=card.id)

    # --- Topics

    def _in_group(self, group_id: str) -> list[str]:
        return [topic.id for topic in self.topics if topic.group_id == group_id]

    def _place_card(self, one: int, two: int, three: int) -> Chosen:
        card = self._card(one, withdrawn=False)
        others = [other.id for other in self.all_cards if other.group_id == card.group_id]
        topic_id = pick([*self._in_group(card.group_id), None], two)
        return self._board(card.group_id, card_id=card.id, topic_id=topic_id, before=pick([None, *others], three))

    def _place_cards(self, one: int, two: int, three: int) -> Chosen:
        card = self._card(one, withdrawn=False)
        others = [other.id for other in self.all_cards if other.group_id == card.group_id and not other.withdrawn]
        topic_id = pick([*self._in_group(card.group_id), None], two)
        return self._board(card.group_id, card_ids=[card.id, *others[: three % 3]], topic_id=topic_id)

    def _make_topic(self, one: int, two: int, _three: int) -> Chosen:
        group_id = pick(self.groups_now, one)
        cards = [card.id for card in self.all_cards if card.group_id == group_id and not card.withdrawn]
        return self._board(group_id, group_id=group_id, title="Zeit" * (two % 3 > 0), card_ids=cards[: two % 4])

    def _name_topic(self, one: int, _two: int, _three: int) -> Chosen:
        topic = self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id, title=f"Thema {self.acts}")

    def _categorise_topic(self, one: int, two: int, _three: int) -> Chosen:
        topic = self._topic(one)
        category = pick([*[category.key for category in self.plan.categories], None], two)
        return self._board(topic.group_id, topic_id=topic.id, category=category)

    def _place_topic(self, one: int, two: int, _three: int) -> Chosen:
        topic = self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id, before=pick(self._in_group(topic.group_id), two))

    def _merge_topics(self, one: int, two: int, _three: int) -> Chosen:
        topic = self._topic(one)
        others = [other for other in self._in_group(topic.group_id) if other != topic.id]
        return self._board(topic.group_id, topic_id=topic.id, into=pick(others or [topic.id], two))

    def _split_topic(self, one: int, two: int, _three: int) -> Chosen:
        inside = {topic.id: [c.id for c in self.all_cards if c.topic_id == topic.id] for topic in self.topics}
        full = [topic for topic in self.topics if len(inside[topic.id]) > 1]
        topic = pick(full, one) if full else self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id, card_ids=inside[topic.id][: 1 + two % 2])

    def _remove_topic(self, one: int, _two: int, _three: int) -> Chosen:
        topic = self._topic(one)
        return self._board(topic.group_id, topic_id=topic.id)

    def _nominate_topics(self, one: int, two: int, three: int) -> Chosen:
        person = self._somebody(one)
        mine = [topic.id for topic in self.topics if topic.group_id == person.group_id and topic.title]
        chosen = (mine[three % 2 :] + mine)[: 1 + two % 3]
        by = Actor(Role.PARTICIPANT, person.id) if person.has_phone else MARA
        return by, "", {"group_id": person.group_id, "topic_ids": list(dict.fromkeys(chosen))}

    # --- Votes

    def _join_topics(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(topic_id=pick(self.ballot, one) or "none", into=pick(self.ballot, two) or "none")

    def _part_topic(self, one: int, _two: int, _three: int) -> Chosen:
        joined = [topic for topic in self.topics if topic.joined_to]
        return self._cockpit(topic_id=(pick(joined, one) or self._topic(one)).id)

    def _cast_ballot(self, one: int, two: int, three: int) -> Chosen:
        person = self._somebody(one)
        votes = dict.fromkeys((self.ballot[two % 3 :] + self.ballot)[: three % 4], 1)
        if person.has_phone:
            return Actor(Role.PARTICIPANT, person.id), "", {"votes": votes}
        return self._board(person.group_id, votes=votes, person_id=person.id)

    def _choose_topics(self, one: int, two: int, _three: int) -> Chosen:
        return self._cockpit(topic_ids=self.ballot[one % 2 :][: 1 + two % 3])

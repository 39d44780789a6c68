"""Mixed tables from the cockpit: the draw, moves, locks, topics and what is asked, each field checked at the edge."""

from typing import Any

import pytest

from dialog import queries, table_queries
from dialog.commands.choose_topics import ChooseTopics, choose_topics
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.remove_person import RemovePerson, remove_person
from dialog.words import Step
from tests.web.house import Browser, Guest, House, numbers_in

STAKEHOLDERS = ("jobcenter", "traeger", "leistungsberechtigte")


class Mixing:
    """Twelve people with two chosen topics, in the step `mix`."""

    def __init__(self, house: House, people: int = 12, topics: int = 2) -> None:
        self.house = house
        self.guests: list[Guest] = [house.joins(STAKEHOLDERS[number % 3]) for number in range(people)]
        self.mara = house.mara()
        house.goes_to(Step.NOMINATE)
        group_id = house.groups[0]
        for title in ("Erreichbarkeit", "Sprache")[:topics]:
            house.does(make_topic, MakeTopic, group_id=group_id, title=title)
        self.topic_ids = [topic.id for topic in house.looks(queries.topics, house.dialogue_id)]
        house.does(nominate_topics, NominateTopics, group_id=group_id, topic_ids=self.topic_ids)
        house.goes_to(Step.MIRROR)
        house.does(choose_topics, ChooseTopics, topic_ids=self.topic_ids)
        house.goes_to(Step.MIX)

    def posts(self, act: str, by: Browser | None = None, json: bool = True, **fields: Any) -> Any:
        return (by or self.mara).post(f"/m/{self.house.dialogue_id}/{act}", json=json, **fields)

    def sees(self, page: str = "tables", by: Browser | None = None) -> str:
        answer = (by or self.mara).get(f"/m/{self.house.dialogue_id}/{page}")
        assert answer.status_code == 200, page
        return str(answer.text)

    @property
    def tables(self) -> list[Any]:
        return list(self.house.looks(table_queries.tables, self.house.dialogue_id))

    @property
    def seats(self) -> dict[str, str]:
        return dict(self.house.looks(table_queries.seats, self.house.dialogue_id))

    def number(self, at: int) -> str:
        return self.guests[at].number


@pytest.fixture
def mixing(house: House) -> Mixing:
    return Mixing(house)


@pytest.fixture
def drawn(mixing: Mixing) -> Mixing:
    assert mixing.posts("draw_mixed_groups", tables="3").status_code == 200
    return mixing


def test_the_big_button_draws_as_many_tables_as_suggested(mixing: Mixing) -> None:
    page = mixing.sees("")
    assert "Tische auslosen" in page
    assert 'name="tables" value="2"' in page
    assert mixing.posts("draw_mixed_groups", tables="2", json=False).location.endswith(
        f"/m/{mixing.house.dialogue_id}/"
    )
    assert [table.name for table in mixing.tables] == ["1", "2"]
    assert len(mixing.seats) == 12
    assert "Tische zeigen" in mixing.sees("")


def test_two_draws_are_two_throws_of_the_dice(mixing: Mixing) -> None:
    seeds = set()
    for _again in range(3):
        mixing.posts("draw_mixed_groups", tables="3")
        seeds.add(mixing.house.looks(queries.dialogue, mixing.house.dialogue_id).mixing_seed)
    assert len(seeds) > 1


@pytest.mark.parametrize("tables", ["0", "-1", "201", "vier", "", "2.5", "9" * 30])
def test_a_number_of_tables_that_cannot_be_is_a_sentence(mixing: Mixing, tables: str) -> None:
    answer = mixing.posts("draw_mixed_groups", tables=tables)
    assert answer.status_code == 422
    assert answer.json["error"] == "Bitte geben Sie bei den Tischen eine Zahl zwischen 1 und 200 ein."
    assert mixing.tables == []


def test_more_tables_than_people_are_refused(mixing: Mixing) -> None:
    answer = mixing.posts("draw_mixed_groups", tables="13")
    assert answer.status_code == 409
    assert answer.json["error"] == "Es sind 12 Personen da. Bitte wählen Sie höchstens so viele Tische."
    assert mixing.posts("draw_mixed_groups", tables="12").status_code == 200


def test_three_people_and_no_topic_are_one_table_without_a_topic(house: House) -> None:
    mixing = Mixing(house, people=3, topics=0)
    page = mixing.sees("")
    assert "Es sind noch keine Themen gewählt." in page
    assert 'name="tables" value="1"' in page
    assert mixing.posts("draw_mixed_groups", tables="1").status_code == 200
    assert len(mixing.tables) == 1
    assert mixing.tables[0].topic_id is None
    assert "noch kein Thema" in mixing.sees("")
    assert "noch kein Thema" in mixing.sees()


def test_a_room_without_people_says_so_and_draws_nothing(house: House) -> None:
    mixing = Mixing(house, people=0, topics=0)
    assert mixing.sees("")
    assert mixing.sees()
    assert mixing.posts("draw_mixed_groups", tables="1").status_code == 409


def test_an_absent_stakeholder_disturbs_nothing(house: House) -> None:
    for _number in range(5):
        house.joins("jobcenter")
    mixing = Mixing(house, people=0)
    assert mixing.posts("draw_mixed_groups", tables="2").status_code == 200
    assert "Leistungsberechtigte: 0 für 2 Tische" not in mixing.sees(), "who is not expected here is not missed"
    assert "Wie gut ist diese Auslosung?" in mixing.sees()


def test_a_person_is_moved_and_the_page_says_what_it_breaks(drawn: Mixing) -> None:
    anna = drawn.guests[0]
    at = drawn.seats[anna.id]
    other = next(table for table in drawn.tables if table.id != at)
    page = drawn.sees(f"tables?person={anna.id}")
    assert f"An Tisch {other.name}" in page
    assert "Ungleiche Tische: 5 an Tisch" in page
    told = drawn.mara.get(f"/m/{drawn.house.dialogue_id}/tables/breaks/{anna.id}", json=True).json
    assert set(told) == {table.id for table in drawn.tables} - {at}
    assert any("Ungleiche Tische" in sentence for sentence in told[other.id]["broken"])
    answer = drawn.posts("seat_person", person_id=anna.id, table_id=other.id, back="tables", json=False)
    assert answer.location.endswith("/tables")
    assert drawn.seats[anna.id] == other.id
    assert "Nicht alle Regeln sind eingehalten." in drawn.sees()
    assert drawn.posts("undo", back="tables").status_code == 200
    assert drawn.seats[anna.id] == at
    assert drawn.posts("redo", back="tables").status_code == 200
    assert drawn.seats[anna.id] == other.id


@pytest.mark.parametrize(
    ("act", "fields", "status"),
    [
        ("seat_person", {"person_id": "nobody", "table_id": "notable"}, 404),
        ("seat_person", {"person_id": "", "table_id": ""}, 422),
        ("seat_person", {"person_id": "x' OR 1", "table_id": "\x00"}, 422),
        ("lock_table", {"table_id": "notable", "locked": "y"}, 404),
        ("give_table_topic", {"table_id": "notable", "topic_id": ""}, 404),
        ("give_table_topic", {"table_id": "TABLE", "topic_id": "notopic"}, 422),
        ("pair_people", {"kind": "beside", "first": "1234", "second": "1235"}, 422),
        ("pair_people", {"kind": "apart", "first": "12345", "second": "1235"}, 422),
        ("pair_people", {"kind": "apart", "first": "0000", "second": "0001"}, 404),
        ("part_people", {"pair_id": "nopair"}, 404),
        ("fix_person", {"number": "abcd", "at": "1"}, 422),
        ("fix_person", {"number": "0000", "at": "1"}, 404),
        ("fix_person", {"number": "0000", "at": "zwei"}, 422),
        ("fix_person", {"number": "0000", "at": "0"}, 422),
        ("describe_person", {"person_id": "nobody"}, 404),
        ("describe_person", {"person_id": "nobody", "languages": "klingon"}, 422),
        ("describe_person", {"person_id": "nobody", "organisation": "x" * 81}, 422),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(drawn: Mixing, act: str, fields: dict[str, str], status: int) -> None:
    before = drawn.house.looks(queries.dialogue, drawn.house.dialogue_id).seq
    sent = {name: drawn.tables[0].id if value == "TABLE" else value for name, value in fields.items()}
    answer = drawn.posts(act, **sent)
    assert answer.status_code == status, answer.json
    assert answer.json["error"].endswith(".")
    assert drawn.posts(act, json=False, **sent).status_code == status
    assert drawn.house.looks(queries.dialogue, drawn.house.dialogue_id).seq == before


def test_a_person_of_another_dialogue_cannot_be_seated(drawn: Mixing) -> None:
    other = House(drawn.house.app)
    carl = other.joins()
    answer = drawn.posts("seat_person", person_id=carl.id, table_id=drawn.tables[0].id)
    assert answer.status_code == 404
    assert drawn.mara.get(f"/m/{drawn.house.dialogue_id}/tables/breaks/{carl.id}", json=True).status_code == 404
    assert carl.number not in numbers_in(drawn.sees(f"tables?person={carl.id}"))


def test_who_has_left_is_gone_and_nobody_moves(drawn: Mixing) -> None:
    anna, before = drawn.guests[0], drawn.seats
    drawn.house.does(remove_person, RemovePerson, person_id=anna.id)
    assert {who: at for who, at in drawn.seats.items() if who != anna.id} == {
        who: at for who, at in before.items() if who != anna.id
    }
    assert anna.number not in numbers_in(drawn.sees())
    assert drawn.posts("seat_person", person_id=anna.id, table_id=drawn.tables[0].id).status_code == 404
    assert drawn.posts("fix_person", number=anna.number, at="1").status_code == 404
    page = drawn.sees(f"tables?number={anna.number}")
    assert f"Von den Anwesenden hat niemand die Nummer {anna.number}." in page


def test_a_latecomer_sits_down_and_nobody_moves(drawn: Mixing) -> None:
    before = drawn.seats
    late = drawn.house.joins("traeger")
    assert {who: at for who, at in drawn.seats.items() if who != late.id} == before
    assert late.number in numbers_in(drawn.sees())
    drawn.house.goes_to(Step.ENVISION)
    later = drawn.posts("welcome_by_hand", stakeholder="jobcenter")
    assert later.status_code == 200
    assert len(drawn.seats) == 14
    other = next(table.id for table in drawn.tables if table.id != drawn.seats[late.id])
    assert drawn.posts("seat_person", person_id=late.id, table_id=other).status_code == 200
    assert drawn.posts("draw_mixed_groups", tables="3").status_code == 409


def test_a_locked_table_keeps_its_people_when_the_rest_is_drawn_anew(drawn: Mixing) -> None:
    table = drawn.tables[0]
    there = {who for who, at in drawn.seats.items() if at == table.id}
    assert drawn.posts("lock_table", table_id=table.id, locked="y").status_code == 200
    assert "Entsperren" in drawn.sees()
    assert "Entsperren" in drawn.sees("")
    for _again in range(3):
        assert drawn.posts("draw_mixed_groups", tables="3").status_code == 200
        assert {who for who, at in drawn.seats.items() if at == table.id} == there
    assert drawn.posts("lock_table", table_id=table.id).status_code == 200
    assert not drawn.tables[0].locked


def test_with_all_tables_locked_a_latecomer_makes_a_sentence_not_a_crash(drawn: Mixing) -> None:
    for table in drawn.tables:
        drawn.posts("lock_table", table_id=table.id, locked="y")
    drawn.house.joins("jobcenter")
    assert drawn.sees()


def test_a_topic_is_given_and_a_topic_without_a_table_is_told(drawn: Mixing) -> None:
    first, second = drawn.topic_ids
    for table in drawn.tables:
        assert drawn.posts("give_table_topic", table_id=table.id, topic_id=first).status_code == 200
    assert {table.topic_id for table in drawn.tables} == {first}
    assert "Noch ohne Tisch: Sprache" in drawn.sees()
    assert drawn.posts("give_table_topic", table_id=drawn.tables[0].id, topic_id="").status_code == 200
    assert drawn.tables[0].topic_id is None
    assert drawn.posts("give_table_topic", table_id=drawn.tables[0].id, topic_id=second).status_code == 200


def test_numbers_may_be_typed_as_people_type_them(mixing: Mixing) -> None:
    a, b = mixing.number(0), mixing.number(1)
    spaced, arabic = f" {a[:2]} {a[2:]} ", b.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert mixing.posts("pair_people", kind="together", first=spaced, second=arabic).status_code == 200
    assert len(mixing.house.looks(table_queries.pairs, mixing.house.dialogue_id)) == 1
    assert mixing.posts("pair_people", kind="together", first=a, second=a).status_code == 422


def test_what_was_asked_is_listed_kept_and_removed(mixing: Mixing) -> None:
    a, b, c = (mixing.number(at) for at in range(3))
    mixing.posts("pair_people", kind="together", first=a, second=b)
    mixing.posts("pair_people", kind="apart", first=a, second=c)
    mixing.posts("fix_person", number=c, at="2")
    first, second = (f"{min(x, y)} und {max(x, y)}" for x, y in ((a, b), (a, c)))
    page = mixing.sees()
    assert any(f"{x} und {y} zusammen" in page for x, y in ((a, b), (b, a))), first
    assert any(f"{x} und {y} getrennt" in page for x, y in ((a, c), (c, a))), second
    assert f"{c} an Tisch 2" in page
    assert "1 Paar zusammen · 1 Paar getrennt · 1 fester Platz" in mixing.sees("")
    mixing.posts("draw_mixed_groups", tables="3")
    seats, names = mixing.seats, {table.id: table.name for table in mixing.tables}
    anna, ben, carl = (mixing.guests[at].id for at in range(3))
    assert seats[anna] == seats[ben] != seats[carl]
    assert names[seats[carl]] == "2"
    for pair in mixing.house.looks(table_queries.pairs, mixing.house.dialogue_id):
        assert mixing.posts("part_people", pair_id=pair.id).status_code == 200
    assert mixing.posts("fix_person", number=c, at="").status_code == 200
    assert mixing.house.looks(table_queries.fixed, mixing.house.dialogue_id) == {}
    assert "Bisher niemand" in mixing.sees()


def test_an_impossible_wish_is_told_before_and_when_drawing(mixing: Mixing) -> None:
    a, b, c = (mixing.number(at) for at in range(3))
    mixing.posts("pair_people", kind="together", first=a, second=b)
    mixing.posts("pair_people", kind="together", first=b, second=c)
    mixing.posts("pair_people", kind="apart", first=a, second=c)
    refused = mixing.posts("draw_mixed_groups", tables="3")
    assert refused.status_code == 422
    sentence = refused.json["error"]
    assert a in sentence
    assert c in sentence
    assert "%" not in sentence
    assert sentence in mixing.sees("")
    assert sentence in mixing.sees()


def test_more_fixed_people_than_seats_is_a_sentence(mixing: Mixing) -> None:
    for at in range(5):
        mixing.posts("fix_person", number=mixing.number(at), at="1")
    answer = mixing.posts("draw_mixed_groups", tables="3")
    assert answer.status_code == 422
    assert "5" in answer.json["error"]
    assert mixing.tables == []


def test_a_person_is_described(drawn: Mixing) -> None:
    anna = drawn.guests[0]
    fields = {"organisation": " Bildungswerk  Nord ", "languages": ["uk", "de"], "needs_interpreter": "y"}
    assert drawn.posts("describe_person", person_id=anna.id, **fields).status_code == 200
    person = drawn.house.person(anna.id)
    assert person.organisation == "Bildungswerk Nord"
    assert set(person.languages) == {"uk", "de"}
    assert person.needs_interpreter
    assert "1 Person braucht Dolmetschung" in drawn.sees()
    drawn.posts("describe_person", person_id=anna.id)
    assert not drawn.house.person(anna.id).needs_interpreter


def test_a_dialogue_without_the_step_has_no_tables(house: House) -> None:
    from dialog.models import Dialogue
    from sessions.perform import store

    with house.app.app_context(), store().writing() as db:
        dialogue = db.get_one(Dialogue, house.dialogue_id)
        steps = [planned for planned in dialogue.plan["steps"] if planned["step"] in ("arrive", "collect", "close")]
        dialogue.plan = {**dialogue.plan, "steps": steps}
    answer = house.mara().get(f"/m/{house.dialogue_id}/tables")
    assert answer.status_code == 404
    assert "keine gemischten Tische" in answer.text
    assert "/tables" not in house.mara().get(f"/m/{house.dialogue_id}/").text

"""What a moderator does from the cockpit: each act at its address, for moderators of the forum and nobody else."""

from typing import Any

import pytest

from dialog import queries
from dialog.commands.cast_ballot import CastBallot, cast_ballot
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.open_voting import OpenVoting, open_voting
from dialog.models import Link, Participant
from dialog.words import Step
from tests.web.house import House

ACTS: dict[str, dict[str, str]] = {
    "go_to_step": {"step": "collect"},
    "reveal_cards": {},
    "open_voting": {},
    "close_voting": {},
    "reveal_result": {},
    "close_dialogue": {"understood": "y"},
    "undo": {},
    "redo": {},
    "open_door": {},
    "close_door": {},
    "set_timer": {"way": "start", "minutes": "5"},
    "show_picture": {"picture": "step"},
    "join_topics": {"topic_id": "a", "into": "b"},
    "part_topic": {"topic_id": "a"},
    "choose_topics": {},
    "welcome_by_hand": {"stakeholder": "traeger"},
    "move_person": {"person_id": "a", "group_id": "b"},
    "remove_person": {"person_id": "a"},
    "draw_mixed_groups": {"tables": "2"},
    "show_tables": {},
    "lock_table": {"table_id": "a", "locked": "y"},
    "give_table_topic": {"table_id": "a", "topic_id": ""},
    "seat_person": {"person_id": "a", "table_id": "b"},
    "pair_people": {"kind": "apart", "first": "1234", "second": "4321"},
    "part_people": {"pair_id": "a"},
    "fix_person": {"number": "1234", "at": "2"},
    "describe_person": {"person_id": "a", "organisation": "Bildungswerk", "languages": "uk"},
    "open_appraisal": {},
    "close_appraisal": {},
    "withdraw_entry": {"entry_id": "a"},
    "withdraw_commitment": {"commitment_id": "a"},
    "restore_commitment": {"commitment_id": "a"},
    "reveal_appraisal": {},
    "make_link": {"kind": "screen"},
    "revoke_link": {"link_id": "a"},
}


def at(house: House, act: str) -> str:
    return f"/m/{house.dialogue_id}/{act}"


def stands(house: House) -> Any:
    return house.looks(queries.dialogue, house.dialogue_id)


def test_every_act_has_its_address(house: House) -> None:
    rules = {str(rule) for rule in house.app.url_map.iter_rules() if str(rule.endpoint).startswith("moderator.acts.")}
    assert rules == {f"/m/<dialogue_id>/{act}" for act in ACTS}


@pytest.mark.parametrize("act", ACTS)
def test_only_moderators_of_the_forum_may(house: House, act: str) -> None:
    before = stands(house).seq
    assert house.carl().post(at(house, act), **ACTS[act]).status_code == 401
    assert house.analyst().post(at(house, act), **ACTS[act]).status_code == 403
    assert house.stranger().post(at(house, act), **ACTS[act]).status_code == 404
    assert house.joins().browser.post(at(house, act), **ACTS[act]).status_code == 401
    assert stands(house).seq == before + 1, "only the guest's arrival was an act"
    assert house.mara().post(at(house, act), **ACTS[act]).status_code in (200, 404, 409)


@pytest.mark.parametrize("act", ACTS)
def test_no_act_without_the_token_of_the_page(house: House, act: str) -> None:
    fields = {"client_key": "a key that is long enough", **ACTS[act]}
    answer = house.mara().client.post(at(house, act), data=fields, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert stands(house).seq == 0


@pytest.mark.parametrize("act", ACTS)
def test_no_act_without_a_key(house: House, act: str) -> None:
    answer = house.mara().post(at(house, act), key="short", **ACTS[act])
    assert answer.status_code == 422
    assert answer.json["error"]


@pytest.mark.parametrize(
    ("act", "fields"),
    [
        ("go_to_step", {"step": "coffee"}),
        ("go_to_step", {}),
        ("set_timer", {"way": "start", "minutes": "9999"}),
        ("set_timer", {"way": "sideways"}),
        ("show_picture", {}),
        ("welcome_by_hand", {}),
        ("move_person", {"person_id": "a"}),
        ("make_link", {"kind": "door"}),
        ("close_dialogue", {}),
    ],
)
def test_what_cannot_be_meant_is_a_sentence(house: House, act: str, fields: dict[str, str]) -> None:
    answer = house.mara().post(at(house, act), **fields)
    assert answer.status_code == 422
    assert answer.json["error"].endswith(".")
    assert house.mara().post(at(house, act), json=False, **fields).status_code == 422
    assert stands(house).seq == 0


def test_without_script_an_act_leads_back_to_its_page(house: House) -> None:
    mara = house.mara()
    assert mara.post(at(house, "go_to_step"), json=False, step="collect").location == at(house, "")
    assert mara.post(at(house, "make_link"), json=False, kind="boards").location == at(house, "links")
    assert mara.post(at(house, "close_door"), json=False, back="people").location == at(house, "people")
    assert mara.post(at(house, "undo"), json=False, back="https://evil.example").status_code == 422


def test_pressing_twice_is_doing_it_once(house: House) -> None:
    mara = house.mara()
    first = mara.post(at(house, "set_timer"), key="k" * 20, way="start", minutes="5")
    second = mara.post(at(house, "set_timer"), key="k" * 20, way="start", minutes="5")
    assert (first.json["seq"], second.json["seq"]) == (1, 1)


def test_undo_and_redo(house: House) -> None:
    mara = house.mara()
    mara.post(at(house, "go_to_step"), step="collect")
    assert mara.post(at(house, "undo")).status_code == 200
    assert stands(house).step == "arrive"
    assert mara.post(at(house, "redo")).status_code == 200
    assert stands(house).step == "collect"
    assert mara.post(at(house, "redo")).status_code == 409


def test_a_person_without_a_phone_gets_a_number_to_read_out(house: House) -> None:
    mara = house.mara()
    answer = mara.post(at(house, "welcome_by_hand"), json=False, stakeholder="traeger", needs_interpreter="y")
    assert answer.location == at(house, "people")
    person = house.looks(lambda db: db.query(Participant).filter_by(dialogue_id=house.dialogue_id).one())
    assert (person.has_phone, person.needs_interpreter) == (False, True)
    page = mara.get(at(house, "people")).text
    assert f"Die Nummer dieser Person ist {person.number}." in page


def test_moving_and_taking_out(house: House) -> None:
    anna = house.joins("jobcenter")
    other = next(group for group in house.groups if group != anna.group_id)
    mara = house.mara()
    assert mara.post(at(house, "move_person"), person_id=anna.id, group_id=other).status_code == 200
    assert house.person(anna.id).group_id == other
    assert mara.post(at(house, "remove_person"), person_id=anna.id).status_code == 200
    assert house.person(anna.id).left
    assert mara.post(at(house, "undo")).status_code == 200
    assert not house.person(anna.id).left


def test_a_link_opens_until_it_is_revoked(house: House) -> None:
    mara = house.mara()
    mara.post(at(house, "make_link"), kind="screen")
    link = house.looks(lambda db: db.query(Link).filter_by(dialogue_id=house.dialogue_id).one())
    page = mara.get(at(house, "links")).text
    address = page.split('value="http://localhost:8000')[1].split('"')[0]
    assert house.carl().get(address).status_code == 200
    mara.post(at(house, "revoke_link"), link_id=link.id)
    assert house.carl().get(address).status_code == 403
    assert address not in mara.get(at(house, "links")).text


# --- Votes from paper -------------------------------------------------------------------------------------------------


@pytest.fixture
def voting(house: House) -> House:
    """An open vote on one topic of the first group, with one person without a phone."""
    mara = house.mara()
    mara.post(at(house, "welcome_by_hand"), stakeholder="jobcenter")
    house.joins("jobcenter")
    house.goes_to(Step.SORT)
    group_id = house.groups[0]
    house.does(make_topic, MakeTopic, group_id=group_id, title="Erreichbarkeit")
    topic_id = house.looks(queries.topics, house.dialogue_id)[0].id
    house.goes_to(Step.NOMINATE)
    house.does(nominate_topics, NominateTopics, group_id=group_id, topic_ids=[topic_id])
    house.goes_to(Step.WEIGH)
    house.does(open_voting, OpenVoting)
    return house


def by_hand(house: House) -> Participant:
    found = house.looks(
        lambda db: db.query(Participant).filter_by(dialogue_id=house.dialogue_id, has_phone=False).one()
    )
    assert isinstance(found, Participant)
    return found


def test_paper_votes_count_like_others(voting: House) -> None:
    mara, person = voting.mara(), by_hand(voting)
    topic_id = voting.looks(queries.topics, voting.dialogue_id)[0].id
    page = at(voting, f"ballots/{person.id}")
    assert "Erreichbarkeit" in mara.get(page).text
    answer = mara.post(page, json=False, **{f"vote-{topic_id}": "1"})
    assert answer.location == at(voting, "ballots")
    assert voting.looks(queries.ballot_of, person.id) == {topic_id: 1}
    assert voting.looks(queries.voted, voting.dialogue_id) == 1
    assert " checked" not in mara.get(page).text, "what somebody chose is shown to nobody"


def test_a_paper_with_too_many_votes_says_so_and_keeps_what_was_ticked(voting: House) -> None:
    mara, person = voting.mara(), by_hand(voting)
    topic_id = voting.looks(queries.topics, voting.dialogue_id)[0].id
    answer = mara.post(at(voting, f"ballots/{person.id}"), json=False, **{f"vote-{topic_id}": "2"})
    assert answer.status_code == 422
    assert " checked" in answer.text
    assert voting.looks(queries.ballot_of, person.id) == {}


def test_nobody_votes_for_a_person_with_a_phone(voting: House) -> None:
    anna = voting.joins("traeger")
    assert voting.mara().get(at(voting, f"ballots/{anna.id}")).status_code == 404
    person = by_hand(voting)
    for browser, status in ((voting.stranger(), 404), (voting.analyst(), 403), (anna.browser, 401)):
        assert browser.post(at(voting, f"ballots/{person.id}")).status_code == status


def test_no_page_of_the_moderator_knows_a_tally_before_the_reveal(voting: House) -> None:
    anna = voting.joins("traeger")
    topic_id = voting.looks(queries.topics, voting.dialogue_id)[0].id
    voting.does(cast_ballot, CastBallot, votes={topic_id: 1}, **voting.acting(anna))
    mara = voting.mara()
    hidden = [mara.get(at(voting, page)).text for page in ("", "board.json", "people", "ballots", "ready", "links")]
    assert all("data-result" not in page and "ballot_papers" not in page for page in hidden)
    assert voting.looks(queries.voted, voting.dialogue_id) == 1
    mara.post(at(voting, "close_voting"))
    assert "data-result" not in mara.get(at(voting, "")).text
    mara.post(at(voting, "reveal_result"))
    assert "data-result" in mara.get(at(voting, "")).text

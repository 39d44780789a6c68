"""The projector: opened by its link only, shows what the moderator shows, and lets a remote look around."""

import re

import pytest

from dialog import table_queries
from dialog.commands.close_appraisal import CloseAppraisal, close_appraisal
from dialog.commands.close_door import CloseDoor, close_door
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.open_appraisal import OpenAppraisal, open_appraisal
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_appraisal import RevealAppraisal, reveal_appraisal
from dialog.commands.revoke_link import RevokeLink, revoke_link
from dialog.commands.set_timer import SetTimer, set_timer
from dialog.commands.show_picture import ShowPicture, show_picture
from dialog.commands.write_proposal import WriteProposal, write_proposal
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.events import ProposalContent
from dialog.models import Link
from dialog.steps import pictures
from dialog.words import LinkKind, Step, Valence
from sessions.identity import sign_link
from sessions.screen.paging import image_pages, pages
from sessions.screen.pictures import FITS, LAST, Stand, Wish, place, wish
from tests.web.afternoon import Afternoon
from tests.web.house import Guest, House


def link_of(house: House, kind: LinkKind = LinkKind.SCREEN) -> tuple[str, str]:
    """A new link of this kind: its id and its signed part."""
    outcome = house.does(make_link, MakeLink, kind=kind)
    link_id = outcome.happenings[0].link_id
    return link_id, house.looks(lambda db: sign_link(db.get_one(Link, link_id)))


@pytest.fixture
def wall(house: House) -> str:
    """The address of the projector."""
    return f"/s/{house.dialogue_id}/{link_of(house)[1]}/"


def main_of(html: str) -> str:
    found = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert found
    return found[0]


def around(html: str) -> dict[str, str]:
    """The addresses around the picture."""
    found = re.search(r"<div hidden data-wall(.*?)></div>", html)
    assert found
    return {name: value.replace("&amp;", "&") for name, value in re.findall(r'data-([a-z-]+)="(.*?)"', found[1])}


def writes(house: House, guest: Guest, text: str) -> None:
    fields = {"valence": Valence.FAILS, "text": text, "addressees": ("politik",)}
    house.does(post_card, PostCard, **house.acting(guest), **fields)


# --- Who may look -----------------------------------------------------------------------------------------------------


def test_the_link_opens_the_projector_without_any_cookie(house: House, wall: str) -> None:
    answer = house.carl().get(wall)
    assert answer.status_code == 200
    assert "Herzlich willkommen" in answer.text
    assert house.carl().get(f"{wall}board.json").json["stage"]["step"] == "arrive"


def test_a_forged_link_opens_nothing(house: House, wall: str) -> None:
    # Not the last letter: of that only some bits belong to the signature.
    forged = wall[:-3] + ("A" if wall[-3] != "A" else "B") + wall[-2:]
    for address in (forged, f"/s/{house.dialogue_id}/nothing/", wall.replace("/s/", "/s/x")):
        for path in (address, f"{address}board.json"):
            answer = house.carl().get(path)
            assert answer.status_code in (403, 404), path
            assert "Herzlich willkommen" not in answer.text


@pytest.mark.parametrize("kind", [LinkKind.BOARDS])
def test_a_link_of_another_kind_is_no_projector(house: House, kind: LinkKind) -> None:
    signed = link_of(house, kind)[1]
    assert house.carl().get(f"/s/{house.dialogue_id}/{signed}/").status_code == 403


def test_a_revoked_link_ends_in_a_calm_picture(house: House) -> None:
    link_id, signed = link_of(house)
    address = f"/s/{house.dialogue_id}/{signed}/"
    assert house.carl().get(address).status_code == 200
    house.does(revoke_link, RevokeLink, link_id=link_id)
    answer = house.carl().get(address)
    assert answer.status_code == 403
    assert "gilt nicht mehr" in main_of(answer.text)
    assert 'class="wall"' in answer.text
    board = house.carl().get(f"{address}board.json", json=True)
    assert board.status_code == 403
    assert "gilt nicht mehr" in board.json["error"]


def test_nothing_can_be_posted_at_the_projector(house: House, wall: str) -> None:
    assert "<form" not in house.carl().get(wall).text
    assert house.carl().post(wall).status_code == 405


# --- What it shows ----------------------------------------------------------------------------------------------------


def test_arriving_shows_the_way_in_and_who_is_here(house: House, wall: str) -> None:
    house.joins("jobcenter")
    html = main_of(house.carl().get(wall).text)
    assert "<svg" in html
    assert f"{house.code[:3]} {house.code[3:]}" in html
    assert "localhost:8000" in html
    assert '<b data-count="jobcenter">1</b>' in html
    assert '<b data-count="traeger">0</b>' in html
    house.does(close_door, CloseDoor)
    closed = main_of(house.carl().get(wall).text)
    assert "invite-closed" in closed
    assert house.code[:3] not in closed


def test_collecting_shows_counts_and_never_a_card(house: House, wall: str) -> None:
    anna = house.joins("jobcenter")
    house.goes_to(Step.COLLECT)
    writes(house, anna, "Das soll niemand vorher lesen")
    for path in (wall, f"{wall}board.json", f"{wall}?picture=about-fails&page=1&over=collect.preparing.step"):
        answer = house.carl().get(path)
        assert answer.status_code == 200
        assert "niemand vorher" not in answer.text
    html = main_of(house.carl().get(wall).text)
    assert "Was läuft gut?" in html
    assert f'<b data-count="{anna.group_id}.written">1</b>' in html


def test_the_timer_is_on_the_wall_in_its_first_paint(house: House, wall: str) -> None:
    house.goes_to(Step.COLLECT)
    house.does(set_timer, SetTimer, way="start", minutes=5)
    assert re.search(r'data-timer="\d{10}".*?data-slot="clock">(5:00|4:5\d)<', house.carl().get(wall).text)
    house.does(set_timer, SetTimer, way="stop")
    assert 'data-timer=""' in house.carl().get(wall).text


EMPTY = {"kind": "proposal", "what": "", "first_step": "", "level": None, "process_step": None} | dict.fromkeys(
    ("needs", "card_ids", "benefit_ids"), ()
)


def test_every_picture_of_every_step_can_be_shown(house: House) -> None:
    """All is there to be seen: the result of the vote, two tables and what they wrote, and the appraisal."""
    afternoon = Afternoon(house, people={"jobcenter": 2, "traeger": 1, "leistungsberechtigte": 2})
    afternoon.counts()
    house.goes_to(Step.MIX)
    house.does(draw_mixed_groups, DrawMixedGroups, tables=2, seed=1)
    house.goes_to(Step.ENVISION)
    for table in house.looks(table_queries.tables, house.dialogue_id):
        house.does(write_vision, WriteVision, text=f"Ideal von Tisch {table.name}", plain="", table_id=table.id)
    house.goes_to(Step.SOLVE)
    proposal = ProposalContent.model_validate(EMPTY | {"title": "Ein Rückruf am selben Tag"})
    house.does(write_proposal, WriteProposal, content=proposal, table_id=table.id)
    house.goes_to(Step.APPRAISE)
    for act, command in (
        (open_appraisal, OpenAppraisal),
        (close_appraisal, CloseAppraisal),
        (reveal_appraisal, RevealAppraisal),
    ):
        house.does(act, command)
    seen = set()
    for step in Step:
        house.goes_to(step)
        for picture in pictures(step, tuple(afternoon.plan.expected), revealed=True, tables=("1", "2")):
            house.does(show_picture, ShowPicture, picture=picture)
            html = afternoon.wall()
            assert html.count("<h1") == 1, (step, picture)
            assert step not in (Step.APPRAISE, Step.COMMIT) or picture == "step" or proposal.title in html
            if step is Step.ENVISION and picture.startswith("table:"):
                assert f"Ideal von Tisch {picture.removeprefix('table:')}" in html
            seen.add((step, picture))
    assert len(seen) > 30
    assert {step for step, _ in seen} == set(Step)


# --- The remote -------------------------------------------------------------------------------------------------------


def test_the_remote_goes_through_all_pictures_and_back(house: House) -> None:
    afternoon = Afternoon(house)
    afternoon.counts()
    house.goes_to(Step.MIRROR)
    forth = [afternoon.wall()]
    while query := around(forth[-1])["after"]:
        forth.append(afternoon.wall(query))
    assert len(forth) >= 8
    assert "So haben wir abgestimmt" in main_of(forth[0])
    assert "Mit diesen Themen geht es weiter" in main_of(forth[-1])
    back = [forth[-1]]
    while query := around(back[-1])["before"]:
        back.append(afternoon.wall(query))
    assert [main_of(html) for html in back] == [main_of(html) for html in reversed(forth[1:])] + [main_of(back[-1])]
    assert "So haben wir abgestimmt" in main_of(back[-1])


def test_loading_again_shows_the_same_picture(house: House) -> None:
    afternoon = Afternoon(house)
    house.goes_to(Step.MIRROR)
    html = afternoon.wall(around(afternoon.wall())["after"])
    assert around(html)["here"] != "?"
    assert main_of(afternoon.wall(around(html)["here"])) == main_of(html)


def test_the_moderator_s_picture_wins_over_the_remote_s(house: House) -> None:
    afternoon = Afternoon(house)
    house.goes_to(Step.MIRROR)
    kept = around(afternoon.wall(around(afternoon.wall())["after"]))["here"]
    assert "was schlecht läuft" in main_of(afternoon.wall(kept))
    house.does(show_picture, ShowPicture, picture="chosen")
    assert "Mit diesen Themen" in main_of(afternoon.wall(kept))
    assert around(afternoon.wall(kept))["here"] == "?"
    house.goes_to(Step.CLOSE)
    assert "Danke" in main_of(afternoon.wall(kept))


@pytest.mark.parametrize(
    "query", ["?picture=result&page=1&over=weigh.open.step", "?page=x&over=weigh.open.step", "?fit=0", "?page=99999"]
)
def test_an_address_that_makes_no_sense_shows_what_the_moderator_shows(house: House, query: str) -> None:
    afternoon = Afternoon(house, people={"jobcenter": 1, "traeger": 1, "leistungsberechtigte": 1})
    assert "haben abgestimmt" in main_of(afternoon.wall(query))
    assert "data-result" not in afternoon.wall(query)


def test_a_nomination_shows_its_number_and_not_its_topic(house: House) -> None:
    afternoon = Afternoon(house, people={"jobcenter": 1, "traeger": 1, "leistungsberechtigte": 1})
    house.goes_to(Step.NOMINATE)
    assert f'data-count="{afternoon.ben.group_id}.nominated">2</b>' in afternoon.wall()
    assert "Thema 1 von" not in afternoon.wall()


# --- Pages ------------------------------------------------------------------------------------------------------------


STAND = Stand(
    step="mirror",
    voting="revealed",
    appraising="preparing",
    picture="step",
    can=("result", "about-works", "chosen"),
)


def test_pages_turn_by_themselves_until_the_remote_is_used() -> None:
    first = place(STAND, Wish(picture=None, page=1, fit=100), pages=3)
    assert (first.here, first.before) == ("?", "")
    assert "page=2" in first.turns_to
    last = place(STAND, Wish(picture=None, page=3, fit=100), pages=3)
    assert last.turns_to == "?"
    assert place(STAND, Wish(picture="result", page=2, fit=100), pages=3).turns_to == ""
    assert place(STAND, Wish(picture=None, page=1, fit=100), pages=1).turns_to == ""


def test_coming_from_behind_one_sees_the_last_page() -> None:
    before = place(STAND, Wish(picture="about-works", page=1, fit=100), pages=1).before
    asked = dict(pair.split("=") for pair in before[1:].split("&"))
    wished = wish(asked, STAND)
    assert (wished.picture, wished.page) == ("result", LAST)
    assert place(STAND, wished, pages=3).page == 3


def test_what_does_not_fit_becomes_emptier_step_by_step() -> None:
    wished = Wish(picture=None, page=2, fit=FITS[0])
    seen = []
    while query := place(STAND, wished, pages=2).emptier:
        wished = wish(dict(pair.split("=") for pair in query[1:].split("&")), STAND)
        seen.append(wished.fit)
    assert seen == list(FITS[1:])


def test_pages_hold_everything_once_in_order() -> None:
    for fit in FITS:
        filled = pages(range(40), lambda number: number % 5 + 1, room=12, most=4, fit=fit)
        assert [number for page in filled for number in page] == list(range(40))
        assert all(len(page) <= max(1, 4 * fit // 100) for page in filled)
    assert image_pages([], 100) == [[]]

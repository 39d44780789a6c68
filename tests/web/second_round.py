"""A second round to look at: tables, what they write, appraise, promise and answer, all through acts."""

import random
import re
from collections.abc import Mapping
from typing import Any

from dialog import promise_queries, queries, table_queries
from dialog.commands.appraise_proposal import AppraiseProposal, appraise_proposal
from dialog.commands.change_plan import ChangePlan, change_plan
from dialog.commands.close_appraisal import CloseAppraisal, close_appraisal
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.give_feedback import GiveFeedback, give_feedback
from dialog.commands.make_commitment import MakeCommitment, make_commitment
from dialog.commands.make_link import MakeLink, make_link
from dialog.commands.open_appraisal import OpenAppraisal, open_appraisal
from dialog.commands.reveal_appraisal import RevealAppraisal, reveal_appraisal
from dialog.commands.show_picture import ShowPicture, show_picture
from dialog.commands.show_tables import ShowTables, show_tables
from dialog.commands.welcome_by_hand import WelcomeByHand, welcome_by_hand
from dialog.commands.write_benefit import WriteBenefit, write_benefit
from dialog.commands.write_proposal import WriteProposal, write_proposal
from dialog.commands.write_vision import WriteVision, write_vision
from dialog.events import ProposalContent, Scores
from dialog.models import Link
from dialog.words import Appraising, LinkKind, Step
from sessions.identity import sign_link
from tests.web.afternoon import lasting
from tests.web.house import TODAY, House

NORD = {"jobcenter": 11, "traeger": 5, "leistungsberechtigte": 5}


class SecondRound:
    """Mixed tables have been drawn; nobody has been shown them. One person has no phone."""

    def __init__(
        self,
        house: House,
        people: Mapping[str, int] = NORD,
        tables: int = 3,
        how: Appraising = Appraising.EFFECT_FEASIBILITY,
    ) -> None:
        self.house = house
        plan = queries.plan(self.dialogue).model_copy(update={"appraising": how})
        house.does(change_plan, ChangePlan, plan=plan)
        self.how = how
        self.guests = [(who, house.joins(who)) for who, count in people.items() for _ in range(count)]
        by_hand = house.does(welcome_by_hand, WelcomeByHand, stakeholder="traeger", needs_interpreter=False, seed=7)
        self.by_hand = next(h.person for h in by_hand.happenings if type(h).__name__ == "PersonArrived")
        house.goes_to(Step.MIX)
        house.does(draw_mixed_groups, DrawMixedGroups, tables=tables, seed=5)
        house.does(make_link, MakeLink, kind=LinkKind.SCREEN)
        self.mara = house.mara()

    @property
    def dialogue(self) -> Any:
        return self.house.looks(queries.dialogue, self.house.dialogue_id)

    @property
    def tables(self) -> list[Any]:
        return list(self.house.looks(table_queries.tables, self.house.dialogue_id))

    def shows_tables(self) -> None:
        self.house.does(show_tables, ShowTables)

    # What the tables write.

    def writes_vision(self, at: int, text: str) -> None:
        self.house.does(write_vision, WriteVision, table_id=self.tables[at].id, text=text, plain="")

    def writes_benefit(self, at: int, stakeholder: str, text: str) -> None:
        said = {"stakeholder": stakeholder, "text": text}
        self.house.does(write_benefit, WriteBenefit, table_id=self.tables[at].id, **said)

    def writes_proposals(self, count: int) -> list[str]:
        """As many proposals, table by table in turn; the ids in the order of their numbers."""
        self.house.goes_to(Step.SOLVE)
        tables = self.tables
        for number in range(1, count + 1):
            content = ProposalContent(
                kind="proposal",
                title=f"Ansatz {number}.",
                what="",
                first_step=f"Anfang {number}.",
                level=None,
                process_step=None,
                needs=(),
                card_ids=(),
                benefit_ids=(),
            )
            self.house.does(write_proposal, WriteProposal, table_id=tables[number % len(tables)].id, content=content)
        return self.proposal_ids

    @property
    def proposal_ids(self) -> list[str]:
        entries = self.house.looks(table_queries.entries, self.house.dialogue_id, None, "proposal")
        return [entry.id for entry in entries]

    # Appraise, promise, answer.

    def opens(self) -> None:
        self.house.goes_to(Step.APPRAISE)
        self.house.does(open_appraisal, OpenAppraisal)

    def everybody_appraises(self, seed: int = 1) -> None:
        chance = random.Random(seed)
        for _who, guest in self.guests:
            options = [*self.proposal_ids, *([None] if self.how is Appraising.RESISTANCE else [])]
            for proposal_id in options:
                said = {"proposal_id": proposal_id, "scores": self.scores(chance)}
                self.house.does(appraise_proposal, AppraiseProposal, **self.house.acting(guest), **said)

    def scores(self, chance: random.Random) -> Scores:
        if self.how is Appraising.RESISTANCE:
            return Scores(effect=None, feasibility=None, resistance=chance.randint(0, 10))
        return Scores(effect=chance.randint(1, 5), feasibility=chance.randint(1, 5), resistance=None)

    def closes(self) -> None:
        self.house.does(close_appraisal, CloseAppraisal)

    def reveals(self) -> None:
        self.closes()
        self.house.does(reveal_appraisal, RevealAppraisal)

    def promises(self, what: str = "Eine Nummer einrichten", proposal_id: str | None = None) -> str:
        said = {"who": "Jobcenter, Team Nord", "what": what, "until": TODAY, "review_on": None}
        outcome = self.house.does(make_commitment, MakeCommitment, proposal_id=proposal_id, **said)
        return str(outcome.happenings[0].commitment.id)

    def answers(self, count: int, answer: int = 4, sentence: str = "") -> None:
        questions = [question.key for question in queries.plan(self.dialogue).feedback]
        for _who, guest in self.guests[:count]:
            said = {"answers": dict.fromkeys(questions, answer), "sentence": sentence}
            self.house.does(give_feedback, GiveFeedback, **self.house.acting(guest), **said)

    # What there is to see.

    @property
    def figures(self) -> Any:
        return self.house.looks(lambda db: promise_queries.figures(db, queries.dialogue(db, self.house.dialogue_id)))

    def presented(self, present: Any, *more: Any) -> Any:
        """What a presenter makes of the dialogue as it is now, in German."""
        with self.house.app.test_request_context("/"):
            return self.house.looks(lambda db: present(db, queries.dialogue(db, self.house.dialogue_id), *more))

    @property
    def wall_address(self) -> str:
        def sign(db: Any) -> str:
            return sign_link(db.query(Link).filter_by(dialogue_id=self.house.dialogue_id, kind=LinkKind.SCREEN).one())

        return f"/s/{self.house.dialogue_id}/{self.house.looks(sign)}/"

    def wall(self, picture: str = "step", query: str = "") -> str:
        """The picture that the moderator shows."""
        if picture != self.dialogue.picture:
            self.house.does(show_picture, ShowPicture, picture=picture)
        answer = self.house.carl().get(self.wall_address + query)
        assert answer.status_code == 200
        return str(answer.text)

    def wall_pages(self, picture: str) -> list[str]:
        """All pages of a picture, as they turn by themselves."""
        pages = [self.wall(picture)]
        while (query := around(pages[-1])["turns-to"]) not in ("", "?"):
            pages.append(self.wall(picture, query))
        return pages

    def cockpit(self, page: str = "") -> str:
        answer = self.mara.get(f"/m/{self.house.dialogue_id}/{page}")
        assert answer.status_code == 200, page
        return str(answer.text)

    def payloads(self) -> dict[str, str]:
        """Everything that can be asked for, without what is new each time."""
        here, guest = self.house.dialogue_id, self.guests[0][1]
        asked = {
            "wall": (self.house.carl(), self.wall_address),
            "wall's board": (self.house.carl(), f"{self.wall_address}board.json"),
            "cockpit": (self.mara, f"/m/{here}/"),
            "cockpit's board": (self.mara, f"/m/{here}/board.json"),
            "another table's page": (self.mara, f"/b/{here}/{self.tables[0].id}/"),
            "phone's board": (guest.browser, f"/d/{here}/board.json"),
        }
        return {name: lasting(browser.get(path).text) for name, (browser, path) in asked.items()}


def around(html: str) -> dict[str, str]:
    """The addresses around a picture of the wall."""
    found = re.search(r"<div hidden data-wall(.*?)></div>", html)
    assert found
    return {name: value.replace("&amp;", "&") for name, value in re.findall(r'data-([a-z-]+)="(.*?)"', found[1])}


def main_of(html: str) -> str:
    found = re.search(r"<main.*?</main>", html, re.DOTALL)
    assert found
    return found[0]

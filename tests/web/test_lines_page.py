"""The page of the argument: open to moderators, to analysts after the close, and whole in both directions."""

import re
from datetime import timedelta

from dialog import queries, table_queries
from dialog.commands.choose_topics import ChooseTopics, choose_topics
from dialog.commands.close_dialogue import CloseDialogue, close_dialogue
from dialog.commands.draw_mixed_groups import DrawMixedGroups, draw_mixed_groups
from dialog.commands.make_commitment import MakeCommitment, make_commitment
from dialog.commands.make_topic import MakeTopic, make_topic
from dialog.commands.nominate_topics import NominateTopics, nominate_topics
from dialog.commands.post_card import PostCard, post_card
from dialog.commands.reveal_cards import RevealCards, reveal_cards
from dialog.commands.write_proposal import WriteProposal, write_proposal
from dialog.events import EntryWritten, ProposalContent
from dialog.words import Step, Valence
from tests.web.house import TODAY, House

CARD, AWKWARD = "Niemand ruft mich an", "<b>Antwort</b> am selben Tag"


def _page(house: House) -> str:
    answer = house.mara().get(f"/m/{house.dialogue_id}/lines")
    assert answer.status_code == 200
    return answer.text


def _card_to_promise(house: House) -> None:
    """Anna's card becomes a topic, a proposal and a promise."""
    anna = house.joins()
    house.goes_to(Step.COLLECT)
    house.does(post_card, PostCard, valence=Valence.FAILS, text=CARD, addressees=("jobcenter",), **house.acting(anna))
    house.does(reveal_cards, RevealCards)
    house.goes_to(Step.SORT)
    (card,) = house.looks(queries.cards, house.dialogue_id)
    house.does(make_topic, MakeTopic, group_id=card.group_id, title="Erreichbarkeit", card_ids=(card.id,))
    (topic,) = house.looks(queries.topics, house.dialogue_id)
    house.goes_to(Step.NOMINATE)
    house.does(nominate_topics, NominateTopics, group_id=card.group_id, topic_ids=(topic.id,))
    house.goes_to(Step.MIRROR)
    house.does(choose_topics, ChooseTopics, topic_ids=(topic.id,))
    house.goes_to(Step.MIX)
    house.does(draw_mixed_groups, DrawMixedGroups, tables=1, seed=1)
    house.goes_to(Step.SOLVE)
    (table,) = house.looks(table_queries.tables, house.dialogue_id)
    content = ProposalContent(
        kind="proposal",
        title=AWKWARD,
        what="",
        first_step="",
        level=None,
        process_step=None,
        needs=(),
        card_ids=(card.id,),
        benefit_ids=(),
    )
    (written,) = house.does(write_proposal, WriteProposal, table_id=table.id, content=content).happenings
    assert isinstance(written, EntryWritten)
    house.goes_to(Step.COMMIT)
    house.does(
        make_commitment,
        MakeCommitment,
        proposal_id=written.entry.id,
        who="Jobcenter, Empfang",
        what="Rückruf am selben Tag",
        until=TODAY + timedelta(days=60),
        review_on=None,
    )


def test_the_line_leads_there_and_back(house: House) -> None:
    _card_to_promise(house)
    page = _page(house)
    things = dict(re.findall(r'id="(card|proposal|promise)-([^"]+)"', page))
    assert set(things) == {"card", "proposal", "promise"}
    targets = set(re.findall(r'class="way" href="#(\w+)-', page))
    assert targets == {"card", "proposal", "promise"}, "each of the three is led to from another"
    for kind, thing in things.items():
        assert f'href="#{kind}-{thing}"' in page
    assert len(set(re.findall(r'data-lines="([^"]*)"', page))) == 1, "they lie on the same line"
    assert "<b>Antwort</b>" not in page
    assert "Antwort" in page


def test_before_anything_was_said_the_page_says_so(house: House) -> None:
    assert "Es wurde noch nichts gesagt" in _page(house)


def test_hidden_and_covered_cards_are_on_no_line(house: House) -> None:
    anna = house.joins()
    house.goes_to(Step.COLLECT)
    house.does(post_card, PostCard, valence=Valence.FAILS, text=CARD, addressees=("jobcenter",), **house.acting(anna))
    assert CARD not in _page(house)
    house.does(reveal_cards, RevealCards)
    assert CARD in _page(house)


def test_it_is_for_moderators_and_after_the_close_for_analysts(house: House) -> None:
    address = f"/m/{house.dialogue_id}/lines"
    anna = house.joins()
    assert house.carl().get(address, json=True).status_code == 401
    assert house.stranger().get(address).status_code == 404
    assert anna.browser.get(address, json=True).status_code == 401
    analyst = house.analyst()
    assert analyst.get(address).status_code == 403
    house.goes_to(Step.CLOSE)
    house.does(close_dialogue, CloseDialogue)
    assert analyst.get(address).status_code == 200

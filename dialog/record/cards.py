"""Cards in the rows."""

from dialog import direct, queries
from dialog import events as e
from dialog.models import Card, CardAddressee, Dialogue, Group, Topic
from dialog.record.writers import row, still, writes
from dialog.store import Db


@writes(e.CardPosted)
def _card_posted(db: Db, dialogue: Dialogue, happening: e.CardPosted) -> None:
    card = happening.card
    pinned = {
        "id": card.id,
        "dialogue_id": dialogue.id,
        "group_id": card.group_id,
        "author_id": happening.author_id,
        "paper": card.paper,
        "valence": card.valence,
        "text": card.text,
        "topic_id": card.topic_id,
        "rank": card.rank,
        "hidden": card.hidden,
        "withdrawn": False,
    }
    direct.put(db, Card, [pinned])
    spoken_to = [{"card_id": card.id, "addressee": key, "position": at} for at, key in enumerate(card.addressees)]
    direct.put(db, CardAddressee, spoken_to)
    group = row(db, Group, card.group_id)
    direct.change(db, group, written=group.written + 1)


@writes(e.CardEdited)
def _card_edited(db: Db, dialogue: Dialogue, happening: e.CardEdited) -> None:
    card = row(db, Card, happening.card.id)
    was, now = happening.was_card, happening.card
    still(
        (card.text, was.text), (card.valence, was.valence), (card.addressees, was.addressees), (card.withdrawn, False)
    )
    known = {stakeholder.key for stakeholder in queries.plan(dialogue).stakeholders}
    still((set(now.addressees) <= known, True))
    card.valence, card.text = now.valence, now.text
    if card.addressees != now.addressees:
        card.spoken_to.clear()
        db.flush()
        card.spoken_to.extend(_spoken_to(now))


@writes(e.CardWithdrawn, e.CardRestored)
def _card_withdrawn(db: Db, dialogue: Dialogue, happening: e.CardWithdrawn | e.CardRestored) -> None:
    card = row(db, Card, happening.card.id)
    leaves = isinstance(happening, e.CardWithdrawn)
    still((card.withdrawn, not leaves))
    card.withdrawn = leaves
    row(db, Group, card.group_id).written += -1 if leaves else 1


@writes(e.CardsRevealed, e.CardsCovered)
def _cards_revealed(db: Db, dialogue: Dialogue, happening: e.CardsRevealed | e.CardsCovered) -> None:
    group = row(db, Group, happening.group_id)
    opens = isinstance(happening, e.CardsRevealed)
    still((group.revealed, not opens))
    group.revealed = opens


@writes(e.CardPlaced)
def _card_placed(db: Db, dialogue: Dialogue, happening: e.CardPlaced) -> None:
    card = row(db, Card, happening.card_id)
    still((card.topic_id, happening.was_topic_id), (card.rank, happening.was_rank))
    if happening.topic_id is not None:
        row(db, Topic, happening.topic_id)
    card.topic_id, card.rank = happening.topic_id, happening.rank


@writes(e.CardHidden, e.CardShown)
def _card_hidden(db: Db, dialogue: Dialogue, happening: e.CardHidden | e.CardShown) -> None:
    card = row(db, Card, happening.card.id)
    hides = isinstance(happening, e.CardHidden)
    still((card.hidden, not hides), (card.withdrawn, False))
    card.hidden = hides


def _spoken_to(card: e.CardState) -> list[CardAddressee]:
    return [CardAddressee(addressee=key, position=at) for at, key in enumerate(card.addressees)]

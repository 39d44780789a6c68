"""Round 1 from the first card to the result, with every frame and every snapshot of all phones searched."""

import json
from typing import Any

from tests.live.hall import Guest, Hall

TALLIES = ("tally", "result", "raw", "balanced", "share", "votes", "ballot_id", "was_votes", "author", "device")
"""Names under which a tally, an author or a device would travel."""


def _names(value: Any) -> set[str]:
    """Every name of a field in JSON values, however deep."""
    if isinstance(value, dict):
        return set(value) | {name for inner in value.values() for name in _names(inner)}
    return {name for inner in value for name in _names(inner)} if isinstance(value, list) else set()


def test_no_hidden_card_and_no_tally_reaches_a_phone_or_the_projector(hall: Hall) -> None:
    people = [hall.joins(stakeholder) for stakeholder in ("jobcenter", "jobcenter", "traeger", "leistungsberechtigte")]
    screen_link = hall.link("screen")[1]
    ears = {guest.id: hall.phone(guest) for guest in people}
    screen = hall.listens("", "screen", link=screen_link)
    seen: dict[str, list[str]] = {guest.id: [] for guest in people}

    def look() -> None:
        for guest in people:
            seen[guest.id].append(json.dumps(hall.picture(guest), ensure_ascii=False))

    def secret(guest: Guest) -> str:
        return f"Geheimnis von {guest.number}"

    hall.goes_to("collect")
    for guest in people:
        hall.writes(guest, secret(guest))
        look()
    card_id = next(iter(hall.picture(people[0])["cards"]))
    changed = {"valence": "fails", "text": secret(people[0]) + ", geändert", "addressees": "traeger"}
    people[0].browser.does(f"/d/{hall.id}/cards/{card_id}", **changed)
    people[0].browser.does(f"/d/{hall.id}/cards/{card_id}/withdraw")
    people[0].browser.does(f"/d/{hall.id}/cards/{card_id}/restore")
    look()
    for ear in ears.values():
        ear.hears(hall.seq())
    before_reveal = {guest.id: ears[guest.id].everything + "".join(seen[guest.id]) for guest in people}
    for guest in people:
        assert secret(guest) in before_reveal[guest.id], "the secret is there for its author"
        for other in people:
            if other is not guest:
                assert secret(guest) not in before_reveal[other.id]

    hall.goes_to("sort")
    hall.moderates("reveal_cards", group_id="")
    topics = []
    for group_id in dict.fromkeys(guest.group_id for guest in people):
        told = hall.mara.post(f"/b/{hall.id}/{group_id}/topics", title=f"Thema {group_id}").json()
        topics.append((group_id, told["topic"]))
    look()
    hall.goes_to("nominate")
    for guest in people[1:]:
        topic = next(topic for group_id, topic in topics if group_id == guest.group_id)
        guest.browser.does(f"/d/{hall.id}/nominations", **{"rank-1": topic})
    hall.goes_to("weigh")
    hall.moderates("open_voting")
    for number, guest in enumerate(people):
        hall_seq = guest.browser.does(f"/d/{hall.id}/ballot", topic=[topic for _, topic in topics[: 1 + number % 3]])
        assert ears[guest.id].hears(hall_seq) == [{"type": "BallotsCounted", "voted": number + 1}]
        look()
    last = hall.moderates("close_voting")
    look()

    for guest in people:
        ears[guest.id].hears(last)
        heard = [*ears[guest.id].frames, *(json.loads(picture) for picture in seen[guest.id])]
        assert _names(heard) & set(TALLIES) == set()
        for other in people:
            if other.group_id != guest.group_id:
                assert secret(other) not in json.dumps(heard, ensure_ascii=False)
    screen.hears(last)
    assert "Geheimnis" not in screen.everything + hall.mara.get(f"/s/{hall.id}/{screen_link}/board.json").text
    assert _names(screen.frames) & set(TALLIES) == set()

"""What a simulated person does in each step of round 1, and which way of doing belongs to which step.

Everything is read from the person's own page and filled into its forms; a form that is not there is not filled in.
"""

from collections.abc import Awaitable, Callable
from random import Random
from typing import TYPE_CHECKING, Any

from sessions.rehearsal import doings_at_tables as tables
from sessions.rehearsal.pages import Fields, Form
from sessions.rehearsal.texts import AFTERTHOUGHTS, Thought

if TYPE_CHECKING:
    from sessions.rehearsal.people import SimulatedPerson as Person

ORGANISATIONS = ("", "", "", "Jobcenter", "AWO Bildung", "Volkshochschule")
TAKEN = 200


async def of(person: "Person") -> None:
    """Do what the present step asks, once; then there is nothing to do until the room goes on."""
    await STEPS.get(person.board["stage"]["step"], nothing)(person)


def traits(random: Random, form: Form) -> dict[str, Any]:
    """What few people say of themselves when they come in."""
    said: dict[str, Any] = {}
    if random.random() < 0.2:
        said["organisation"] = random.choice(ORGANISATIONS)
    if random.random() < 0.15 and (offered := form.options.get("languages")):
        said["languages"] = sorted({"de", random.choice(offered)} & set(offered))
    if random.random() < 0.04:
        said["needs_interpreter"] = "y"
    return said


async def nothing(_person: "Person") -> None:
    """Listen."""


async def writes(person: "Person") -> None:
    """Some write much and some nothing; now and then a card is changed, or taken back."""
    form = (await person.page()).form("/cards")
    if form is None:
        return
    for _ in range(round(person.talkative)):
        await person.waits(8, 60)
        thought = person.texts.thought(person.stakeholder)
        if thought is None:
            return
        answer = await person.sends(form.action, _card(person, form, thought), what="cards")
        if answer.status != TAKEN:
            return
        card_id = answer.told["card"]
        if person.random.random() < 0.2:
            await _thinks_again(person, f"{form.action}/{card_id}", thought)
        elif person.random.random() < 0.1:
            await _takes_back(person, f"{form.action}/{card_id}")


def _card(person: "Person", form: Form, thought: Thought, more: str = "") -> Fields:
    offered = form.options.get("addressees", [])
    addressees = [key for key in thought.addressees if key in offered] or [person.random.choice(offered)]
    return form.filled(valence=thought.valence, text=thought.text + more, addressees=addressees)


async def _thinks_again(person: "Person", address: str, thought: Thought) -> None:
    await person.waits(5, 20)
    form = next(iter((await person.page_at(address)).all_forms(address)), None)
    if form is not None:
        more = person.random.choice(AFTERTHOUGHTS)
        await person.sends(address, _card(person, form, thought, more), what="edit card")


async def _takes_back(person: "Person", address: str) -> None:
    await person.waits(4, 15)
    form = (await person.page()).form(f"{address}/withdraw")
    if form is None:
        return
    answer = await person.sends(form.action, form.filled(), what="withdraw card")
    if answer.status == TAKEN and person.random.random() < 0.5:
        await person.waits(1, 8)
        await person.sends(f"{address}/restore", form.filled(), what="restore card")


async def nominates(person: "Person") -> None:
    """The group talks; one or two of it enter what it has agreed upon, or whoever later finds the list still empty."""
    enters = person.random.random() >= 0.6
    for look in range(6):
        await person.waits(30, 120)
        form = (await person.page()).form("/nominations")
        if form is not None and (enters or (look and not any(_chosen(form)))):
            await person.sends(form.action, in_order(person, form, least=2), what="nominations")
            return


def _chosen(form: Form) -> list[str]:
    """What stands at each place of a form that puts topics in order; "" where nothing does."""
    return [topic_id for place in form.named("rank-") for topic_id in form.said[place]]


def in_order(person: "Person", form: Form, least: int) -> Fields:
    """Topics for the places of a form, each once."""
    places = form.named("rank-")
    offered = [topic_id for topic_id in form.options[places[0]] if topic_id]
    count = person.random.randint(min(least, len(offered)), min(len(places), len(offered)))
    chosen = person.random.sample(offered, count)
    return form.filled(**{place: chosen[at] if at < count else "" for at, place in enumerate(places)})


async def votes(person: "Person") -> None:
    """Some vote at once, some late, a few not at all; some change their mind."""
    if person.board["voting"] != "open" or person.shy:
        return
    await person.waits(8, 45)
    if person.random.random() < 0.2:
        await person.waits(40, 120)
    await _casts(person)
    if person.random.random() < 0.25:
        await person.waits(10, 60)
        await _casts(person)


async def _casts(person: "Person") -> None:
    page = await person.page()
    form = page.form("/ballot")
    if form is None:
        return
    left = page.votes if person.random.random() < 0.85 else person.random.randint(1, page.votes)
    if offered := form.options.get("topic"):
        chosen = person.random.sample(offered, min(left, len(offered)))
        await person.sends(form.action, form.filled(topic=chosen), what="ballot")
        return
    counts = dict.fromkeys(form.named("votes-"), 0)
    for _ in range(left):
        room = [name for name, given in counts.items() if given < int(form.attributes[name].get("max", "1"))]
        if room:
            counts[person.random.choice(room)] += 1
    await person.sends(form.action, form.filled(**{name: str(given) for name, given in counts.items()}), what="ballot")


Doing = Callable[["Person"], Awaitable[None]]
STEPS: dict[str, Doing] = {
    "collect": writes,
    "nominate": nominates,
    "weigh": votes,
    "mix": tables.wishes,
    "envision": tables.envisions,
    "translate": tables.translates,
    "solve": tables.solves,
    "appraise": tables.appraises,
    "commit": tables.promises,
    "close": tables.looks_back,
}
"""By the step that the own board tells. In every other one people listen, read or talk."""

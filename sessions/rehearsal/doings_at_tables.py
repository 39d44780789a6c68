"""What a simulated person does in each step of round 2."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sessions.rehearsal.pages import Fields, Form
from sessions.rehearsal.texts import AFTERTHOUGHTS, FUNCTIONS, LAST_WORDS

if TYPE_CHECKING:
    from sessions.rehearsal.people import SimulatedPerson as Person

TAKEN = 200


async def wishes(person: "Person") -> None:
    """Two of three name topics they would like to work on."""
    if person.random.random() < 0.34:
        return
    await person.waits(8, 45)
    form = (await person.page()).form("/wishes")
    if form is None:
        return
    places = form.named("rank-")
    offered = [topic_id for topic_id in form.options[places[0]] if topic_id]
    chosen = person.random.sample(offered, min(len(offered), len(places), person.random.randint(1, 2)))
    said = {place: chosen[at] if at < len(chosen) else "" for at, place in enumerate(places)}
    await person.sends(form.action, form.filled(**said), what="wishes")


async def envisions(person: "Person") -> None:
    """One or two at each table write down what the table says."""
    for _ in range(await _times(person, "vision")):
        await person.waits(15, 90)
        form = (await person.page()).form("/write/vision")
        if form is None or not person.texts.visions:
            return
        text, plain = person.texts.visions.pop()
        await _writes(person, form, form.filled(text=text, plain=plain))


async def translates(person: "Person") -> None:
    """What would this one gain from it, what would that one."""
    for _ in range(await _times(person, "benefit")):
        await person.waits(12, 70)
        form = (await person.page()).form("/write/benefit")
        if form is None:
            return
        for stakeholder in person.random.sample(form.options["stakeholder"], len(form.options["stakeholder"])):
            text = person.texts.benefit(stakeholder)
            if text is not None:
                await _writes(person, form, form.filled(stakeholder=stakeholder, text=text))
                break


async def solves(person: "Person") -> None:
    """A title first; then its page opens, and more is said as far as the table has come."""
    for _ in range(await _times(person, "proposal")):
        await person.waits(20, 120)
        form = (await person.page()).form("/write/proposal")
        if form is None or not person.texts.proposals:
            return
        solution = person.texts.proposals.pop()
        answer = await person.sends(form.action, form.filled(title=solution["title"]), what="write proposal")
        if answer.status == TAKEN:
            await person.waits(15, 60)
            await _says_more(person, answer.told["entry"], solution)


async def _says_more(person: "Person", entry_id: str, solution: Mapping[str, Any]) -> None:
    address = f"{person.home}entries/{entry_id}"
    form = (await person.page_at(address)).form(f"/entries/{entry_id}")
    if form is None:
        return
    what, first_step = person.random.choice(person.texts.more)
    level, process_step = solution["level"], str(solution["process_step"] or "")
    said: dict[str, str | Sequence[str]] = {
        "what": what,
        "first_step": first_step if person.random.random() < 0.7 else "",
        "level": level if level in form.options.get("level", ()) else "",
        "process_step": process_step if process_step in form.options.get("process_step", ()) else "",
        "needs": _some(person, form, "needs", 2),
        "benefit_ids": _some(person, form, "benefit_ids", 2),
        "card_ids": _some(person, form, "card_ids", 2),
    }
    await person.sends(address, form.filled(**said), what="edit entry")


def _some(person: "Person", form: Form, name: str, most: int) -> list[str]:
    offered = form.options.get(name, [])
    return person.random.sample(offered, min(len(offered), person.random.randint(0, most)))


async def _times(person: "Person", kind: str) -> int:
    """How often this person writes down what the table says; whoever would not does so while nobody else has."""
    if times := person.random.randint(0, max(1, round(person.talkative / 2))):
        return times
    await person.waits(60, 180)
    await person.waits(0, 0, human=False)  # A look at what the others have written.
    return int(all(entry["content"]["kind"] != kind for entry in person.board["entries"].values()))


async def _writes(person: "Person", form: Form, filled: Fields) -> None:
    """Write it down; sometimes it is worded anew, by whoever looks at it, or taken back and put back."""
    answer = await person.sends(form.action, filled, what=form.action.rpartition("/")[2])
    if answer.status != TAKEN:
        return
    address = f"{person.home}entries/{answer.told['entry']}"
    if person.random.random() < 0.25:
        await person.waits(8, 30)
        changing = (await person.page_at(address)).form(address)
        if changing is not None:
            text = changing.said["text"][0] + person.random.choice(AFTERTHOUGHTS)
            await person.sends(address, changing.filled(text=text), what="edit entry")
    elif person.random.random() < 0.1:
        await person.waits(4, 20)
        await person.sends(f"{address}/withdraw", form.filled(), what="withdraw entry")
        await person.waits(2, 8)
        await person.sends(f"{address}/restore", form.filled(), what="restore entry")


async def appraises(person: "Person") -> None:
    """Most look at every proposal; some marks are changed, few are taken back."""
    if person.board["appraising"] != "open" or person.shy:
        return
    for form in (await person.page()).all_forms("/appraisals"):
        await person.waits(5, 25)
        if person.random.random() < 0.9:
            await person.sends(form.action, _marks(person, form), what="appraisals")
        if person.random.random() < 0.1:
            await person.waits(2, 8)
            await person.sends(form.action, _marks(person, form), what="appraisals")
        elif person.random.random() < 0.02:
            await person.sends(form.action, [*form.filled(), ("clear", "y")], what="appraisals")


def _marks(person: "Person", form: Form) -> Fields:
    """A mark on each scale, which is every choice that the form offers."""
    scales = [name for name, said in form.attributes.items() if said.get("type") == "radio"]
    return form.filled(**{name: person.random.choice(form.options[name]) for name in scales})


async def promises(person: "Person") -> None:
    """One in ten takes something on."""
    if person.random.random() > 0.1:
        return
    await person.waits(30, 150)
    form = (await person.page()).form("/promises")
    if form is None:
        return
    earliest = date.fromisoformat(form.attributes["until"].get("min") or date.today().isoformat())
    _what, first_step = person.random.choice(person.texts.more)
    said = {
        "who": person.random.choice(FUNCTIONS),
        "what": first_step,
        "until": (earliest + timedelta(days=person.random.randint(30, 180))).isoformat(),
        "proposal_id": person.random.choice(form.options.get("proposal_id") or [""]),
    }
    await person.sends(form.action, form.filled(**said), what="promises")


async def looks_back(person: "Person") -> None:
    """Most answer the questions at the close, one in five adds a sentence."""
    if person.random.random() > 0.85:
        return
    await person.waits(10, 60)
    form = (await person.page()).form("/feedback")
    if form is None:
        return
    said = {}
    for name in form.named("answer-"):
        marks = form.options[name]
        said[name] = person.random.choice(marks[2:] * 2 + marks)
    if person.random.random() < 0.2 or not said:
        said["sentence"] = person.random.choice(LAST_WORDS)
    await person.sends(form.action, form.filled(**said), what="feedback")

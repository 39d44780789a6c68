"""What stands on each picture of the wall: for every page of it a template with its values."""

from collections.abc import Callable, Sequence
from typing import Any

from dialog import queries
from dialog.models import Dialogue
from dialog.store import Db
from dialog.words import Step, Voting
from sessions import mirror, results
from sessions.language import words
from sessions.mirror import CardShown
from sessions.qr import qr, way_in
from sessions.screen import scenes_round_2
from sessions.screen.paging import chosen_pages, image_pages, result_pages, topic_pages
from sessions.screen.scene import Scene
from sessions.stakeholders import everybody_addressed, taking_part


def scenes(db: Db, dialogue: Dialogue, picture: str, fit: int) -> list[Scene]:
    """The pages of one of `steps.pictures`; at least one. `fit`: how full they may be, in percent."""
    kind, _, key = picture.partition(":")
    if kind == "image":
        return _image(db, dialogue, key, fit)
    if kind == "table":
        return scenes_round_2.one_table(db, dialogue, key, fit)
    return (_STEPS[Step(dialogue.step)] if kind == "step" else _PICTURES[kind])(db, dialogue, fit)


def _welcome(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    return [Scene("arrive", _door(db, dialogue))]


def _latecomers(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    return [Scene("door", _door(db, dialogue))]


def _door(db: Db, dialogue: Dialogue) -> dict[str, Any]:
    here = queries.present(db, dialogue.id).by_stakeholder
    voters = taking_part(queries.plan(dialogue))
    return {
        "door_open": dialogue.door_open,
        "qr": qr(way_in(dialogue.code)),
        "voters": voters,
        "people": {who.key: here.get(who.key, 0) for who in voters},
    }


def _collect(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    questions = queries.plan(dialogue).questions
    asked = {"question_works": words(questions.works), "question_fails": words(questions.fails)}
    return [Scene("collect", {**asked, "groups": _groups(db, dialogue)})]


def _sort(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    return [Scene("sort", {"groups": _groups(db, dialogue)})]


def _nominate(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    limit = queries.plan(dialogue).limits.nominations_per_group
    return [Scene("nominate", {"groups": _groups(db, dialogue), "limit": limit})]


def _groups(db: Db, dialogue: Dialogue) -> list[dict[str, Any]]:
    """Every group with its counts; of the cards nothing but their number."""
    whos = {who.key: who for who in taking_part(queries.plan(dialogue))}
    people = queries.present(db, dialogue.id).by_group
    nominated = queries.nominations(db, dialogue.id)
    return [
        {
            "id": group.id,
            "name": group.name,
            "who": whos[group.stakeholder],
            "written": group.written,
            "revealed": group.revealed,
            "nominated": len(nominated.get(group.id, ())),
        }
        for group in queries.groups(db, dialogue.id)
        if people.get(group.id) or group.written
    ]


def _weigh(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    voting = Voting(dialogue.voting)
    if voting is Voting.PREPARING:
        return _announced(db, dialogue, fit)
    present = queries.present(db, dialogue.id)
    people = sum(present.by_stakeholder.values())
    return [Scene("weigh", {"voting": voting.value, "voted": present.voted, "people": people})]


def _announced(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    topics = [topic.title for topic in queries.ballot_topics(db, dialogue.id)]
    limits = queries.plan(dialogue).limits
    values = {"count": len(topics), "votes": limits.votes_per_person, "most": limits.votes_per_topic}
    return [Scene("announced", {**values, "topics": page}) for page in topic_pages(topics, fit)]


def _result(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    if Step(dialogue.step) not in (Step.WEIGH, Step.MIRROR):
        return scenes_round_2.appraisal(db, dialogue, fit)
    vote = results.vote(db, dialogue)
    return [Scene("result", {"vote": vote, "rows": rows}) for rows in result_pages(vote.rows, fit)]


def _about_works(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    return [Scene("about", {"matrix": mirror.matrices(db, dialogue)["works"]})]


def _about_fails(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    return [Scene("about", {"matrix": mirror.matrices(db, dialogue)["fails"]})]


def _image(db: Db, dialogue: Dialogue, stakeholder: str, fit: int) -> list[Scene]:
    """Both sides turn their pages together; the shorter one keeps its last page."""
    image = mirror.image(db, dialogue, stakeholder)
    own, others = image_pages(image.own, fit), image_pages(image.others, fit)
    plan = queries.plan(dialogue)
    values = {"image": image, "authors": taking_part(plan), "settings": {"stakeholders": everybody_addressed(plan)}}
    return [
        Scene("image", {**values, "own": _at(own, at), "others": _at(others, at)})
        for at in range(max(len(own), len(others)))
    ]


def _at(pages: Sequence[Sequence[CardShown]], at: int) -> Sequence[CardShown]:
    return pages[min(at, len(pages) - 1)]


def _to_others(db: Db, dialogue: Dialogue, _fit: int) -> list[Scene]:
    return [Scene("to_others", {"attribution": mirror.attribution(db, dialogue)})]


def _chosen(db: Db, dialogue: Dialogue, fit: int) -> list[Scene]:
    topics = mirror.chosen(db, dialogue)
    return [Scene("chosen", {"topics": page}) for page in chosen_pages(topics, fit)]


_STEPS: dict[Step, Callable[[Db, Dialogue, int], list[Scene]]] = {
    Step.ARRIVE: _welcome,
    Step.COLLECT: _collect,
    Step.SORT: _sort,
    Step.NOMINATE: _nominate,
    Step.WEIGH: _weigh,
    **scenes_round_2.STEPS,
}
"""What a step shows by itself. The mirror has no such picture: it begins with a result."""

_PICTURES: dict[str, Callable[[Db, Dialogue, int], list[Scene]]] = {
    "door": _latecomers,
    "result": _result,
    "about-works": _about_works,
    "about-fails": _about_fails,
    "to-others": _to_others,
    "chosen": _chosen,
    **scenes_round_2.PICTURES,
}

"""Round 1 in the minutes: what was said, topic by topic, and what each group found most important."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from dialog.attribution import frequency
from dialog.events import GroupState
from dialog.words import Step, Valence
from exports.profile import Withheld
from exports.report import Report
from exports.sheet import Grid, Sheet
from exports.story.content import Block, Cards, Chapter, Facts, Head, Says, Section
from exports.story.paper import records, who
from exports.story.sheets import on_paper, tables
from exports.story.telling import drawn, in_a_line, was_held
from exports.tables import frequency as frequencies
from exports.tables import vote
from exports.tables.names import group_name, topic_title
from exports.words import _


def said_in_round_one(report: Report) -> Iterator[Chapter]:
    """What works and what does not, one topic on a page, group by group."""
    written = len(report.cards) + report.hidden + report.covered
    if not report.holds(Step.COLLECT) or not (written or was_held(report, Step.COLLECT, Step.SORT)):
        return
    sections = tuple(_sections(report))
    yield Chapter(
        key="said",
        title=_("Round 1: what was said"),
        lead=_("What works well, and what does not? Each stakeholder among itself, one thought on a card."),
        blocks=tuple(_before(report)),
        sections=sections,
    )


def _before(report: Report) -> Iterator[Block]:
    if report.covered:
        said = _("Cards that are not revealed yet: %(count)s. They stand here as soon as their group is revealed.")
        yield Says(text=said % {"count": report.covered}, tone="gap")
    if report.hidden:
        yield Says(text=_("Cards that were hidden: %(count)s.") % {"count": report.hidden}, tone="note")
    if not report.cards:
        yield Says(text=_("There are no cards to show."), tone="gap")
        return
    glance = Grid(heading=_("Categories"), table=frequencies.at_a_glance(report, "category"), nothing="")
    if report.holds(Step.SORT):
        yield from tables(glance, _("Round 1"))
    signs = in_a_line(f"{one.sign} {one.name}" for one in (who(report, key) for key in report.parts.keys))
    yield Says(text=_("The sign on a card says who wrote it: %(signs)s.") % {"signs": signs}, tone="note")


def _sections(report: Report) -> Iterator[Section]:
    """The topics of each group, then its cards without one."""
    votes, places = _votes(report), _places(report)
    counted: Counter[tuple[str | None, Valence]] = Counter()
    for one in frequency(report.said, "topic").cards:
        counted[one.key, one.valence] += one.cards
    for group in report.groups.values():
        topics = [topic for topic in report.topics.values() if topic.group_id == group.id]
        for topic in topics:
            cards = [one.card_id for one in report.said if one.topic_id == topic.id]
            count = {valence: counted[topic.id, valence] for valence in Valence}
            facts = [
                (_("Category"), report.category(topic.category) or _("without category")),
                (_("Cards"), _count(count)),
                (_("Nominated"), places.get(topic.id, "")),
                (_("Vote"), votes.get(topic.id, "")),
            ]
            yield Section(
                title=topic_title(report, topic.id),
                kicker=_kicker(report, group),
                strip=True,
                blocks=(Facts(rows=tuple(fact for fact in facts if fact[1])), *_both(report, cards)),
            )
        alone = [
            one.card_id
            for one in report.said
            if one.topic_id is None and report.cards[one.card_id].group_id == group.id
        ]
        if alone:
            title = _("Cards without a topic") if report.holds(Step.SORT) else _("Cards")
            blocks = tuple(_both(report, alone))
            yield Section(title=title, kicker=_kicker(report, group), blocks=blocks)


def _kicker(report: Report, group: GroupState) -> str:
    """Whose topic it is: the stakeholder and, where groups are told apart, the group."""
    label = report.who(group.stakeholder)
    name = group_name(report, group.id)
    own = f"{label.sign} {label.label['de']}"
    return own if name == _("all") else _("%(who)s, group %(name)s") % {"who": own, "name": name}


def _both(report: Report, card_ids: Sequence[str]) -> Iterator[Block]:
    """What works well, then what does not."""
    cards = [drawn(report, card_id) for card_id in card_ids]
    for works, words in ((True, _("+ works well")), (False, _("− does not work"))):
        if of_it := tuple(card for card in cards if card.works is works):
            yield Head(text=words)
            yield Cards(cards=of_it)
    if not cards:
        yield Says(text=_("No card lies at this topic."), tone="gap")


def _count(count: Mapping[Valence, int]) -> str:
    said = _("%(all)s (works well: %(works)s, does not work: %(fails)s)")
    return said % {
        "all": sum(count.values()),
        "works": count[Valence.WORKS],
        "fails": count[Valence.FAILS],
    }


def _places(report: Report) -> dict[str, str]:
    """Which topics their groups nominated, and in which place."""
    found = {}
    for group_id, nominated in report.nominations.items():
        for place, topic_id in enumerate(nominated, start=1):
            in_order = group_id in report.in_order
            told = (
                _("as number %(place)s of the group") % {"place": place}
                if in_order
                else _("as one of the most important")
            )
            found[topic_id] = told
    return found


def _votes(report: Report) -> dict[str, str]:
    """How each topic did in the vote; one that is joined to another did as that one."""
    if report.result is None:
        return {}
    rows = records(vote.result(report, report.result))
    found = {
        topic.topic: in_a_line([_("Votes: %(count)s") % {"count": row["raw"]}, _place(row), row["words"]])
        for topic, row in zip(report.result.topics, rows, strict=True)
    }
    for topic_id, head in report.joined_to.items():
        if head in found:
            title = {"title": topic_title(report, head)}
            found[topic_id] = in_a_line([found[head], _("voted on together as “%(title)s”") % title])
    return found


def _place(row: Mapping[str, str]) -> str:
    """The place by balanced result; by votes where that may not be told."""
    withheld = row["rank"] in {why.words for why in Withheld}
    if withheld:
        return _("Place %(rank)s by votes") % {"rank": row["rank_raw"]}
    return _("Place %(rank)s in the balanced result") % {"rank": row["rank"]}


def most_important(report: Report, sheets: Mapping[str, Sheet]) -> Iterator[Chapter]:
    """The three topics of each group."""
    if not report.holds(Step.NOMINATE) or not (report.nominations or was_held(report, Step.NOMINATE)):
        return
    sheet = sheets[_("Top topics")]
    keep = {"": ("group", "who", "place", "topic", "cards", "joined")}
    yield Chapter(
        key="nominated",
        title=_("The most important topics"),
        lead=sheet.lead,
        blocks=tuple(on_paper(sheet, keep, without=[_("Chosen for round 2")])),
    )

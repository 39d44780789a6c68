"""The end of the minutes: what was agreed, how it came from what was said, and how people found the afternoon."""

from collections.abc import Iterator, Mapping

from dialog.events import ProposalContent
from dialog.words import Step
from exports.report import Report
from exports.sheet import Sheet
from exports.story.content import Block, Chapter, Head, Items, Says, Stop, Way
from exports.story.paper import records
from exports.story.sheets import on_paper
from exports.story.telling import agreed, drawn, in_a_line, was_held
from exports.tables import vote
from exports.tables.names import table_name, topic_name
from exports.words import _


def agreements(report: Report, sheets: Mapping[str, Sheet]) -> Iterator[Chapter]:
    """Who does what until when."""
    if not report.holds(Step.COMMIT) or not (report.round_two.commitments or was_held(report, Step.COMMIT)):
        return
    sheet = sheets[_("Agreements")]
    keep = {"": ("number", "who", "what", "until", "review_on", "proposal", "state")}
    yield Chapter(key="agreed", title=_("Agreements"), lead=sheet.lead, blocks=tuple(on_paper(sheet, keep)))


def argued(report: Report) -> Iterator[Chapter]:
    """The lines of argument: what each proposal answers, and what was promised for it."""
    ways = [*_ways(report)]
    if not ways:
        return
    yield Chapter(
        key="argued",
        title=_("Lines of argument"),
        lead=_("From what somebody said to what was promised: cards, topic, vote, table, proposal, agreement."),
        blocks=(*ways, *_left(report)),
    )


def _ways(report: Report) -> Iterator[Way]:
    """One for each proposal, in their order; then what was promised for none."""
    lines = report.round_two.lines
    votes = _votes(report)
    promised = {one.id: one for one in report.round_two.commitments}
    for entry, said in report.round_two.of_kind(ProposalContent):
        own = [line for line in lines if line.proposal == entry.id]
        heads = dict.fromkeys(line.voted_on or line.topic for line in own)
        cards = dict.fromkeys(line.card for line in own if line.card and line.card in report.cards)
        topics = [topic_name(report, head) for head in heads if head in report.topics and head]
        stops = [
            (_("Topic"), ", ".join(topics)),
            (_("Vote"), ", ".join(votes[head] for head in heads if head in votes)),
            (_("Table"), table_name(report, entry.table_id)),
        ]
        yield Way(
            title=_("Proposal %(number)s: %(title)s") % {"number": entry.number, "title": said.title},
            cards=tuple(drawn(report, card) for card in cards),
            stops=tuple(Stop(name=name, text=text) for name, text in stops if text),
            ends=tuple(agreed(one) for one in promised.values() if one.proposal_id == entry.id),
        )
    for one in promised.values():
        if one.proposal_id not in report.round_two.entries:
            yield Way(title=_("Agreed without a proposal"), cards=(), stops=(), ends=(agreed(one),))


def _votes(report: Report) -> dict[str, str]:
    if report.result is None:
        return {}
    return {
        topic.topic: in_a_line([_("Votes: %(count)s") % {"count": row["raw"]}, row["words"]])
        for topic, row in zip(report.result.topics, records(vote.result(report, report.result)), strict=True)
    }


def _left(report: Report) -> Iterator[Block]:
    """The topics of cards that no proposal answers."""
    open_cards: dict[str, set[str]] = {}
    for line in report.round_two.lines:
        if line.card and not line.proposal and line.topic in report.topics and line.topic:
            open_cards.setdefault(line.topic, set()).add(line.card)
    if not open_cards:
        return
    yield Head(text=_("What stays open"))
    yield Says(text=_("Topics with cards to which no proposal refers, and how many cards these are."))
    in_order = [topic for topic in report.topics if topic in open_cards]
    yield Items(items=tuple(f"{topic_name(report, one)}: {len(open_cards[one])}" for one in in_order))


def felt(report: Report, sheets: Mapping[str, Sheet]) -> Iterator[Chapter]:
    """How people found the afternoon."""
    sheet = sheets.get(_("Feedback"))
    if sheet is None or not (report.round_two.answered or was_held(report, Step.CLOSE)):
        return
    yield Chapter(key="felt", title=_("Feedback"), lead=sheet.lead, blocks=tuple(on_paper(sheet)))

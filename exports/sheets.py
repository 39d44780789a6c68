"""The sheets of a dialogue's workbook: which tables stand where, and what is said with them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from dialog.format import Stakeholder
from dialog.tally import Result
from dialog.words import Valence, Voting
from exports.guide import guide
from exports.look import FAILS_BAR, ITSELF_BAR, LEAD, OTHERS_BAR, PALETTE, WORKS_BAR, lighter
from exports.report import Report
from exports.sheet import Bars, Book, Facts, Grid, Sentence, Sheet
from exports.tables import cards, frequency, mirror, overview, vote
from exports.tables.names import step_name
from exports.words import _


def book(report: Report) -> Book:
    """All sheets of one dialogue, in the order of reading."""
    return Book(
        title=report.plan.title,
        subtitle=f"{report.plan.place}, {german_date(report.plan.held_on)}",
        created_on=report.created_on,
        sheets=[
            _overview(report),
            _cards(report),
            _topic_frequency(report),
            _who_about_whom(report),
            _top_topics(report),
            _vote(report),
            _data(report),
            Sheet(title=_("Reading guide"), lead=_("What each figure means."), blocks=[guide()]),
        ],
    )


def german_date(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _overview(report: Report) -> Sheet:
    return Sheet(
        title=_("Overview"),
        lead=_("Internal edition: it shows small groups in full and is not meant for publication."),
        colour=LEAD,
        one_head=False,
        blocks=[
            Facts(heading=_("The dialogue"), rows=list(_facts(report))),
            Grid(
                heading=_("People and cards"),
                table=overview.people_and_cards(report),
                nothing=_("Nobody takes part."),
                chart=_works_and_fails(_("Cards by stakeholder"), "who", beside=9),
            ),
            Grid(
                heading=_("Categories"),
                table=frequency.at_a_glance(report, "category"),
                nothing=_nothing(),
                chart=_works_and_fails(_("Categories with most cards"), "key", beside=9),
                on_new_page=True,
            ),
            Grid(heading=_("Steps"), table=overview.steps(report), nothing=""),
            Grid(
                heading=_("Topics"),
                table=frequency.at_a_glance(report, "topic"),
                nothing=_nothing(),
                chart=_works_and_fails(_("Topics with most cards"), "key", beside=9),
                on_new_page=True,
            ),
        ],
    )


def _facts(report: Report) -> Iterator[tuple[str, str | int | date]]:
    yield _("Title"), report.plan.title
    yield _("Place of the dialogue"), report.plan.place
    yield _("Date"), report.plan.held_on
    yield _("Regional forum"), report.forum
    yield _("Format"), report.plan.name["de"]
    yield _("Step"), _("closed") if report.closed else step_name(report.step.value)
    yield _("Groups"), len(report.groups)
    yield _("Cards"), len(report.said)
    yield _("Cards hidden (counted nowhere else)"), report.hidden
    yield _("Cards not yet revealed (counted nowhere else)"), report.covered
    yield _("Topics"), len(report.topics)
    if report.voting is not Voting.PREPARING:
        yield _("People who voted"), report.voted
    yield _("Edition"), _("internal")
    yield _("Created on"), report.created_on


def _nothing() -> str:
    return _("No card has been revealed yet.")


def _colours(stakeholders: Sequence[Stakeholder]) -> list[str]:
    """The colour of each stakeholder; a colour that comes again comes lighter."""
    met: Counter[int] = Counter()
    colours = []
    for who in stakeholders:
        colours.append(lighter(PALETTE[who.palette - 1], met[who.palette]))
        met[who.palette] += 1
    return colours


def _works_and_fails(title: str, categories: str, beside: int) -> Bars:
    return Bars(
        title=title,
        categories=categories,
        series=["works", "fails"],
        colours=[WORKS_BAR, FAILS_BAR],
        counts=_("Cards"),
        width=15 if beside else 24,
        beside=beside,
    )


def _cards(report: Report) -> Sheet:
    return Sheet(
        title=_("Cards"),
        lead=_("One row per card. Hidden cards and cards that are not revealed are left out."),
        blocks=[Grid(heading="", table=cards.cards(report), nothing=_nothing(), pivot="Karten")],
    )


def _topic_frequency(report: Report) -> Sheet:
    return Sheet(
        title=_("Topic frequency"),
        lead=_(
            "A card counts once; each group it addresses is one mention. Every column says which of them it counts."
        ),
        blocks=[
            Grid(
                heading=_("Categories together"),
                table=frequency.together(report),
                nothing=_nothing(),
                chart=Bars(
                    title=_("Whom do the cards of a category address?"),
                    categories="key",
                    series=[f"to {who.key}" for who in report.plan.stakeholders],
                    colours=_colours(report.plan.stakeholders),
                    counts=_("Mentions"),
                ),
            ),
            Grid(
                heading=_("By category"),
                on_new_page=True,
                table=frequency.frequency(report, "category"),
                nothing=_nothing(),
            ),
            Grid(
                heading=_("By topic"), on_new_page=True, table=frequency.frequency(report, "topic"), nothing=_nothing()
            ),
        ],
    )


def _who_about_whom(report: Report) -> Sheet:
    return Sheet(
        title=_("Who about whom"),
        one_head=False,
        lead=_("Rows speak, columns are addressed. The deeper the colour, the more mentions."),
        blocks=[
            Grid(heading=_("What works well"), table=mirror.about(report, Valence.WORKS), nothing=_nothing()),
            Grid(heading=_("What does not work"), table=mirror.about(report, Valence.FAILS), nothing=_nothing()),
            Grid(
                heading=_("Attribution to others"),
                note=_("Of the cards on what does not work: how many address only others, and not the own group?"),
                table=mirror.to_others(report),
                nothing=_nothing(),
                chart=Bars(
                    title=_("Who sees the problem with whom?"),
                    categories="who",
                    series=["elsewhere", "itself"],
                    colours=[OTHERS_BAR, ITSELF_BAR],
                    counts=_("Cards on what does not work"),
                    beside=7,
                ),
            ),
        ],
    )


def _top_topics(report: Report) -> Sheet:
    return Sheet(
        title=_("Top topics"),
        one_head=False,
        lead=_("The most important topics of each group, in the group's own order."),
        blocks=[
            Grid(heading="", table=vote.top_topics(report), nothing=_("No group has nominated a topic yet.")),
            Grid(
                heading=_("Chosen for round 2"),
                table=vote.chosen(report),
                nothing=_("No topic has been chosen yet."),
            ),
        ],
    )


def _vote(report: Report) -> Sheet:
    lead = _("Balanced result: the mean of the shares of all groups, so that each group counts the same.")
    if report.result is None:
        sentence = Sentence(
            text=_("The result of the vote has not been revealed. Until then no figure of it stands here.")
        )
        return Sheet(title=_("Vote"), lead=lead, blocks=[sentence])
    return Sheet(title=_("Vote"), lead=lead, blocks=list(_result(report, report.result)))


def _result(report: Report, result: Result) -> Iterator[Grid | Sentence]:
    yield Grid(
        heading=_("Result"),
        table=vote.result(report, result),
        nothing=_("No topic was on the ballot."),
        chart=Bars(
            title=_("Who chose which topic?"),
            categories="topic",
            series=[f"voters {key}" for key in result.voted],
            colours=_colours([report.who(key) for key in result.voted]),
            counts=_("People who chose the topic"),
        ),
    )
    yield Grid(heading=_("Turnout"), table=vote.turnout(report, result), nothing="")
    for key in result.silent:
        sentence = _("Nobody of %(who)s voted; the result does not speak for this group.")
        yield Sentence(text=sentence % {"who": report.who(key).label["de"]})


def _data(report: Report) -> Sheet:
    return Sheet(
        title=_("Data"),
        lead=_("One row per mention, for pivots: add up “Mentions” to count mentions, “Card weight” to count cards."),
        blocks=[Grid(heading="", table=cards.flat(report), nothing=_nothing(), pivot="Daten")],
    )

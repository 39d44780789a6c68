"""The sheets of a dialogue's workbook: which tables stand where, and what is said with them."""

from collections.abc import Iterator
from datetime import date

from dialog.tally import Result
from dialog.words import Step, Valence, Voting
from exports import edition
from exports.guide import guide
from exports.look import FAILS_BAR, ITSELF_BAR, LEAD, OTHERS_BAR, WORKS_BAR, colours
from exports.profile import Profile
from exports.report import Report
from exports.sheet import Bars, Book, Facts, Grid, Sentence, Sheet
from exports.sheets_of_round_two import sheets_of_round_two
from exports.tables import cards, frequency, mirror, overview, settings, vote
from exports.tables.names import german_date, step_name
from exports.words import _


def book(report: Report) -> Book:
    """All sheets of one dialogue, in the order of reading; without those of steps that its format does not have."""
    sheets = list(_sheets(report))
    figures = guide([sheet.title for sheet in sheets], report.profile)
    return Book(
        title=report.plan.title,
        subtitle=f"{_rehearsal(report)}{report.plan.place}, {german_date(report.plan.held_on)}{_public(report)}",
        created_on=report.created_on,
        edition=report.profile,
        sheets=[*sheets, Sheet(title=_("Reading guide"), lead=_("What each figure means."), blocks=[figures])],
    )


def _sheets(report: Report) -> Iterator[Sheet]:
    yield _overview(report)
    if report.holds(Step.COLLECT):
        yield _cards(report)
        yield _topic_frequency(report)
        yield _who_about_whom(report)
    if report.holds(Step.NOMINATE):
        yield _top_topics(report)
    if report.holds(Step.WEIGH):
        yield _vote(report)
    yield from sheets_of_round_two(report)
    if report.holds(Step.COLLECT):
        yield _data(report)


def _overview(report: Report) -> Sheet:
    collects = report.holds(Step.COLLECT)
    return Sheet(
        title=_("Overview"),
        lead=edition.lead(report.profile),
        colour=LEAD,
        one_head=False,
        blocks=[
            Facts(heading=_("The dialogue"), rows=list(_facts(report))),
            Grid(
                heading=_("People and cards") if collects else _("People"),
                table=overview.people_and_cards(report),
                nothing=_("Nobody takes part."),
                chart=_works_and_fails(_("Cards by stakeholder"), "who", beside=9) if collects else None,
            ),
            *edition.cover(report),
            Grid(
                heading=_("Steps held"),
                table=overview.steps(report),
                nothing="",
                note=_steps_note(report),
                on_new_page=True,
            ),
            Grid(heading=_("Settings"), table=settings.settings(report), nothing=""),
            *(_counted(report) if collects else []),
        ],
    )


def _steps_note(report: Report) -> str:
    if not report.held:
        return _("No times are known: nobody has gone from one step to the next yet.")
    return _("Times of day in Germany. A step in several stays counts from its first begin to its last end.")


def _counted(report: Report) -> Iterator[Grid]:
    """Categories and topics at a glance."""
    yield Grid(
        heading=_("Categories"),
        table=frequency.at_a_glance(report, "category"),
        nothing=_nothing(),
        chart=_works_and_fails(_("Categories with most cards"), "key", beside=9),
        on_new_page=True,
    )
    yield Grid(
        heading=_("Topics"),
        table=frequency.at_a_glance(report, "topic"),
        nothing=_nothing(),
        chart=_works_and_fails(_("Topics with most cards"), "key", beside=9),
        on_new_page=True,
    )


def _rehearsal(report: Report) -> str:
    """What stands on every sheet of something that was only practised."""
    return _("REHEARSAL with simulated people") + " – " if report.rehearsal else ""


def _public(report: Report) -> str:
    """What stands on every sheet that may leave the room."""
    return f" · {Profile.PUBLIC.edition}" if report.profile is Profile.PUBLIC else ""


def _facts(report: Report) -> Iterator[tuple[str, str | int | date]]:
    if report.rehearsal:
        yield _("Rehearsal"), _("Simulated people, made up for practising. Please quote nothing of it.")
    yield _("Title"), report.plan.title
    yield _("Place of the dialogue"), report.plan.place
    yield _("Date"), report.plan.held_on
    yield _("Regional forum"), report.forum
    yield _("Format"), report.plan.name["de"]
    yield _("Step"), _("closed") if report.closed else step_name(report.step.value)
    yield _("Groups"), sum(report.group_counts.values())
    if report.holds(Step.COLLECT):
        yield _("Cards"), len(report.said)
        yield _("Cards hidden (counted nowhere else)"), report.hidden
        yield _("Cards not yet revealed (counted nowhere else)"), report.covered
        yield _("Topics"), len(report.topics)
    if report.voting is not Voting.PREPARING:
        yield _("People who voted"), edition.people(report.voted)
    if report.holds(Step.MIX):
        yield _("Tables"), len(report.round_two.tables)
    if report.holds(Step.SOLVE):
        yield _("Proposals"), sum(entry.content.kind == "proposal" for entry in report.round_two.entries.values())
    if report.holds(Step.COMMIT):
        yield _("Agreements"), len(report.round_two.commitments)
    yield _("Edition"), report.profile.words
    yield _("Created on"), report.created_on


def _nothing() -> str:
    return _("No card has been revealed yet.")


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
                    colours=colours(report.plan.stakeholders),
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
            *edition.together(report, report.parts),
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
            *edition.together(report, report.parts),
            *_no_self(report),
        ],
    )


def _no_self(report: Report) -> Iterator[Sentence]:
    if report.parts.pool:
        yield Sentence(
            text=_(
                "Attribution to others is not told of several groups together: "
                "a card about one of them would be about itself or about another, and so say who wrote it."
            )
        )


def _top_topics(report: Report) -> Sheet:
    return Sheet(
        title=_("Top topics"),
        one_head=False,
        lead=_("The most important topics of each group, in the group's own order."),
        blocks=[
            Grid(heading="", table=vote.top_topics(report), nothing=_("No group has nominated a topic yet.")),
            *_no_places(report),
            Grid(
                heading=_("Chosen for round 2"),
                table=vote.chosen(report),
                nothing=_("No topic has been chosen yet."),
            ),
        ],
    )


def _no_places(report: Report) -> Iterator[Sentence]:
    if report.profile is Profile.PUBLIC:
        yield Sentence(
            text=_(
                "The groups of round 1 are told together, because a group can be small. "
                "Only of a stakeholder with a single group the order is that of the group."
            )
        )


def _vote(report: Report) -> Sheet:
    lead = _("Balanced result: the mean of the shares of all groups, so that each group counts the same.")
    if not report.balances:
        lead = _("How many people of whom chose which topic; the topics stand in the order of the votes.")
    if report.result is None:
        sentence = Sentence(
            text=_("The result of the vote has not been revealed. Until then no figure of it stands here.")
            if report.parts.told and report.voting is not Voting.REVEALED
            else _("Fewer than 5 people voted, or are in the room: this edition tells no result.")
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
            colours=colours([report.who(key) for key in result.voted]),
            counts=_("People who chose the topic"),
        ),
    )
    if not report.balances:
        yield Sentence(text=edition.balances_not())
    yield Grid(heading=_("Turnout"), table=vote.turnout(report, result), nothing="")
    yield from edition.together(report, report.parts)
    for key in result.silent:
        sentence = _("Nobody of %(who)s voted; the result does not speak for this group.")
        yield Sentence(text=sentence % {"who": report.who(key).label["de"]})


def _data(report: Report) -> Sheet:
    return Sheet(
        title=_("Data"),
        lead=_("One row per mention, for pivots: add up “Mentions” to count mentions, “Card weight” to count cards."),
        blocks=[Grid(heading="", table=cards.flat(report), nothing=_nothing(), pivot="Daten")],
    )

"""The sheets of a forum's workbook: everything that its page of comparison shows, and one row per card."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dialog.comparison.choice import WITHOUT
from dialog.comparison.whole import Comparison
from dialog.forum_queries import Occurring
from dialog.words import FollowUpState, Valence
from exports import edition
from exports.guide_to_forum import guide_to_forum
from exports.look import ITSELF_BAR, LEAD, MARK_BARS, OTHERS_BAR, WORKS_BAR, colours
from exports.profile import Profile
from exports.sheet import Bars, Book, Facts, Grid, Sentence, Sheet
from exports.tables import over_dialogues, told_over_dialogues
from exports.tables.names import german_date, state_name
from exports.tables.told_over_dialogues import Row
from exports.words import _

MOST_ROWS = 1_000_000
"""Cards on one sheet; more begin another one."""
STATE_BARS = (MARK_BARS[1], OTHERS_BAR, WORKS_BAR, ITSELF_BAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumReport:
    """What the workbook is made of: the comparison, the rows of cards, and how categories are called."""

    forum: str
    profile: Profile
    today: date
    comparison: Comparison
    cards: Sequence[Row]
    together: Sequence[str]
    """Sentences on who is told only together, dialogue by dialogue."""
    categories: Sequence[Occurring]
    given: Mapping[tuple[str, str], str]


def forum_book(report: ForumReport) -> Book:
    """All sheets in the order of reading."""
    sheets = list(_sheets(report))
    guide = Sheet(title=_("Reading guide"), lead=_("What each figure means."), blocks=[guide_to_forum(report.profile)])
    return Book(
        title=report.forum,
        subtitle=_("Comparison of %(count)s dialogues, %(date)s")
        % {"count": len(report.comparison.dialogues), "date": german_date(report.today)},
        created_on=report.today,
        edition=report.profile,
        sheets=[*sheets, guide],
    )


def _sheets(report: ForumReport) -> Iterator[Sheet]:
    found = report.comparison
    yield _dialogues(report)
    yield _themes(found)
    yield _about(found)
    yield _over_time(found)
    yield _priorities(found)
    yield _recurring(found)
    yield _agreements(found, report.today)
    yield Sheet(
        title=_("Names of categories"),
        lead=_("What the forum calls the categories of its formats. Equal names are one category everywhere here."),
        blocks=[
            Grid(
                heading="",
                table=over_dialogues.categories(report.categories, report.given),
                nothing=_("No dialogue has categories."),
            )
        ],
    )
    for at in range(0, max(1, len(report.cards)), MOST_ROWS):
        number = at // MOST_ROWS
        yield Sheet(
            title=_("Cards") if not number else f"{_('Cards')} {number + 1}",
            lead=_("One row per card. Hidden cards and cards that are not revealed are left out."),
            blocks=[
                Grid(
                    heading="",
                    table=told_over_dialogues.flat(report.cards[at : at + MOST_ROWS]),
                    nothing=_no_card(found),
                    pivot="Karten" if not number else f"Karten{number + 1}",
                )
            ],
        )


def _dialogues(report: ForumReport) -> Sheet:
    found = report.comparison
    people = [f"people {who.key}" for who in found.authors]
    whos = [over_dialogues.person(who) for who in found.authors]
    told = any(found.people.values()) and report.profile is Profile.INTERNAL
    chart = Bars(
        title=_("People by dialogue and stakeholder"),
        categories="title",
        series=people,
        colours=colours(whos),
        counts=_("People present"),
        most=50,
    )
    return Sheet(
        title=_("Dialogues"),
        lead=edition.lead(report.profile),
        colour=LEAD,
        one_head=False,
        blocks=[
            Facts(heading=_("The comparison"), rows=list(_facts(report))),
            Grid(
                heading=_("Dialogues"),
                table=over_dialogues.dialogues(found),
                nothing=_("No dialogue fits what is chosen."),
                note=_("Sums are over what each dialogue tells: who is told only together there is summed up so.")
                if report.profile is Profile.PUBLIC
                else "",
                chart=chart if people and told else None,
            ),
            *(Sentence(text=sentence) for sentence in report.together),
        ],
    )


def _facts(report: ForumReport) -> Iterator[tuple[str, str | int | date]]:
    found = report.comparison
    choice = found.choice
    yield _("Regional forum"), report.forum
    yield _("Dialogues"), len(found.dialogues)
    yield _("People together"), sum(found.people.values())
    yield _("Cards"), found.themes.cards
    yield _("Dialogues that are not closed"), _("counted as far as revealed") if choice.running else _("left out")
    for name, values in ((_("Places"), choice.places), (_("Years"), choice.years), (_("Formats"), choice.formats)):
        if values:
            yield _("Chosen: %(what)s") % {"what": name}, ", ".join(sorted(values))
    for name, key in ((_("Who speaks"), choice.who), (_("Who is addressed"), choice.to)):
        if key:
            label = found.whos[key].label if key in found.whos else key
            yield _("Chosen: %(what)s") % {"what": name}, label
    if choice.category:
        label = _("without category") if choice.category == WITHOUT else choice.category
        yield _("Chosen: %(what)s") % {"what": _("Category")}, label
    if choice.valence:
        words = {Valence.WORKS.value: _("works well"), Valence.FAILS.value: _("does not work")}
        yield _("Chosen: %(what)s") % {"what": _("Valence")}, words.get(choice.valence, choice.valence)
    yield _("Edition"), report.profile.words
    yield _("Created on"), report.today


def _no_card(found: Comparison) -> str:
    return _("No card fits what is chosen.") if found.choice.about_cards else _("No card has been revealed yet.")


def _themes(found: Comparison) -> Sheet:
    whos = [over_dialogues.person(who) for who in found.authors]
    return Sheet(
        title=_("Topic frequency"),
        one_head=False,
        lead=_(
            "A card counts once; each group it addresses is one mention. Every column says which of them it counts."
        ),
        blocks=[
            Grid(
                heading=_("Categories together"),
                table=over_dialogues.together(found),
                nothing=_no_card(found),
                chart=Bars(
                    title=_("Whose cards are about what?"),
                    categories="category",
                    series=[f"cards {who.key}" for who in found.authors],
                    colours=colours(whos),
                    counts=_("Cards"),
                ),
            ),
            Grid(
                heading=_("By category and stakeholder"),
                note=_("Cards per 10 people: 10 · cards of the stakeholder / its people in all these dialogues."),
                table=over_dialogues.themes(found),
                nothing=_no_card(found),
                on_new_page=True,
            ),
        ],
    )


def _about(found: Comparison) -> Sheet:
    grids = [
        Grid(heading=heading, table=over_dialogues.about(found, valence), nothing=_no_card(found))
        for heading, valence in ((_("What works well"), Valence.WORKS), (_("What does not work"), Valence.FAILS))
    ]
    return Sheet(
        title=_("Who about whom"),
        lead=_("Rows speak, columns are addressed. The deeper the colour, the more mentions."),
        one_head=False,
        blocks=grids,
    )


def _over_time(found: Comparison) -> Sheet:
    return Sheet(
        title=_("Attribution over time"),
        lead=_("Of the cards on what does not work: how many address only others, and not the own group?"),
        one_head=False,
        blocks=[
            Grid(
                heading=_("By year"),
                table=over_dialogues.over_time(found, found.years),
                nothing=_("Nothing was said on what does not work, or of no stakeholder alone may it be told."),
                chart=Bars(
                    title=_("Who sees the problem with whom?"),
                    categories="name",
                    series=["elsewhere", "itself"],
                    colours=[OTHERS_BAR, ITSELF_BAR],
                    counts=_("Cards on what does not work"),
                    most=40,
                ),
            ),
            Grid(
                heading=_("By dialogue"),
                table=over_dialogues.over_time(found, found.moments),
                nothing=_("Nothing was said on what does not work, or of no stakeholder alone may it be told."),
                on_new_page=True,
            ),
        ],
    )


def _priorities(found: Comparison) -> Sheet:
    untold = ", ".join(one.title for one in found.priorities.untold)
    return Sheet(
        title=_("Shared priorities"),
        lead=_("Topics that at least a third of the voters of every stakeholder chose, dialogue by dialogue."),
        one_head=False,
        blocks=[
            Grid(
                heading=_("By category"),
                table=over_dialogues.priorities(found),
                nothing=_("No topic was important to every group, or no result may be told."),
                chart=Bars(
                    title=_("In how many dialogues?"),
                    categories="category",
                    series=["dialogues"],
                    colours=[LEAD],
                    counts=_("Dialogues"),
                ),
            ),
            Grid(
                heading=_("By dialogue"),
                table=over_dialogues.shared(found),
                nothing=_("No topic was important to every group, or no result may be told."),
            ),
            *(
                [Sentence(text=_("Not counted, because no result is told: %(names)s") % {"names": untold})]
                * bool(untold)
            ),
        ],
    )


def _recurring(found: Comparison) -> Sheet:
    return Sheet(
        title=_("Recurring proposals"),
        lead=_(
            "Proposals of several dialogues that may be the same. Nothing is merged; a number marks what may be one."
        ),
        one_head=False,
        blocks=[
            Grid(
                heading=_("What comes again"),
                table=told_over_dialogues.recurring(found),
                nothing=_("No proposal comes again in another dialogue."),
            ),
            Grid(
                heading=_("All proposals"),
                table=told_over_dialogues.proposals(found),
                nothing=_("No proposals lie open in these dialogues."),
            ),
        ],
    )


def _agreements(found: Comparison, today: date) -> Sheet:
    states = {state: state_name(state) for state in FollowUpState}
    return Sheet(
        title=_("Agreements"),
        lead=_("What was agreed in closed dialogues and what became of it, as of %(date)s.")
        % {"date": german_date(today)},
        one_head=False,
        blocks=[
            Grid(
                heading=_("By dialogue"),
                table=over_dialogues.kept(found, today, states),
                nothing=_("Nothing was agreed in these dialogues, or they are not closed yet."),
                chart=Bars(
                    title=_("Where do the agreements stand?"),
                    categories="name",
                    series=[state.value for state in states],
                    colours=STATE_BARS,
                    counts=_("Agreements"),
                    most=50,
                ),
            ),
            Grid(
                heading=_("All agreements"),
                table=told_over_dialogues.agreements(found, today),
                nothing=_("Nothing was agreed in these dialogues, or they are not closed yet."),
                on_new_page=True,
            ),
        ],
    )

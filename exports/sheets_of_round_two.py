"""The sheets of round 2: tables, what they wrote, what everybody thought of it, what was promised."""

from collections.abc import Iterator

from dialog.appraising import POINTS, Appraisals
from dialog.words import Appraising, Step
from exports import edition
from exports.look import LEAD, MARK_BARS, OTHERS_BAR, colours
from exports.profile import Profile
from exports.report import Report
from exports.sheet import Bars, Facts, Grid, Points, Sentence, Sheet
from exports.tables import appraisal, entries, feedback, promises, seating
from exports.words import _

ENOUGH_FOR_A_PAGE = 9
"""Rows of a table that leave room for a second block on the same page of paper."""


def sheets_of_round_two(report: Report) -> Iterator[Sheet]:
    """In the order of the afternoon; without those of steps that the format does not have."""
    if report.holds(Step.MIX):
        yield _tables(report)
    if report.holds(Step.ENVISION) or report.holds(Step.TRANSLATE):
        yield _ideal_and_benefits(report)
    if report.holds(Step.SOLVE):
        yield _proposals(report)
    if report.holds(Step.APPRAISE):
        yield _appraisal(report)
    if report.holds(Step.COMMIT):
        yield _agreements(report)
    if report.holds(Step.SOLVE) or report.holds(Step.COMMIT):
        yield _lines(report)
    if report.plan.feedback or report.plan.feedback_sentence:
        yield _feedback(report)


def _tables(report: Report) -> Sheet:
    return Sheet(
        title=_("Tables"),
        one_head=False,
        lead=_("The mixed tables of round 2: people are counted, nobody is named."),
        blocks=list(_seating(report)),
    )


def _seating(report: Report) -> Iterator[Grid | Facts | Sentence]:
    mixing, many = report.round_two.mixing, len(report.round_two.tables) > ENOUGH_FOR_A_PAGE
    internal = report.profile is Profile.INTERNAL
    yield Grid(
        heading=_("People at the tables"),
        table=seating.tables(report),
        nothing=_("The tables have not been shown yet. Until then nothing of them stands here."),
        chart=Bars(
            title=_("Who sits at which table?"),
            categories="table",
            series=[f"people {key}" for key in report.present],
            colours=colours([report.who(key) for key in report.present]),
            counts=_("People"),
        )
        if internal
        else None,
        chart_on_new_page=many,
    )
    if not internal and report.round_two.tables:
        yield Sentence(text=_("Who sits at a table is not told by stakeholder: there are only a few people of each."))
        yield Sentence(text=_("Rules and draw of the tables are not told: they speak of single people."))
    if mixing is None:
        return
    yield Grid(
        heading=_("Rules of mixing"),
        note=_("Wishes, pairs and fixed places are deleted with the close; nothing can be said of them any more.")
        if report.closed
        else "",
        table=seating.rules(report, mixing),
        nothing="",
    )
    for sentence in seating.too_few(report, mixing):
        yield Sentence(text=sentence)
    if report.round_two.seed is not None:
        yield Sentence(text=_("Seed of the last draw: %(seed)s.") % {"seed": report.round_two.seed})


def _ideal_and_benefits(report: Report) -> Sheet:
    visions = entries.visions(report)
    return Sheet(
        title=_("Ideal and benefits"),
        one_head=False,
        lead=_("What it would be like if it were really good, and what each stakeholder would gain from it."),
        blocks=[
            Grid(
                heading=_("The ideal"),
                table=visions,
                nothing=_("No table has written its ideal yet."),
            ),
            Grid(
                heading=_("How many benefits for whom"),
                table=entries.gained(report),
                nothing=_("There are no tables yet."),
                on_new_page=len(visions.rows) > ENOUGH_FOR_A_PAGE,
            ),
            Grid(
                heading=_("Benefits"),
                table=entries.benefits(report),
                nothing=_("No table has written a benefit yet."),
                on_new_page=True,
            ),
        ],
    )


def _proposals(report: Report) -> Sheet:
    return Sheet(
        title=_("Proposals"),
        one_head=False,
        lead=_("What the tables propose: what exactly, the first step, on which level, who is needed."),
        blocks=list(_proposed(report)),
    )


def _proposed(report: Report) -> Iterator[Grid | Sentence]:
    if report.round_two.covered:
        sentence = _("Proposals that do not lie open to all yet: %(count)s. They stand here after this step.")
        yield Sentence(text=sentence % {"count": report.round_two.covered})
        return
    proposals = entries.proposals(report)
    yield Grid(heading=_("Proposals"), table=proposals, nothing=_("No table has written a proposal yet."))
    if not proposals.rows:
        return
    if report.plan.levels:
        yield Grid(heading=_("By level"), table=entries.levels(report), nothing="")
    grounds = entries.grounds(report)
    if len(grounds.columns) > len(entries.numbered()):
        yield Grid(heading=_("What they answer and bring"), table=grounds, nothing="", on_new_page=True)


def _appraisal(report: Report) -> Sheet:
    resisting = report.plan.appraising is Appraising.RESISTANCE
    lead = _("Resistance from 0 to 10: the mean of the groups, so that each group counts the same.")
    if not resisting:
        lead = _("Effect and feasibility from 1 to 5: the mean of the groups, so that each group counts the same.")
    if report.round_two.parts.pool:
        lead = _("Resistance from 0 to 10: the mean of all marks, so that each person counts the same.")
        if not resisting:
            lead = _("Effect and feasibility from 1 to 5: the mean of all marks, so that each person counts the same.")
    if report.round_two.appraisals is None:
        sentence = _("The appraisal has not been revealed. Until then no figure of it stands here.")
        sentence = sentence if report.parts.told else edition.nobody_counted()
        return Sheet(title=_("Appraisal"), lead=lead, blocks=[Sentence(text=sentence)])
    return Sheet(
        title=_("Appraisal"),
        lead=lead,
        one_head=False,
        blocks=list(_appraised(report, report.round_two.appraisals)),
    )


def _appraised(report: Report, figures: Appraisals) -> Iterator[Grid | Facts | Sentence]:
    placing = figures.how is Appraising.EFFECT_FEASIBILITY
    yield Grid(
        heading=_("Result"),
        table=appraisal.placed(report, figures) if placing else appraisal.options(report, figures),
        note=_("Below 10 people no mean is told, but how many gave 4 or 5.")
        if placing
        else _("Below 10 people no mean is told, but the sum, and of a group how many gave 9 or 10."),
        nothing=_("There was no proposal to appraise."),
        chart_on_new_page=len(figures.placed or figures.options) > 2 * ENOUGH_FOR_A_PAGE,
        chart=_matrix() if placing else _resisted(report, figures),
    )
    yield from edition.together(report, report.round_two.parts)
    if report.round_two.parts.pool:
        yield Sentence(text=edition.balances_not())
    present = sum(figures.present.values())
    count = {"done": edition.people(report.round_two.appraised), "all": present}
    yield Sentence(text=_("%(done)s of %(all)s people appraised.") % count)
    for key in figures.silent:
        sentence = _("Nobody of %(who)s appraised; the figures do not speak for this group.")
        yield Sentence(text=sentence % {"who": report.who(key).label["de"]})
    yield Grid(
        heading=_("How many gave which mark"),
        table=appraisal.marks(report, figures),
        nothing=_("There was no proposal to appraise."),
        on_new_page=True,
    )


def _matrix() -> Points:
    return Points(
        title=_("Effect and feasibility: the number is that of the proposal"),
        names="number",
        x="effect",
        y="feasibility",
        scale=(POINTS[0], POINTS[-1]),
        colour=LEAD,
    )


def _resisted(report: Report, figures: Appraisals) -> Bars | None:
    """Bars of the means; none where the mean of an option may not be told."""
    if report.round_two.few or not all(option.enough for option in figures.options):
        return None
    return Bars(
        title=_("Resistance, the least first"),
        categories="title",
        series=["resistance"],
        colours=[OTHERS_BAR],
        counts=_("Resistance"),
        number="0.0",
        most=41,
    )


def _agreements(report: Report) -> Sheet:
    return Sheet(
        title=_("Agreements"),
        lead=_("Who does what until when, as it was promised in the room."),
        blocks=[
            Grid(
                heading="",
                table=promises.commitments(report),
                nothing=_("Nothing has been promised yet."),
                pivot="Vereinbarungen",
            )
        ],
    )


def _lines(report: Report) -> Sheet:
    return Sheet(
        title=_("Lines of argument"),
        lead=_("From what somebody said to what was promised, and back: one row for each way. Filters lead along it."),
        blocks=[
            Grid(
                heading="",
                table=promises.lines(report),
                nothing=_("There is no card, no proposal and no agreement yet."),
                pivot="Argumentationslinien",
            )
        ],
    )


def _feedback(report: Report) -> Sheet:
    return Sheet(
        title=_("Feedback"),
        one_head=False,
        lead=_("How people found the afternoon, from 1 (not at all) to 5 (fully)."),
        blocks=list(_answered(report)),
    )


def _answered(report: Report) -> Iterator[Grid | Sentence]:
    figures = report.round_two.feedback
    if report.round_two.answered is None:
        yield Sentence(text=_("Fewer than 5 people gave feedback: this edition tells nothing of it."))
        return
    if not report.round_two.answered:
        yield Sentence(text=_("Nobody has given feedback yet."))
        return
    if figures.questions or report.round_two.few_answers:
        answers = feedback.answers(report)
        yield Grid(
            heading=_("Answers"),
            table=answers,
            note=_("Below 10 people no mean is told, but how many gave 4 or 5."),
            nothing="",
            chart=Bars(
                title=_("How many gave which mark"),
                categories="question",
                series=[column.key for column in answers.columns if column.key.startswith("mark ")],
                colours=MARK_BARS,
                counts=_("People"),
            ),
        )
        yield Grid(
            heading=_("By stakeholder"),
            table=feedback.answers_by_stakeholder(report),
            nothing=_("Nobody has given feedback yet."),
        )
        yield from edition.together(report, report.round_two.feedback_parts)
    count = {"done": report.round_two.answered, "all": sum(figures.present.values())}
    yield Sentence(text=_("%(done)s of %(all)s people gave feedback.") % count)
    for key in figures.silent if figures.questions else ():
        sentence = _("Nobody of %(who)s answered; the figures do not speak for this group.")
        yield Sentence(text=sentence % {"who": report.who(key).label["de"]})
    if report.plan.feedback_sentence and report.profile is Profile.PUBLIC:
        yield Sentence(text=_("What people added in their own words is not in the public edition."))
    elif report.plan.feedback_sentence:
        yield Grid(
            heading=_("In their own words"),
            note=_("In alphabetical order, without saying who."),
            table=feedback.sentences(report),
            nothing=_("Nobody added a sentence."),
            on_new_page=bool(figures.questions),
        )

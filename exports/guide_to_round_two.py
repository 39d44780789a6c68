"""Each figure's meaning in one sentence: the sheets of round 2."""

from exports.words import _


def guide_to_round_two() -> dict[str, dict[str, str]]:
    """By sheet, then by figure."""
    return {
        _("Tables"): {
            _("People"): _("How many people of a stakeholder sit at this table; who they are is not in this file."),
            _("State of a rule"): _(
                "“kept”: it holds everywhere. “as good as possible”: it cannot be kept any better, that is proven. "
                "“perhaps not the best”: it is near the proven limit, which cannot always be reached."
            ),
            _("New faces"): _(
                "Pairs of people at one table who were in the same group of round 1; three people are three pairs."
            ),
        },
        _("Ideal and benefits"): {
            _("Benefits"): _("How many benefits a table found for a stakeholder; “–” means none."),
        },
        _("Proposals"): {
            _("No."): _("The number a proposal has on all screens."),
            _("Level"): _("Where a proposal acts, as its table chose it; only some levels ask for a process step."),
        },
        _("Appraisal"): {
            _("Effect, feasibility"): _(
                "From 1 to 5. The mean of the means of all stakeholders: each counts the same, whatever its size."
            ),
            _("Resistance"): _(
                "From 0 to 10. The mean of the means of all stakeholders; below 10 people the sum of all marks."
            ),
            _("Acceptance"): _("One minus a tenth of the resistance, in percent; shown from 10 people on."),
            _("4 of 6"): _(
                "Below 10 people no mean: 4 of 6 people gave one of the two highest marks (4 or 5, or 9 or 10)."
            ),
            _("Mean"): _("The mean of all marks of these people; each person counts the same."),
            _("Middle half"): _("Between these marks lies the middle half of the people; shown from 10 people on."),
            _("Place"): _(
                "By effect plus feasibility, the highest first; or by resistance, the lowest first. "
                "Proposals with the same result share a place; the next place is left out."
            ),
            _("carried by all together"): _(
                "Of every stakeholder that appraised, at least half gave 4 or 5, for effect and for feasibility."
            ),
            _("views differ"): _(
                "Two means are 1.5 points or more apart, and at least 5 people of every stakeholder appraised."
            ),
            _("carries further than today"): _("Less resistance than against everything staying as it is."),
        },
        _("Agreements"): {
            _("Who"): _("An organisation or a function, as it was said in the room."),
        },
        _("Lines of argument"): {
            _("Row"): _(
                "One way from a card to its topic, the table that worked on it, a proposal and an agreement. "
                "What leads to several stands in several rows; an empty cell means: not begun yet, or not gone on."
            ),
        },
        _("Feedback"): {
            _("Mean"): _("From 1 (not at all) to 5 (fully); below 10 people how many gave 4 or 5."),
        },
    }

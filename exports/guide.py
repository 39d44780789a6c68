"""Each figure's meaning in one sentence."""

from collections.abc import Sequence

from exports.guide_to_round_two import guide_to_round_two
from exports.profile import Profile, Withheld
from exports.sheet import Grid
from exports.table import Column, table
from exports.words import _


def guide(sheets: Sequence[str], profile: Profile) -> Grid:
    """What stands on these sheets and on all of them."""
    meant = _guide() | guide_to_round_two()
    if profile is Profile.PUBLIC:
        meant[_("All sheets")] |= withheld()
    rows = [
        {"sheet": sheet, "figure": figure, "meaning": meaning}
        for sheet in (_("All sheets"), *sheets)
        for figure, meaning in meant.get(sheet, {}).items()
    ]
    columns = [
        Column(key="sheet", head=_("Sheet"), width=22),
        Column(key="figure", head=_("Figure"), width=32),
        Column(key="meaning", head=_("Meaning"), width=90),
    ]
    return Grid(heading="", table=table(rows, columns), nothing="")


def withheld() -> dict[str, str]:
    """What stands in place of a figure that is not made public."""
    return {
        Withheld.SMALL.words: _("Fewer than 5 people are behind this figure; it is not made public."),
        Withheld.TOGETHER.words: _(
            "This stakeholder has fewer than 5 people or is the next smallest, and is counted together with others; "
            "which of them is small is not told, because it would tell the figures."
        ),
        Withheld.COMPLEMENT.words: _("By this figure another one could be computed that is not made public."),
    }


def _guide() -> dict[str, dict[str, str]]:
    return {
        _("All sheets"): {
            _("Card"): _("One thought of one person, written on one card; it counts once, whatever it addresses."),
            _("Mention"): _(
                "One group that a card addresses; a card with two addressees is one card and two mentions."
            ),
            _("Stakeholder of the author"): _(
                "The stakeholder of the group in which the card was written; persons are not known."
            ),
            _("Hidden cards"): _(
                "Cards that the moderation took off the board; they stand only in the overview, as a number."
            ),
            _("Cards not yet revealed"): _(
                "Cards of groups that are still writing; they too stand only in the overview, as a number."
            ),
            _("Share"): _(
                "From 10 people or cards on in percent; below that as “4 of 6”, because percent would be too exact."
            ),
        },
        _("Overview"): {
            _("People expected"): _("How many people the plan expected of this stakeholder."),
            _("People present"): _("How many people of this stakeholder are in the dialogue, with or without a phone."),
        },
        _("Topic frequency"): {
            _("Cards"): _(
                "How many cards of this category or topic a stakeholder wrote, apart for what works and what does not."
            ),
            _("Mentions"): _("How often these cards address the group named in the head of the column."),
            _("without category"): _("Cards that lie in no topic, or in a topic that has no category."),
        },
        _("Who about whom"): {
            _("Matrix"): _("How many mentions go from the stakeholder in the row to the one in the column."),
            _("Attribution to others"): _(
                "Of a stakeholder's cards on what does not work, those that address only others; "
                "a card that also addresses the own group does not count here."
            ),
        },
        _("Top topics"): {
            _("Place"): _("The order in which the group itself put its topics."),
            _("Voted on together as"): _("The topic of another group with which this one was joined for the vote."),
        },
        _("Vote"): {
            _("Votes"): _("All votes for this topic, whoever gave them."),
            _("People"): _("How many people of a stakeholder chose this topic."),
            _("Share of a group"): _(
                "The people of a stakeholder who chose the topic, out of those of it who voted at all."
            ),
            _("Balanced result"): _(
                "The mean of the shares of all stakeholders that voted, so that each counts the same "
                "whatever its size; shown from 10 voters on."
            ),
            _("important to all"): _("At least a third of the voters of every stakeholder chose the topic."),
            _("views differ"): _(
                "The shares lie 40 points or more apart, and at least 5 people of every stakeholder voted."
            ),
            _("equal"): _("Topics with the same balanced result share a place; the next place is left out."),
            _("People who abstained"): _("People in the room who gave no vote; they are in no share."),
        },
        _("Data"): {
            _("Card number"): _("A number of this file only; rows with the same number are mentions of the same card."),
            _("Card weight"): _("One divided by the number of addressees of the card; summed up it counts cards."),
            _("About itself"): _("Whether the card addresses the stakeholder that wrote it."),
        },
    }

"""Each figure of a forum's workbook in one sentence."""

from exports.guide import withheld
from exports.profile import Profile
from exports.sheet import Grid
from exports.table import Column, table
from exports.words import _


def guide_to_forum(profile: Profile) -> Grid:
    """What stands on which sheet, and what it counts."""
    meant = {**_guide(), **({_("All sheets"): withheld()} if profile is Profile.PUBLIC else {})}
    rows = [
        {"sheet": sheet, "figure": figure, "meaning": meaning}
        for sheet, figures in meant.items()
        for figure, meaning in figures.items()
    ]
    columns = [
        Column(key="sheet", head=_("Sheet"), width=24),
        Column(key="figure", head=_("Figure"), width=32),
        Column(key="meaning", head=_("Meaning"), width=90),
    ]
    return Grid(heading="", table=table(rows, columns), nothing="")


def _guide() -> dict[str, dict[str, str]]:
    return {
        _("Dialogues"): {
            _("People"): _("People of a stakeholder who are in the dialogue, with or without a phone."),
            _("Together"): _("Added up over the dialogues above; rehearsals never count."),
        },
        _("Topic frequency"): {
            _("Cards"): _("Cards of this category by a stakeholder, over all chosen dialogues."),
            _("Cards per 10 people"): _(
                "Ten times the cards of a stakeholder, divided by its people in all chosen dialogues; "
                "below 10 people as cards of people, because a rate would be too exact."
            ),
            _("Mentions"): _("How often these cards address the group named in the head of the column."),
        },
        _("Who about whom"): {
            _("Matrix"): _("How many mentions go from the stakeholder in the row to the one in the column."),
        },
        _("Attribution over time"): {
            _("Share only to others"): _(
                "Of a stakeholder's cards on what does not work, those that do not address itself; cards are added up "
                "before dividing. Stakeholders that are told together have no such figure."
            ),
        },
        _("Shared priorities"): {
            _("Dialogues"): _("In how many dialogues a topic of this category was important to all."),
            _("important to all"): _("At least a third of the voters of every stakeholder chose the topic."),
        },
        _("Recurring proposals"): {
            _("similar titles"): _("The titles say the same or something related; the reason stands beside each."),
            _("same category and level"): _(
                "The topic of the proposal has the same category in the forum, and the proposal the same level."
            ),
        },
        _("Agreements"): {
            _("overdue"): _(
                "The day until which it was promised has passed, and it is neither carried out nor given up."
            ),
            _("due for review"): _("The day to look at it again has come, and nothing was noted since."),
        },
        _("Names of categories"): {
            _("Name in the forum"): _(
                "What the forum calls the category; without a name of its own it is called as in the plan."
            ),
        },
    }

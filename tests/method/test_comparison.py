"""Comparing over dialogues: what is chosen, what recurs, what is kept, and how categories are called."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog import errors
from dialog.attribution import CardCount, Frequency, MentionCount, ToOthers
from dialog.commands.name_categories import NameCategories, name_categories
from dialog.comparison.choice import WITHOUT, Choice, pairs, read_choice
from dialog.comparison.kept import kept
from dialog.comparison.mirrored import by_dialogue, by_year
from dialog.comparison.recurring import proposals, recurring, titles
from dialog.comparison.themes import Rate, themes, whos
from dialog.comparison.values import Contribution, Names, Proposed, Who, from_json, to_json
from dialog.events import CommitmentState
from dialog.following_up import Followed, Note
from dialog.models import Forum
from dialog.similar import similar_cards
from dialog.store import Store
from dialog.words import FollowUpState, Valence
from tests.people import Afternoon, small_plan

NO_NAMES = Names({})
WORDS = st.text(max_size=8)
FEW = st.frozensets(st.text(min_size=1, max_size=8), max_size=3)


def contribution(dialogue_id: str = "a", **what: object) -> Contribution:
    """A dialogue of 12 and 4 people: 6 cards of one, 3 of them on talking; one card of the other."""
    told = {
        "title": f"Dialog {dialogue_id}",
        "place": "Nord",
        "held_on": date(2026, 3, 12),
        "format": "usual",
        "format_name": "Üblich",
        "closed": True,
        "people": {"jobcenter": 12, "traeger": 4},
        "stakeholders": (
            Who(key="jobcenter", label="Jobcenter", sign="■", palette=1, participates=True),
            Who(key="traeger", label="Träger", sign="◆", palette=2, participates=True),
            Who(key="politik", label="Politik", sign="▲", palette=4, participates=False),
        ),
        "pooled": (),
        "categories": {"talk": "Reden", "time": "Zeit"},
        "frequency": Frequency(
            cards=(
                CardCount(key="talk", stakeholder="jobcenter", valence=Valence.FAILS, cards=3),
                CardCount(key="time", stakeholder="jobcenter", valence=Valence.WORKS, cards=2),
                CardCount(key=None, stakeholder="jobcenter", valence=Valence.FAILS, cards=1),
                CardCount(key="talk", stakeholder="traeger", valence=Valence.FAILS, cards=1),
            ),
            mentions=(
                MentionCount(
                    key="talk", stakeholder="jobcenter", valence=Valence.FAILS, addressee="politik", mentions=3
                ),
                MentionCount(
                    key="talk", stakeholder="jobcenter", valence=Valence.FAILS, addressee="jobcenter", mentions=1
                ),
                MentionCount(
                    key="time", stakeholder="jobcenter", valence=Valence.WORKS, addressee="traeger", mentions=2
                ),
                MentionCount(key=None, stakeholder="jobcenter", valence=Valence.FAILS, addressee="traeger", mentions=1),
                MentionCount(key="talk", stakeholder="traeger", valence=Valence.FAILS, addressee="traeger", mentions=1),
            ),
        ),
        "result_told": False,
        "shared": (),
        "proposals": (),
    }
    return Contribution(**{"dialogue_id": dialogue_id, **told, **what})


@given(
    st.builds(
        Choice,
        dialogues=FEW,
        places=FEW,
        years=FEW,
        formats=FEW,
        who=WORDS,
        to=WORDS,
        category=WORDS,
        valence=WORDS,
        running=st.booleans(),
    )
)
def test_an_address_says_exactly_what_is_chosen(choice: Choice) -> None:
    values: dict[str, list[str]] = {}
    for name, value in pairs(choice):
        values.setdefault(name, []).append(value)
    assert read_choice(values) == choice


def test_nothing_chosen_is_everything_that_is_closed() -> None:
    everything = read_choice({"year": [""], "other": ["x"]})
    assert everything == Choice()
    assert everything.takes(contribution())
    assert not everything.takes(contribution(closed=False))
    assert Choice(running=True).takes(contribution(closed=False))
    assert not Choice(years=frozenset({"2025"})).takes(contribution())


def test_what_is_kept_of_a_dialogue_is_read_as_it_was() -> None:
    whole = contribution(proposals=(Proposed(number=1, title="=1+1 🙂", level=None, category="talk"),))
    again = from_json(to_json(whole))
    assert to_json(again) == to_json(whole)
    assert (again.people, again.proposals, list(again.frequency.mentions)) == (
        whole.people,
        whole.proposals,
        list(whole.frequency.mentions),
    )
    with pytest.raises(ValueError, match="Invalid JSON"):
        from_json(to_json(whole)[:-9])


def test_cards_count_once_and_rates_are_of_ten_people() -> None:
    counted = themes([contribution(), contribution("b")], NO_NAMES, Choice())
    assert counted.categories == ("Reden", "Zeit", None)
    talk, other = counted.of("Reden")
    assert (talk.who, talk.works, talk.fails, talk.to) == ("jobcenter", 0, 6, {"politik": 6, "jobcenter": 2})
    assert (talk.rate.per_ten, talk.rate.tenths) == (Fraction(60, 24), 25)
    assert (other.who, other.cards, other.rate.people, other.rate.per_ten) == ("traeger", 2, 8, None)
    assert counted.cards == 14


@pytest.mark.parametrize(("cards", "people", "tenths"), [(1, 80, 1), (1, 81, 1), (0, 10, 0), (3, 9, None), (7, 40, 18)])
def test_tenths_are_rounded_half_up(cards: int, people: int, tenths: int | None) -> None:
    assert Rate(cards, people).tenths == tenths


@pytest.mark.parametrize(
    ("choice", "cards"),
    [
        (Choice(who="traeger"), 1),
        (Choice(to="politik"), 3),
        (Choice(to="traeger"), 4),
        (Choice(category="Reden"), 4),
        (Choice(category=WITHOUT), 1),
        (Choice(valence="works"), 2),
        (Choice(category="Reden", to="jobcenter", valence="fails"), 1),
        (Choice(category="talk"), 0),
        (Choice(valence="neither"), 0),
    ],
)
def test_only_chosen_cards_count(choice: Choice, cards: int) -> None:
    assert themes([contribution()], NO_NAMES, choice).cards == cards


def test_equal_names_are_one_category_over_formats() -> None:
    other = contribution("b", format="other", categories={"talk": "Gespräch", "time": "Zeit"})
    names = Names({("usual", "talk"): "Miteinander", ("other", "talk"): "Miteinander"})
    apart = themes([contribution(), other], NO_NAMES, Choice())
    assert set(apart.categories) == {"Reden", "Gespräch", "Zeit", None}
    assert sum(row.cards for row in apart.of("Zeit")) == 4, "plans that use the same word mean the same"
    together = themes([contribution(), other], names, Choice())
    assert sum(row.cards for row in together.of("Miteinander")) == 8
    assert together.cards == apart.cards


def test_stakeholders_with_equal_keys_are_one_with_all_their_names() -> None:
    other = Who(key="traeger", label="Bildungsträger", sign="◆", palette=2, participates=True)
    found = whos([contribution(), contribution("b", stakeholders=(other,))])
    assert found["traeger"].label == "Träger / Bildungsträger"
    assert list(found) == ["jobcenter", "traeger", "politik"]


def test_cards_are_added_up_before_a_year_is_divided() -> None:
    one, two = contribution(), contribution("b", held_on=date(2026, 9, 1))
    moments = by_dialogue([two, one, contribution("c", held_on=date(2025, 1, 1))], NO_NAMES, Choice())
    assert [moment.dialogue.dialogue_id for moment in moments if moment.dialogue] == ["c", "a", "b"]
    assert moments[0].by == {"jobcenter": ToOthers(elsewhere=3, failing=4), "traeger": ToOthers(0, 1)}
    years = by_year(moments)
    assert [(year.year, year.by["jobcenter"]) for year in years] == [(2025, ToOthers(3, 4)), (2026, ToOthers(6, 8))]


def test_of_those_told_together_nothing_is_said_of_themselves() -> None:
    (moment,) = by_dialogue([contribution(pooled=("traeger",))], NO_NAMES, Choice())
    assert list(moment.by) == ["jobcenter"]
    assert by_dialogue([contribution()], NO_NAMES, Choice(who="politik")) == []


def with_proposals(dialogue_id: str, *said: tuple[str, str | None]) -> Contribution:
    return contribution(
        dialogue_id,
        proposals=tuple(
            Proposed(number=at, title=title, level=level, category="talk" if level else None)
            for at, (title, level) in enumerate(said, start=1)
        ),
    )


def test_proposals_recur_by_title_with_the_reason() -> None:
    dialogues = [
        with_proposals("a", ("Kinderbetreuung von Anfang an mitplanen", None), ("Runder Tisch", None)),
        with_proposals("b", ("Kinderbetreuung mitplanen", None), ("Kinderbetreuung planen, auch hier", None)),
        with_proposals("c", ("Fahrkarten vorstrecken", None)),
    ]
    found = proposals(dialogues, NO_NAMES, Choice())
    (again,) = recurring(found, similar_cards(titles(found)))
    assert (again.by, again.dialogues) == ("title", 2)
    first, *others = again.members
    assert first.reason is None
    assert first.found.id == "a/1"
    assert {member.found.id for member in others} == {"b/1", "b/2"}
    for member in others:
        assert member.reason is not None
        assert any("Kinderbetreuung" in here for here, _ in member.reason.words)


def test_within_one_dialogue_nothing_recurs() -> None:
    found = proposals([with_proposals("a", ("Runder Tisch", "B"), ("Runder Tisch", "B"))], NO_NAMES, Choice())
    assert recurring(found, similar_cards(titles(found))) == []


def test_proposals_recur_by_category_and_level() -> None:
    dialogues = [with_proposals("a", ("Schaubild", "B"), ("Ohne", None)), with_proposals("b", ("Telefon", "B"))]
    found = proposals(dialogues, NO_NAMES, Choice())
    (again,) = recurring(found, [])
    assert (again.by, [member.found.proposal.title for member in again.members]) == ("place", ["Schaubild", "Telefon"])
    assert recurring(proposals(dialogues, Names({("usual", "talk"): "Anders"}), Choice(category="Reden")), []) == []


def test_agreements_count_by_state_and_only_of_the_chosen_dialogues() -> None:
    today = date(2027, 1, 1)

    def agreed(dialogue_id: str, until: date, *states: FollowUpState) -> Followed:
        notes = tuple(
            Note(number=at, state=state, noted_on=date(2026, 12, 1), sentence="") for at, state in enumerate(states, 1)
        )
        state = CommitmentState(
            id=f"{dialogue_id}{until}",
            proposal_id=None,
            number=1,
            who="Amt",
            what="Ruft an",
            until=until,
            review_on=today,
        )
        return Followed(dialogue_id=dialogue_id, commitment=state, notes=notes)

    past, later = date(2026, 12, 24), date(2027, 6, 1)
    followed = [
        agreed("a", past),
        agreed("a", later, FollowUpState.RUNNING),
        agreed("a", past, FollowUpState.RUNNING, FollowUpState.DONE),
        agreed("elsewhere", past),
    ]
    (found,) = kept([contribution(), contribution("b")], followed)
    assert {state: found.count(state) for state in FollowUpState} == {
        FollowUpState.OPEN: 1,
        FollowUpState.RUNNING: 1,
        FollowUpState.DONE: 1,
        FollowUpState.DROPPED: 0,
    }
    assert (found.overdue(today), found.review_due(today)) == (1, 2)


def test_a_forum_names_its_own_categories_only(store: Store) -> None:
    afternoon = Afternoon(store, small_plan())
    key = ("regionaler-arbeitsmarktdialog", "motivation")

    def name(said: str, forum_id: str = "", category: tuple[str, str] = key) -> Names:
        with store.writing() as db:
            forum_id = forum_id or db.query(Forum).first().id
            return name_categories(db, NameCategories(forum_id=forum_id, names={category: said}))

    assert afternoon.id
    assert name("  Antrieb  und Mut ").given == {key: "Antrieb und Mut"}
    assert name("Antrieb und Mut").given == {key: "Antrieb und Mut"}
    assert name("Motivation").given == {}, "as the plans call it anyway"
    assert name("Antrieb").given == {key: "Antrieb"}
    assert name(" ").given == {}
    with pytest.raises(errors.NoSuchThing):
        name("x", category=("regionaler-arbeitsmarktdialog", "nobody"))
    with pytest.raises(errors.NoSuchThing):
        name("x", forum_id="nobody")

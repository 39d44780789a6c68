"""The result of the vote: each person counts the same, and so does each stakeholder group."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.tally import Ballot, Result, TopicResult, tally

ROOM = {"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}
"""Region Nord of the reference data set."""


def ballots(stakeholder: str, *choices: str) -> list[Ballot]:
    """One ballot for each string; its letters are the topics chosen, twice for two votes."""
    return [Ballot(stakeholder=stakeholder, votes={t: chosen.count(t) for t in chosen}) for chosen in choices]


def of(result: Result, topic: str) -> TopicResult:
    (found,) = [t for t in result.topics if t.topic == topic]
    return found


def region_nord() -> Result:
    return tally(
        ["a", "b", "c"],
        [
            *ballots("jobcenter", "a", "a", "a", "a", "ab", "ab", "ab", "ab", "b", "b"),
            *ballots("traeger", "ac", "ac", "c", "c", "bc", ""),
            *ballots("leistungsberechtigte", "abc", "abc", "abc", "c", "c", "c", "b", "b", "b"),
        ],
        ROOM,
    )


def test_region_nord_counted_by_hand() -> None:
    a = of(region_nord(), "a")
    assert a.raw == 13
    assert a.voters == {"jobcenter": 8, "traeger": 2, "leistungsberechtigte": 3}
    assert a.shares == {
        "jobcenter": Fraction(8, 10),
        "traeger": Fraction(2, 5),
        "leistungsberechtigte": Fraction(3, 9),
    }
    assert a.balanced == (Fraction(8, 10) + Fraction(2, 5) + Fraction(3, 9)) / 3


def test_abstentions_are_told_and_not_hidden_in_the_denominator() -> None:
    result = region_nord()
    assert result.voted == {"jobcenter": 10, "traeger": 5, "leistungsberechtigte": 9}
    assert result.abstained == {"jobcenter": 1, "traeger": 1, "leistungsberechtigte": 0}
    assert (result.present_in_all, result.voted_in_all, result.abstained_in_all) == (26, 24, 2)


def test_a_small_group_weighs_as_much_as_a_large_one() -> None:
    result = tally(
        ["of-many", "of-few"],
        [
            *[Ballot(stakeholder="jobcenter", votes={"of-many": 1})] * 20,
            *[Ballot(stakeholder="traeger", votes={"of-few": 1})] * 2,
        ],
        {"jobcenter": 20, "traeger": 2},
    )
    assert of(result, "of-many").balanced == of(result, "of-few").balanced == Fraction(1, 2)
    assert of(result, "of-many").rank == of(result, "of-few").rank == 1
    assert (of(result, "of-many").rank_raw, of(result, "of-few").rank_raw) == (1, 2)


def test_ties_share_a_place_and_the_next_is_skipped() -> None:
    result = tally(["a", "b", "c", "d"], ballots("traeger", "ab", "ab", "ac", "b"), {"traeger": 4})
    assert [(t.topic, t.rank) for t in result.topics] == [("a", 1), ("b", 1), ("c", 3), ("d", 4)]


def test_equal_balanced_results_stand_by_raw_votes_then_as_given_and_keep_their_tie() -> None:
    result = tally(["a", "b", "c"], ballots("traeger", "a", "bb", "c"), {"traeger": 3})
    assert [(t.topic, t.rank, t.rank_raw) for t in result.topics] == [("b", 1, 1), ("a", 1, 2), ("c", 1, 2)]


def test_two_votes_of_one_person_are_two_votes_and_one_person() -> None:
    result = tally(["a"], ballots("traeger", "aa"), {"traeger": 1})
    assert (of(result, "a").raw, of(result, "a").voters["traeger"]) == (2, 1)


@pytest.mark.parametrize(("chosen", "shared"), [(2, False), (3, True)])
def test_shared_from_exactly_a_third_of_every_group(chosen: int, shared: bool) -> None:
    result = tally(
        ["a", "b"],
        ballots("jobcenter", *["a"] * chosen, *["b"] * (9 - chosen)) + ballots("traeger", "a", "b", "b"),
        {"jobcenter": 9, "traeger": 3},
    )
    assert of(result, "a").shared is shared


def test_one_group_alone_shares_nothing() -> None:
    assert not of(tally(["a"], ballots("traeger", "a", "a"), {"jobcenter": 0, "traeger": 2}), "a").shared


def test_a_group_that_kept_silent_is_named_and_has_no_share() -> None:
    result = tally(
        ["a"],
        ballots("jobcenter", "a", "a") + ballots("traeger", "a"),
        {"jobcenter": 2, "traeger": 1, "leistungsberechtigte": 4},
    )
    assert result.silent == ("leistungsberechtigte",)
    assert of(result, "a").shares["leistungsberechtigte"] is None
    assert of(result, "a").balanced == 1
    assert of(result, "a").shared


def test_a_group_that_is_not_there_is_not_silent() -> None:
    assert tally(["a"], ballots("jobcenter", "a"), {"jobcenter": 1, "traeger": 0}).silent == ()


def five_and_five(of_jobcenter: int, of_traeger: int, people: int = 5) -> TopicResult:
    votes = [
        *ballots("jobcenter", *["a"] * of_jobcenter, *["b"] * (people - of_jobcenter)),
        *ballots("traeger", *["a"] * of_traeger, *["b"] * (people - of_traeger)),
    ]
    return of(tally(["a", "b"], votes, {"jobcenter": people, "traeger": people}), "a")


def test_views_go_apart_from_exactly_40_points() -> None:
    assert five_and_five(4, 2).divided
    assert not five_and_five(3, 2).divided


def test_fewer_than_five_people_divide_nothing() -> None:
    assert five_and_five(5, 0, people=5).divided
    assert not five_and_five(4, 0, people=4).divided


def test_a_silent_group_leaves_open_whether_views_go_apart() -> None:
    votes = ballots("jobcenter", *["a"] * 5) + ballots("traeger", *["b"] * 5)
    assert of(tally(["a", "b"], votes, {"jobcenter": 5, "traeger": 5}), "a").divided
    assert not of(tally(["a", "b"], votes, {"jobcenter": 5, "traeger": 5, "media": 3}), "a").divided


def test_a_vote_in_which_nobody_voted_has_a_result() -> None:
    result = tally(["a", "b"], ballots("traeger", ""), ROOM)
    assert [(t.topic, t.rank, t.shared, t.divided) for t in result.topics] == [
        ("a", 1, False, False),
        ("b", 1, False, False),
    ]
    assert [t.balanced for t in result.topics] == [0, 0]
    assert result.silent == tuple(ROOM)
    assert result.abstained == ROOM


@pytest.mark.parametrize(
    ("topics", "given_votes", "present", "complaint"),
    [
        (["a", "a"], [], {}, "twice"),
        (["a"], ballots("traeger", "b"), {"traeger": 1}, "unknown topic: b"),
        (["a"], ballots("traeger", "a"), {"jobcenter": 1}, "unknown stakeholder: traeger"),
        (["a"], [Ballot(stakeholder="traeger", votes={"a": -1})], {"traeger": 1}, "negative votes"),
        (["a"], [], {"traeger": -1}, "negative number of people"),
        (["a"], ballots("traeger", "a", "a"), {"traeger": 1}, "more ballots than people"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    topics: list[str], given_votes: list[Ballot], present: dict[str, int], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        tally(topics, given_votes, present)


Vote = tuple[list[str], list[Ballot], dict[str, int]]

TOPICS = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6)
STAKEHOLDERS = ["jobcenter", "traeger", "leistungsberechtigte", "media"]


@st.composite
def votes(draw: st.DrawFn) -> Vote:
    topics = draw(TOPICS)
    choice = st.dictionaries(st.sampled_from(topics), st.integers(0, 3)) if topics else st.just({})
    given_votes = []
    present = {}
    for stakeholder in draw(st.lists(st.sampled_from(STAKEHOLDERS), unique=True)):
        chosen = draw(st.lists(choice, max_size=12))
        given_votes += [Ballot(stakeholder=stakeholder, votes=votes) for votes in chosen]
        present[stakeholder] = len(chosen) + draw(st.integers(0, 3))
    return topics, draw(st.permutations(given_votes)), present


@given(votes())
def test_an_independent_count_comes_to_the_same(vote: Vote) -> None:
    topics, given_votes, present = vote
    result = tally(topics, given_votes, present)

    people = [(b.stakeholder, [t for t, n in b.votes.items() for _ in range(n)]) for b in given_votes]
    people = [(stakeholder, chosen) for stakeholder, chosen in people if chosen]
    groups = {s: [set(chosen) for stakeholder, chosen in people if stakeholder == s] for s in present}
    heard = {s: choices for s, choices in groups.items() if choices}
    assert sorted(t.topic for t in result.topics) == sorted(topics)
    for topic in result.topics:
        assert topic.raw == [t for _, chosen in people for t in chosen].count(topic.topic)
        assert topic.voters == {s: sum(topic.topic in c for c in choices) for s, choices in groups.items()}
        shares = [Fraction(sum(topic.topic in c for c in group), len(group)) for group in heard.values()]
        assert [share for share in topic.shares.values() if share is not None] == shares
        assert topic.balanced * max(len(heard), 1) == sum(shares)
        assert topic.shared == (len(heard) > 1 and min(shares) >= Fraction(1, 3))
        all_are_five = all(len(groups[s]) >= 5 for s in present if present[s] > 0)
        assert topic.divided == (all_are_five and len(shares) > 1 and 100 * (max(shares) - min(shares)) >= 40)


@given(votes())
def test_everybody_in_the_room_voted_or_abstained(vote: Vote) -> None:
    topics, given_votes, present = vote
    result = tally(topics, given_votes, present)
    assert list(result.present) == list(result.voted) == list(result.abstained) == list(present)
    for stakeholder, people in present.items():
        assert result.voted[stakeholder] + result.abstained[stakeholder] == people
        assert min(result.voted[stakeholder], result.abstained[stakeholder]) >= 0
        assert (stakeholder in result.silent) == (people > 0 and result.voted[stakeholder] == 0)


@given(votes())
def test_places_follow_the_results(vote: Vote) -> None:
    topics, given_votes, present = vote
    result = tally(topics, given_votes, present)
    for place, topic in enumerate(result.topics):
        before, after = result.topics[:place], result.topics[place + 1 :]
        assert topic.rank == 1 + sum(other.balanced > topic.balanced for other in before)
        assert all((o.balanced, o.raw) <= (topic.balanced, topic.raw) for o in after)
        assert topic.rank_raw == 1 + sum(other.raw > topic.raw for other in result.topics)
        for other in after:
            if (other.balanced, other.raw) == (topic.balanced, topic.raw):
                assert topics.index(topic.topic) < topics.index(other.topic)


@given(votes())
def test_the_order_of_the_ballots_does_not_matter(vote: Vote) -> None:
    topics, given_votes, present = vote
    assert tally(topics, given_votes[::-1], present) == tally(topics, given_votes, present)


@given(votes())
def test_a_group_counted_twice_over_has_the_same_balanced_result(vote: Vote) -> None:
    topics, given_votes, present = vote
    doubled = [*given_votes, *(b for b in given_votes if b.stakeholder == "jobcenter")]
    larger = {s: people * 2 if s == "jobcenter" else people for s, people in present.items()}
    before = {t.topic: t.balanced for t in tally(topics, given_votes, present).topics}
    assert {t.topic: t.balanced for t in tally(topics, doubled, larger).topics} == before

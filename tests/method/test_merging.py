"""Two people edit the same short text at the same time, and neither loses a word."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.merging import merged


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "both"),
    [
        ("Kurse für alle", "Sprachkurse für alle", "Kurse für Eltern", "Sprachkurse für Eltern"),
        ("Kurse für alle", "Kurse am Abend für alle", "Kurse für alle ab Mai", "Kurse am Abend für alle ab Mai"),
        ("Der Kurs.", "Der Kurs beginnt um 9.", "Jeder Kurs.", "Jeder Kurs beginnt um 9."),
        ("Der Kurs.", "Der Kurs!", "Der Lehrgang.", "Der Lehrgang!"),
        ("viele lange Briefe", "viele Briefe", "viele lange Anrufe", "viele Anrufe"),
        ("Frühe Treffen wagen", "Frühe, offene Treffen wagen", "Frühe Treffen üben!", "Frühe, offene Treffen üben!"),
        ("نص قصير هنا", "نص طويل هنا", "نص قصير هناك", "نص طويل هناك"),
        ("👩‍👩‍👧 sind da", "👩‍👩‍👧 sind hier", "👍🏽 sind da", "👍🏽 sind hier"),
        ("eins\nzwei\ndrei", "eins\nzwei\n\ndrei", "Eins\nzwei\ndrei", "Eins\nzwei\n\ndrei"),
    ],
)
def test_what_two_people_wrote(base: str, theirs: str, mine: str, both: str) -> None:
    assert merged(base, theirs, mine) == merged(base, mine, theirs) == both


@pytest.mark.parametrize(
    ("base", "theirs", "mine"),
    [
        ("Kurse für alle", "Kurse für Eltern", "Kurse für Männer"),  # the same word
        ("Kurse für alle", "Kurse am Abend für alle", "Kurse am Morgen für alle"),  # the same place
        ("Kurse für alle", "Kurse für alle Eltern", "Kurse für viele"),  # beside a word that the other changes
        ("Kurse für alle", "Kurse für wirklich alle", "Kurse"),  # within what the other takes out
        ("Wir reden mehr miteinander", "Anrufe statt Briefe bitte", "Wir reden viel mehr miteinander"),
        ("Ja, gut, dann so", "Nein, nie, ohne uns", "Ja, sehr gut, dann so"),
        ("", "Kurse", "Briefe"),
        ("Kurse", "", "Briefe"),
        ("kurze Briefe", "kurze", "Briefe"),  # nothing would be left
        ("am Markt „Treff", "am Markt Treff", "am Markt „Café"),  # it would say MarktCafé
        ("eins zwei drei", "eins  zwei drei", "eins\nzwei drei"),  # white space in two ways
    ],
)
def test_what_people_must_settle(base: str, theirs: str, mine: str) -> None:
    assert merged(base, theirs, mine) is None
    assert merged(base, mine, theirs) is None


def test_the_same_change_by_both_is_made_once() -> None:
    assert merged("Kurse für alle", "Neue Kurse für alle da", "Neue Kurse für alle hier") is None
    assert merged("Kurse für alle im Ort", "Neue Kurse für alle im Ort", "Neue Kurse für alle im Amt") == (
        "Neue Kurse für alle im Amt"
    )


def test_a_word_with_a_hyphen_or_a_star_is_one_word() -> None:
    assert merged("per E-Mail", "per e-mail", "per E-Post") is None
    assert merged("die Träger*innen", "die Träger", "die Trägerinnen") is None


def test_a_long_text_whose_words_come_back_merges_too() -> None:
    base = [f"Wort{number % 20}" for number in range(300)]
    theirs, mine, both = [[*base] for _ in range(3)]
    theirs[150] = both[150] = "ihres"
    mine[0] = mine[-1] = both[0] = both[-1] = "meines"
    assert merged(" ".join(base), " ".join(theirs), " ".join(mine)) == " ".join(both)


WORDS = ["Kurs", "Kurs", "und", "für", "Größe", "E-Mail", "متى", "هنا،", "👍🏽", "👩‍👩‍👧", "(so)", "…", "gut.", "–"]
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", " ", " ", "\n", "  "])), max_size=8).map(
    lambda parts: "".join(word + space for word, space in parts).strip()
)
anything = st.one_of(texts, st.text(max_size=12))


@given(anything, anything)
def test_who_edits_alone_is_never_held_up(base: str, text: str) -> None:
    assert merged(base, base, text) == text
    assert merged(base, text, base) == text
    assert merged(base, text, text) == text


@given(anything, anything, anything)
def test_swapping_the_two_changes_nothing(base: str, theirs: str, mine: str) -> None:
    assert merged(base, theirs, mine) == merged(base, mine, theirs)


@given(texts, texts, texts)
def test_no_word_put_in_is_lost_and_none_is_made_up(base: str, theirs: str, mine: str) -> None:
    result = merged(base, theirs, mine)
    if result is not None:
        before, words = Counter(base.split()), Counter(result.split())
        for side in (Counter(theirs.split()), Counter(mine.split())):
            put_in = side - before
            for word in put_in:
                assert word.strip("().,،…") in result
        made_up = set(words) - set(theirs.split()) - set(mine.split())
        assert all(word.strip("().,،…") in theirs + mine for word in made_up)


plain = st.lists(st.sampled_from("abcde"), max_size=7).map(" ".join)


@given(plain, plain, plain)
def test_every_word_put_in_is_there_as_often_as_its_writer_added_it(base: str, theirs: str, mine: str) -> None:
    result = merged(base, theirs, mine)
    if result is not None:
        words = Counter(result.split())
        assert result == " ".join(result.split())
        for side in (theirs, mine):
            assert words >= Counter(side.split()) - Counter(base.split())
        assert words <= Counter(theirs.split()) + Counter(mine.split())


DEEDS = ["keep", "keep", "they change", "they take out", "I change", "I take out"]


@given(st.lists(st.sampled_from(DEEDS), min_size=1, max_size=9))
def test_changes_to_different_words_are_all_kept(deeds: list[str]) -> None:
    def text(*hands: str) -> str:
        words = []
        for number, deed in enumerate(deeds):
            who, _, did = deed.partition(" ")
            if who not in hands:
                words.append(f"Wort{number}")
            elif did == "change":
                words.append(f"Neu{number}")
        return " ".join(words)

    base, theirs, mine, both = text(), text("they"), text("I"), text("they", "I")
    assert merged(base, theirs, mine) == (both or (None if theirs and mine else ""))


@given(st.integers(0, 6), st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
def test_what_is_put_in_at_different_places_is_kept_and_at_the_same_place_asked(
    length: int, their_places: set[int], my_places: set[int]
) -> None:
    def text(**inserted: set[int]) -> str:
        words = []
        for place in range(length + 1):
            words += [f"{who}{place}" for who, places in inserted.items() if place in places]
            words += [f"Wort{place}"] * (place < length)
        return " ".join(words)

    their_places = {place for place in their_places if place <= length}
    my_places = {place for place in my_places if place <= length}
    base, theirs, mine = text(), text(sie=their_places), text(ich=my_places)
    both = None if their_places & my_places else text(sie=their_places, ich=my_places)
    assert merged(base, theirs, mine) == both


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=5), st.data())
def test_changes_with_an_unchanged_word_between_never_hold_each_other_up(words: list[str], data: st.DataObject) -> None:
    front, back = data.draw(plain), data.draw(plain)
    middle = [f"Mitte{number}" for number in range(len(words))]
    base = " ".join([*words, *middle, *words])
    theirs = " ".join([*front.split(), *middle, *words])
    mine = " ".join([*words, *middle, *back.split()])
    assert merged(base, theirs, mine) == " ".join([*front.split(), *middle, *back.split()])

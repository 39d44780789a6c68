"""Cards that may say the same: what is suggested, why, and what is not. `ROOM` is reference data."""

import re
from random import Random
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialog.similar import Suggestion, similar_cards

ROOM = [
    "Meine Beraterin hört zu und fragt nach",
    "Beim Träger kennt man meinen Namen",
    "Der Kurs gibt meinem Tag Struktur",
    "Hilfe beim Ausfüllen der Anträge",
    "Stadtteilverein macht auch nach dem Kurs weiter",
    "Nur Briefe, nie ein Anruf",
    "Ich wusste nicht, wozu der Kurs gut ist",
    "Die Leistungsabteilung ist telefonisch nicht zu erreichen",
    "Jedes halbe Jahr eine neue Ansprechperson",
    "Maßnahme passt nicht zu meinem Abschluss",
    "Kein Betreuungsplatz, also kein Kurs",
    "Der Deutschkurs ist viel zu voll",
    "Arbeitgeber antworten gar nicht erst",
    "Nach dem Kurs stand ich wieder allein da",
    "Ich komme aus Angst oft nicht zum Termin",
    "Kurzer Draht zu den Trägern vor Ort",
    "Gruppeninfos zusammen mit dem Träger",
    "Termine werden ohne Absage versäumt",
    "Zu viele Fälle für gute Beratung",
    "Budget für gute Maßnahmen fehlt",
    "Es fehlen Sprachkurse für Motivierte",
    "Die Leistungsstelle ist auch für uns kaum erreichbar",
    "Inhalte der Maßnahmen kennen wir nur vom Papier",
    "Der Träger meldet Abbrüche zu spät",
    "Die Kurse fordern zu wenig",
    "Betriebe wollen keine längeren Praktika",
    "Bürokratie frisst die Zeit für Gespräche",
    "Marktplatz, auf dem sich alle Träger vorstellen",
    "Feste Ansprechperson im Jobcenter",
    "Zeit für Einzelgespräche im Kurs",
    "Keine Planungssicherheit über das Jahr hinaus",
    "Wir erfahren nicht, was nach dem Kurs passiert",
    "Mehrere Probleme gleichzeitig, aber nur ein Kurs",
    "Betriebe kennen unsere Leute nicht",
]


def suggest(*texts: str, names: tuple[str, ...] = ()) -> dict[tuple[str, str], Suggestion]:
    return {(s.a, s.b): s for s in similar_cards([(text, text) for text in texts], names=names)}


def test_the_reference_cards_that_say_the_same_are_found_and_hardly_any_others() -> None:
    assert list(suggest(*ROOM)) == [
        (
            "Die Leistungsabteilung ist telefonisch nicht zu erreichen",
            "Die Leistungsstelle ist auch für uns kaum erreichbar",
        ),
        ("Jedes halbe Jahr eine neue Ansprechperson", "Feste Ansprechperson im Jobcenter"),
        ("Bürokratie frisst die Zeit für Gespräche", "Zeit für Einzelgespräche im Kurs"),
    ]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (
            "Die Leistungsabteilung ist telefonisch nicht zu erreichen",
            "Die Leistungsstelle ist auch für uns kaum erreichbar",
            {("Leistungsabteilung", "Leistungsstelle"), ("erreichen", "erreichbar")},
        ),
        (
            "Budget für gute Maßnahmen fehlt",
            "Fehlendes Budget für gute Maßnahmen",
            {("Budget", "Budget"), ("gute", "gute"), ("Maßnahmen", "Maßnahmen"), ("fehlt", "Fehlendes")},
        ),
        (
            "Es fehlen Sprachkurse für Motivierte",
            "Zu wenig Sprachkurse",
            {("Sprachkurse", "Sprachkurse")},
        ),
        (
            "Kinderbetreuung fehlt",
            "Keine Betreuung für Kinder während der Maßnahme",
            {("Kinderbetreuung", "Betreuung"), ("Kinderbetreuung", "Kinder")},
        ),
        ("Mehr Traegertreffen", "Trägertreffen tun gut", {("Traegertreffen", "Trägertreffen")}),
        (
            "Berater*innen haben keine Zeit",
            "Meine Beraterin hat Zeit",
            {("Berater*innen", "Beraterin"), ("Zeit", "Zeit")},
        ),
    ],
)
def test_the_reason_names_the_words_as_written(one: str, other: str, words: set[tuple[str, str]]) -> None:
    suggestion = suggest(*ROOM, one, other)[one, other]
    assert set(suggestion.reason.words) == words


def test_the_reason_says_whether_words_are_the_same_or_of_one_kin() -> None:
    assert suggest("Sprachkurse fehlen", "Ein Sprachkurs fehlt").popitem()[1].reason.kind == "same_words"
    assert suggest("Lange Wartezeit", "Man wartet lange").popitem()[1].reason.kind == "related_words"


def test_the_word_that_tells_most_comes_first() -> None:
    (suggestion,) = suggest("Gute Zusammenarbeit", "Zusammenarbeit ist gut").values()
    assert suggestion.reason.words == (("Zusammenarbeit", "Zusammenarbeit"), ("Gute", "gut"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Кожен телефонує дарма", "Кожен телефонуе дарма"),
        ("nicht so sehr wie immer", "nicht so sehr wie immer!"),
        ("Vielzufrüh", "Wielzufrueh"),
    ],
    ids=["another language", "little words", "a slip"],
)
def test_cards_written_nearly_alike_are_found(one: str, other: str) -> None:
    assert suggest(*ROOM, one, other).keys() - suggest(*ROOM).keys() == {(one, other)}


def test_little_words_alone_are_a_matter_of_spelling() -> None:
    (suggestion,) = suggest("nicht so sehr", "Nicht so sehr!").values()
    assert (suggestion.score, suggestion.reason.kind, suggestion.reason.words) == (100, "same_spelling", ())


TRAEGER = [
    "Träger hören zu",
    "Träger sind nett",
    "Träger melden spät",
    "Der Träger hat keine Zeit",
    "Gute Träger",
]


def test_a_name_everybody_uses_is_no_reason() -> None:
    assert suggest(*TRAEGER[:2]), "without the name these two would be suggested"
    assert not suggest(*TRAEGER, names=("Die Träger",))


def test_a_short_word_on_very_many_cards_is_no_reason() -> None:
    assert not suggest(*TRAEGER)


def test_a_long_word_is_a_reason_however_many_say_it() -> None:
    what = ("fehlen", "helfen", "fallen aus", "überfüllt", "zu teuer", "weit weg")
    assert len(suggest(*(f"Sprachkurse {says}" for says in what))) == 15


def test_opposites_about_one_matter_are_left_to_people() -> None:
    assert suggest("Sprachkurse fehlen", "Sprachkurse helfen")


def test_only_the_most_alike_are_suggested_up_to_the_limit() -> None:
    cards = [(str(number), "Sprachkurse fehlen") for number in range(4)]
    assert [(s.a, s.b) for s in similar_cards(cards, limit=3)] == [("0", "1"), ("0", "2"), ("0", "3")]


def test_five_hundred_cards_take_less_than_a_second() -> None:
    random = Random(1)
    words = sorted({word for text in ROOM for word in re.findall(r"\w+", text)})
    cards = [(str(n), " ".join(random.choices(words, k=random.randint(4, 16)))) for n in range(500)]
    start = thread_time()
    suggestions = similar_cards(cards)
    assert thread_time() - start < 1
    assert len(suggestions) == 50


texts = st.one_of(
    st.lists(
        st.sampled_from(["Sprachkurse", "fehlen", "nicht", "Träger", "Kurs", "Kinderbetreuung", "Zeit"]),
        max_size=6,
    ).map(" ".join),
    st.sampled_from(ROOM),
    st.text(max_size=20),
)
boards = st.lists(texts, max_size=12).map(lambda texts: [(str(n), text) for n, text in enumerate(texts)])


@given(boards)
def test_each_pair_is_suggested_once_with_a_score_and_a_reason(board: list[tuple[str, str]]) -> None:
    suggestions = similar_cards(board)
    text = dict(board)
    assert len({(s.a, s.b) for s in suggestions}) == len(suggestions)
    assert [s.score for s in suggestions] == sorted((s.score for s in suggestions), reverse=True)
    for suggestion in suggestions:
        assert int(suggestion.a) < int(suggestion.b)
        assert 40 <= suggestion.score <= 100
        assert (suggestion.reason.kind == "same_spelling") == (not suggestion.reason.words)
        for one, other in suggestion.reason.words:
            assert one in text[suggestion.a]
            assert other in text[suggestion.b]


@given(boards)
def test_the_same_board_always_gives_the_same_suggestions(board: list[tuple[str, str]]) -> None:
    assert similar_cards(board) == similar_cards(list(board))


@given(boards)
def test_who_stands_first_does_not_matter(board: list[tuple[str, str]]) -> None:
    def pairs(cards: list[tuple[str, str]]) -> set[tuple[frozenset[str], int]]:
        return {(frozenset((s.a, s.b)), s.score) for s in similar_cards(cards, limit=1000)}

    assert pairs(board) == pairs(board[::-1])


@given(boards, st.sampled_from(ROOM))
def test_the_same_text_twice_is_always_suggested(board: list[tuple[str, str]], text: str) -> None:
    cards = [*board, ("x", text), ("y", text)]
    assert ("x", "y", 100) in {(s.a, s.b, s.score) for s in similar_cards(cards, limit=1000)}

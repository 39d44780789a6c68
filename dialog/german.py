"""German words as far as needed to see that two of them are one: reading, stems, families, kin of compounds.

Pure, and free of any word of the labour market: the names of groups and benefits are data, never code.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

import snowballstemmer

_WRITTEN_WORD = re.compile(r"[^\W_]+(?:[*:_](?:innen|in)\b)?")
_GENDER_ENDING = re.compile(r"[*:_](?:innen|in)$")
_SPELT_OUT_UMLAUT = re.compile(r"(?<![aeiouqy])([aou])e")
_FAMILY_ENDING = re.compile(r"(?<=.{4})(?:end|erin|inn|et|t)$|(?<=.{5})(?:ung|bar|lich|isch|keit|heit|ig)$")

SHORTEST_PART = 5
"""Letters two compounds must have in common; 4 if that is the whole of one word (Kurs, Sprachkurs)."""


def written_words(text: str) -> list[str]:
    """The words of a text as written, in any script; a gender ending belongs to its word (Berater*innen)."""
    return _WRITTEN_WORD.findall(text)


def plain(word: str) -> str:
    """A written word in small letters without accents: ä and ae as a, ß as ss, without *innen."""
    word = unicodedata.normalize("NFKD", _GENDER_ENDING.sub("", word).casefold())
    word = "".join(char for char in word if not unicodedata.combining(char))
    return _SPELT_OUT_UMLAUT.sub(r"\1", word)


def says_little(plain_word: str) -> bool:
    """Whether a plain word says nothing by itself: articles, pronouns, negations, "sehr", "immer"."""
    return plain_word in _SAY_LITTLE


class Families:
    """Which family a plain word belongs to: its stem (Snowball) without the endings that make one family.

    So erreichen, erreicht and erreichbar are all "erreich". Keeps what it has worked out; a stemmer is not to
    be shared between threads, so each piece of work makes its own.
    """

    def __init__(self) -> None:
        self._stemmer = snowballstemmer.stemmer("german")
        self._known: dict[str, str] = {}

    def of(self, plain_word: str) -> str:
        if plain_word not in self._known:
            # Snowball takes the s of Kurs, Sprachkurs and Exkurs for a genitive.
            family: str = plain_word if plain_word.endswith("kurs") else self._stemmer.stemWord(plain_word)
            while (shorter := _FAMILY_ENDING.sub("", family)) != family:
                family = shorter
            self._known[plain_word] = family
        return self._known[plain_word]


def kin(words: Sequence[str]) -> list[dict[int, int]]:
    """For each of the different `words`, by place: its kin, by place, with the number of letters in common.

    Two words are kin if a piece that stands at an end (front or back) of both has at least half of the
    letters of both together (4 · piece >= letters of one + letters of the other) and is as long as
    `SHORTEST_PART` says. Of several pieces the longest counts. Every word is kin to itself with all its
    letters.
    """
    found = [{place: len(word)} for place, word in enumerate(words)]
    with_end: defaultdict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(words):
        for length in range(max(SHORTEST_PART - 1, -(-len(word) // 3)), len(word) + 1):
            for end in {word[:length], word[-length:]}:
                with_end[end].append(place)
    whole = set(words)
    for end, places in with_end.items():
        if len(end) < SHORTEST_PART and end not in whole:
            continue
        for a, b in combinations(places, 2):
            long_enough = len(end) >= SHORTEST_PART or end in (words[a], words[b])
            if long_enough and 4 * len(end) >= len(words[a]) + len(words[b]):
                found[a][b] = found[b][a] = max(len(end), found[a].get(b, 0))
    return found


_SAY_LITTLE = frozenset(
    map(
        plain,
        """
        ab aber alle allem allen aller alles als also am an andere anderem anderen anderer anderes anders auch
        auf aus außer bei beide beiden beim bereits bin bis bisher bist bitte da dabei dadurch dafür dagegen
        daher damit danach dann daran darauf daraus darf darin darüber darum das dass dasselbe dazu dein deine
        deinem deinen deiner dem den denen denn der deren derselbe des deshalb dessen dich die dies diese
        dieselbe diesem diesen dieser dieses dir doch dort du durch dürfen eben ebenso eher eigentlich ein
        eine einem einen einer eines einfach einige einigen einmal er erst es etwas euch euer eure für ganz
        ganze gar gegen genau gerade gern gerne gewesen gibt gleich habe haben hab hast hat hatte hatten hätte
        hätten her hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in innen ins
        irgendwie ist ja je jede jedem jeden jeder jedes jedoch jemand jetzt kann kannst kaum kein keine
        keinem keinen keiner keines kommen kommt können könnte lassen leider machen macht mal man manche
        manchmal mehr mein meine meinem meinen meiner meist meistens mich mir mit möchte möchten muss müssen
        musste nach nachdem nämlich neben nein nicht nichts nie niemals niemand noch nun nur ob obwohl oder
        oft ohne per schon sehr sein seine seinem seinen seiner seit selber selbst sich sie sind so sofort
        solche soll sollen sollte sollten sondern sonst sowie statt trotz trotzdem über überhaupt um und uns
        unser unsere unserem unseren unserer unter viel viele vielen vieler vom von vor während wann war waren
        warum was weg wegen weil weiter welche welcher wenig wenige wenigen wenn wer werden wie wieder will
        wir wird wirklich wo wollen worden wurde wurden würde würden ziemlich zu zum zur zusammen zwar zwei
        zwischen
        """.split(),
    )
)

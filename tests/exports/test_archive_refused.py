"""A damaged or forged archive is refused with a sentence, and every row of every table stays as it was."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from dialog.archive import refusals
from dialog.archive.file import MOST_BYTES, from_bytes, zipped
from dialog.archive.schema import SCHEMA_VERSION
from dialog.store import Store
from tests.exports import archives
from tests.exports.archives import Tree

Change = Callable[[Tree], object]
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Iterator[bytes]:
    """The archive of a dialogue of both rounds."""
    folder = tmp_path_factory.mktemp("here")
    (folder / "dialog.sqlite").write_bytes(migrated_sqlite.read_bytes())
    store = Store(f"sqlite:///{folder / 'dialog.sqlite'}")
    held = archives.whole_dialogue(store)
    yield archives.archived(store, held.afternoon.id, folder)
    store.dispose()


def refused(file: bytes) -> type[refusals.ArchiveRefused]:
    """Which rule refuses the file, before any database is asked."""
    with pytest.raises(refusals.ArchiveRefused) as told:
        from_bytes(file)
    assert told.value.sentence % told.value.values
    return type(told.value)


def test_the_file_itself_is_taken(file: bytes, store: Store) -> None:
    assert archives.taken_over(store, file) == "d1"


# --- Damage -----------------------------------------------------------------------------------------------------------


def test_each_byte_counts(file: bytes) -> None:
    """Wherever one byte is another one, in a text, a sum or a head that nobody reads."""
    random = Random(7)
    heads = [*range(64), *range(len(file) - 128, len(file))]
    for at in [*random.sample(range(len(file)), 150), *heads]:
        flipped = bytearray(file)
        flipped[at] ^= 1 << random.randrange(8)
        assert refused(bytes(flipped)) in (refusals.ArchiveDamaged, refusals.NotAnArchive)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(file: bytes, share: float) -> None:
    assert refused(file[: int(share * len(file))]) in (refusals.ArchiveDamaged, refusals.NotAnArchive)


def test_what_is_added_is_refused(file: bytes) -> None:
    assert refused(file + b"more") is refusals.ArchiveDamaged
    assert refused(b"before" + file) is refusals.NotAnArchive


@pytest.mark.parametrize("junk", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(400)])
def test_what_is_no_archive_at_all_is_told_so(junk: bytes) -> None:
    assert refused(junk) in (refusals.NotAnArchive, refusals.ArchiveDamaged)


def zip_of(*parts: tuple[str, bytes], compression: int = 0) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", compression) as opened:
        for name, content in parts:
            opened.writestr(name, content)
    return made.getvalue()


def test_other_entries_are_refused(file: bytes) -> None:
    manifest, content = archives.parts_of(file)
    ours = [("manifest.json", manifest), ("dialogue.json", content)]
    assert refused(zip_of(*ours)) is refusals.ArchiveDamaged  # Made by somebody else.
    assert refused(zip_of(*ours, compression=ZIP_DEFLATED)) is refusals.ArchiveDamaged
    assert refused(zip_of(*reversed(ours))) is refusals.ArchiveDamaged
    assert refused(zip_of(ours[0])) is refusals.ArchiveDamaged
    assert refused(zip_of(ours[1])) is refusals.NotAnArchive
    assert refused(zip_of(("word/document.xml", b"<w/>"))) is refusals.NotAnArchive
    for name in ("extra.json", "../dialogue.json", "/etc/passwd", "dialogue.json/"):
        assert refused(zip_of(*ours, (name, b"{}"))) is refusals.ArchiveDamaged


def test_what_would_unpack_to_more_than_it_is_is_never_unpacked() -> None:
    bomb = zip_of(("manifest.json", b"{}"), ("dialogue.json", bytes(200 * MEGABYTE)), compression=ZIP_DEFLATED)
    assert len(bomb) < MEGABYTE
    assert refused(bomb) is refusals.ArchiveDamaged


def test_too_large_a_file_is_not_looked_into() -> None:
    assert refused(b"PK\x03\x04" + bytes(MOST_BYTES)) is refusals.ArchiveTooLarge


def test_the_parts_of_two_archives_do_not_go_together(file: bytes) -> None:
    other = archives.forged(file, lambda tree: tree["cards"].pop())
    manifest, content = archives.parts_of(file)
    other_manifest, other_content = archives.parts_of(other)
    assert refused(zipped(manifest, other_content)) is refusals.ArchiveDamaged
    assert refused(zipped(other_manifest, content)) is refusals.ArchiveDamaged


@pytest.mark.parametrize(
    ("manifest", "rule"),
    [
        ({"schema_version": SCHEMA_VERSION + 1}, refusals.ArchiveTooNew),
        ({"schema_version": 10**6, "more": 1}, refusals.ArchiveTooNew),
        ({"schema_version": 0}, refusals.ArchiveDamaged),
        ({"schema_version": True}, refusals.ArchiveDamaged),
        ({"schema_version": "2"}, refusals.ArchiveDamaged),
        ({"format": "something-else"}, refusals.NotAnArchive),
        ({"more": 1}, refusals.ArchiveDamaged),
        ({"created_on": "2026-11-24T10:00:00"}, refusals.ArchiveDamaged),
        ({"files": []}, refusals.ArchiveDamaged),
    ],
    ids=str,
)
def test_the_manifest_is_read_strictly(file: bytes, manifest: Tree, rule: type[refusals.ArchiveRefused]) -> None:
    content = archives.parts_of(file)[1]
    assert refused(archives.sealed(content, **manifest)) is rule


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe", b'{"a": NaN}', b'{"a": Infinity}', b'{"a": 1, "a": 2}',
        b"[" * 100_000, b"1" * 5000, b'{"cards": [{"rank": 1e999}]}',
    ],
    ids=lambda content: repr(content[:20]),
)  # fmt: skip
def test_what_is_no_dialogue_is_refused(content: bytes) -> None:
    assert refused(archives.sealed(content)) is refusals.ArchiveUnsound
    assert refused(archives.sealed(content, schema_version=1)) is refusals.ArchiveUnsound


# --- Forging ----------------------------------------------------------------------------------------------------------


def put(path: str, value: Any) -> Change:
    """Put a value somewhere, as "cards.0.text"; "+" adds it to a list."""

    def change(tree: Any) -> None:
        *way, last = path.split(".")
        for name in way:
            tree = tree[int(name) if isinstance(tree, list) else name]
        if last == "+":
            tree.append(value)
        else:
            tree[int(last) if isinstance(tree, list) else last] = value

    return change


def again(path: str) -> Change:
    """Let the first of a list stand there once more."""
    return lambda tree: tree[path].append(tree[path][0])


def more_votes(tree: Tree) -> None:
    first, *_ = tree["ballots"]
    first["votes"] = dict.fromkeys(first["votes"], 7)


def more_papers(name: str) -> Change:
    def change(tree: Tree) -> None:
        tree[name] += [tree[name][0]] * 100

    return change


def a_vote_off_the_ballot(tree: Tree) -> None:
    listed = {topic for group in tree["groups"] for topic in group["nominations"]}
    listed |= {topic["joined_to"] for topic in tree["topics"]}
    tree["ballots"][0]["votes"] = {next(t["id"] for t in tree["topics"] if t["id"] not in listed): 1}


def a_card_in_anothers_topic(tree: Tree) -> None:
    card = tree["cards"][0]
    card["topic_id"] = next(topic["id"] for topic in tree["topics"] if topic["group_id"] != card["group_id"])


FORGED: dict[str, Change] = {
    "an unknown field": put("people_by_name", []),
    "a field of a person": put("cards.0.author_id", "0123456789abcdef"),
    "a field that is gone": lambda tree: tree.pop("ballots"),
    "a number as a text": put("cards.0.rank", "1"),
    "a truth as a number": put("cards.0.hidden", 1),
    "a dangling topic": put("cards.0.topic_id", "0123456789abcdef"),
    "a card in another group's topic": a_card_in_anothers_topic,
    "a dangling group": put("cards.0.group_id", "0123456789abcdef"),
    "an unknown addressee": put("cards.0.addressees", ["niemand"]),
    "an addressee twice": put("cards.0.addressees", ["jobcenter", "jobcenter"]),
    "no addressee": put("cards.0.addressees", []),
    "an unknown valence": put("cards.0.valence", "perhaps"),
    "an empty card": put("cards.0.text", ""),
    "a card of nothing but space": put("cards.0.text", "  "),
    "a huge text": put("cards.0.text", "a" * 1001),
    "a control character": put("cards.0.text", "a\x00b"),
    "a half of a sign": put("cards.0.text", "a\ud83d"),
    "a control character in the plan": put("plan.place", "Nord\x0b"),
    "a control character in a key": put("plan.name.d\x01", "x"),
    "a card twice": again("cards"),
    "an endless rank": put("cards.0.rank", 10**400),
    "a long id": put("cards.0.id", "a" * 25),
    "a strange id": put("cards.0.id", "../../etc"),
    "a group of nobody": put("groups.0.stakeholder", "niemand"),
    "a group of those who only listen": put("groups.0.stakeholder", "politik"),
    "two groups of one name": lambda tree: put("groups.0.name", tree["groups"][1]["name"])(tree),
    "a nomination twice": lambda tree: put("groups.0.nominations", tree["groups"][0]["nominations"] * 2)(tree),
    "another group's nomination": lambda tree: put("groups.0.nominations", tree["groups"][1]["nominations"])(tree),
    "a topic joined to itself": lambda tree: put("topics.0.joined_to", tree["topics"][0]["id"])(tree),
    "a topic joined to none": put("topics.0.joined_to", "nothing"),
    "a chosen topic that is not there": put("chosen_topics.+", "nothing"),
    "seven votes of three": more_votes,
    "a vote off the ballot": a_vote_off_the_ballot,
    "no vote at all": put("ballots.0.votes", {}),
    "more ballots than people": more_papers("ballots"),
    "more appraisals than people": more_papers("appraisals"),
    "more answers than people": more_papers("feedback"),
    "a ballot of those who only listen": put("ballots.0.stakeholder", "politik"),
    "nobody at a table": put("people.0.count", 0),
    "a million people": put("people.0.count", 1_000_000),
    "people at no table of ours": put("people.0.table_id", "nothing"),
    "people of one place twice": again("people"),
    "more colleagues than people": put("tables.0.colleagues", [99]),
    "one colleague alone": put("tables.0.colleagues", [1]),
    "more without an interpreter than people": put("tables.0.unaided", 99),
    "a table on no topic of ours": put("tables.0.topic_id", "nothing"),
    "an entry at no table of ours": put("visions.0.table_id", "nothing"),
    "an entry at a group of round 1": lambda tree: put("visions.0.table_id", tree["groups"][0]["id"])(tree),
    "a number twice": lambda tree: put("visions.1.number", tree["visions"][0]["number"])(tree),
    "a benefit for those who only listen": put("benefits.0.stakeholder", "politik"),
    "an unknown level": put("proposals.0.level", "Z"),
    "an unknown process step": put("proposals.0.process_step", "99"),
    "a proposal on a card that is not there": put("proposals.0.card_ids", ["nothing"]),
    "a proposal on a benefit that is not there": put("proposals.0.benefit_ids", ["nothing"]),
    "an effect of nine": put("appraisals.0.given.0.effect", 9),
    "an effect of none": put("appraisals.0.given.0.effect", None),
    "resistance in between": put("appraisals.0.given.0.resistance", 3),
    "an appraisal of no proposal of ours": put("appraisals.0.given.0.proposal_id", "nothing"),
    "an appraisal of everything as it is": put("appraisals.0.given.0.proposal_id", None),
    "a commitment for no proposal of ours": put("commitments.0.proposal_id", "nothing"),
    "a commitment of nobody": put("commitments.0.who", ""),
    "a day long ago": put("commitments.0.until", "0001-01-01"),
    "a moment in place of a day": put("commitments.0.until", "2027-03-01T10:00:00"),
    "an unknown follow-up": put("commitments.0.follow_ups.0.state", "forgotten"),
    "an answer of six": put("feedback.0.answers", {"x": 6}),
    "a step that is not planned": put("plan.steps.1.step", "arrive"),
    "an unknown step": put("step", "party"),
    "an unknown state of the vote": put("voting", "perhaps"),
    "a moment with seconds": put("step_began_at", "2026-11-23T09:00:01Z"),
    "a moment of another zone": put("step_began_at", "2026-11-23T09:00:00+02:00"),
    "a moment without a zone": put("step_began_at", "2026-11-23T09:00:00"),
    "a stay that ends before it begins": put("held.1.ended_at", "2001-01-01T00:00:00Z"),
    "a stay in the middle of nowhere": put("held.1.began_at", None),
    "a seed beyond numbers": put("mixing_seed", 2**40),
    "a plan of one stakeholder": lambda tree: put("plan.stakeholders", tree["plan"]["stakeholders"][:1])(tree),
    "a plan that expects others": put("plan.expected", {"niemand": 3}),
    "a plan that ends before it begins": put("plan.deletes_on", "2026-11-22"),
    "a plan of another age": put("plan.held_on", "1026-11-23"),
    "a plan with a huge wording": put("plan.questions.works.de", "a" * 401),
    "a plan with a field of its own": put("plan.secret", 1),
}


@pytest.mark.parametrize("change", FORGED.values(), ids=FORGED)
def test_what_does_not_fit_together_is_refused(file: bytes, change: Change) -> None:
    forged = archives.forged(file, change)
    assert forged != file
    assert refused(forged) is refusals.ArchiveUnsound


def test_a_category_that_has_left_the_plan_is_no_flaw(file: bytes, store: Store) -> None:
    archives.taken_over(store, archives.forged(file, put("topics.0.category", "frueher")))
    assert archives.figures(store, "d1")


def test_version_1_is_checked_as_strictly(file: bytes) -> None:
    old = json.loads(archives.VERSION_1.read_bytes())
    changes: list[Change] = [
        put("held", []),
        put("people.0.number", "1234"),
        put("people.0.table_id", "nothing"),
        put("appraisals.0.stakeholder", "traeger"),
        put("commitments.0.follow_ups", [{"state": "done"}]),
        lambda tree: tree.pop("groups"),
        put("groups", 7),
    ]
    for change in changes:
        tree = json.loads(json.dumps(old))
        change(tree)
        assert refused(archives.sealed(json.dumps(tree).encode(), schema_version=1)) is refusals.ArchiveUnsound
    assert refused(archives.sealed(archives.VERSION_1.read_bytes())) is refusals.ArchiveUnsound
    assert refused(archives.sealed(archives.parts_of(file)[1], schema_version=1)) is refusals.ArchiveUnsound


# --- What is here already ---------------------------------------------------------------------------------------------


def not_taken_over(store: Store, file: bytes, rule: type[refusals.ArchiveRefused], **how: Any) -> None:
    """Refused by this rule, with every row of every table as before."""
    before = archives.everything(store)
    with pytest.raises(rule):
        archives.taken_over(store, file, **how)
    assert archives.everything(store) == before


def test_a_dialogue_is_taken_over_once(file: bytes, store: Store) -> None:
    archives.taken_over(store, file)
    not_taken_over(store, file, refusals.AlreadyHere, seed=6)


@pytest.mark.parametrize(
    "part", ["groups", "tables", "topics", "cards", "visions", "benefits", "proposals", "commitments"]
)
def test_what_belongs_to_another_dialogue_stays_there(file: bytes, store: Store, part: str) -> None:
    """A file that says it is another dialogue, and names things of one that is here."""
    archives.taken_over(store, file)
    tree = archives.tree_of(file)
    stolen = tree[part][0]["id"]
    renamed = json.dumps({**tree, "dialogue_id": "d2"})
    for name in ("groups", "tables", "topics", "cards", "visions", "benefits", "proposals", "commitments"):
        for at, one in enumerate(tree[name]):
            if one["id"] != stolen:
                renamed = renamed.replace(f'"{one["id"]}"', f'"{name}{at}"')
    not_taken_over(store, archives.sealed(renamed.encode()), refusals.BelongsToAnother, seed=6)
    other = archives.sealed(renamed.replace(f'"{stolen}"', '"its-own"').encode())
    assert archives.taken_over(store, other, seed=6) == "d2"


def test_a_dialogue_of_which_the_last_day_has_passed_stays_away(file: bytes, store: Store) -> None:
    archives.taken_over(store, file)  # So that there is something to compare.
    last = date.fromisoformat(archives.tree_of(file)["plan"]["deletes_on"])
    other = archives.forged(file, put("dialogue_id", "d2"))
    not_taken_over(store, other, refusals.DayHasPassed, today=last.replace(day=last.day + 1))


def test_on_its_last_day_it_may_still_come(file: bytes, store: Store) -> None:
    last = date.fromisoformat(archives.tree_of(file)["plan"]["deletes_on"])
    assert archives.taken_over(store, file, today=last) == "d1"

"""Pure: what takes a happening back."""

from dialog import events as e

OPPOSITE: dict[type[e.Happening], type[e.Happening]] = {
    e.GroupMade: e.GroupRemoved,
    e.GroupRemoved: e.GroupMade,
    e.PersonArrived: e.PersonLeft,
    e.PersonLeft: e.PersonReturned,
    e.PersonReturned: e.PersonLeft,
    e.LinkMade: e.LinkRevoked,
    e.LinkRevoked: e.LinkMade,
    e.CardPosted: e.CardWithdrawn,
    e.CardWithdrawn: e.CardRestored,
    e.CardRestored: e.CardWithdrawn,
    e.CardsRevealed: e.CardsCovered,
    e.CardsCovered: e.CardsRevealed,
    e.CardHidden: e.CardShown,
    e.CardShown: e.CardHidden,
    e.TopicMade: e.TopicRemoved,
    e.TopicRemoved: e.TopicMade,
    e.PairMade: e.PairRemoved,
    e.PairRemoved: e.PairMade,
    e.EntryWritten: e.EntryWithdrawn,
    e.EntryWithdrawn: e.EntryRestored,
    e.EntryRestored: e.EntryWithdrawn,
    e.CommitmentMade: e.CommitmentWithdrawn,
    e.CommitmentWithdrawn: e.CommitmentRestored,
    e.CommitmentRestored: e.CommitmentWithdrawn,
}


def can_be_undone(happenings: list[e.Happening]) -> bool:
    """Whether an act of these happenings goes on its undo stack; cutting authorship never does."""
    return bool(happenings) and not any(isinstance(h, e.AuthorshipCut | e.PhoneChanged) for h in happenings)


def taken_back(happenings: list[e.Happening]) -> list[e.Happening]:
    """What takes a whole act back, in the order in which it is to be written."""
    return [invert(happening) for happening in reversed(_that_pass(happenings))]


def done_again(happenings: list[e.Happening]) -> list[e.Happening]:
    """What does a whole act again after it was taken back."""
    return [invert(invert(happening)) for happening in _that_pass(happenings)]


def _that_pass(happenings: list[e.Happening]) -> list[e.Happening]:
    """A group made for somebody who came in stays when the person is taken out: who has left still belongs to it."""
    if any(isinstance(happening, e.PersonArrived) for happening in happenings):
        return [happening for happening in happenings if not isinstance(happening, e.GroupMade)]
    return happenings


def invert(happening: e.Happening) -> e.Happening:
    """The happening that leads back: its opposite, or the same kind with every field and its `was_` twin swapped.

    Counts in it are those of the past; `record` brings them up to date when it is written.
    """
    kind = OPPOSITE.get(type(happening), type(happening))
    fields = {name: getattr(happening, name) for name in type(happening).model_fields}
    swapped = {name: fields.get(f"was_{name}", value) for name, value in fields.items()}
    swapped |= {f"was_{name}": fields[name] for name in fields if f"was_{name}" in fields}
    return kind(**{name: swapped[name] for name in kind.model_fields})

"""What the scripts of the phone say."""

from sessions.words import N_

SCRIPT_WORDS = (
    N_("Card posted."),
    N_("Card withdrawn."),
    N_("Card is back."),
    N_("Undo"),
    N_("Please write something first."),
    N_("Please choose at least one group that should hear this."),
    N_("%(left)s characters left"),
    N_("%(over)s characters too many"),
    N_("Short is good: one thought per card."),
    N_("Not sent yet – will be sent as soon as the connection is there (%(count)s)"),
    N_("Everything is sent."),
    N_("This device keeps nothing: please leave the page open until everything is sent."),
    N_("not accepted"),
    N_("Back into the field"),
    N_("Throw away"),
    N_("is being withdrawn"),
    N_("Your group has just changed the order."),
    N_("The order is saved."),
    N_("Your votes are saved."),
    N_("Your changes are not saved yet."),
    N_("All votes are given. Please take one away first."),
    N_("Added."),
    N_("Taken back."),
    N_("It is back."),
    N_("Your table has written something new."),
)

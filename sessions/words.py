"""What the scripts of every page say. Marked here for the catalogues, translated with the page."""


def N_(sentence: str) -> str:
    """Mark a sentence for the catalogues."""
    return sentence


SCRIPT_WORDS = (
    N_("It goes on: the page has something new."),
    N_("Show it"),
    N_("connected"),
    N_("connecting …"),
    N_("no connection"),
    N_("The connection is back. Everything is up to date."),
    N_("The connection is away. What you write is kept on this device."),
    N_("Time is up – please come to an end."),
)

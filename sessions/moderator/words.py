"""What the scripts of these pages say."""

SCRIPT_WORDS: tuple[str, ...] = ()

"""The words of the reports. They are read straight from a .po catalogue: there is no compiled file to forget.

msgids are English; German is the language of the reports.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

GERMAN = Path(__file__).parent / "translations" / "de.po"


def read_catalogue(path: Path) -> Translations:
    """The translations of one .po file, named by its language as in `de.po`; guesses (fuzzy entries) are left out.

    Raises PoFileError, ValueError or OSError for a file that cannot be used.
    """
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.stem.partition("-")[0], abort_invalid=True)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


@cache
def _german() -> Translations:
    return read_catalogue(GERMAN)


def _(sentence: str) -> str:
    """A sentence of the reports in German."""
    return _german().gettext(sentence)

"""What people can do, one file per act: a frozen dataclass and one function `(db, command) -> events`.

A command decides by the rules of the method and says what has happened; `journal.carry_out` writes it. The folder
listing is the table of contents.
"""

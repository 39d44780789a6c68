"""One closed dialogue in one file, without any authorship: to be kept, and to be taken over by another installation.

`schema` says what is in it, `pack` reads it from the rows, `file` makes and opens the zip, `upgrade` reads older
versions, `check` refuses what does not fit together, `unpack` makes rows of it again.
"""

"""The minutes of a dialogue as a story: what is told, in the order of the afternoon. No file format is known here.

`content` names the pieces of which the minutes are made; the other files make them of a `Report`. All figures are those
of `exports.tables`. The Word file (`exports.minutes`) and the print view tell the same story.
"""

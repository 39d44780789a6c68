"""What a page says in its tables of figures, read as somebody reads it who cannot see the bars."""

from html.parser import HTMLParser


class FigureTables(HTMLParser):
    """The rows of every table with this mark: the title, then each figure as it is read."""

    mark = ""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._in_table = False
        self._into: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._in_table = self.mark in given
        elif self._in_table and tag == "bdi":
            self.rows.append([])
            self._into = tag
        elif self._in_table and given.get("class") in ("bar-value", "given-value"):
            self._into = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._in_table = False
        if tag == self._into:
            self._into = None

    def handle_data(self, data: str) -> None:
        if self._into and self.rows:
            self.rows[-1].append(data)


class ResultTables(FigureTables):
    mark = "data-result"


class AppraisalTables(FigureTables):
    mark = "data-appraisal"

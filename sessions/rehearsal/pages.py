"""Reads the forms of a page as a person sees them: which fields there are, and what can be chosen in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = list[tuple[str, str]]
"""What a form sends, in order."""

NOT_SENT = ("submit", "button", "reset", "image", "file")
Attributes = Mapping[str, str]


@dataclass
class Form:
    """One form. `said` is what it would send untouched; `options` are the values offered, by the name of the field."""

    action: str
    said: dict[str, list[str]] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    attributes: dict[str, Attributes] = field(default_factory=dict)
    """Those of a field's first element: "type", "min", "max"."""

    def filled(self, **answers: str | Sequence[str]) -> Fields:
        """What it sends with these answers; fields that it does not have are left out."""
        said = dict(self.said)
        for name, answer in answers.items():
            if name in self.options:
                said[name] = [answer] if isinstance(answer, str) else list(answer)
        return [(name, value) for name, values in said.items() for value in values]

    def named(self, beginning: str) -> list[str]:
        """The fields whose names begin so, in order."""
        return [name for name in self.options if name.startswith(beginning)]


class Page(HTMLParser):
    """The forms of a page, without those that only scripts use, and how many votes it speaks of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.votes = 0
        self._form: Form | None = None
        self._text: str | None = None
        self._select: str | None = None
        self._templates = 0
        self.feed(html)

    def form(self, ending: str) -> Form | None:
        """The first form whose address ends so."""
        return next(iter(self.all_forms(ending)), None)

    def all_forms(self, ending: str) -> list[Form]:
        return [form for form in self.forms if form.action.endswith(ending)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self._templates += tag == "template"
        if self._templates:
            return
        if said.get("data-purse", "").isdecimal():
            self.votes = int(said["data-purse"])
        if tag == "form":
            self._form = Form(said.get("action", ""))
            if said.get("method", "").lower() == "post":
                self.forms.append(self._form)
        elif self._form is not None:
            self._field(tag, said)

    def _field(self, tag: str, said: Attributes) -> None:
        form, name = self._form, said.get("name", "")
        assert form is not None
        if tag == "option" and self._select is not None:
            form.options[self._select].append(said.get("value", ""))
            if "selected" in said or not form.said[self._select]:
                form.said[self._select] = [said.get("value", "")]
        if not name or said.get("type") in NOT_SENT:
            return
        if tag in ("input", "textarea", "select"):
            form.attributes.setdefault(name, said)
            form.options.setdefault(name, [])
        if tag == "input":
            form.options[name].append(said.get("value", ""))
            if said.get("type") not in ("radio", "checkbox") or "checked" in said:
                form.said.setdefault(name, []).append(said.get("value", ""))
        elif tag == "textarea":
            self._text = name
            form.said[name] = [""]
        elif tag == "select":
            self._select = name
            form.said[name] = []

    def handle_data(self, data: str) -> None:
        if self._text is not None and self._form is not None:
            self._form.said[self._text][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates = max(0, self._templates - 1)
        elif tag == "textarea":
            self._text = None
        elif tag == "select":
            self._select = None
        elif tag == "form" and not self._templates:
            self._form = None

"""What somebody had written in a form that the page does not show any more: it is told, so that it can be copied."""

from sessions.forms import ActForm


def typed(form: ActForm | None) -> str:
    """The text of a refused form, in the order of its fields of text; "" where there is none."""
    texts = [field.data for field in form or () if field.type == "TextAreaField" and field.data]
    return " · ".join(texts)

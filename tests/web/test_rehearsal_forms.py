"""How simulated people read the forms of a page."""

from random import Random

from sessions.rehearsal.pages import Page
from sessions.rehearsal.room import drawn_people

PAGE = """
<template><form method="post" action="/d/1/cards"><input name="text" value="only scripts see this"></form></template>
<form method="get" action="/d/1/"><input name="level" value="A"></form>
<p data-purse="3"></p>
<form method="post" action="/d/1/cards"><input type="hidden" name="csrf_token" value="t">
<input type="radio" name="valence" value="works" checked><input type="radio" name="valence" value="fails">
<input type="checkbox" name="addressees" value="politik">
<input type="checkbox" name="addressees" value="medien" checked>
<textarea name="text">Tom &amp; Anna</textarea>
<select name="rank-1"><option value="">choose</option><option value="a" selected>A</option></select>
<select name="rank-2"><option value="">choose</option><option value="b">B</option></select>
<button name="clear" value="y">Back</button></form>
"""


def test_a_form_sends_what_a_browser_would_send() -> None:
    page = Page(PAGE)
    form = page.form("/cards")
    assert form is not None
    assert page.all_forms("/cards") == [form], "what scripts clone is no form yet, and looking things up is no writing"
    assert page.votes == 3
    untouched = [("csrf_token", "t"), ("valence", "works"), ("addressees", "medien"), ("text", "Tom & Anna")]
    assert form.filled() == [*untouched, ("rank-1", "a"), ("rank-2", "")]
    assert form.options["rank-2"] == ["", "b"]
    assert form.named("rank-") == ["rank-1", "rank-2"]


def test_answers_replace_what_stood_there_and_unknown_ones_are_left_out() -> None:
    form = Page(PAGE).forms[0]
    said = form.filled(addressees=["politik", "medien"], text="New", unknown="x")
    assert [value for name, value in said if name == "addressees"] == ["politik", "medien"]
    assert ("text", "New") in said
    assert "unknown" not in dict(said)


def test_people_are_drawn_in_the_proportions_that_are_expected() -> None:
    drawn = drawn_people({"jobcenter": 11, "traeger": 6, "leistungsberechtigte": 9}, 13, Random(1))
    assert sorted(map(drawn.count, ("jobcenter", "traeger", "leistungsberechtigte"))) == [3, 4, 6]
    assert drawn_people({}, 3, Random(1)) == ["", "", ""]

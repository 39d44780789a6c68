"""`flask --app wsgi set-up`: the way in where nobody sees the console."""

from flask import Flask


def test_the_link_makes_the_first_account_and_then_there_is_none(empty_app: Flask) -> None:
    told = empty_app.test_cli_runner().invoke(args=["set-up"])
    assert told.exit_code == 0, told.output
    link = told.output.split()[-1]
    assert link.startswith("http://localhost:8000/set-up/")
    passwords = dict.fromkeys(("password", "again"), "drei lange Wörter")
    fields = {"forum_name": "Region Nord", "account_name": "mara", "client_key": "k" * 24, **passwords}
    client = empty_app.test_client()
    empty_app.config["WTF_CSRF_ENABLED"] = False
    answer = client.post(link.removeprefix("http://localhost:8000"), data=fields)
    assert answer.status_code == 303, answer.text

    again = empty_app.test_cli_runner().invoke(args=["set-up"])
    assert again.exit_code == 1
    assert "Es gibt schon ein Konto" in again.output

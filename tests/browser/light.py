"""People of a full hall whose phones we do not draw: they use the same pages and forms, without script."""

import secrets

import requests


class LightPhone:
    """A phone that only posts forms."""

    def __init__(self, url: str, code: str, stakeholder: str) -> None:
        self.url = url
        self.code = code
        self.stakeholder = stakeholder
        self.home = ""
        self.web = requests.Session()
        self.web.headers["Accept-Language"] = "de"

    def join(self) -> None:
        answer = self._post(f"/{self.code}", stakeholder=self.stakeholder)
        assert answer.status_code == 200, answer.text
        assert "/d/" in answer.url, answer.url
        self.home = answer.url.removeprefix(self.url)

    def write(self, valence: str, text: str, addressees: list[str]) -> None:
        answer = self._post(f"{self.home}cards", json=True, valence=valence, text=text, addressees=addressees)
        assert answer.status_code == 200, answer.text

    def vote(self, topic_ids: list[str]) -> None:
        answer = self._post(f"{self.home}ballot", json=True, topic=topic_ids)
        assert answer.status_code == 200, answer.text

    def appraise(self, proposal_id: str, effect: int, feasibility: int) -> None:
        marks = {"effect": str(effect), "feasibility": str(feasibility)}
        answer = self._post(f"{self.home}appraisals", json=True, proposal=proposal_id, **marks)
        assert answer.status_code == 200, answer.text

    def reads(self, path: str = "") -> str:
        return self.web.get(f"{self.url}{self.home}{path}").text

    def _post(self, path: str, json: bool = False, **fields: str | list[str]) -> requests.Response:
        token = self.web.get(f"{self.url}/token").json()["token"]
        values = {"csrf_token": token, "client_key": secrets.token_urlsafe(18), **fields}
        headers = {"Accept": "application/json" if json else "text/html"}
        return self.web.post(f"{self.url}{path}", data=values, headers=headers, timeout=30)

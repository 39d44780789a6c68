"""A page that notices what nobody should have to: errors, barriers, overflow, requests that leave the host."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from exports.words import read_catalogue

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "static/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
SLOWER = 6
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_german = read_catalogue(ROOT / "sessions/translations/de.po")

SMALL_TARGETS = """() => {
  const seen = (box) => box.width > 1 && box.height > 1;
  const small = [];
  const touchable = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const target of document.querySelectorAll(touchable)) {
    if (target.closest("[hidden], [inert], .ears, .skip") || target.disabled) continue;
    const inText = target.tagName === "A" && getComputedStyle(target).display === "inline";
    if (inText) continue;
    const labels = target.labels ? [...target.labels] : [];
    const boxes = [target, ...labels].map((one) => one.getBoundingClientRect()).filter(seen);
    if (boxes.length && !boxes.some((box) => box.width >= 43.5 && box.height >= 43.5)) {
      small.push(`${target.outerHTML.slice(0, 120)} ${boxes.map((b) => `${b.width | 0}×${b.height | 0}`)}`);
    }
  }
  return small;
}"""

OVERFLOW = """() => [document.documentElement.scrollWidth, innerWidth]"""


def german(msgid: str, **values: Any) -> str:
    """What a German page says for this msgid."""
    said = _german.gettext(msgid)
    return said % values if values else said


class Watched:
    """One person's page with everything it complained about."""

    def __init__(self, browser: Browser, width: int, height: int, name: str, **options: Any) -> None:
        self.name = name
        self.width = width
        self.context: BrowserContext = browser.new_context(viewport={"width": width, "height": height}, **options)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.hosts: set[str] = set()
        self.devtools: CDPSession | None = None
        self.page.on("pageerror", lambda error: self.errors.append(f"{name}: {error}"))
        self.page.on("console", self._said)
        self.page.on("request", lambda request: self.hosts.add(urlsplit(request.url).hostname or ""))

    def _said(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(f"{self.name}: {message.text}")

    def is_old(self) -> None:
        """On a bad network, 400 kbit/s; and six times slower while somebody has it in hand."""
        self.devtools = self.context.new_cdp_session(self.page)
        self.devtools.send("Network.enable")
        self.devtools.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 150, "downloadThroughput": 50_000, "uploadThroughput": 50_000},
        )

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        """Somebody does something on it. A browser makes a page slow by keeping a core busy, so not all afternoon."""
        self._slower(SLOWER)
        yield
        self._slower(1)

    def _slower(self, times: int) -> None:
        if self.devtools is not None:
            self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": times})

    def press(self, msgid: str, **values: Any) -> None:
        """Press the button with these words."""
        self.page.get_by_role("button", name=german(msgid, **values)).first.click()

    def shows(self, text: str, seconds: float = 30) -> None:
        """Wait until the page shows this text."""
        self.page.get_by_text(text).first.wait_for(timeout=seconds * 1000)

    def text(self) -> str:
        return self.page.inner_text("main")

    def look(self) -> None:
        """No barrier that axe knows, nothing beside the screen, too small for a finger, or from elsewhere."""
        self.page.wait_for_load_state("load")
        where = f"{self.name} at {self.page.url} ({self.page.title()})"
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(
            "async (rules) => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations"
            ".map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(' | ')}`)",
            RULES,
        )
        assert not found, f"{where}: {found}"
        scroll_width, width = self.page.evaluate(OVERFLOW)
        assert scroll_width <= width, f"{where} is {scroll_width} wide on {width}"
        small = self.page.evaluate(SMALL_TARGETS)
        assert not small, f"{where}: too small for a finger: {small}"
        assert self.hosts <= {"localhost"}, f"{where}: asked {self.hosts}"
        assert not self.errors, f"{where}: {self.errors}"

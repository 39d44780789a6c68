/**
 * The entry of every live page. Follows the board; what no view draws is shown by fetching this page anew and morphing `main`.
 * What somebody is typing is never touched: then a notice offers to go on.
 */
import { Idiomorph } from "../node_modules/idiomorph/dist/idiomorph.esm.js";
import { apply, PageTurn } from "./board.js";
import { setServerNow } from "./clock.js";
import { showCounts } from "./counts.js";
import { connect } from "./live.js";
import * as outbox from "./outbox.js";
import { say, showConnection, toast } from "./status.js";
import { setTimers, tick } from "./timer.js";

const config = JSON.parse(document.getElementById("live").textContent);
const DRAWN_HERE = new Set(["PeopleCounted", "CardCounted", "NominationsCounted", "BallotsCounted", "TimerToldOf"]);
/** Phones turn their pages within this time, so that a hundred do not ask in the same instant. */
const SPREAD_MS = config.page === "phone" ? 400 : 60;

/** @type {{selector: string, draws?: string[], start?: Function, draw?: Function, stop?: Function}[]} */
const views = [];
let turning = null;
let turnAgain = false;
let fetching = false;
let started = new Map();
/** The state of the connection, which no fetched page can know. @type {"open"|"lost"|"away"} */
let connection = "lost";

const page = {
  config,
  /** @type {import("./board.js").Board} */
  board: config.board,
  /** @param {string} msgid */
  word: (msgid) => config.words[msgid] ?? msgid,
  say,
  toast,
  /** Post a form, or `{url, fields}`, and keep it until the server has it. */
  send: (what, options) => outbox.send(what, { page, ...options }),
  turn,
};

function onFrame(frame) {
  setServerNow(frame.now);
  let after;
  try {
    after = apply(page.board, frame.seq, frame.tidings);
  } catch (error) {
    if (!(error instanceof PageTurn)) throw error;
    return turn();
  }
  const before = page.board;
  page.board = after;
  let undrawn = false;
  for (const tiding of frame.tidings) {
    const drawers = views.filter((view) => view.draws?.includes(tiding.type) && document.querySelector(view.selector));
    for (const view of drawers) {
      for (const element of document.querySelectorAll(view.selector)) view.draw(element, page, tiding, before);
    }
    if (tiding.type === "TimerToldOf") setTimers(tiding.ends_at);
    if (!drawers.length && !DRAWN_HERE.has(tiding.type)) undrawn = true;
  }
  showCounts(page.board);
  if (undrawn) turn();
}

/** Fetch this page anew, soon and only once for many reasons. */
function turn() {
  if (fetching) {
    turnAgain = true;
    return;
  }
  if (turning === null) turning = setTimeout(fetchPage, SPREAD_MS * (0.25 + Math.random() * 0.75));
}

async function fetchPage() {
  turning = null;
  fetching = true;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
    if (answer.status === 403 || answer.status === 404) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    show(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    setTimeout(turn, 2000);
  } finally {
    fetching = false;
    if (turnAgain) {
      turnAgain = false;
      turn();
    }
  }
}

/** @param {Document} fresh */
function show(fresh) {
  const told = fresh.getElementById("live");
  if (!told) return location.reload();
  const next = JSON.parse(told.textContent);
  if (next.board.seq < page.board.seq) return turn();
  if (isBusy() && fresh.querySelector("main").dataset.screen !== document.querySelector("main").dataset.screen) {
    return offer(() => morph(fresh, next));
  }
  morph(fresh, next);
}

/** Somebody is in the middle of writing: a field in a form marked `data-keep` has unsent text. */
function isBusy() {
  return [...document.querySelectorAll("[data-keep] textarea, [data-keep] input[type=text]")].some(
    (field) => field.value.trim() !== "" && field.value !== field.defaultValue,
  );
}

function morph(fresh, next) {
  const wasNotice = document.querySelector("[data-goes-on]");
  if (wasNotice) wasNotice.remove();
  page.config.views = next.views;
  for (const [element, view] of started) view.stop?.(element);
  started = new Map();
  const keepWriting = document.activeElement?.closest?.("[data-keep]");
  for (const place of ["main", "header", "[data-live]"]) {
    const olds = document.querySelectorAll(place);
    fresh.querySelectorAll(place).forEach((now, at) => {
      if (!olds[at]) return;
      Idiomorph.morph(olds[at], now, {
        morphStyle: "outerHTML",
        // Idiomorph leaves everything inside the focused element alone; that is right for a field, not for a button.
        ignoreActiveValue: document.activeElement?.matches("textarea, input, select") ?? false,
        restoreFocus: true,
        callbacks: {
          beforeNodeMorphed: (old, now) => keepField(old, now, keepWriting),
          beforeAttributeUpdated: (name, node) => !(name === "open" && node.tagName === "DETAILS"),
        },
      });
    });
  }
  document.title = fresh.title;
  page.board = next.board;
  page.config.board_url = next.board_url;
  showConnection(connection);
  begin();
}

/** What is typed and not sent stays as it is. */
function keepField(old, now, keepWriting) {
  if (old.nodeType !== Node.ELEMENT_NODE) return true;
  // What stands inside a template are not its children; a morph would leave the old content in it.
  if (old.matches("template") && now.matches?.("template")) {
    old.id = now.id;
    old.innerHTML = now.innerHTML;
    return false;
  }
  if (old.matches("textarea, input[type=text]") && old.closest("[data-keep]")) return false;
  if (keepWriting && old.matches("input[type=checkbox], input[type=radio]") && keepWriting.contains(old)) return false;
  return true;
}

/** @param {() => void} goOn */
function offer(goOn) {
  document.querySelector("[data-goes-on]")?.remove();
  const box = document.createElement("div");
  box.className = "notice";
  box.dataset.goesOn = "";
  box.setAttribute("role", "status");
  const sentence = document.createElement("p");
  sentence.textContent = page.word("It goes on: the page has something new.");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-quiet button-small";
  button.textContent = page.word("Show it");
  button.addEventListener("click", () => {
    box.remove();
    goOn();
  });
  box.append(sentence, button);
  document.querySelector("main").prepend(box);
}

/** Is the board still the newest? Ask, and if not, show the new one. */
async function catchUp() {
  outbox.flush();
  try {
    const answer = await fetch(page.config.board_url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (answer.status === 403 || answer.status === 404) return location.reload();
    const date = Date.parse(answer.headers.get("Date"));
    if (date) setServerNow(date + 500);
    const board = await answer.json();
    if (board.seq !== page.board.seq) turn();
  } catch {
    showConnection("away");
  }
}

async function loadViews() {
  const loaded = await Promise.all((page.config.views ?? []).map((name) => import(`./${name}.js`)));
  for (const { view } of loaded) if (!views.includes(view)) views.push(view);
}

async function begin() {
  await loadViews();
  for (const view of views) {
    for (const element of document.querySelectorAll(view.selector)) {
      if (started.has(element)) continue;
      started.set(element, view);
      view.start?.(element, page);
    }
  }
  showCounts(page.board);
  tick();
}

/** No top-level await: phones of 2020 do not know it. */
async function follow() {
  await begin();
  outbox.start(page);
  setInterval(tick, 500);
  connect(config, {
    seq: () => page.board.seq,
    onFrame,
    catchUp,
    onState: (state) => {
      connection = state;
      showConnection(state);
    },
    onRefused: (status) => (status === 403 || status === 404 ? location.reload() : undefined),
  });
}

follow();

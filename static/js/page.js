/**
 * The entry of every live page. Follows the board; what no view draws is shown by fetching this page anew and morphing `main`.
 * What somebody is typing is never touched: then a notice offers to go on.
 */
import { Idiomorph } from "../node_modules/idiomorph/dist/idiomorph.esm.js";
import { ask } from "./asking.js";
import { apply, PageTurn } from "./board.js";
import { setServerNow } from "./clock.js";
import { showCounts } from "./counts.js";
import { dress } from "./dress.js";
import { connect } from "./live.js";
import * as outbox from "./outbox.js";
import { say, showConnection, toast } from "./status.js";
import { setTimers, tick } from "./timer.js";

const config = JSON.parse(document.getElementById("live").textContent);
/** Counts, which stand in `data-count` where a page shows them; of the other tables' entries no page shows more. */
const DRAWN_HERE = new Set([
  "PeopleCounted",
  "CardCounted",
  "NominationsCounted",
  "BallotsCounted",
  "WishesCounted",
  "EntriesCounted",
  "AppraisalsCounted",
  "FeedbackCounted",
  "TimerToldOf",
]);
/** Phones turn their pages within this time, so that a hundred do not ask in the same instant. */
const SPREAD_MS = config.page === "phone" ? 400 : 60;
const AGAIN_MS = 3000;
const SENDING_MS = 200;
const RELOAD_AT_MOST_EVERY_MS = 10000;
/** Pages that come from a worker which has not heard yet; of more the data was put back to an older moment. */
const OLDER_AT_MOST = 20;

/** @typedef {{selector: string, draws?: string[], start?: Function, draw?: Function, stop?: Function}} View */
/** By the name of their file. @type {Map<string, View>} */
const views = new Map();
let turning = null;
let turnAgain = false;
let fetching = false;
let catching = false;
let catchAgain = false;
let started = new Map();
/** The number of the newest act that was heard of. */
let newest = config.board.seq;
/** Another screen waits until what is being written is sent or shown after all. */
let held = false;
let insisted = false;
let older = 0;
/** A page fetched before what was just chosen has arrived would take the choice back. */
let choices = 0;
let sending = false;
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
  newest = Math.max(newest, frame.acts.at(-1).seq);
  let undrawn = false;
  for (const act of frame.acts) {
    // What is being fetched will show it; on a gap only a fresh page can.
    if (held || turning !== null || fetching) break;
    if (act.seq > page.board.seq) undrawn = draw(act) || undrawn;
  }
  showCounts(page.board);
  if (undrawn) turn();
}

/** Draw one act into the page. @returns {boolean} whether only a fresh page can show it */
function draw(act) {
  let after;
  try {
    after = apply(page.board, act.seq, act.tidings);
  } catch (error) {
    if (!(error instanceof PageTurn || error instanceof RangeError)) throw error;
    turn();
    return false;
  }
  const before = page.board;
  page.board = after;
  let undrawn = false;
  for (const tiding of act.tidings) {
    const drawers = drawersOf(tiding);
    for (const view of drawers) {
      for (const element of document.querySelectorAll(view.selector)) view.draw(element, page, tiding, before);
    }
    if (tiding.type === "TimerToldOf") setTimers(tiding.ends_at);
    if (!drawers.length && !DRAWN_HERE.has(tiding.type)) undrawn = true;
  }
  return undrawn;
}

function drawersOf(tiding) {
  return [...views.values()].filter((view) => view.draws?.includes(tiding.type) && document.querySelector(view.selector));
}

/** Fetch this page anew, soon and only once for many reasons. */
function turn() {
  if (fetching) turnAgain = true;
  else if (turning === null) turning = setTimeout(fetchPage, SPREAD_MS * (0.25 + Math.random() * 0.75));
}

async function fetchPage() {
  if (sending) return (turning = setTimeout(fetchPage, SENDING_MS));
  turning = null;
  turnAgain = false;
  fetching = true;
  const chosen = choices;
  let got = null;
  let fresh = null;
  try {
    got = await ask(location.href, { Accept: "text/html" });
    fresh = new DOMParser().parseFromString(got.text, "text/html");
    if (got.answer.ok) await dress(fresh);
  } catch {
    showState("away");
  }
  fetching = false;
  if (!got || got.answer.status >= 500) return setTimeout(turn, AGAIN_MS);
  const { answer } = got;
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return leaveFor(answer.url);
  if (!answer.ok) return reload();
  if (chosen !== choices) return turn();
  show(fresh);
  if (!held && (turnAgain || newest > page.board.seq)) turn();
}

/** @param {Document} fresh */
function show(fresh) {
  const told = fresh.getElementById("live");
  if (!told) return reload();
  const next = JSON.parse(told.textContent);
  if (next.board.seq < page.board.seq) return ++older > OLDER_AT_MOST ? reload() : turn();
  older = 0;
  const isOther = fresh.querySelector("main").dataset.screen !== document.querySelector("main").dataset.screen;
  held = isOther && isBusy() && !insisted;
  insisted = false;
  if (held) offer();
  else morph(fresh, next);
}

/** What is done on this page is over; another has taken its place. */
function leaveFor(url) {
  held = isBusy() && !insisted;
  insisted = false;
  if (held) offer();
  else location.assign(url);
}

/** Load the page anew in full, where only that shows what somebody may see now; never again and again. */
function reload() {
  let last = 0;
  try {
    last = Number(sessionStorage.getItem("reloaded") ?? 0);
    sessionStorage.setItem("reloaded", String(Date.now()));
  } catch {
    last = Date.now();
  }
  setTimeout(() => location.reload(), Date.now() - last < RELOAD_AT_MOST_EVERY_MS ? RELOAD_AT_MOST_EVERY_MS : 0);
}

/**
 * Somebody is in the middle of writing: a field in a form marked `data-keep` has unsent text, or in one marked
 * `data-keep="choices"` something else is chosen than was saved.
 */
function isBusy() {
  if ([...document.querySelectorAll("[data-keep='choices'] input")].some((one) => one.checked !== one.defaultChecked)) return true;
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
  // A form that somebody is in, with what it began from: others have written meanwhile, and it decides itself what to show.
  if (old.matches("form[data-mine]") && old.id === now.id) return false;
  if (old.matches("textarea, input[type=text]") && old.closest("[data-keep]")) return false;
  if (old.matches("input:not([type=hidden]), select") && old.closest("[data-keep='all']")) return false;
  if (keepWriting && old.matches("input[type=checkbox], input[type=radio]") && keepWriting.contains(old)) return false;
  return true;
}

/** Say that there is something new, and let the person who writes decide when to see it. */
function offer() {
  if (document.querySelector("[data-goes-on]")) return;
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
    held = false;
    insisted = true;
    turn();
  });
  box.append(sentence, button);
  document.querySelector("main").prepend(box);
}

/** Is the board still the newest? Ask, and if not, show the new one. */
async function catchUp() {
  outbox.flush();
  catchAgain = catching;
  if (catching || held) return;
  catching = true;
  let answer = null;
  try {
    const tag = `"${page.board.seq}"`;
    ({ answer } = await ask(page.config.board_url, { Accept: "application/json", "If-None-Match": tag }));
  } catch {
    showState("away");
  }
  catching = false;
  if (catchAgain) return catchUp();
  if (!answer || answer.status >= 500) return setTimeout(catchUp, AGAIN_MS);
  const serverNow = Number(answer.headers.get("Server-Now"));
  if (serverNow) setServerNow(serverNow);
  if (socket?.connected) showState("open");
  if (answer.status === 200) turn();
  else if (answer.status !== 304) reload();
}

/** @param {"open"|"lost"|"away"} state */
function showState(state) {
  connection = state;
  showConnection(state);
}

/** What was held back is shown as soon as nothing is being written any more. */
function goOn() {
  if (!held || isBusy()) return;
  held = false;
  document.querySelector("[data-goes-on]")?.remove();
  turn();
}

/** Views that are there begin to listen at once: what somebody presses while the page is morphed comes right after. */
async function begin() {
  const missing = (page.config.views ?? []).filter((name) => !views.has(name));
  if (missing.length) {
    const loaded = await Promise.all(missing.map((name) => import(`./${name}.js`)));
    missing.forEach((name, at) => views.set(name, loaded[at].view));
  }
  for (const view of views.values()) {
    for (const element of document.querySelectorAll(view.selector)) {
      if (started.has(element)) continue;
      started.set(element, view);
      view.start?.(element, page);
    }
  }
  showCounts(page.board);
  tick();
}

let socket = null;

/** No top-level await: phones of 2020 do not know it. */
async function follow() {
  setServerNow(config.now);
  await begin();
  outbox.start(page);
  outbox.watch(({ waiting, failing }) => (sending = waiting > 0 && !failing));
  document.addEventListener("change", () => (choices += 1));
  setInterval(() => {
    tick();
    goOn();
  }, 500);
  socket = connect(config, { onFrame, catchUp, onState: showState, onRefused: (status) => status === 400 || reload() });
}

follow();

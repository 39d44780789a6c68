/**
 * The entry of every live page. Follows the board; what no view draws is shown by fetching this page anew and morphing `main`.
 * What somebody is typing is never touched: then a notice offers to go on.
 */
import { Idiomorph } from "../node_modules/idiomorph/dist/idiomorph.esm.js";
import { ask } from "./asking.js";
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
const AGAIN_MS = 3000;
const SENDING_MS = 200;
const RELOAD_AT_MOST_EVERY_MS = 10000;

/** @type {{selector: string, draws?: string[], start?: Function, draw?: Function, stop?: Function}[]} */
const views = [];
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
  newest = Math.max(newest, frame.seq);
  // What is being fetched will show it; on a gap only a fresh page can.
  if (held || turning !== null || fetching || frame.seq <= page.board.seq) return;
  if (frame.seq > page.board.seq + 1) return turn();
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
  try {
    got = await ask(location.href, { Accept: "text/html" });
  } catch {
    showState("away");
  }
  fetching = false;
  if (!got || got.answer.status >= 500) return setTimeout(turn, AGAIN_MS);
  const { answer, text } = got;
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
  if (!answer.ok) return reload();
  if (chosen !== choices) return turn();
  show(new DOMParser().parseFromString(text, "text/html"));
  if (!held && (turnAgain || newest > page.board.seq)) turn();
}

/** @param {Document} fresh */
function show(fresh) {
  const told = fresh.getElementById("live");
  if (!told) return reload();
  const next = JSON.parse(told.textContent);
  if (next.board.seq < page.board.seq) return turn();
  const isOther = fresh.querySelector("main").dataset.screen !== document.querySelector("main").dataset.screen;
  held = isOther && isBusy() && !insisted;
  insisted = false;
  if (held) offer();
  else morph(fresh, next);
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

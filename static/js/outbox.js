/**
 * What this device has not yet been able to send. Every form goes through here: it gets a random key, stays in the device's
 * storage until the server has acknowledged it, and is sent again with the same key until then, in the order of writing.
 * Knows forms and addresses, and no cards.
 *
 * @typedef {{key: string, at: number, url: string, fields: [string, string][], kind: string, refused: string}} Item
 *   `kind` names what a view shows while it waits ("card"); such an item also stays when it was refused, until it is dropped.
 * @typedef {{ok: boolean, status: number, body: any, error: string, fields: Object<string, string>, key: string}} Answer
 */

const PREFIX = "outbox/";
const PATIENCE_MS = 15000;
const WAITS_MS = [1000, 2000, 4000, 8000, 15000, 30000];
const LATER = [429, 503];
const LONGEST_KEPT_MS = 48 * 3600 * 1000;
const KEY_BYTES = 18;
/** After a lost network an old request may hang until its patience ends; when we are back it is sent anew. */
const STALE_MS = 3000;

let page = null;
let scope = "";
/** @type {Item[]} */
let items = [];
let working = false;
let retry = 0;
let failures = 0;
let hurry = false;
/** @type {{since: number, patience: AbortController}|null} the request that is on its way */
let onItsWay = null;
let keeps = true;
/** Who waits for the answer: by key. */
const waiting = new Map();
const watchers = new Set();

/** Begin to send what was left over. @param {any} livePage */
export function start(livePage) {
  open(livePage);
  addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  flush();
}

/** The way is open again, as far as anybody knows: try now. */
export function flush() {
  hurry = true;
  if (onItsWay && Date.now() - onItsWay.since > STALE_MS) onItsWay.patience.abort();
  sendNow();
}

function sendNow() {
  clearTimeout(retry);
  work();
}

/**
 * Send a form, or `{url, fields}`, once. The promise is kept when the server has answered, however long that takes.
 * @param {HTMLFormElement | {url: string, fields?: Object<string, string | string[]>}} what
 * @param {{page: any, kind?: string, submitter?: HTMLElement}} options
 * @returns {Promise<Answer>}
 */
export function send(what, { page: livePage, kind = "", submitter = null }) {
  open(livePage);
  const item = { key: newKey(), at: Date.now(), kind, refused: "", ...contents(what, submitter) };
  items.push(item);
  if (outlasts(what, livePage)) keep(item);
  const answered = new Promise((resolve) => waiting.set(item.key, resolve));
  tell();
  sendNow();
  return answered;
}

/**
 * Whether it is to be sent even if the page is closed before: what people write and choose on phones, and paper cards. What a
 * moderator presses is meant for this moment, and must not come about hours later.
 */
function outlasts(what, livePage) {
  return livePage.config.page === "phone" || (what instanceof HTMLFormElement && what.hasAttribute("data-keep"));
}

/** What waits or was refused, oldest first. @param {string} kind @returns {Item[]} */
export function kept(kind) {
  return items.filter((item) => item.kind === kind);
}

/** Forget an item. @param {string} key */
export function drop(key) {
  items = items.filter((item) => item.key !== key);
  try {
    localStorage.removeItem(place(key));
  } catch {
    keeps = false;
  }
  tell();
}

/**
 * Hear of every change: how many wait, whether sending has failed, whether this device keeps anything.
 * @param {(state: {waiting: number, failing: boolean, keeps: boolean}) => void} watcher
 * @returns {() => void} stops listening
 */
export function watch(watcher) {
  watchers.add(watcher);
  watcher(state());
  return () => watchers.delete(watcher);
}

function state() {
  return { waiting: items.filter((item) => !item.refused).length, failing: failures > 0, keeps };
}

function tell() {
  for (const watcher of watchers) watcher(state());
}

async function work() {
  if (working || !page) return;
  working = true;
  for (let item = next(); item; item = next()) {
    hurry = false;
    const answer = await attempt(item);
    if (!answer || answer.later) {
      failures += 1;
      if (answer && failures === 1) page.toast(answer.error);
      const wait = answer ? answer.later * 1000 : WAITS_MS[Math.min(failures, WAITS_MS.length) - 1];
      retry = setTimeout(work, hurry ? 0 : wait * (0.75 + Math.random() / 2));
      break;
    }
    failures = 0;
    settle(item, answer);
  }
  working = false;
  tell();
}

function next() {
  return items.find((item) => !item.refused);
}

/**
 * One try. Null: no answer of the server. `later`: it takes nothing just now and says why and for how many seconds.
 * @param {Item} item
 * @returns {Promise<Answer|{later: number, error: string}|null>}
 */
async function attempt(item, withFreshToken = false) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  onItsWay = { since: Date.now(), patience };
  try {
    const fields = [...item.fields, ["client_key", item.key], ["csrf_token", token()]];
    const answer = await fetch(item.url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: patience.signal,
    });
    // A page of the hall's network login or of a proxy is no answer of ours.
    const body = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : null;
    const later = Number(answer.headers.get("Retry-After"));
    if (body && later > 0 && LATER.includes(answer.status)) return { later, error: body.error ?? "" };
    if (!body || answer.status >= 500 || answer.status === 429) return null;
    if (answer.ok) return { ok: true, status: answer.status, body, error: "", fields: {} };
    if (body.code === "csrf" && !withFreshToken) return (await renewToken()) ? await attempt(item, true) : null;
    return { ok: false, status: answer.status, body, error: body.error ?? "", fields: body.fields ?? {} };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    onItsWay = null;
  }
}

/** @param {Item} item @param {Answer} answer */
function settle(item, answer) {
  const resolve = waiting.get(item.key);
  waiting.delete(item.key);
  if (!answer.ok && item.kind) {
    item.refused = answer.error;
    keep(item);
  } else {
    drop(item.key);
  }
  tell();
  if (resolve) resolve({ ...answer, key: item.key });
  else if (!answer.ok) page.toast(answer.error);
  // The socket usually brings what has changed; without one the page fetches it.
  const seq = answer.body?.seq ?? 0;
  setTimeout(() => page.board.seq < seq && page.turn(), 2500);
}

/** @returns {{url: string, fields: [string, string][]}} */
function contents(what, submitter) {
  if (!(what instanceof HTMLFormElement)) {
    const fields = Object.entries(what.fields ?? {});
    return { url: what.url, fields: fields.flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)])) };
  }
  const fields = [...new FormData(what)].filter(([name]) => name !== "csrf_token" && name !== "client_key");
  if (submitter?.name) fields.push([submitter.name, submitter.value]);
  return { url: submitter?.getAttribute("formaction") || what.getAttribute("action") || location.pathname, fields };
}

/** 144 random bits. `crypto.randomUUID` does not exist on the plain addresses of a room. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

function token() {
  return document.querySelector("input[name=csrf_token]")?.value ?? "";
}

/** A page open since yesterday has an old token: fetch a new one for all its forms. */
async function renewToken() {
  const answer = await fetch("/token", { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!answer.ok) return false;
  const fresh = (await answer.json()).token;
  const roots = [document, ...[...document.querySelectorAll("template")].map((template) => template.content)];
  for (const root of roots) {
    for (const field of root.querySelectorAll("input[name=csrf_token]")) field.value = fresh;
  }
  return true;
}

/** The storage is the dialogue's and the person's: another person on the same phone sends nothing of the first. */
function open(livePage) {
  if (page) return;
  page = livePage;
  const { page: kind, dialogue, group, me } = page.config;
  scope = `${PREFIX}${[kind, dialogue, group, me ?? ""].join("/")}/`;
  items = stored();
  tell();
}

function place(key) {
  return scope + key;
}

/** @param {Item} item */
function keep(item) {
  try {
    localStorage.setItem(place(item.key), JSON.stringify(item));
  } catch {
    keeps = false;
  }
}

/** @returns {Item[]} what an earlier visit left, oldest first */
function stored() {
  const found = [];
  try {
    for (const name of Object.keys(localStorage).filter((name) => name.startsWith(scope))) {
      const item = read(localStorage.getItem(name));
      if (item && Date.now() - item.at < LONGEST_KEPT_MS) found.push(item);
      else localStorage.removeItem(name);
    }
  } catch {
    keeps = false;
  }
  return found.sort((a, b) => a.at - b.at);
}

/** @returns {Item|null} */
function read(text) {
  try {
    const item = JSON.parse(text);
    return typeof item.key === "string" && Array.isArray(item.fields) ? item : null;
  } catch {
    return null;
  }
}

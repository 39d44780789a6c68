/**
 * The group's board: draws every tiding by id and starts what one can do with cards and topics. What the server has not yet
 * confirmed lies `ahead`; what is being dragged is `held` and left alone until it is dropped.
 *
 * @typedef {{root: HTMLElement, page: any, url: string, own: string, mode: string, may: Set<string>, signal: AbortSignal,
 *   ahead: Map<string, {topic_id: string|null, rank: number}>, held: string, late: Set<string>, nameNext: string}} Pin
 */
import { startAlike } from "./alike.js";
import { startChoosing } from "./choosing.js";
import { startDragging } from "./dragging.js";
import { drawCard, drawTopic, takeCard, takeTopic } from "./draw.js";
import { startKeys } from "./keys.js";
import { startMenus } from "./menus.js";
import { startNaming } from "./naming.js";
import { drawNominated } from "./nominated.js";
import { startSending } from "./sending.js";

/** @type {WeakMap<HTMLElement, {pin: Pin, stop: () => void}>} */
const running = new WeakMap();

export const view = {
  selector: "[data-module=pinboard]",
  draws: [
    "CardPinned", "CardTaken", "CardMoved", "CardCounted", "TopicPinned", "TopicTaken", "TopicTitled", "TopicCoded",
    "TopicMoved", "NominationsSet", "NominationsCounted", "PeopleCounted", "PersonSeated", "PersonGone", "BallotsCounted",
    "DoorToldOf", "TimerToldOf",
  ],

  /** @param {HTMLElement} root */
  start(root, page) {
    const stopping = new AbortController();
    const { url, own, mode, may } = root.dataset;
    const signal = stopping.signal;
    /** @type {Pin} */
    const pin = {
      root, page, url, own, mode, signal, may: new Set(may.split(" ")),
      ahead: new Map(), held: "", late: new Set(), nameNext: "",
    };
    running.set(root, { pin, stop: () => stopping.abort() });
    startSending(pin);
    if (mode !== "board") return;
    startChoosing(pin);
    startMenus(pin);
    if (!pin.may.has("hide_card")) return;
    startKeys(pin);
    if (!pin.may.has("place_card")) return;
    startDragging(pin);
    startNaming(pin);
    startAlike(pin);
  },

  /** @param {HTMLElement} root */
  draw(root, page, tiding) {
    const pin = running.get(root)?.pin;
    if (!pin) return;
    switch (tiding.type) {
      case "CardPinned":
        drawCard(pin, tiding.card.id);
        break;
      case "CardTaken":
        takeCard(pin, tiding.card_id);
        break;
      case "CardMoved":
        pin.ahead.delete(tiding.card_id);
        drawCard(pin, tiding.card_id);
        break;
      case "TopicPinned":
        drawTopic(pin, tiding.topic.id);
        break;
      case "TopicTaken":
        takeTopic(pin, tiding.topic_id);
        break;
      case "TopicTitled":
      case "TopicCoded":
      case "TopicMoved":
        drawTopic(pin, tiding.topic_id);
        break;
      case "NominationsSet":
        if (tiding.group_id === pin.own) drawNominated(pin);
        break;
      // What remains are numbers and the timer, which the page writes itself.
    }
  },

  /** @param {HTMLElement} root */
  stop(root) {
    running.get(root)?.stop();
    running.delete(root);
  },
};

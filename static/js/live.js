/**
 * The connection. Knows frames and their numbers, and no cards.
 * Frames come in order or not at all; on any gap, reconnect or wake-up the caller is asked to catch up.
 */
import { io } from "../node_modules/socket.io-client/dist/socket.io.esm.min.js";

const SLEPT_MS = 20000;

/**
 * @param {{page: string, dialogue: string, group: string, link: string}} who
 * @param {{seq: () => number, onFrame: (frame: {seq: number, now: number, tidings: object[]}) => void,
 *   catchUp: () => void, onState: (state: "open"|"lost"|"away") => void, onRefused: (status: number, error: string) => void}} page
 */
export function connect(who, page) {
  const socket = io({
    auth: { page: who.page, dialogue: who.dialogue, group: who.group, link: who.link },
    query: { dialogue: who.dialogue },
    transports: ["websocket", "polling"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.7,
  });

  socket.on("connect", () => {
    page.onState("open");
    page.catchUp();
  });
  socket.on("disconnect", (reason) => {
    page.onState("lost");
    // The server cuts a connection when somebody's rights have changed; asking again shows what they are now.
    if (reason === "io server disconnect") setTimeout(() => socket.connect(), 300);
  });
  socket.on("connect_error", (error) => {
    page.onState("away");
    const refusal = error.data;
    if (refusal && refusal.status >= 400 && refusal.status < 500) {
      socket.disconnect();
      page.onRefused(refusal.status, refusal.error);
    } else if (refusal) {
      setTimeout(() => socket.connect(), 3000);
    }
  });
  socket.on("frame", (frame) => {
    if (frame.seq <= page.seq()) return;
    if (frame.seq === page.seq() + 1) page.onFrame(frame);
    else page.catchUp();
  });

  let lastTick = Date.now();
  setInterval(() => {
    const slept = Date.now() - lastTick > SLEPT_MS;
    lastTick = Date.now();
    if (slept) page.catchUp();
  }, 5000);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      if (!socket.connected) socket.connect();
      page.catchUp();
    }
  });
  addEventListener("online", () => socket.connect());
  return socket;
}

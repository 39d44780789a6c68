/**
 * The connection. Knows frames and no cards.
 * After every connect, sleep or look at the page the caller is asked to catch up.
 */
import { io } from "../node_modules/socket.io-client/dist/socket.io.esm.min.js";

const SLEPT_MS = 20000;
const AGAIN_MS = 3000;

/**
 * @param {{page: string, dialogue: string, group: string, link: string}} who
 * @param {{onFrame: (frame: {now: number, acts: {seq: number, tidings: object[]}[]}) => void, catchUp: () => void,
 *   onState: (state: "open"|"lost"|"away") => void, onRefused: (status: number) => void}} page
 */
export function connect(who, page) {
  const socket = io({
    query: { dialogue: who.dialogue }, // By it a proxy finds the process that serves this dialogue.
    auth: { page: who.page, dialogue: who.dialogue, group: who.group, link: who.link },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 2000,
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
    const status = error.data?.status;
    if (status >= 400 && status < 500) page.onRefused(status);
    else if (status) setTimeout(() => socket.connect(), AGAIN_MS);
  });
  socket.on("frame", page.onFrame);

  let lastTick = Date.now();
  setInterval(() => {
    const slept = Date.now() - lastTick > SLEPT_MS;
    lastTick = Date.now();
    if (slept) page.catchUp();
  }, 5000);
  const wake = () => {
    if (!socket.connected) socket.connect();
    page.catchUp();
  };
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  addEventListener("pageshow", (event) => event.persisted && wake());
  addEventListener("online", wake);
  return socket;
}

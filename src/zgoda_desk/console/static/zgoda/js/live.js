/**
 * The live desk: events become DOM events zgoda:NAME on the document (detail = the event's data with `id`), a lost line
 * is said with the time of the data, the title counts what came while nobody looked, notices by the browser on demand.
 *
 * Body: data-events-url, data-events-after (id of the newest event when the page was made; without it the page hears
 * only what comes after its stream is open), data-events-names (kinds beside the built-in ones).
 * templates/zgoda/parts/live.html: [data-offline-notice] hidden, with <time data-offline-since> and [data-do=retry];
 * <body data-state="offline"> while it lasts; [data-notice-words] with data-KIND="what to say" for the kinds worth a
 * notice and a number in the title, and data-url with 0 in the place of the conversation. Events hold no words of anybody.
 * What a person did himself (data-person = event's `by`) is no news to him.
 * Also emits zgoda:online and zgoda:offline on window, zgoda:gap when events were missed (parts renew themselves).
 */
import { notify, startNotices } from "./notices.js";
import { emit } from "./parts.js";
import { Stream } from "./stream.js";

const NAMES = (
  "hello reload reply note conversation rung correction reading draft presence promise kept broken clock outbox mail " +
  "reminder owner wish undone bounced handed_over assigned overruled help threat self_harm unreadable mailbox merged queue counts"
).split(" ");
const PATIENCE = 3000; // ms without a line before anybody is told
const title = document.title;
let unseen = 0;
let down = 0;

function badge(add) {
  unseen = document.hidden ? unseen + add : 0;
  document.title = unseen ? `(${unseen}) ${title}` : title;
}

function showOffline(on) {
  const was = document.body.dataset.state === "offline";
  if (on) document.body.dataset.state = "offline";
  else if (was) delete document.body.dataset.state;
  document.querySelectorAll("[data-offline-notice]").forEach((notice) => (notice.hidden = !on));
  if (on !== was) dispatchEvent(new CustomEvent(on ? "zgoda:offline" : "zgoda:online"));
}

function stamp() {
  const now = new Date();
  const words = now.toLocaleTimeString(document.documentElement.lang || undefined, { hour: "2-digit", minute: "2-digit" });
  document.querySelectorAll("[data-offline-since]").forEach((time) => {
    time.textContent = words;
    time.dateTime = now.toISOString();
  });
}

function wentDown() {
  if (down) return;
  stamp();
  down = setTimeout(() => showOffline(true), PATIENCE);
}

function cameUp() {
  clearTimeout(down);
  down = 0;
  showOffline(false);
}

function news(name, data) {
  const words = document.querySelector("[data-notice-words]")?.dataset;
  const about = words?.[name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())];
  if (!about || (data.by !== undefined && String(data.by) === words.person)) return;
  badge(1);
  const url = data.conversation ? words.url?.replace("/0/", `/${data.conversation}/`) : "";
  notify({ title: "Zgoda", body: about, url, tag: `${name}:${data.conversation}` });
}

function took(name, data, event) {
  if (name === "hello") return;
  if (name === "reload") return emit("gap");
  emit(name, { ...data, event });
  news(name, data);
}

export function startLive() {
  const { eventsUrl, eventsAfter, eventsNames } = document.body.dataset;
  startNotices();
  document.addEventListener("visibilitychange", () => badge(0));
  if (!eventsUrl) return null;
  const names = [...new Set([...NAMES, ...(eventsNames || "").split(" ").filter(Boolean)])];
  const stream = new Stream({
    url: eventsUrl,
    after: eventsAfter,
    names,
    onEvent: took,
    onUp: cameUp,
    onDown: wentDown,
    onGap: () => emit("gap"),
  });
  addEventListener("offline", wentDown);
  document.addEventListener("click", (event) => event.target.closest("[data-do=retry]") && stream.retry());
  stream.start();
  return stream;
}

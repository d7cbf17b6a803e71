/**
 * Notices of the browser: only after a press on [data-notices], only while the desk is out of sight, never in the quiet
 * hours (body data-quiet-from="22:00" data-quiet-until="07:00", on this device's clock; they may cross midnight).
 */
import { store } from "./parts.js";

const able = () => typeof Notification === "function";
const on = () => able() && Notification.permission === "granted" && store("zgoda:notices") === "on";

const minutes = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Says whether `now` lies in the quiet hours "22:00" until "07:00" of the device's clock. */
export function quiet(quietFrom, quietUntil, now = new Date()) {
  if (!quietFrom || !quietUntil) return false;
  const at = now.getHours() * 60 + now.getMinutes();
  const [from, until] = [minutes(quietFrom), minutes(quietUntil)];
  return from <= until ? from <= at && at < until : at >= from || at < until;
}

export function notify({ title, body, url, tag }) {
  const { quietFrom, quietUntil } = document.body.dataset;
  if (!on() || !document.hidden || quiet(quietFrom, quietUntil)) return;
  const notice = new Notification(title, { body, tag: tag || url, silent: true });
  notice.addEventListener("click", () => {
    focus();
    if (url) location.assign(url);
    notice.close();
  });
}

function show(button) {
  button.hidden = !able();
  button.setAttribute("aria-pressed", String(on()));
}

async function turn(button) {
  if (on()) store("zgoda:notices", null);
  else if ((await Notification.requestPermission()) === "granted") store("zgoda:notices", "on");
  document.querySelectorAll("[data-notices]").forEach(show);
  const refused = button.parentElement.querySelector("[data-notices-refused]");
  if (refused) refused.hidden = Notification.permission !== "denied";
}

export function startNotices() {
  for (const button of document.querySelectorAll("[data-notices]")) {
    show(button);
    button.addEventListener("click", () => turn(button));
  }
}

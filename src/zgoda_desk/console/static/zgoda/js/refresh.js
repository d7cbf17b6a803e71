/**
 * Parts of a page that renew themselves when something happened: <div id data-refresh-url="..." data-refresh-on="queue
 * message">. On zgoda:queue or zgoda:message (with data-refresh-for="ID": only for that conversation) the fragment is
 * fetched and its children replace the part's. Focus by id, the scroll place and opened folds stay; a part in which text
 * is being typed waits. data-refresh-every="60" (seconds) renews without an event (clocks). Nodes with
 * data-stick="end" stay at their end. Emits zgoda:refreshing and zgoda:refreshed on the part, zgoda:refused when the
 * desk answered with an error.
 */
import { emit, takesText } from "./parts.js";

const PAUSE = 300; // ms in which several events make one request

class Refreshed {
  #timer = 0;
  #abort = null;

  constructor(root) {
    this.root = root;
    for (const name of (root.dataset.refreshOn || "").split(" ").filter(Boolean)) {
      document.addEventListener(`zgoda:${name}`, ({ detail }) => this.#meant(detail) && this.later());
    }
    const every = Number(root.dataset.refreshEvery);
    if (every) setInterval(() => document.hidden || this.later(), every * 1000);
    addEventListener("zgoda:online", () => this.later());
    document.addEventListener("zgoda:gap", () => this.later());
  }

  #meant(detail) {
    const mine = this.root.dataset.refreshFor;
    return !mine || detail.conversation === undefined || String(detail.conversation) === mine;
  }

  later(pause = PAUSE) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#renew(), pause);
  }

  /** Somebody types in it, left something typed in it, or has a dialog of it open: it would be gone. */
  #inUse() {
    const focus = document.activeElement;
    const typed = (field) => takesText(field) && "defaultValue" in field && field.value !== field.defaultValue;
    if (this.root.contains(focus) && takesText(focus)) return true;
    return Boolean(this.root.querySelector("dialog[open]")) || [...this.root.querySelectorAll("input, textarea")].some(typed);
  }

  async #renew() {
    if (this.#inUse()) return this.later(2000);
    this.#abort?.abort();
    this.#abort = new AbortController();
    try {
      const response = await fetch(this.root.dataset.refreshUrl, {
        credentials: "same-origin",
        headers: { "X-Requested-With": "zgoda" },
        signal: this.#abort.signal,
      });
      if (response.ok && !response.redirected) this.#put(await response.text());
      else emit("refused", { status: response.status, redirected: response.redirected }, this.root);
    } catch {
      // No line: the live part says so, and what stands on the page stays.
    }
    return undefined;
  }

  #put(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").body;
    const focused = this.root.contains(document.activeElement) ? document.activeElement.id : "";
    const open = new Set([...this.root.querySelectorAll("[id][aria-expanded=true]")].map((node) => node.id));
    const atEnd = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < 40;
    const place = this.root.scrollTop;
    const unfolded = new Set([...this.root.querySelectorAll("details[id][open]")].map((node) => node.id));
    emit("refreshing", {}, this.root);
    this.root.replaceChildren(...fresh.childNodes);
    open.forEach((id) => document.getElementById(id)?.click());
    unfolded.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    this.root.scrollTop = this.root.dataset.stick === "end" && atEnd ? this.root.scrollHeight : place;
    emit("refreshed", {}, this.root);
  }
}

export function startRefresh(page = document) {
  for (const root of page.querySelectorAll("[data-refresh-url]")) root.refreshed ||= new Refreshed(root);
  page.querySelectorAll("[data-stick=end]").forEach(keepEnd);
}

/** Its end stays in sight while the reply below it grows: what is answered must not slip away as one answers it. */
function keepEnd(root) {
  let height = root.clientHeight;
  let atEnd = true;
  root.scrollTop = root.scrollHeight;
  root.addEventListener("scroll", () => {
    if (root.clientHeight === height) atEnd = root.scrollHeight - root.scrollTop - height < 40;
  });
  new ResizeObserver(() => {
    height = root.clientHeight;
    if (atEnd) root.scrollTop = root.scrollHeight;
  }).observe(root);
}

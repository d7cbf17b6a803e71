/**
 * Tells colleagues that somebody is here or writes here, and shows that a colleague does: a note, never a lock.
 *
 * Root: data-presence-url, data-conversation, data-person; [data-presence] shows the sentence.
 * POST {state: "here"} when the page opens and every half minute while it is looked at, {state: "typing", kind} at most
 * every five seconds -> {text: "Paweł is writing" | "Paweł has this open" | ""}; the live event zgoda:presence
 * {conversation, by, name, writing} says the same from outside (data-say-writing="{name} is writing", data-say-here).
 * A sentence nobody renews fades: writing after twelve seconds, being here after more than a minute.
 */
import { say } from "./parts.js";
import { post } from "./post.js";

const EVERY = 5000;
const HERE = 30000;
const FADES = 12000;
const LEAVES = 75000;

export class Presence {
  #last = 0;
  #fade = 0;

  constructor(root) {
    this.root = root;
    this.url = root.dataset.presenceUrl;
    this.place = root.querySelector("[data-presence]");
    document.addEventListener("zgoda:presence", ({ detail }) => this.#heard(detail));
    this.#here();
    setInterval(() => document.hidden || this.#here(), HERE);
  }

  #heard(detail) {
    const mine = String(detail.by) === this.root.dataset.person;
    if (String(detail.conversation) !== this.root.dataset.conversation || mine) return;
    const writing = detail.writing !== false;
    this.#show(say(this.root, writing ? "writing" : "here", detail), writing ? FADES : LEAVES);
  }

  #here() {
    return this.#tell({ state: "here" }, LEAVES);
  }

  async typing(kind) {
    if (performance.now() - this.#last < EVERY) return;
    this.#last = performance.now();
    await this.#tell({ state: "typing", kind }, FADES);
  }

  async #tell(body, fades) {
    if (!this.url) return;
    const answer = await post(this.url, body);
    if (answer.ok && answer.data.text) this.#show(answer.data.text, fades);
  }

  #show(text, fades = FADES) {
    if (!this.place) return;
    this.place.textContent = text || "";
    clearTimeout(this.#fade);
    if (text) this.#fade = setTimeout(() => this.#show(""), fades);
  }
}

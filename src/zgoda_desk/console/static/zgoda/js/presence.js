/**
 * Tells colleagues that somebody writes here, and shows that a colleague does: a note, never a lock.
 *
 * Root: data-presence-url, data-conversation, data-person; [data-presence] shows the sentence.
 * POST {state: "typing", kind} at most every five seconds -> {text: "Paweł is writing" | ""}; the live event
 * zgoda:presence {conversation, by, name} says the same from outside (data-say-writing="{name} is writing"). A sentence nobody renews fades after twelve seconds.
 */
import { say } from "./parts.js";
import { post } from "./post.js";

const EVERY = 5000;
const FADES = 12000;

export class Presence {
  #last = 0;
  #fade = 0;

  constructor(root) {
    this.root = root;
    this.url = root.dataset.presenceUrl;
    this.place = root.querySelector("[data-presence]");
    document.addEventListener("zgoda:presence", ({ detail }) => {
      const mine = String(detail.by) === root.dataset.person;
      if (String(detail.conversation) === root.dataset.conversation && !mine) this.#show(say(root, "writing", detail));
    });
  }

  async typing(kind) {
    if (!this.url || performance.now() - this.#last < EVERY) return;
    this.#last = performance.now();
    const answer = await post(this.url, { state: "typing", kind });
    if (answer.ok && answer.data.text) this.#show(answer.data.text);
  }

  #show(text) {
    if (!this.place) return;
    this.place.textContent = text || "";
    clearTimeout(this.#fade);
    if (text) this.#fade = setTimeout(() => this.#show(""), FADES);
  }
}

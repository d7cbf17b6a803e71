/**
 * The send button and its states: errors turn it into "Next finding" (and a reason sends all the same), warnings and
 * missing acts leave it, a reply that was not delivered makes it "Send again".
 *
 * The label is what the review says (send_text), unless the page says "send all the same" (data-again).
 *
 * Needs: form with [data-do=send] (submit; its label in [data-slot=label]), [data-do=next], [data-do=anyway],
 * [data-overrule] holding input[name=overrule] and a submit button; [data-trouble] for what did not work;
 * data-say-send, -send-again, -keep, -offline-send; data-failed where the last try failed.
 */
import { say, slot } from "./parts.js";

export class Sending {
  #gone = false;

  constructor(root, { onNext, onGo, settled, ready, saving = () => false, saved = async () => {} }) {
    this.root = root;
    this.form = root.querySelector("form");
    this.find = (name) => root.querySelector(`[data-do="${name}"]`);
    this.send = this.find("send");
    this.overrule = root.querySelector("[data-overrule]");
    this.reason = this.overrule.querySelector("input");
    this.blocked = false;
    this.cut = false; // the desk did not answer to the last letters; a live stream that is down is no reason to hold a reply
    this.kind = "reply";
    this.calls = { onNext, onGo, settled, ready, saving, saved };
    this.#wire();
  }

  #wire() {
    this.find("next").addEventListener("click", () => this.calls.onNext(false));
    this.find("anyway").addEventListener("click", () => this.#askReason());
    this.form.addEventListener("submit", (event) => this.#submit(event));
    this.reason.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      this.#withReason();
    });
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  }

  #askReason() {
    this.overrule.hidden = false;
    this.reason.focus();
  }

  #withReason() {
    if (this.reason.value.trim()) this.form.requestSubmit(this.overrule.querySelector("[type=submit]"));
  }

  /** What the newest answer allows: `blocked` by errors or not, for a reply or a note. */
  show({ blocked, kind, label = "" }) {
    this.blocked = blocked;
    this.kind = kind;
    slot(this.send, "label").textContent = this.#label(kind, label);
    this.send.hidden = blocked;
    this.find("next").hidden = !blocked;
    this.find("anyway").hidden = !blocked;
    if (!blocked) {
      this.overrule.hidden = true;
      this.reason.value = "";
    }
  }

  #label(kind, told) {
    if (kind === "note") return say(this.root, "keep");
    if ("failed" in this.root.dataset) return say(this.root, "send-again");
    return ("again" in this.root.dataset ? "" : told) || say(this.root, "send");
  }

  /** Ctrl Enter: waits for the answer to the last letters, then sends or shows what stands in the way. */
  async go() {
    if (!this.calls.ready()) return;
    await this.calls.settled();
    if (!this.blocked) this.form.requestSubmit(this.send);
    else if (this.reason.value.trim()) this.#withReason();
    else this.calls.onNext(true);
  }

  #submit(event) {
    const stop = (name) => {
      event.preventDefault();
      this.trouble(say(this.root, name));
    };
    if (event.submitter?.hasAttribute("formaction")) return undefined; // not the reply: a file taken off, and the like
    if (this.#gone || !this.calls.ready()) return event.preventDefault();
    if (this.blocked && !this.reason.value.trim()) {
      event.preventDefault();
      return this.calls.onNext(true);
    }
    if (this.calls.saving()) {
      event.preventDefault(); // the number of the draft that is just being saved must go with it
      return this.calls.saved().then(() => this.form.requestSubmit(event.submitter));
    }
    if (!navigator.onLine || this.cut) return stop("offline-send");
    this.#gone = true;
    setTimeout(() => (this.#gone = false), 5000); // a second press is no second reply; a dead line lets one try again
    return this.calls.onGo();
  }

  trouble(words) {
    const place = this.root.querySelector("[data-trouble]");
    place.textContent = words;
    place.hidden = !words;
  }
}

/**
 * Asks for a review of the draft as it is typed: after a short pause, one request at a time (one that
 * takes long is given up for a newer text), and an answer to anything but the newest text thrown away.
 *
 * new Reviewer({url, onAnswer(answer, text), onTrouble(trouble)}); .ask(text, kind) after each change, .askNow() where
 * nobody is typing, .settled() resolves when the newest text is answered (or cannot be).
 */
import { post } from "./post.js";

const PAUSE = 30; // ms after the last key
const PATIENCE = 400; // ms a request for an older text may still take before it is given up
const AGAIN = [1000, 3000, 10000, 30000]; // ms before the next try when the desk does not answer

export class Reviewer {
  #url;
  #onAnswer;
  #onTrouble;
  #number = 0;
  #timer = 0;
  #tries = 0;
  #abort = null;
  #since = 0;
  #text = "";
  #kind = "reply";
  #waiting = [];

  constructor({ url, onAnswer, onTrouble }) {
    this.#url = url;
    this.#onAnswer = onAnswer;
    this.#onTrouble = onTrouble;
    addEventListener("zgoda:online", () => this.#pending && this.#send());
  }

  get #pending() {
    return this.#tries > 0 || this.#timer > 0;
  }

  ask(text, kind, pause = PAUSE) {
    this.#number += 1;
    this.#text = text;
    this.#kind = kind;
    this.#tries = 0;
    this.#later(pause);
  }

  askNow(text, kind) {
    this.ask(text, kind, 0);
  }

  get busy() {
    return this.#timer > 0 || this.#abort !== null;
  }

  settled(limit = 1500) {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, limit);
    });
  }

  #later(pause) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  async #send() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    const left = this.#abort ? this.#since + PATIENCE - performance.now() : 0;
    if (left > 0) return this.#later(left); // a desk that is slow now would only work on both
    this.#abort?.abort();
    this.#since = performance.now();
    const mine = (this.#abort = new AbortController());
    const number = this.#number;
    const text = this.#text;
    let answer;
    try {
      answer = await post(this.#url, { text, kind: this.#kind }, { signal: mine.signal });
    } catch {
      return undefined; // given up for a newer text
    }
    this.#abort = null;
    if (number !== this.#number) return this.#timer && this.#send();
    if (answer.ok) this.#tries = 0;
    else this.#retry(answer.trouble);
    if (answer.ok) this.#onAnswer(answer.data, text);
    else this.#onTrouble(answer.trouble);
    return this.#waiting.splice(0).forEach((resolve) => resolve());
  }

  #retry(trouble) {
    if (["signed-out", "forbidden", "refused"].includes(trouble)) return;
    const pause = AGAIN[Math.min(this.#tries, AGAIN.length - 1)];
    this.#tries += 1;
    this.#later(pause);
  }
}

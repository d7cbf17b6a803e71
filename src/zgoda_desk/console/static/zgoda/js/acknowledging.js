/**
 * One key tells the customer that his message arrived: A puts the prepared words before the draft, A again (or Ctrl
 * Enter) sends them. The page's address with ?acknowledge=1 does the first press.
 *
 * Root: data-acknowledge-url, [data-do=acknowledge]. POST {} with Accept: application/json -> {text} | 409 {message}.
 */
import { say } from "./parts.js";
import { post } from "./post.js";

export class Acknowledging {
  #text = "";

  constructor(root, { text, put, send, onTrouble }) {
    this.root = root;
    this.button = root.querySelector("[data-do=acknowledge]");
    this.calls = { text, put, send, onTrouble };
    if (!this.button) return;
    this.button.addEventListener("click", (event) => {
      event.preventDefault();
      this.press();
    });
    const address = new URL(location.href);
    if (!address.searchParams.has("acknowledge")) return;
    address.searchParams.delete("acknowledge");
    history.replaceState(history.state, "", address);
    this.press();
  }

  async press() {
    if (this.#text && this.calls.text().trim() === this.#text) return this.calls.send();
    const answer = await post(this.root.dataset.acknowledgeUrl, {});
    if (!answer.ok) return this.calls.onTrouble(answer.trouble, answer.data.message);
    this.#text = answer.data.text;
    if (!this.calls.text().startsWith(this.#text)) this.calls.put(this.#text);
    this.button.firstChild.textContent = `${say(this.root, "acknowledge-again")} `;
    this.button.focus(); // so that A again is a key and no letter
    return undefined;
  }
}

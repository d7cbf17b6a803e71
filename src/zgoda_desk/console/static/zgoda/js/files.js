/**
 * Files of the reply: uploaded when they are chosen, listed, taken off again. Without scripts they go with the form.
 *
 * Root: data-attach-url; [data-attach] the input, [data-files] the list, template part "file" (slots name, size).
 * POST multipart {files} or {remove: key} with Accept: application/json -> {files: [{key, name, size}], message};
 * 422 where a file was too large: the message says which, the others are kept.
 */
import { fill, part } from "./parts.js";
import { token } from "./post.js";

export class Files {
  #busy = 0;

  constructor(root, { onTrouble }) {
    this.root = root;
    this.url = root.dataset.attachUrl;
    this.input = root.querySelector("[data-attach]");
    this.list = root.querySelector("[data-files]");
    this.onTrouble = onTrouble;
    if (!this.input || !this.url) return;
    this.input.addEventListener("change", () => this.#upload());
    this.list.addEventListener("click", (event) => this.#pressed(event));
  }

  get busy() {
    return this.#busy > 0;
  }

  #pressed(event) {
    const key = event.target.closest("button")?.closest("[data-file]")?.dataset.file;
    if (!key) return;
    event.preventDefault();
    const form = new FormData();
    form.set("remove", key);
    this.#post(form);
  }

  async #upload() {
    const form = new FormData();
    for (const file of this.input.files) form.append("files", file);
    if (await this.#post(form)) this.input.value = ""; // else they go with the form
  }

  async #post(body) {
    this.#busy += 1;
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": token() };
      const response = await fetch(this.url, { method: "POST", credentials: "same-origin", headers, body });
      const answer = await response.json();
      this.#show(answer.files || []);
      this.onTrouble(answer.message || "");
      return true;
    } catch {
      return false;
    } finally {
      this.#busy -= 1;
    }
  }

  #show(files) {
    const size = (bytes) => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
    const entries = files.map((file) => {
      const entry = fill(part(this.root, "file"), { name: file.name, size: size(file.size) });
      entry.dataset.file = file.key;
      return entry;
    });
    this.list.replaceChildren(...entries);
  }
}

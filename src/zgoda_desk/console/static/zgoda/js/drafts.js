/**
 * Keeps the draft: on the desk after a pause, on this device while the desk cannot be reached.
 *
 * Root: data-draft-url, data-draft-key (one per person and conversation), data-version-reply, data-version-note.
 * POST {text, kind, version} -> 200 {version, kept_text} | 409 {version, text, author, message}: somebody else saved
 * in between; nothing is overwritten until a person chooses. The version grows with every save and with a send.
 * On this device: zgoda:draft:KEY:KIND = {text, version, sending}; it is there only while the desk has not got it.
 */
import { post } from "./post.js";
import { store } from "./parts.js";

const PAUSE = 800; // ms after the last key
const AGAIN = 5000; // ms before the next try when the desk does not answer

export class Drafts {
  #timer = 0;
  #saving = false;
  #dirty = new Map(); // kind -> text that the desk has not got
  #stopped = false;
  #waiting = [];

  constructor(root, { onKept, onLocal, onConflict, onVersion, onTrouble }) {
    this.url = root.dataset.draftUrl;
    this.key = root.dataset.draftKey;
    this.versions = { reply: Number(root.dataset.versionReply || 0), note: Number(root.dataset.versionNote || 0) };
    this.tell = { onKept, onLocal, onConflict, onVersion, onTrouble };
    this.conflict = null;
    addEventListener("zgoda:online", () => this.flush());
    addEventListener("pagehide", () => this.#leave());
  }

  #name(kind) {
    return `zgoda:draft:${this.key}:${kind}`;
  }

  /** The text this device kept because the desk did not get it, or null. `serverText` is what the desk has. */
  kept(kind, serverText) {
    const local = store(this.#name(kind));
    if (!local) return null;
    const arrived = local.sending && this.versions[kind] > local.version && !serverText;
    if (arrived || local.text === serverText) {
      store(this.#name(kind), null);
      return null;
    }
    this.versions[kind] = local.version; // an older version meets a conflict, and a person then chooses
    return local.text;
  }

  changed(text, kind) {
    this.#dirty.set(kind, text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), PAUSE);
  }

  async flush() {
    clearTimeout(this.#timer);
    if (this.#saving || this.#stopped || this.conflict || !this.url || !this.#dirty.size) return;
    const [kind, text] = this.#dirty.entries().next().value;
    this.#saving = true;
    const answer = await post(this.url, { text, kind, version: this.versions[kind] });
    this.#saving = false;
    this.#waiting.splice(0).forEach((resolve) => resolve());
    if (this.#stopped) return; // the text went out meanwhile
    if (answer.ok) this.#done(kind, text, answer.data);
    else if (answer.trouble === "conflict") this.#meet(kind, text, answer.data);
    else this.#failed(answer.trouble);
  }

  get saving() {
    return this.#saving;
  }

  /** Resolves when the save on its way has ended, or after a while. */
  saved(limit = 1500) {
    if (!this.#saving) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(() => {
        this.#saving = false;
        resolve();
      }, limit);
      this.#waiting.push(() => (clearTimeout(late), resolve()));
    });
  }

  #done(kind, text, data) {
    this.versions[kind] = data.version;
    if (this.#dirty.get(kind) === text) this.#dirty.delete(kind);
    store(this.#name(kind), null);
    this.tell.onVersion(kind, data.version);
    this.tell.onKept(data.kept_text || "");
    if (this.#dirty.size) this.flush();
  }

  #meet(kind, text, data) {
    if (data.text === text) return this.#done(kind, text, data); // our own save on the way out came first
    this.#keepHere();
    this.conflict = { kind, ...data };
    return this.tell.onConflict(this.conflict);
  }

  #failed(trouble) {
    this.#keepHere();
    this.tell.onTrouble(trouble);
    if (["signed-out", "forbidden", "refused"].includes(trouble)) return;
    this.#timer = setTimeout(() => this.flush(), AGAIN);
  }

  #keepHere(sending = false) {
    for (const [kind, text] of this.#dirty) store(this.#name(kind), { text, version: this.versions[kind], sending });
    if (this.#dirty.size && !sending) this.tell.onLocal();
  }

  /** A person chose after a conflict: our text goes over the other one (`mine`), or the other one is taken. */
  settle(mine) {
    const { kind, version } = this.conflict;
    this.conflict = null;
    this.versions[kind] = version;
    this.tell.onVersion(kind, version);
    if (!mine) {
      this.#dirty.delete(kind);
      store(this.#name(kind), null);
    }
    this.flush();
  }

  /** The text goes out now: no save may follow it, and this device holds it until the desk shows that it has it. */
  sending(text, kind) {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#dirty.set(kind, text);
    this.#keepHere(true);
  }

  #leave() {
    if (this.#stopped || !this.#dirty.size) return;
    this.#keepHere();
    for (const [kind, text] of this.#dirty) {
      if (this.url && !this.conflict) post(this.url, { text, kind, version: this.versions[kind] }, { keepalive: true });
    }
  }
}

/** Forgets every draft kept on this device (at log-out). */
export function forgetDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("zgoda:draft:")) localStorage.removeItem(key);
}

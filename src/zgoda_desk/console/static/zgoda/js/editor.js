/**
 * The reply editor: text with underlines, findings, what is missing, promises, the draft kept, the send button.
 *
 * Root: <section data-reply data-conversation data-review-url data-ignore-url data-draft-url data-presence-url ...>,
 * written by templates/zgoda/parts/reply.html, which documents every part. Works on data, never on the page's words.
 *
 * POST data-review-url {text, kind: "reply"|"note"} -> {findings: [{kind, start, end, text, severity, title, message,
 * suggestion, rule, source, id}], missing: [{kind, title}], done: [{kind, title}], promises: [{start, end, what,
 * due_text, due, due_local, over}], counts: {error, warning, info}, state_text, send: "next"|"send", send_text, promise_text}.
 * Spans come in code points. POST data-ignore-url {rule, kind, severity, text, reason}.
 * The live events message and reply {conversation, by} say that something came in (data-person is who writes), and so
 * does a renewed timeline with a higher data-revision; only "Look at it" makes that revision the one that was seen.
 *
 * Keys: F8 next finding, Enter on it uses it, Ctrl Enter sends, Ctrl Shift 1 to 9 a phrase, Escape back to the text.
 * Emits zgoda:reviewed {answer, text} on the root after each accepted answer.
 */
import { Acknowledging } from "./acknowledging.js";
import { Drafts } from "./drafts.js";
import { Files } from "./files.js";
import { Findings } from "./findings.js";
import { showActs, showPromises } from "./lists.js";
import { emit, fill, say } from "./parts.js";
import { phraseKeys, putPhrase } from "./phrases.js";
import { post } from "./post.js";
import { Presence } from "./presence.js";
import { Reviewer } from "./reviewer.js";
import { Sending } from "./sending.js";
import { carriedAll, difference, inUnits } from "./spans.js";
import { surfaceOf } from "./surface.js";

/** Two lines under the same words cannot be read: the heavier one stays, the other is in the list. */
const covers = (other, one) =>
  other.severity !== one.severity && other.start <= one.start && one.end <= other.end;

const HUSH = 1200; // ms without a key before a screen reader is told

export class Editor {
  #hush = 0;
  #marks = 0;

  constructor(root) {
    this.root = root;
    this.find = (name) => root.querySelector(`[data-${name}]`);
    this.area = this.find("area");
    this.found = [];
    this.texts = { note: this.find("other-draft")?.content.textContent ?? "" };
    this.kind = root.querySelector("[name=kind]:checked")?.value || "reply";
    this.drafts = this.#makeDrafts();
    const kept = this.drafts.kept(this.kind, this.area.value);
    if (kept !== null) this.area.value = kept;
    this.surface = surfaceOf(this.find("box"), this.area);
    this.text = this.surface.text;
    this.presence = new Presence(root);
    this.reviewer = this.#makeReviewer();
    this.findings = new Findings(root, {
      onUse: (finding) => this.#use(finding),
      onIgnore: (finding, reason) => this.#ignore(finding, reason),
      onOpen: () => this.#paint(),
    });
    this.sending = this.#makeSending();
    this.files = new Files(root, { onTrouble: (words) => this.sending.trouble(words) });
    this.#wire();
    this.acknowledging = this.#makeAcknowledging();
    if (kept !== null) this.#restored(kept);
    this.reviewer.askNow(this.text, this.kind);
  }

  #makeDrafts() {
    return new Drafts(this.root, {
      onKept: (words) => this.#keptLine(words),
      onLocal: () => this.#keptLine(say(this.root, "kept-here")),
      onVersion: (kind, version) => kind === this.kind && (this.root.querySelector("[name=version]").value = version),
      onConflict: (theirs) => this.#conflict(theirs),
      onTrouble: (trouble) => this.#trouble(trouble),
    });
  }

  #makeReviewer() {
    return new Reviewer({
      url: this.root.dataset.reviewUrl,
      onAnswer: (answer, text) => this.#answered(answer, text),
      onTrouble: (trouble) => this.#notRead(trouble),
    });
  }

  #makeSending() {
    return new Sending(this.root, {
      onNext: (fromElsewhere) => this.findings.next(fromElsewhere),
      onGo: () => this.drafts.sending(this.text, this.kind),
      saving: () => this.drafts.saving,
      saved: () => this.drafts.saved(),
      settled: () => this.reviewer.settled(),
      ready: () => Boolean(this.text.trim()) || (this.surface.focus(), false),
    });
  }

  #makeAcknowledging() {
    return new Acknowledging(this.root, {
      text: () => this.text,
      put: (words) => this.surface.replace(0, 0, this.text.trim() ? `${words}\n\n` : words),
      send: () => this.sending.go(),
      onTrouble: (trouble, message) => this.#trouble(trouble, message),
    });
  }

  #wire() {
    this.surface.element.addEventListener("input", () => this.#changed());
    this.surface.element.addEventListener("click", () => this.#openAtCaret());
    this.root.addEventListener("keydown", (event) => this.#key(event));
    this.root.addEventListener("change", (event) => event.target.name === "kind" && this.#turn(event.target.value));
    document.addEventListener("keydown", (event) => {
      if (event.code !== "F8") return;
      event.preventDefault();
      this.findings.next(true);
    });
    phraseKeys(this.surface.element);
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-phrase]");
      if (button) putPhrase(this.surface, button.dataset.phrase);
    });
    for (const kind of ["message", "reply", "undone"]) {
      document.addEventListener(`zgoda:${kind}`, ({ detail }) => this.#arrived(detail));
    }
    document.addEventListener("zgoda:refreshed", () => this.#compare());
    this.root.addEventListener("click", (event) => {
      this.#pressed(event.target.closest("[data-do]")?.dataset.do);
      const byKey = event.target.name === "kind" && document.activeElement !== event.target;
      if (byKey) this.surface.focus();
    });
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      this.sending.go();
    } else if (event.key === "Escape" && this.findings.focused) {
      event.stopPropagation();
      this.surface.focus();
    }
  }

  #pressed(name) {
    if (name === "look") this.#look();
    if (name === "mine" || name === "theirs") this.#settle(name === "mine");
  }

  /** Letters changed: what was found moves with them at once, the answer follows. */
  #changed() {
    const text = this.surface.text;
    if (text === this.text) return this.#paint(); // the same letters anew: their lines went with the old ones
    this.found = carriedAll(this.found, difference(this.text, text));
    this.text = text;
    this.#paint();
    this.reviewer.ask(text, this.kind);
    this.drafts.changed(text, this.kind);
    this.presence.typing(this.kind);
    return this.sending.trouble("");
  }

  #answered(answer, text) {
    this.found = inUnits(text, answer.findings || []).map((finding) => ({ ...finding, mark: (this.#marks += 1) }));
    const lost = this.findings.show(this.found);
    if (lost) this.surface.focus();
    this.#paint();
    showActs(this.root, answer);
    showPromises(this.root, answer.promises || []);
    this.#state(answer.state_text, answer.promise_text);
    this.sending.cut = false;
    this.sending.show({ blocked: answer.send === "next", kind: this.kind, label: answer.send_text });
    emit("reviewed", { answer, text }, this.root);
  }

  #now(finding) {
    return this.found.find((one) => one.mark === finding?.mark);
  }

  #paint() {
    const marks = { "zgoda-open": [this.#now(this.findings.open)].filter(Boolean) };
    const above = [];
    for (const severity of ["error", "warning", "info"]) {
      const mine = this.found.filter((one) => one.severity === severity && !above.some((other) => covers(other, one)));
      marks[`zgoda-${severity}`] = mine;
      above.push(...mine);
    }
    this.surface.paint(marks);
    const now = this.#now(this.findings.open);
    this.findings.mark(Boolean(this.findings.open) && (!now || Boolean(now.stale)));
  }

  #use(finding) {
    const now = this.#now(finding);
    if (!now || now.stale || !finding.suggestion) return;
    this.surface.replace(now.start, now.end, finding.suggestion);
    this.reviewer.askNow(this.text, this.kind);
  }

  async #ignore(finding, reason) {
    const body = { rule: finding.rule, kind: finding.kind, severity: finding.severity, text: finding.text, reason };
    const answer = await post(this.root.dataset.ignoreUrl, body);
    if (!answer.ok) return this.#trouble(answer.trouble, answer.data.message);
    this.surface.focus();
    return this.reviewer.askNow(this.text, this.kind);
  }

  #openAtCaret() {
    const { start, end } = this.surface.selection;
    if (start !== end) return;
    const mine = this.found.find((one) => one.start <= start && start < one.end);
    const shown = mine && this.findings.all.find((one) => one.mark === mine.mark);
    if (shown && shown !== this.findings.open) this.findings.choose(shown);
  }

  #state(words, promise) {
    this.find("state").textContent = words || "";
    const listed = !this.find("promises").hidden;
    this.find("promise-text").textContent = (!listed && promise) || "";
    clearTimeout(this.#hush);
    this.#hush = setTimeout(() => {
      const open = this.findings.open;
      const first = open ? say(this.root, open.severity, { title: open.title }) : "";
      this.find("announce").textContent = [words, first, promise].filter(Boolean).join(" ");
    }, HUSH);
  }

  /** The desk did not read it: the text stays unmarked and can be sent; nothing pretends. */
  #notRead(trouble) {
    this.found = [];
    this.findings.show([]);
    this.#paint();
    this.#state(say(this.root, "not-read"), "");
    this.sending.cut = trouble === "offline";
    this.sending.show({ blocked: false, kind: this.kind });
    if (trouble === "signed-out" || trouble === "forbidden") this.#trouble(trouble);
  }

  #trouble(trouble, message = "") {
    this.sending.trouble(message || say(this.root, trouble) || say(this.root, "broken"));
  }

  #keptLine(words) {
    this.find("kept").textContent = words;
    if (words !== say(this.root, "kept-here")) this.sending.trouble("");
  }

  #restored(text) {
    this.#keptLine(say(this.root, "restored"));
    this.drafts.changed(text, this.kind);
  }

  #turn(kind) {
    this.texts[this.kind] = this.text;
    this.kind = kind;
    const kept = this.drafts.kept(kind, this.texts[kind] ?? "");
    this.root.querySelector("[name=version]").value = this.drafts.versions[kind];
    this.surface.load(kept ?? this.texts[kind] ?? "");
    this.text = this.surface.text;
    this.found = [];
    this.root.dataset.kind = kind;
    this.#paint();
    this.reviewer.askNow(this.text, kind);
  }

  #conflict(theirs) {
    const box = this.find("conflict");
    fill(box, { message: theirs.message, theirs: theirs.text });
    box.hidden = false;
  }

  #settle(mine) {
    const theirs = this.drafts.conflict;
    if (!theirs) return;
    this.find("conflict").hidden = true;
    if (!mine) this.surface.setText(theirs.text);
    this.drafts.settle(mine);
    this.surface.focus();
  }

  /** The customer or a colleague said something since this page was made: it must be looked at before sending. */
  #arrived({ conversation, by }) {
    if (String(conversation) !== this.root.dataset.conversation || String(by) === this.root.dataset.person) return;
    this.find("arrived").hidden = false;
  }

  get #shown() {
    return Number(document.querySelector("[data-revision]")?.dataset.revision || 0);
  }

  #compare() {
    if (this.#shown > Number(this.root.querySelector("[name=seen]").value)) this.find("arrived").hidden = false;
  }

  #look() {
    this.find("arrived").hidden = true;
    if (this.#shown) this.root.querySelector("[name=seen]").value = this.#shown;
    const time = document.querySelector("[data-timeline], .time");
    time?.scrollTo({ top: time.scrollHeight });
    time?.focus();
  }
}

export function startEditors(page = document) {
  for (const root of page.querySelectorAll("[data-reply]:not([data-started])")) {
    root.dataset.started = "";
    root.editor = new Editor(root);
  }
}

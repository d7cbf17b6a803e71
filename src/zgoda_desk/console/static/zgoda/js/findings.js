/**
 * The findings beside the draft: one open as a card, the first error first, the others as one-line entries. Real text,
 * so that it serves whoever does not see underlines.
 *
 * Needs in the reply part: [data-findings] with [data-card] and [data-others], templates "finding" and "other",
 * data-say-error|warning|info with {title}, and optionally data-rule-url with RULE in it.
 */
import { fill, part, say, slot } from "./parts.js";

const ORDER = ["error", "warning", "info"];
const rank = (finding) => ORDER.indexOf(finding.severity);

/** Errors before warnings before infos, then by place. */
export function inOrder(findings) {
  return [...findings].sort((a, b) => rank(a) - rank(b) || a.start - b.start);
}

const same = (a, b) => a.kind === b.kind && a.rule === b.rule && a.text === b.text;
const overlaps = (a, b) => a.kind === b.kind && a.start < b.end && b.start < a.end;

/** The finding of the new answer that continues an open one, or null. */
export function continued(open, findings) {
  if (!open) return null;
  const alike = findings.filter((finding) => same(open, finding));
  const nearest = alike.sort((a, b) => Math.abs(a.start - open.start) - Math.abs(b.start - open.start))[0];
  return nearest || findings.find((finding) => overlaps(open, finding)) || null;
}

export class Findings {
  constructor(root, { onUse, onIgnore, onOpen }) {
    this.root = root;
    this.place = root.querySelector("[data-findings]");
    this.card = this.place.querySelector("[data-card]");
    this.others = this.place.querySelector("[data-others]");
    this.onUse = onUse;
    this.onIgnore = onIgnore;
    this.onOpen = onOpen;
    this.all = [];
    this.open = null;
    this.chosen = false;
  }

  get focused() {
    return this.card.contains(document.activeElement);
  }

  show(findings) {
    const hadFocus = this.focused;
    const before = this.open;
    this.all = inOrder(findings);
    const kept = continued(before, this.all);
    if (!kept) this.chosen = false;
    this.open = (this.chosen && kept) || this.all[0] || null;
    const typingReason = hadFocus && this.card.querySelector(".because:not([hidden])") && kept === this.open;
    if (!typingReason) this.#draw(hadFocus);
    return hadFocus && !this.open;
  }

  choose(finding, focus = false) {
    this.open = finding;
    this.chosen = true;
    this.#draw(focus);
    this.onOpen(finding);
  }

  /** The next one after the open one; the open one itself when nobody has looked at it yet. */
  next(fromElsewhere) {
    if (!this.all.length) return;
    const at = this.all.indexOf(this.open);
    const wanted = fromElsewhere && !this.focused ? at : at + 1;
    this.choose(this.all[Math.max(wanted, 0) % this.all.length], true);
  }

  mark(stale) {
    const card = this.card.firstElementChild;
    if (!card) return;
    if (stale) card.setAttribute("aria-busy", "true");
    else card.removeAttribute("aria-busy");
  }

  #draw(focus) {
    this.place.hidden = !this.open;
    this.card.replaceChildren(...(this.open ? [this.#cardOf(this.open)] : []));
    this.others.replaceChildren(...this.all.filter((one) => one !== this.open).map((one) => this.#entryOf(one)));
    if (focus && this.open) this.card.firstElementChild.focus();
  }

  #entryOf(finding) {
    const entry = fill(part(this.root, "other"), { title: finding.title });
    const sign = entry.querySelector(".sev");
    sign.classList.add(finding.severity);
    sign.setAttribute("aria-label", say(this.root, finding.severity, { title: "" }).trim());
    entry.querySelector("button").addEventListener("click", () => this.choose(finding, true));
    return entry;
  }

  #cardOf(finding) {
    const card = part(this.root, "finding");
    const title = say(this.root, finding.severity, { title: finding.title });
    fill(card, { title, message: finding.message, suggestion: finding.suggestion, words: finding.text });
    card.querySelector(".sev").classList.add(finding.severity);
    card.setAttribute("aria-label", title);
    this.#source(card, finding);
    this.#wire(card, finding);
    return card;
  }

  #source(card, finding) {
    const link = slot(card, "source");
    if (!link) return;
    const url = this.root.dataset.ruleUrl;
    link.textContent = say(this.root, "rule", { rule: finding.rule });
    if (url) link.href = url.replace("RULE", encodeURIComponent(finding.rule));
  }

  #wire(card, finding) {
    const on = (name, act) => card.querySelector(`[data-do="${name}"]`)?.addEventListener("click", act);
    const use = card.querySelector('[data-do="use"]');
    use.hidden = !finding.suggestion;
    use.classList.toggle("primary", this.all.some((one) => one.severity === "error"));
    const because = card.querySelector(".because");
    const reason = because.querySelector("input");
    const ignore = () => reason.value.trim() && this.onIgnore(finding, reason.value.trim());
    on("use", () => this.onUse(finding));
    on("ignore", () => {
      because.hidden = false;
      reason.focus();
    });
    on("ignore-send", ignore);
    on("ignore-back", () => {
      because.hidden = true;
      card.focus();
    });
    card.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.ctrlKey) return;
      if (event.target === reason) ignore();
      else if (event.target === card) this.onUse(finding);
      else return;
      event.preventDefault();
    });
  }
}

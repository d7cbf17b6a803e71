/**
 * The queue by keyboard: J and K move, Enter opens, A, T, U and others press what the current row offers, X picks a row
 * for an action on several. After the last row J goes to [data-more], before the first K to [data-back].
 *
 * List: [data-queue] with rows [data-item] (data-id), in each a link [data-open]; buttons of a row carry data-row-key;
 * a box input[data-pick] (name=ids). The bar [data-bulk] (hidden without a picked row) shows the number in
 * [data-count] and has [data-do=none]. The current row has aria-current="true". Survives a refresh of the list.
 */
import { nameOf, lettersOn, pressInRow } from "./keys.js";
import { takesText } from "./parts.js";

export class Queue {
  constructor(root) {
    this.root = root;
    this.bulk = document.querySelector("[data-bulk]");
    this.last = null;
    document.addEventListener("keydown", (event) => this.#key(event));
    root.addEventListener("focusin", (event) => this.pressed || this.#current(event.target.closest("[data-item]")));
    root.addEventListener("click", (event) => this.#pick(event), true);
    root.addEventListener("click", (event) => this.#current(event.target.closest("[data-item]")));
    // Rows change their height with the current one: under a finger or a mouse that would move what is being pressed.
    root.addEventListener("pointerdown", () => (this.pressed = true));
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => (this.pressed = false));
    root.addEventListener("change", () => this.#count());
    this.bulk?.querySelector("[data-do=none]")?.addEventListener("click", () => this.#none());
    root.addEventListener("zgoda:refreshing", () => this.#remember());
    root.addEventListener("zgoda:refreshed", () => this.#restore());
    if (!this.row) this.#current(this.rows[0]);
    this.#count();
  }

  get rows() {
    return [...this.root.querySelectorAll("[data-item]")];
  }

  get row() {
    return this.root.querySelector("[data-item][aria-current]");
  }

  get picked() {
    return [...this.root.querySelectorAll("[data-pick]:checked")];
  }

  #current(row) {
    if (!row || row === this.row) return;
    this.row?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  }

  #move(step) {
    const rows = this.rows;
    const at = rows.indexOf(this.row);
    const here = rows[at]?.contains(document.activeElement);
    const wanted = rows[at + (here || at < 0 ? step : 0)];
    if (!wanted) return this.#beyond(step);
    this.#current(wanted);
    wanted.querySelector("[data-open]").focus();
    wanted.scrollIntoView({ block: "nearest" });
    return undefined;
  }

  /** After the last row the way to the next ones, before the first the way back. */
  #beyond(step) {
    this.root.querySelector(step > 0 ? "[data-more]" : "[data-back]")?.focus();
  }

  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.isComposing) return;
    if (takesText(event.target) || !lettersOn() || document.querySelector("dialog[open]")) return;
    const name = nameOf(event);
    const step = { j: 1, k: -1 }[name];
    const box = name === "x" && this.row?.querySelector("[data-pick]");
    const opens = name === "enter" && event.target === document.body && this.row;
    if (step) this.#move(step);
    else if (box) box.click();
    else if (opens) this.row.querySelector("[data-open]").click();
    else if (!this.row || !name || name === "enter" || !pressInRow(name, this.row)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** Shift with a press picks all rows between. */
  #pick(event) {
    const box = event.target.closest("[data-pick]");
    if (!box) return;
    const boxes = [...this.root.querySelectorAll("[data-pick]")];
    const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) boxes.slice(from, to + 1).forEach((one) => (one.checked = box.checked));
    this.last = box;
  }

  #none() {
    this.picked.forEach((box) => (box.checked = false));
    this.#count();
  }

  #count() {
    const number = this.picked.length;
    this.root.classList.toggle("picking", number > 0);
    if (!this.bulk) return;
    this.bulk.hidden = number === 0;
    this.bulk.querySelector("[data-count]").textContent = number;
  }

  #remember() {
    this.kept = {
      row: this.row?.dataset.id,
      focus: this.row?.contains(document.activeElement),
      ids: new Set(this.picked.map((box) => box.closest("[data-item]").dataset.id)),
    };
  }

  #restore() {
    const rows = this.rows;
    for (const row of rows) {
      const box = row.querySelector("[data-pick]");
      if (box) box.checked = this.kept.ids.has(row.dataset.id);
      row.removeAttribute("aria-current");
    }
    const row = rows.find((one) => one.dataset.id === this.kept.row) || rows[0];
    this.#current(row);
    if (this.kept.focus) row?.querySelector("[data-open]").focus({ preventScroll: true });
    this.#count();
  }
}

export function startQueue(page = document) {
  for (const root of page.querySelectorAll("[data-queue]")) root.queue ||= new Queue(root);
}

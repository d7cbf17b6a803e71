/**
 * Ready phrases: <button data-phrase="words"> puts its words in at the cursor. Digits press them, 1 to 9 outside of
 * text, Ctrl Shift with the digit inside (Alt with a digit belongs to the browser).
 */
import { lettersOn } from "./keys.js";
import { takesText } from "./parts.js";

const shown = (node) => node.getClientRects().length > 0;
let caret = null; // where the cursor last stood in the draft; a press on a phrase takes the focus away

export function putPhrase(surface, words) {
  const text = surface.text;
  const here = document.activeElement === surface.element ? surface.selection : caret;
  const { start, end } = here || { start: text.length, end: text.length };
  const from = Math.min(start, text.length);
  const to = Math.min(Math.max(end, from), text.length);
  const before = from > 0 && !/\s/.test(text[from - 1]) ? " " : "";
  const after = to < text.length && /[\p{L}\p{N}]/u.test(text[to]) ? " " : "";
  surface.replace(from, to, before + words + after);
  caret = surface.selection;
}

/** Watches the cursor of the draft at `element` and answers to the digits. */
export function phraseKeys(element) {
  const surface = () => element.closest("[data-reply]").editor?.surface;
  document.addEventListener("selectionchange", () => {
    if (document.activeElement === element) caret = surface()?.selection ?? caret;
  });
  document.addEventListener("keydown", (event) => {
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    if (!digit || event.isComposing || event.altKey || event.metaKey) return;
    const inside = document.activeElement === element;
    const outside = !takesText(event.target) && !event.ctrlKey && !event.shiftKey && lettersOn();
    if (!(inside && event.ctrlKey && event.shiftKey) && !outside) return;
    const button = [...document.querySelectorAll("[data-phrase]")].filter(shown)[digit - 1];
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}

/**
 * The key map. The page says which key presses what: data-key="KEY" on a link, a button or a field.
 *
 * KEY is a letter ("a"), a digit, "/", "f9", "escape", or two letters one after the other ("g q"). Letters go by the
 * place of the key, so that they work on a Russian layout too. A link or button is pressed, a field gets the focus.
 * data-goto="Q" on a link is G and then Q.
 * Single letters work outside of text only and can be switched off: body data-single-keys="off" (the person's setting) or
 * the box [data-letters-switch] in the dialog (kept on this device). Shift with "/" opens <dialog data-keys>.
 * data-row-key="KEY" is the same for the current row of a list (queue.js).
 */
import { store, takesText } from "./parts.js";

const SEQUENCE = 1500; // ms between G and the letter after it
const NAMED = { Slash: "/", Escape: "escape", Enter: "enter", Backspace: "backspace" };
let first = "";
let firstAt = 0;

/** The name of the key at this place of the keyboard, or "". */
export function nameOf(event) {
  const plain = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] || /^(F\d+)$/.exec(event.code)?.[1];
  return plain ? plain.toLowerCase() : NAMED[event.code] || "";
}

export function lettersOn() {
  return document.body.dataset.singleKeys !== "off" && store("zgoda:letters") !== "off";
}

const usable = (node) => node.getClientRects().length > 0 && !node.disabled && node.ariaDisabled !== "true";

function press(name, root = document, attribute = "data-key") {
  const node = [...root.querySelectorAll(`[${attribute}="${CSS.escape(name)}"]`)].find(usable);
  if (!node) return false;
  if (takesText(node)) node.focus();
  else node.click();
  return true;
}

/** Presses what `row` offers for this key. */
export const pressInRow = (name, row) => press(name, row, "data-row-key");

function sequence(name) {
  const fresh = performance.now() - firstAt < SEQUENCE;
  const whole = fresh && first ? `${first} ${name}` : "";
  first = "";
  if (whole && (press(whole) || press(name.toUpperCase(), document, "data-goto"))) return true;
  if (name !== "g") return false;
  first = name;
  firstAt = performance.now();
  return true;
}

function openHelp() {
  const dialog = document.querySelector("dialog[data-keys]");
  if (dialog && !dialog.open) dialog.showModal();
  return Boolean(dialog);
}

function escape(event) {
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
    return true;
  }
  if (!takesText(event.target)) return press("escape");
  event.target.blur();
  return true;
}

function answer(event) {
  const name = nameOf(event);
  if (/^f\d+$/.test(name)) return press(name);
  if (name === "escape") return escape(event);
  if (takesText(event.target) || !lettersOn()) return false;
  if (event.key === "?" || (name === "/" && event.shiftKey)) return openHelp();
  if (event.shiftKey || !name || name === "enter") return false;
  return sequence(name) || press(name);
}

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (document.querySelector("dialog[open]")) return; // a dialog has its own keys
    if (event.repeat && nameOf(event) !== "j" && nameOf(event) !== "k") return;
    if (answer(event)) event.preventDefault();
  });
  for (const box of document.querySelectorAll("[data-letters-switch]")) {
    box.checked = lettersOn();
    box.addEventListener("change", () => store("zgoda:letters", box.checked ? null : "off"));
  }
}

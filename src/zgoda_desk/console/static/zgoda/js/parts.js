/**
 * Small tools over the page: clones of <template data-part="name">, words with places to fill, slots.
 *
 * No word is written in a script: pages hand sentences over as data-say-NAME="... {place} ..." of the part's root.
 */

export function part(root, name) {
  const template = root.querySelector(`template[data-part="${name}"]`);
  return template.content.firstElementChild.cloneNode(true);
}

export function slot(node, name) {
  return node.matches(`[data-slot="${name}"]`) ? node : node.querySelector(`[data-slot="${name}"]`);
}

export function fill(node, words) {
  for (const [name, value] of Object.entries(words)) {
    const place = slot(node, name);
    if (!place) continue;
    place.textContent = value ?? "";
    place.hidden = !value;
  }
  return node;
}

/** The sentence data-say-NAME of `root`, its {places} filled; "" where the page has none. */
export function say(root, name, places = {}) {
  const words = root.getAttribute(`data-say-${name}`) || "";
  return words.replace(/\{(\w+)\}/g, (whole, place) => places[place] ?? whole);
}

export function emit(name, detail = {}, target = document) {
  target.dispatchEvent(new CustomEvent(`zgoda:${name}`, { bubbles: true, detail }));
}

/** Says whether keys typed at this element are text. */
export function takesText(node) {
  if (!(node instanceof Element)) return false;
  if (node.closest("[contenteditable]:not([contenteditable=false]), textarea, select, [role=textbox]")) return true;
  return node.matches("input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=range])");
}

export function store(key, value) {
  try {
    if (value === undefined) return JSON.parse(localStorage.getItem(key));
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser may forbid storage or hold nonsense; nothing depends on it but convenience.
  }
  return value ?? null;
}

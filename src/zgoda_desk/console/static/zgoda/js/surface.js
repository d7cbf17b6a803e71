/**
 * What the agent writes on: one interface over a plain-text editable element (with underlines) and over the bare
 * textarea (a browser without them), both keeping the textarea of the form up to date.
 *
 * surface.text, .selection ({start, end} in UTF-16 units), .select(start, end), .replace(start, end, words) as one
 * undo step, .setText(words) (undoable too), .load(words) (another text: nothing to undo), .focus(), .element, .paint(marks) with marks {name: [{start, end}, ...]}.
 */

const NAMES = ["zgoda-open", "zgoda-info", "zgoda-warning", "zgoda-error"];

/** Says whether this browser can underline letters without putting elements between them. */
export const canPaint = () => typeof Highlight === "function" && Boolean(globalThis.CSS?.highlights);

/** The only way to change text that the browser can undo in one step. */
const insert = (words) =>
  words ? document.execCommand("insertText", false, words) : document.execCommand("delete");

class Plain {
  constructor(area) {
    this.element = area;
    this.area = area;
  }

  get text() {
    return this.area.value;
  }

  get selection() {
    return { start: this.area.selectionStart, end: this.area.selectionEnd };
  }

  select(start, end) {
    this.area.focus();
    this.area.setSelectionRange(start, end);
  }

  replace(start, end, words) {
    this.select(start, end);
    if (start === end && !words) return;
    if (!insert(words)) this.area.setRangeText(words, start, end, "end");
  }

  setText(words) {
    this.replace(0, this.text.length, words);
  }

  load(words) {
    this.area.value = words;
  }

  focus() {
    this.area.focus();
  }

  paint() {}
}

/** The pieces of an editable element that count as letters: text nodes, and line breaks as one letter. */
function pieces(root) {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let at = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const words = node.nodeType === Node.TEXT_NODE ? node.data : node.nodeName === "BR" ? "\n" : "";
    if (words) found.push({ node, words, at });
    at += words.length;
  }
  return found;
}

/** A line break at the very end is there for the caret to stand behind; it is not part of the text. */
const withoutCaretLine = (words) => (words.endsWith("\n") ? words.slice(0, -1) : words);
const withCaretLine = (words) => (words.endsWith("\n") ? `${words}\n` : words);

class Rich {
  constructor(box, area) {
    this.element = box;
    this.area = area;
    this.load(area.value);
    box.addEventListener("focus", () => this.#arrive());
    box.addEventListener("input", () => this.#keep());
    box.addEventListener("paste", (event) => this.#paste(event));
    box.addEventListener("drop", (event) => event.preventDefault());
  }

  /** Whoever comes to a kept draft goes on writing at its end. (A press of the mouse sets the cursor after this.) */
  #arrive() {
    if (this.fresh) getSelection().setBaseAndExtent(...this.#place(this.text.length), ...this.#place(this.text.length));
    this.fresh = false;
  }

  #keep() {
    const words = pieces(this.element).map((piece) => piece.words).join("");
    this.text = withoutCaretLine(words);
    this.area.value = this.text;
    if (!words && this.element.firstChild) this.element.replaceChildren();
  }

  #paste(event) {
    const words = event.clipboardData?.getData("text/plain");
    if (words === undefined) return;
    event.preventDefault();
    insert(words.replaceAll("\r\n", "\n").replaceAll("\r", "\n"));
  }

  #place(offset) {
    const all = pieces(this.element);
    const piece = all.find((one) => offset <= one.at + one.words.length) || all.at(-1);
    if (!piece) return [this.element, 0];
    if (piece.node.nodeType === Node.TEXT_NODE) return [piece.node, Math.min(offset - piece.at, piece.words.length)];
    const place = [...piece.node.parentNode.childNodes].indexOf(piece.node);
    return [piece.node.parentNode, place + (offset > piece.at ? 1 : 0)];
  }

  #range(start, end) {
    const range = document.createRange();
    range.setStart(...this.#place(start));
    range.setEnd(...this.#place(end));
    return range;
  }

  #offset(node, offset) {
    const range = document.createRange();
    range.setStart(this.element, 0);
    range.setEnd(node, offset);
    return pieces(range.cloneContents()).reduce((sum, piece) => sum + piece.words.length, 0);
  }

  get selection() {
    const chosen = getSelection();
    if (!chosen.rangeCount || !this.element.contains(chosen.anchorNode)) return { start: this.text.length, end: this.text.length };
    const range = chosen.getRangeAt(0);
    return {
      start: this.#offset(range.startContainer, range.startOffset),
      end: this.#offset(range.endContainer, range.endOffset),
    };
  }

  select(start, end) {
    this.element.focus();
    getSelection().setBaseAndExtent(...this.#place(start), ...this.#place(end));
  }

  replace(start, end, words) {
    this.select(start, end);
    if (start === end && !words) return;
    insert(words);
  }

  setText(words) {
    this.element.focus();
    getSelection().selectAllChildren(this.element);
    insert(withCaretLine(words));
  }

  load(words) {
    this.fresh = true;
    this.element.textContent = withCaretLine(words);
    this.#keep();
  }

  focus() {
    this.element.focus();
  }

  paint(marks) {
    for (const name of NAMES) {
      const spans = (marks[name] || []).filter((span) => span.end > span.start && span.end <= this.text.length);
      const highlight = new Highlight(...spans.map((span) => this.#range(span.start, span.end)));
      highlight.priority = NAMES.indexOf(name);
      CSS.highlights.set(name, highlight);
    }
  }
}

/** The best surface this browser has: `box` is shown and `area` hidden, or the other way round. */
export function surfaceOf(box, area) {
  let rich = Boolean(box) && canPaint();
  try {
    if (rich) box.contentEditable = "plaintext-only";
  } catch {
    rich = false;
  }
  if (box) box.hidden = !rich;
  area.hidden = rich;
  return rich ? new Rich(box, area) : new Plain(area);
}

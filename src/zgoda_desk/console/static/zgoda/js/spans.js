/**
 * Spans of a text: from the code points the engine counts in to the UTF-16 units a page counts in and back,
 * and carried over an edit while the next answer is awaited.
 */

/** Says whether counting in code points and in UTF-16 units may differ. */
const wide = (text) => /[\ud800-\udbff][\udc00-\udfff]/.test(text);

/** Gives a function from a code point index of `text` to its UTF-16 index; beyond the end it is the end. */
export function toUnits(text) {
  if (!wide(text)) return (index) => Math.min(index, text.length);
  const units = [0];
  for (const letter of text) units.push(units.at(-1) + letter.length);
  return (index) => units[Math.min(index, units.length - 1)];
}

/** The code point index of a UTF-16 index of `text`. */
export function toPoints(text, unit) {
  const before = text.slice(0, unit);
  return wide(before) ? [...before].length : before.length;
}

/** The answer's things with `start` and `end`, in code points, as new things in UTF-16 units. */
export function inUnits(text, things) {
  const unit = toUnits(text);
  return things.map((thing) => ({ ...thing, start: unit(thing.start), end: unit(thing.end) }));
}

/** The one stretch in which two texts differ: [start, endBefore) of `before` became [start, endAfter) of `after`. */
export function difference(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { start, endBefore: before.length - tail, endAfter: after.length - tail };
}

/**
 * A span over an edit: untouched ones keep their letters, a touched one keeps the part before the edit and is `stale`
 * (its words may not be replaced until the next answer), one whose beginning was touched is dropped (null).
 */
export function carried(span, edit) {
  const shift = edit.endAfter - edit.endBefore;
  if (span.end <= edit.start) return span;
  if (span.start >= edit.endBefore) return { ...span, start: span.start + shift, end: span.end + shift };
  if (span.start >= edit.start) return null;
  return { ...span, end: edit.start, stale: true };
}

export function carriedAll(spans, edit) {
  return spans.map((span) => carried(span, edit)).filter(Boolean);
}

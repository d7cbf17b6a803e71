/** The lists under the draft: acts still missing and done, promises that the draft makes with a box to say "no promise". */
import { fill, part } from "./parts.js";

function actEntry(root, act, done) {
  const entry = fill(part(root, "act"), { title: act.title });
  entry.classList.toggle("done", done);
  entry.querySelector("[data-done]").hidden = !done;
  return entry;
}

export function showActs(root, { missing = [], done = [] }) {
  const place = root.querySelector("[data-missing]");
  const entries = [...missing.map((act) => actEntry(root, act, false)), ...done.map((act) => actEntry(root, act, true))];
  place.querySelector("ul").replaceChildren(...entries);
  place.querySelector("[data-some]").hidden = !missing.length;
  place.querySelector("[data-none]").hidden = Boolean(missing.length);
}

function promiseEntry(root, promise, off) {
  const entry = fill(part(root, "promise"), { what: promise.what, due: promise.due_text });
  const input = entry.querySelector("input");
  input.value = `${promise.start}-${promise.end}`;
  input.dataset.key = `${promise.what}|${promise.due}`;
  input.checked = !off.has(input.dataset.key);
  return entry;
}

/** Only a promise with a time becomes one; what a person unticked stays unticked while he goes on typing. */
export function showPromises(root, promises) {
  const place = root.querySelector("[data-promises]");
  const off = new Set([...place.querySelectorAll("input:not(:checked)")].map((input) => input.dataset.key));
  const dated = promises.filter((promise) => promise.due);
  place.hidden = !dated.length;
  place.querySelector("[name=promises_shown]").disabled = false;
  place.querySelector("ul").replaceChildren(...dated.map((promise) => promiseEntry(root, promise, off)));
}

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
  place.hidden = !entries.length;
  place.querySelector("[data-some]").hidden = !missing.length;
  place.querySelector("[data-none]").hidden = Boolean(missing.length);
}

const keyOf = (promise) => `${promise.what}|${promise.due}`;

/** What a person said of the promises shown: those he unticked, and other times he set, by key. */
function chosen(place) {
  const off = new Set([...place.querySelectorAll("[type=checkbox]:not(:checked)")].map((input) => input.dataset.key));
  const times = new Map([...place.querySelectorAll("[data-due][name]")].map((input) => [input.dataset.key, input.value]));
  return { off, times };
}

function promiseEntry(root, promise, { off, times }) {
  const entry = fill(part(root, "promise"), { what: promise.what, due: promise.due_text });
  const box = entry.querySelector("[type=checkbox]");
  const time = entry.querySelector("[data-due]");
  box.value = `${promise.start}-${promise.end}`;
  box.dataset.key = time.dataset.key = keyOf(promise);
  box.checked = !off.has(box.dataset.key);
  time.value = times.get(time.dataset.key) ?? promise.due_local ?? "";
  const set = () => (time.name = `due-${box.value}`); // a time nobody touched is not sent: it is the one that was read
  if (times.has(time.dataset.key)) set();
  time.addEventListener("change", set);
  entry.querySelector("details").open = Boolean(promise.over) || times.has(time.dataset.key);
  return entry;
}

/** Only a promise with a time becomes one; what a person unticked or set stays while he goes on typing. */
export function showPromises(root, promises) {
  const place = root.querySelector("[data-promises]");
  const before = chosen(place);
  const dated = promises.filter((promise) => promise.due);
  place.hidden = !dated.length;
  place.querySelector("[name=promises_shown]").disabled = false;
  place.querySelector("ul").replaceChildren(...dated.map((promise) => promiseEntry(root, promise, before)));
}

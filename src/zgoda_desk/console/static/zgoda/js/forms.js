/**
 * Small things of forms and dialogs.
 *
 * [data-opens=ID] opens <dialog id=ID> (a dialog's own <form method=dialog> or [data-closes] closes it).
 * form[data-once] is sent once, however often the button is pressed. form[data-submit-on-change] goes when a field changes.
 * [data-undo] with data-undo-seconds (left now): counts down in [data-left], then hides; the form in it undoes a sending.
 * [data-copy="words"] copies, [data-copied] beside it is shown. form[data-forgets] drops drafts kept on this device.
 */
import { forgetDrafts } from "./drafts.js";

function dialogs(event) {
  const opens = event.target.closest("[data-opens]");
  if (opens) document.getElementById(opens.dataset.opens)?.showModal();
  const closes = event.target.closest("[data-closes]");
  if (closes) closes.closest("dialog")?.close();
}

async function copy(event) {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard?.writeText(button.dataset.copy);
  const said = button.parentElement.querySelector("[data-copied]");
  if (said) said.hidden = false;
}

function once(event) {
  const form = event.target;
  if (form.matches("[data-forgets]")) forgetDrafts();
  if (!form.matches("[data-once]") || event.defaultPrevented) return;
  if ("gone" in form.dataset) event.preventDefault();
  form.dataset.gone = "";
  setTimeout(() => delete form.dataset.gone, 5000);
}

export function startUndo(bar) {
  const until = performance.now() + Number(bar.dataset.undoSeconds) * 1000;
  const place = bar.querySelector("[data-left]");
  const tick = () => {
    const left = Math.ceil((until - performance.now()) / 1000);
    if (place) place.textContent = Math.max(left, 0);
    bar.hidden = left <= 0;
    if (left > 0) setTimeout(tick, 250);
  };
  tick();
}

export function startForms(page = document) {
  page.addEventListener("click", dialogs);
  page.addEventListener("click", copy);
  page.addEventListener("submit", once);
  page.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-submit-on-change]");
    if (form) form.requestSubmit();
  });
  const undos = (part) => part.querySelectorAll("[data-undo]").forEach(startUndo);
  undos(page);
  page.addEventListener("zgoda:refreshed", (event) => undos(event.target));
}

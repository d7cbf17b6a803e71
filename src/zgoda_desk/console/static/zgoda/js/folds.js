/**
 * Folded words and the message as written.
 *
 * <button data-fold aria-expanded="false"><span>2 insults folded</span></button><span data-folded hidden>words</span>:
 * a press shows or hides the words after it. [data-message] with [data-view=read] and [data-view=written]; the button
 * [data-written] (aria-pressed) turns one into the other, [data-written-all] does so for every message. A long message has
 * a third view, [data-view=short], shown at first; [data-whole] turns it into all of it. [data-mask] (a box) opens or
 * closes every fold of the page.
 * [data-quoted] works as [data-fold] does. Emits zgoda:unfolded on the message.
 */
import { emit } from "./parts.js";

function turn(button, open) {
  const words = button.nextElementSibling;
  if (!words?.matches("[data-folded]")) return;
  button.setAttribute("aria-expanded", String(open));
  words.hidden = !open;
  if (open) emit("unfolded", {}, button);
}

const pressed = (button) => button?.getAttribute("aria-pressed") === "true";

/** Shows the view of a message that its buttons ask for. */
function show(message) {
  const views = [...message.querySelectorAll("[data-view]")];
  const short = views.some((view) => view.dataset.view === "short") && !pressed(message.querySelector("[data-whole]"));
  const wanted = pressed(message.querySelector("[data-written]")) ? "written" : short ? "short" : "read";
  for (const view of views) view.hidden = view.dataset.view !== wanted;
}

function press(button, on) {
  if (!button) return;
  button.setAttribute("aria-pressed", String(on));
  if (button.closest("[data-message]")) show(button.closest("[data-message]"));
}

function everyWritten(button) {
  const on = !pressed(button);
  button.setAttribute("aria-pressed", String(on));
  document.querySelectorAll("[data-message] [data-written]").forEach((one) => press(one, on));
}

export function startFolds() {
  document.addEventListener("click", (event) => {
    const fold = event.target.closest("[data-fold], [data-quoted]");
    if (fold) turn(fold, fold.getAttribute("aria-expanded") !== "true");
    const view = event.target.closest("[data-written], [data-whole]");
    if (view) press(view, !pressed(view));
    const all = event.target.closest("[data-written-all]");
    if (all) everyWritten(all);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-mask]")) return;
    document.querySelectorAll("[data-fold]").forEach((fold) => turn(fold, !event.target.checked));
  });
}

/**
 * Actions of the queue without leaving it, and what the page says about itself.
 *
 * form[data-deed] is sent by fetch (Accept: application/json, answer {said}); the parts of the page then renew
 * themselves (zgoda:queue) and [data-said] says what came of it. Without scripts the form goes as any other.
 * The side's [data-summary] and [data-burning] are laid over the head and the count in the navigation.
 * [data-list-trouble] is shown while the list cannot be renewed; [data-do=renew] tries at once.
 * A view that takes longer than 300 ms shows grey lines (body data-state="loading").
 */
import { startUndo } from "./forms.js";
import { emit } from "./parts.js";

const PATIENCE = 300;
const list = document.querySelector("[data-queue]");
const said = document.querySelector("[data-said]");
const trouble = document.querySelector("[data-list-trouble]");

async function send(form, submitter) {
  const response = await fetch(submitter?.getAttribute("formaction") || form.action, {
    method: "POST",
    credentials: "same-origin",
    headers: { Accept: "application/json" },
    body: new FormData(form, submitter),
  });
  if (!(response.headers.get("Content-Type") || "").includes("json")) return location.reload();
  const answer = await response.json();
  said.textContent = answer.said;
  said.classList.toggle("sr", response.ok); // what was done stands in the list; what could not be done stands here
  if (response.ok) document.querySelector("[data-bulk] [data-do=none]")?.click();
  return emit("queue");
}

function deed(event) {
  const form = event.target.closest("form[data-deed]");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  send(form, event.submitter).catch(() => {
    if (trouble) trouble.hidden = false;
  });
}

function overlay() {
  const side = document.querySelector("[data-burning]");
  const count = document.querySelector('.top nav a[data-goto="Q"] b');
  if (count) count.textContent = side.dataset.burning;
  const summary = document.querySelector("p[data-summary]");
  if (summary) summary.textContent = side.dataset.summary;
}

function waiting(event) {
  const link = event.target.closest(".side a[href], .queue-list a[data-more], .queue-list a[data-back]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || link.hash) return;
  setTimeout(() => (document.body.dataset.state ||= "loading"), PATIENCE);
}

document.addEventListener("submit", deed);
document.addEventListener("click", waiting);
addEventListener("pageshow", () => {
  if (document.body.dataset.state === "loading") delete document.body.dataset.state;
});
document.querySelector("#side")?.addEventListener("zgoda:refreshed", overlay);
list?.addEventListener("zgoda:refreshed", () => {
  if (trouble) trouble.hidden = true;
  list.querySelectorAll("[data-undo]").forEach(startUndo);
});
list?.addEventListener("zgoda:refused", ({ detail }) => {
  if (detail.redirected) location.reload(); // signed out meanwhile
  else if (trouble) trouble.hidden = false;
});
document.querySelector("[data-do=renew]")?.addEventListener("click", () => emit("queue"));

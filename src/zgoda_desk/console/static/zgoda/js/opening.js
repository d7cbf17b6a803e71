/**
 * Where a conversation opens. A wide page keeps the end of its timeline in sight by itself (refresh.js); on a narrow one
 * the timeline is as long as the page, so the page goes to the customer's last message. A place named in the address, or
 * one that the browser brings back, is left as it is.
 */
export function startOpening(page = document) {
  const time = page.getElementById("case-time");
  const last = [...page.querySelectorAll("[data-message]")].at(-1);
  if (!time || !last || location.hash || scrollY > 0 || ownScroll(time) || !first()) return;
  last.scrollIntoView({ block: "start", behavior: "instant" });
}

function ownScroll(node) {
  return getComputedStyle(node).overflowY !== "visible";
}

/** The page was gone to, not loaded again or come back to. */
function first() {
  const [how] = performance.getEntriesByType("navigation");
  return !how || how.type === "navigate";
}

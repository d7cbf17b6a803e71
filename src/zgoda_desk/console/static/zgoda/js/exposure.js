/**
 * Counts the seconds in which a hot conversation is in sight, for the rest of whoever reads it: [data-spent-url] is told
 * every half minute, [data-spent] shows what the desk answers. Nothing is counted while the page is hidden.
 */
import { post } from "./post.js";

const EVERY = 30; // seconds

async function tell() {
  const place = document.querySelector("[data-spent-url]");
  if (document.hidden || !place) return;
  const answer = await post(`${place.dataset.spentUrl}?seconds=${EVERY}`, {});
  const words = document.querySelector("[data-spent]");
  if (answer.ok && words) words.textContent = answer.data.text;
}

export function startExposure() {
  setInterval(tell, EVERY * 1000);
}

/**
 * The open places of ready phrases: what is typed into [data-fills=NAME] stands in the phrase of its list item, in the
 * button's words ([data-gap=NAME]) and in what it puts in (data-phrase). A press on a phrase with an open place goes to
 * that place first, so that no draft ever holds one.
 *
 * Button: data-phrase-text holds the words with {NAME} where the places are.
 */

function fill(item) {
  const button = item.querySelector("[data-phrase-text]");
  let words = button.dataset.phraseText;
  for (const field of item.querySelectorAll("[data-fills]")) {
    const typed = field.value.trim();
    const gap = button.querySelector(`[data-gap="${CSS.escape(field.dataset.fills)}"]`);
    gap.dataset.name ??= gap.textContent;
    gap.textContent = typed || gap.dataset.name;
    if (typed) words = words.replaceAll(`{${field.dataset.fills}}`, typed);
  }
  button.dataset.phrase = words;
}

const firstOpen = (item) => [...item.querySelectorAll("[data-fills]")].find((field) => !field.value.trim());

export function startGaps(page = document) {
  page.addEventListener("input", (event) => {
    if (event.target.matches("[data-fills]")) fill(event.target.closest("li"));
  });
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-fills]")) return;
    event.preventDefault();
    const item = event.target.closest("li");
    (firstOpen(item) || item.querySelector("[data-phrase]")).click();
    firstOpen(item)?.focus();
  });
  page.addEventListener(
    "click",
    (event) => {
      const item = event.target.closest("[data-phrase]")?.closest("li");
      const open = item && firstOpen(item);
      if (!open) return;
      event.preventDefault();
      event.stopPropagation();
      item.classList.add("asks");
      open.focus();
    },
    true,
  );
}

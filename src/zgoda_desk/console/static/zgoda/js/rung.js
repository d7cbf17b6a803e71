/**
 * Says on the send button that a reply takes the open rung of the ladder, once its words do what the rung asks for: the
 * desk counts it by the words too. [data-open-rung=ACT] with data-take="Send and take rung 2" stands on the ladder.
 */
export function startRung(page = document) {
  page.addEventListener("zgoda:reviewed", ({ target, detail }) => {
    const ladder = document.querySelector("[data-open-rung]");
    const takes = ladder && (detail.answer.acts || []).some((act) => act.kind === ladder.dataset.openRung);
    const label = target.querySelector("[data-do=send] [data-slot=label]");
    if (takes && label?.textContent === target.dataset.saySend) label.textContent = ladder.dataset.take;
  });
}

/** Counts the breather down: [data-breath=MINUTES] shows minutes and seconds and stops at nought; nothing happens then. */
for (const place of document.querySelectorAll("[data-breath]")) {
  const until = performance.now() + Number(place.dataset.breath) * 60000;
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((until - performance.now()) / 1000));
    place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (!left) clearInterval(timer);
  }, 1000);
}

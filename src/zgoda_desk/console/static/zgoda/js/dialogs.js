/** A link with data-dialog=ID opens the dialog of that id instead of its page; without scripts the page serves. */
export function startDialogs(page = document) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("[data-dialog]");
    const dialog = link && document.getElementById(link.dataset.dialog);
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    dialog.showModal();
  });
}

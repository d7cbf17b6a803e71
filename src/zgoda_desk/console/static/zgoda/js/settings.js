/**
 * Small helps of the settings; without scripts everything is shown and works.
 *
 * [data-choice-samples=ID] holds [data-sample=VALUE]: the one of the chosen value of the field is shown.
 * [data-shown-by=ID] is shown while the box is ticked, [data-of-choice=ID] while the field has one of data-values.
 */
function samples(part) {
  const field = document.getElementById(part.dataset.choiceSamples);
  const show = () => {
    for (const one of part.querySelectorAll("[data-sample]")) one.hidden = one.dataset.sample !== field.value;
  };
  field?.addEventListener("change", show);
  if (field) show();
}

function shownBy(part) {
  const box = document.getElementById(part.dataset.shownBy);
  const show = () => { part.hidden = !box.checked; };
  box?.addEventListener("change", show);
  if (box) show();
}

document.querySelectorAll("[data-choice-samples]").forEach(samples);
document.querySelectorAll("[data-shown-by]").forEach(shownBy);

function ofChoice(part) {
  const field = document.getElementById(part.dataset.ofChoice);
  const values = part.dataset.values.split(" ");
  const show = () => { part.hidden = !values.includes(field.value); };
  field?.addEventListener("change", show);
  if (field) show();
}

document.querySelectorAll("[data-of-choice]").forEach(ofChoice);

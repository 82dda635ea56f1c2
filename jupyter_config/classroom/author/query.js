// An exercise made of a query: three buttons, each of which sends the form and puts the answer under itself.
"use strict";

const form = document.getElementById("new");
const STEPS = ["read", "propose", "keep"];

function fields() {
  const sent = Object.fromEntries(new FormData(form));
  sent.near_misses = new FormData(form).getAll("near_misses");
  return sent;
}

/** What a step answers makes the next one possible, and what was answered behind it void. */
function open(step, isDone) {
  const later = STEPS.slice(STEPS.indexOf(step) + 1);
  for (const each of later) {
    form.querySelector(`[data-answer="${each}"]`).replaceChildren();
    const after = form.querySelector(`[data-after="${STEPS[STEPS.indexOf(each) - 1]}"]`);
    if (after) after.disabled = !(isDone && each === later[0]);
  }
}

async function take(step) {
  const place = form.querySelector(`[data-answer="${step}"]`);
  const buttons = [...form.querySelectorAll("button")];
  place.textContent = document.body.dataset.working;
  place.className = "judging";
  for (const each of buttons) each.disabled = true;
  let answer;
  try {
    const headers = { "X-XSRFToken": document.body.dataset.xsrf, "Content-Type": "application/json" };
    const came = await fetch(`query/${step}`, { method: "POST", headers, body: JSON.stringify(fields()) });
    answer = came.ok ? await came.json() : { fault: document.body.dataset.failed };
  } catch {
    answer = { fault: document.body.dataset.failed };
  }
  for (const each of buttons) each.disabled = false;
  place.className = answer.fault ? "wrong" : "";
  place.innerHTML = answer.fault ?? answer.html ?? ""; // the server has escaped what was pasted
  if (answer.at) {
    form.reset();
    open("read", false);
    form.querySelector('[data-answer="read"]').replaceChildren();
    location.hash = answer.at;
  } else {
    open(step, !answer.fault && answer.can_be_kept !== false);
  }
}

for (const button of form.querySelectorAll("button")) {
  button.addEventListener("click", () => void take(button.dataset.step));
}
for (const name of ["sql", "dialect", "lesson"]) {
  form.elements[name].addEventListener("input", () => open("read", false));
}

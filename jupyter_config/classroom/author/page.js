// The author's page: asks twice a second whether anything was saved, and draws what has changed.
"use strict";

const PARTS = ["list", "exercise", "proof"];
const EVERY_MS = 500;
const shown = { at: "", lang: document.body.dataset.lang, seen: "", drawn: {} };
let asking = 0;

/** Draw a part anew; what was opened stays open, and the reader stays where they were. */
function draw(name, html) {
  if (shown.drawn[name] === html) return;
  const part = document.getElementById(name);
  const open = new Set([...part.querySelectorAll("details[open]")].map((each) => each.dataset.key));
  const top = part.scrollTop;
  part.innerHTML = html; // the server has escaped all that stands in a course's files
  for (const each of part.querySelectorAll("details")) each.open = open.has(each.dataset.key);
  part.scrollTop = top;
  shown.drawn[name] = html;
}

/** Offer the lessons that an exercise can be put into; the one that was chosen stays so. */
function offer(lessons) {
  const choice = document.querySelector("#new [name=lesson]");
  const said = JSON.stringify(lessons);
  if (choice.dataset.said === said) return;
  const chosen = choice.value;
  choice.replaceChildren(...lessons.map(([name, title]) => new Option(title, name)));
  if (lessons.some(([name]) => name === chosen)) choice.value = chosen;
  choice.dataset.said = said;
}

/** Show the form, or the exercise and its proof. */
function turn() {
  const isNew = location.hash === "#new";
  document.getElementById("new").hidden = !isNew;
  for (const name of ["exercise", "proof"]) document.getElementById(name).hidden = isNew;
  if (!isNew) shown.at = decodeURIComponent(location.hash.slice(1));
}

async function ask() {
  const number = ++asking;
  const query = new URLSearchParams({ at: shown.at, lang: shown.lang, seen: shown.seen });
  const away = document.getElementById("away");
  try {
    const answer = await fetch(`shown?${query}`);
    if (number !== asking) return; // somebody has clicked meanwhile
    away.hidden = answer.ok;
    if (answer.status === 200) {
      const parts = await answer.json();
      if (number !== asking) return;
      shown.seen = parts.seen;
      for (const name of PARTS) draw(name, parts[name]);
      offer(parts.lessons);
    }
  } catch {
    if (number === asking) away.hidden = false;
  }
  if (number === asking) setTimeout(ask, document.hidden ? 4 * EVERY_MS : EVERY_MS);
}

window.addEventListener("hashchange", () => {
  for (const name of ["exercise", "proof"]) document.getElementById(name).scrollTop = 0;
  turn();
  ask();
});
for (const button of document.querySelectorAll("button[data-lang]")) {
  button.addEventListener("click", () => {
    shown.lang = button.dataset.lang;
    for (const each of document.querySelectorAll("button[data-lang]")) {
      each.setAttribute("aria-pressed", String(each === button));
    }
    ask();
  });
}
turn();
ask();

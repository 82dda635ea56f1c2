// The author's page: asks twice a second whether anything was saved, and draws what has changed.
"use strict";

const PARTS = ["list", "exercise", "proof"];
const EVERY_MS = 500;
const shown = { lang: document.body.dataset.lang, seen: "", drawn: {} };
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

async function ask() {
  const turn = ++asking;
  const at = decodeURIComponent(location.hash.slice(1));
  const query = new URLSearchParams({ at, lang: shown.lang, seen: shown.seen });
  const away = document.getElementById("away");
  try {
    const answer = await fetch(`shown?${query}`);
    if (turn !== asking) return; // somebody has clicked meanwhile
    away.hidden = answer.ok;
    if (answer.status === 200) {
      const parts = await answer.json();
      if (turn !== asking) return;
      shown.seen = parts.seen;
      for (const name of PARTS) draw(name, parts[name]);
    }
  } catch {
    if (turn === asking) away.hidden = false;
  }
  if (turn === asking) setTimeout(ask, document.hidden ? 4 * EVERY_MS : EVERY_MS);
}

window.addEventListener("hashchange", () => {
  for (const name of ["exercise", "proof"]) document.getElementById(name).scrollTop = 0;
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
ask();

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" aria-hidden="true"><g opacity=".38" transform="translate(-9 4) scale(.86)"><path d="M32 5c-10 0-16 7.5-16 17 0 5-5 12-5 21 0 11 9 17 21 17s21-6 21-17c0-9-5-16-5-21 0-9.5-6-17-16-17z" fill="#1f3a5f"/></g><g transform="translate(7 0)"><path d="M32 5c-10 0-16 7.5-16 17 0 5-5 12-5 21 0 11 9 17 21 17s21-6 21-17c0-9-5-16-5-21 0-9.5-6-17-16-17z" fill="#1f3a5f"/><path d="M32 26c-8 0-13 7-13 17 0 9 5 14 13 14s13-5 13-14c0-10-5-17-13-17z" fill="#fff"/><circle cx="26" cy="17" r="2.6" fill="#fff"/><circle cx="38" cy="17" r="2.6" fill="#fff"/><path d="M27.5 21.5h9l-4.5 6z" fill="#e69f00"/><g fill="none" stroke="#0072b2" stroke-width="2.4" stroke-linecap="round"><path d="M25 37h14M25 43h14M25 49h9"/></g><path d="M22 60c0-2 2-3.5 4.5-3.5S31 58 31 60zM33 60c0-2 2-3.5 4.5-3.5S42 58 42 60z" fill="#e69f00"/></g></svg>';

/** The two penguins. */
export function penguin(): Element {
  const holder = document.createElement('span');
  holder.className = 'penguin-logo';
  holder.innerHTML = DRAWING;
  return holder;
}

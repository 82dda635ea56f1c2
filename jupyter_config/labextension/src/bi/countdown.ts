/** Count the seconds on a button until they are over, or the page is. */
export async function countDown(button: HTMLElement, seconds: number): Promise<void> {
  const label = button.textContent;
  for (let left = seconds; left > 0 && button.isConnected; left -= 1) {
    button.textContent = String(left);
    await new Promise((go) => setTimeout(go, 1000));
  }
  button.textContent = button.dataset['biOver'] ?? '';
  setTimeout(() => (button.textContent = label), 3000);
}

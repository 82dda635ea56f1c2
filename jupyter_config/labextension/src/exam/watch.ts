import { when } from '../handin/words';
import { keep, kept } from '../kept';
import { fill } from '../page';

const MINUTE = 60;
/** So long may somebody look aside before it is told, in seconds. */
const LEAST_AWAY = 3;
/** Since when a paper is out of sight stands in the browser under this name and the paper's: a page that is closed keeps nothing. */
const LEFT = 'penguin-exam-left-';

/** What of a level test's page the page itself sees to: its clock, texts pasted or dragged into an answer, and time spent elsewhere. */
export function watchExam(page: HTMLElement, away: (key: string, seconds: number) => Promise<unknown>): void {
  for (const each of page.querySelectorAll<HTMLElement>('[data-exam-at]'))
    each.textContent = fill(each.dataset['examText'] ?? '', { until: when(each.dataset['examAt'] ?? '') });
  const clock = page.querySelector<HTMLElement>('[data-exam-closes]');
  if (!clock) return;
  void countDown(clock, new Date(clock.dataset['examCloses'] ?? ''));
  const put = ({ target }: Event, data: DataTransfer | null): void => {
    const form = target instanceof HTMLTextAreaElement ? target.form : null;
    const field = form?.elements.namedItem('pasted');
    const length = data?.getData('text').length ?? 0;
    if (field instanceof HTMLInputElement) field.value = String(Number(field.value) + length);
  };
  page.addEventListener('paste', (event) => {
    put(event, event.clipboardData);
  });
  page.addEventListener('drop', (event) => {
    put(event, event.dataTransfer);
  });
  const key = clock.dataset['examKey'] ?? '';
  const leave = (): void => {
    if (!kept(LEFT + key)) keep(LEFT + key, String(Date.now()));
  };
  const back = (): void => {
    if (!page.isConnected) {
      window.removeEventListener('blur', leave);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('focus', back);
      return;
    }
    const left = Number(kept(LEFT + key));
    keep(LEFT + key, '');
    const seconds = left ? (Date.now() - left) / 1000 : 0;
    if (seconds < LEAST_AWAY) return;
    away(key, seconds).catch((fault: unknown) => console.warn('Time away could not be noted', fault));
  };
  if (document.hasFocus()) back(); // a page that was closed is opened again
  window.addEventListener('blur', leave);
  window.addEventListener('pagehide', leave);
  window.addEventListener('focus', back);
}

/** Say what is left of the time, each second, until it is over or the page is gone. */
async function countDown(clock: HTMLElement, closes: Date): Promise<void> {
  while (clock.isConnected) {
    const left = Math.ceil((closes.getTime() - Date.now()) / 1000);
    if (left <= 0) {
      clock.textContent = clock.dataset['examOver'] ?? '';
      return;
    }
    clock.textContent = fill(clock.dataset['examLeft'] ?? '', {
      minutes: Math.floor(left / MINUTE),
      seconds: left % MINUTE,
    });
    await new Promise((go) => setTimeout(go, 1000));
  }
}

import { when } from '../handin/words';
import { fill } from '../page';

const MINUTE = 60;
/** So long may somebody look aside before it is told, in seconds. */
const LEAST_AWAY = 3;

/** What of a level test's page the page itself sees to: its clock, whole pasted texts, and time spent elsewhere. */
export function watchExam(page: HTMLElement, away: (key: string, seconds: number) => Promise<unknown>): void {
  for (const each of page.querySelectorAll<HTMLElement>('[data-exam-at]'))
    each.textContent = fill(each.dataset['examText'] ?? '', { until: when(each.dataset['examAt'] ?? '') });
  const clock = page.querySelector<HTMLElement>('[data-exam-closes]');
  if (!clock) return;
  void countDown(clock, new Date(clock.dataset['examCloses'] ?? ''));
  page.addEventListener('paste', ({ target, clipboardData }) => {
    const form = target instanceof HTMLTextAreaElement ? target.form : null;
    const field = form?.elements.namedItem('pasted');
    const length = clipboardData?.getData('text').length ?? 0;
    if (field instanceof HTMLInputElement) field.value = String(Number(field.value) + length);
  });
  let left = 0;
  const leave = (): void => void (left ||= Date.now());
  const back = (): void => {
    if (!page.isConnected) {
      window.removeEventListener('blur', leave);
      window.removeEventListener('focus', back);
      return;
    }
    const seconds = left ? (Date.now() - left) / 1000 : 0;
    left = 0;
    if (seconds < LEAST_AWAY) return;
    away(clock.dataset['examKey'] ?? '', seconds).catch((fault: unknown) =>
      console.warn('Time away could not be noted', fault),
    );
  };
  window.addEventListener('blur', leave);
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

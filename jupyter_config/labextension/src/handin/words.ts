import { page, say } from '../page';
import type { LessonInClass, Mark } from './server';

/** A moment as the learner's own clock has it. */
export function when(moment: string): string {
  return new Intl.DateTimeFormat(page?.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(moment),
  );
}

/** How a lesson's hand-in stands, in one line. */
export function stateOf(lesson: LessonInClass): string {
  const last = lesson.receipts.at(-1);
  if (lesson.state === 'refused') return say('handin.refused', { reason: lesson.reason });
  if (!lesson.state) return say(lesson.over ? 'handin.over' : 'handin.not_yet');
  const told = last
    ? say('handin.receipt', { when: when(last.at), code: last.code, number: last.number })
    : '';
  const late = lesson.late ? say('handin.late') : '';
  return [say(`handin.${lesson.state}`, { file: lesson.file }), told, late].filter(Boolean).join(' · ');
}

/** When a lesson is due; empty without a date. */
export function dueOf(lesson: LessonInClass): string {
  return lesson.due ? say('handin.due', { when: when(lesson.due) }) : '';
}

/** What an exercise came back with. */
export function pointsOf(mark: Mark): string {
  if (mark.points === null) return say('handin.to_be_read');
  return say('handin.points', { points: String(mark.points), possible: String(mark.possible) });
}

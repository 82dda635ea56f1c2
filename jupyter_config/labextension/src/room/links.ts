import { working } from '../dom';

/** A link in an output that leads to a lesson, and perhaps to an exercise of it. */
export interface LessonLink {
  element: HTMLElement;
  lesson: string;
  exercise: string;
}

/** The lesson link that was clicked; null where it was something else. */
export function linkAt(target: EventTarget | null): LessonLink | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('a[data-penguin-lesson]') : null;
  if (!element) return null;
  const { penguinLesson = '', penguinExercise = '' } = element.dataset;
  return { element, lesson: penguinLesson, exercise: penguinExercise };
}

/** Lesson links lead to the lesson by what it is: its notebook may bear any name, or be missing. */
export function followLinks(open: (lesson: string, exercise: string) => Promise<void>): void {
  document.addEventListener(
    'click',
    (event) => {
      const link = linkAt(event.target);
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      void working(link.element, () => open(link.lesson, link.exercise));
    },
    true,
  );
}

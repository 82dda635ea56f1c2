/** One learner of the class list. */
export interface Learner {
  id: string;
  name: string;
  team: string;
}

/** How a learner stands with a lesson. */
export type LessonState = 'nothing' | 'working' | 'to_grade' | 'refused' | 'to_mark' | 'graded' | 'returned';

/** How a learner stands with one stretch of a lesson: `done` when each exercise is right, or written and for a person to mark. */
export type StretchState = 'open' | 'begun' | 'done';

/** One learner at one lesson. */
export interface Square {
  student: string;
  lesson: string;
  state: LessonState;
  right: number;
  exercises: number;
  points: number | null;
  possible: number | null;
  is_good: boolean;
  late: boolean;
  /** The id of whom it is handed in with; empty where one hands in alone. */
  partner: string;
  /** In the lesson's order. */
  stretches: StretchState[];
}

/** One lesson's head. */
export interface Column {
  id: string;
  title: string;
  exercises: number;
  released: boolean;
  due: string | null;
}

/** The class list with all lessons. */
export interface ClassTable {
  learners: Learner[];
  lessons: Column[];
  squares: Square[];
}

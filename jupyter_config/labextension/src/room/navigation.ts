import type { ILabShell } from '@jupyterlab/application';
import type { IDocumentManager } from '@jupyterlab/docmanager';
import { type INotebookTracker, NotebookPanel } from '@jupyterlab/notebook';
import type { Widget } from '@lumino/widgets';

import type { BiRoom } from '../bi/page';
import type { Banner } from '../guard/banner';
import type { ClassModel } from '../handin/model';
import { onDisk } from '../handin/save';
import { goTo } from '../lesson/place';
import { goToStretch } from '../lesson/stretches';
import { runLine } from '../outputs/actions';
import { foldEarlier } from '../outputs/earlier';
import { takeUp } from '../outputs/round';
import { say } from '../page';
import type { StandingModel } from '../standing';
import { Leftovers } from './deserted';
import { HomePage } from './home';
import { lessonOf, placeOf } from './place';

/** Ways through the room: one page at a time. */
export class Navigation {
  private home: HomePage | null = null;
  private bi: BiRoom | null = null;
  private expo: BiRoom | null = null;
  private exam: BiRoom | null = null;
  private readonly leftovers: Leftovers;

  constructor(
    private readonly shell: ILabShell,
    private readonly documents: IDocumentManager,
    private readonly tracker: INotebookTracker,
    private readonly standing: StandingModel,
    private readonly inClass: ClassModel,
    private readonly banner: Banner,
    private readonly makeBi: () => BiRoom,
    private readonly makeExpo: () => BiRoom,
    private readonly makeExam: () => BiRoom,
  ) {
    this.leftovers = new Leftovers(documents.services.sessions, () => this.openPaths());
  }

  /** Bring home to the front. */
  goHome(): void {
    if (!this.home || this.home.isDisposed) this.home = new HomePage(this.standing, this.inClass, this);
    this.bring(this.home);
    void this.standing.refresh();
  }

  /** Bring the BI room to the front, as it is now. */
  goBi(): void {
    if (!this.bi || this.bi.isDisposed) this.bi = this.makeBi();
    this.bring(this.bi);
    void this.bi.refresh();
  }

  /** Bring the BI room to the front, at one of its pages. */
  async openBi(at: string): Promise<void> {
    this.goBi();
    await this.bi?.open(at);
  }

  /** Bring the Expo to the front, as it is now. */
  goExpo(): void {
    void this.expoInFront().refresh();
  }

  /** Bring the Expo to the front, at one of its pages. */
  async openExpo(at: string): Promise<void> {
    await this.expoInFront().open(at);
  }

  /** Bring the level tests to the front, as they are now. */
  goExam(): void {
    if (!this.exam || this.exam.isDisposed) this.exam = this.makeExam();
    this.bring(this.exam);
    void this.exam.refresh();
  }

  private expoInFront(): BiRoom {
    if (!this.expo || this.expo.isDisposed) this.expo = this.makeExpo();
    this.bring(this.expo);
    return this.expo;
  }

  /** Bring a lesson to the front, and an exercise of it into the window; other lessons are saved and closed. */
  async openLesson(id: string, exercise = ''): Promise<void> {
    const panel =
      this.tracker.find((each) => !each.isDisposed && lessonOf(each) === id) ?? (await this.load(id));
    if (!panel) return;
    this.bring(panel);
    await panel.context.ready;
    await panel.revealed;
    await this.closeOthers(panel);
    if (exercise) goTo(panel, exercise);
  }

  /** Bring a stretch of a lesson to the front: its beginning, or the first exercise that is left where it was begun. */
  async openStretch(lesson: string, at: number): Promise<void> {
    const stretch = this.standing.lesson(lesson)?.stretches[at];
    const begun = stretch && stretch.open.length < stretch.exercises.length;
    await this.openLesson(lesson, begun ? stretch.open[0] : '');
    if (begun || !at) return;
    const panel = this.tracker.find((each) => !each.isDisposed && lessonOf(each) === lesson);
    if (panel) goToStretch(panel, this.standing.lesson(lesson)?.stretches ?? [], at);
  }

  /** Bring the practice page to the front, and run a % line there; a round that was begun goes on where it stands. */
  async openPractice(line = ''): Promise<void> {
    const panel = this.documents.openOrReveal(await this.standing.server.openPractice());
    if (!(panel instanceof NotebookPanel)) return;
    await panel.context.ready;
    await panel.revealed;
    if (!line) return;
    const where = this.standing.current;
    const begun = line === where?.round_line;
    if (begun && takeUp(panel.content, where.round_item)) return;
    if (!begun) foldEarlier(panel.content);
    await runLine(panel, `%${line}`);
  }

  /** Write every open lesson that is not saved yet. */
  async save(): Promise<void> {
    const open: NotebookPanel[] = [];
    this.tracker.forEach((each) => open.push(each));
    for (const each of open) await onDisk(each);
  }

  /** To the front; what fell out of the shell when its layout changed is put back. */
  private bring(page: Widget): void {
    if (!page.isAttached) this.shell.add(page, 'main', { activate: false });
    this.shell.activateById(page.id);
  }

  private async load(id: string): Promise<NotebookPanel | null> {
    const opened = await this.standing.server.openLesson(id);
    if (opened.made) this.tell(id, opened.answers);
    const panel = this.documents.openOrReveal(opened.path);
    return panel instanceof NotebookPanel ? panel : null;
  }

  private tell(id: string, answers: number): void {
    const lesson = this.standing.lesson(id);
    const name = lesson ? `${lesson.id} ${lesson.title}` : id;
    const code = answers ? 'missing.made' : 'missing.made_empty';
    this.banner.say({ title: say(code, { lesson: name, answers }), seconds: 12 });
    void this.standing.refresh();
  }

  /** An open lesson costs a kernel and a judge: only the one in front stays. */
  private async closeOthers(kept: NotebookPanel): Promise<void> {
    const others: NotebookPanel[] = [];
    this.tracker.forEach((each) => {
      if (each !== kept && placeOf(each).kind === 'lesson') others.push(each);
    });
    for (const each of others) {
      try {
        if (each.context.model.dirty) await each.context.save();
        each.dispose();
      } catch (fault) {
        console.warn('A lesson that could not be saved stays open', fault);
      }
    }
    await this.leftovers.end();
  }

  private openPaths(): ReadonlySet<string> {
    const open = new Set<string>();
    this.tracker.forEach((each) => open.add(each.context.path));
    return open;
  }
}

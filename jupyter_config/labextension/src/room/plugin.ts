import { ILabShell, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { IThemeManager } from '@jupyterlab/apputils';
import { PageConfig } from '@jupyterlab/coreutils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IEditorServices } from '@jupyterlab/codeeditor';
import { ICompletionProviderManager } from '@jupyterlab/completer';
import { INotebookTracker, NotebookActions } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { Widget } from '@lumino/widgets';

import { completeByKeys, offers } from '../bi/completion';
import { BiRoom } from '../bi/page';
import { BiServer } from '../bi/server';
import { button, el, narrowWindows } from '../dom';
import { whyNot } from '../fault';
import { Banner } from '../guard/banner';
import { ClassModel } from '../handin/model';
import { ClassServer } from '../handin/server';
import { historySheet, putBack } from '../lesson/history';
import { exerciseOf, goTo, roleOf } from '../lesson/place';
import { type Lang, say } from '../page';
import { type Lesson, RoomServer } from '../server';
import { StandingModel } from '../standing';
import { Bar } from './bar';
import { Frame } from './frame';
import { helpSheet } from './help';
import { followLinks } from './links';
import { labelPage, TabTitle } from './labels';
import { LessonMap, MAP } from './map';
import { LANGUAGES, menuSheet } from './menu';
import { Navigation } from './navigation';
import { BI, EXAM, EXPO, lessonOf, type Place, placeOf } from './place';
import { takeDrops } from './ownfile';
import { Popup } from './popup';
import { Tables, TABLES } from './tables';
import { IRoom } from './token';

/** The learner's room: the bar, its drawers and home, in place of JupyterLab's own frame. */
export const room: JupyterFrontEndPlugin<IRoom> = {
  id: 'second-penguin:room',
  description: "A course's page in place of JupyterLab's own frame.",
  autoStart: true,
  provides: IRoom,
  requires: [
    ILabShell,
    INotebookTracker,
    IDocumentManager,
    IThemeManager,
    IRenderMimeRegistry,
    IEditorServices,
    ICompletionProviderManager,
  ],
  activate: (
    app: JupyterFrontEnd,
    shell: ILabShell,
    tracker: INotebookTracker,
    documents: IDocumentManager,
    themes: IThemeManager,
    rendermime: IRenderMimeRegistry,
    editors: IEditorServices,
    completions: ICompletionProviderManager,
  ): IRoom => {
    const standing = new StandingModel(new RoomServer(app.serviceManager.serverSettings));
    const frame = new Frame(shell, tracker);
    const banner = new Banner();
    const inClass = new ClassModel(new ClassServer(app.serviceManager.serverSettings));
    const settings = app.serviceManager.serverSettings;
    const tools = { editors, completions, sanitizer: rendermime.sanitizer };
    completions.registerProvider(offers);
    completeByKeys(app.commands, completions);
    const makeBi = (): BiRoom =>
      new BiRoom(new BiServer(settings), rendermime, tools, {
        id: BI,
        label: say('bar.bi'),
        first: 'queries',
        stops: true,
      });
    const makeExpo = (): BiRoom =>
      new BiRoom(new BiServer(settings, 'expo'), rendermime, tools, {
        id: EXPO,
        label: say('bar.expo'),
        first: '',
      });
    const makeExam = (): BiRoom =>
      new BiRoom(new BiServer(settings, 'exam'), rendermime, tools, {
        id: EXAM,
        label: say('bar.exam'),
        first: 'list',
      });
    const navigation = new Navigation(
      shell,
      documents,
      tracker,
      standing,
      inClass,
      banner,
      makeBi,
      makeExpo,
      makeExam,
    );

    followLinks((lesson, exercise) => navigation.openLesson(lesson, exercise));
    const tables = new Tables(shell, tracker, standing.server, () => shell.collapseRight());
    const map = new LessonMap(
      async (lesson) => {
        shell.collapseLeft();
        await navigation.openLesson(lesson);
      },
      () => shell.collapseLeft(),
    );
    const narrow = narrowWindows();
    const openMap = (): void => {
      if (narrow.matches) shell.collapseRight(); // there one drawer covers all of the window
      shell.activateById(MAP);
    };
    const openTables = (): void => {
      if (narrow.matches) shell.collapseLeft();
      shell.activateById(TABLES);
    };
    narrow.addEventListener('change', () => {
      if (narrow.matches && map.isVisible && tables.isVisible) shell.collapseLeft();
    });
    takeDrops(() => frame.inRoom, openTables);
    const restart = async (): Promise<void> => {
      await tracker.currentWidget?.sessionContext.restartKernel();
      Popup.close();
    };
    const language = async (lang: Lang): Promise<void> => {
      Popup.close();
      banner.say({ title: say('menu.changing', { language: LANGUAGES[lang] }), busy: true });
      try {
        await documents.services.ready;
        await standing.server.language(lang);
        window.location.assign(PageConfig.getUrl({ mode: 'single-document', treePath: '' }));
      } catch (fault) {
        banner.say({ title: say('menu.failed', { cause: await whyNot(fault) }), tone: 'warning' });
      }
    };
    const bar = new Bar({
      home: () => navigation.goHome(),
      bi: () => navigation.goBi(),
      expo: () => navigation.goExpo(),
      map: () => (map.isVisible ? shell.collapseLeft() : openMap()),
      tables: () => (tables.isVisible ? shell.collapseRight() : openTables()),
      history: async (anchor) => {
        const panel = tracker.currentWidget;
        if (!panel) return;
        const runs = await standing.server.runs(lessonOf(panel));
        Popup.toggle(anchor, () =>
          historySheet(runs, (run) => {
            Popup.close();
            putBack(panel, run);
          }),
        );
      },
      help: (anchor) => Popup.toggle(anchor, () => helpSheet(tracker.currentWidget ? restart : null)),
      more: (anchor) =>
        Popup.toggle(anchor, () =>
          menuSheet({
            themes,
            commands: app.commands,
            language,
            exam: () => {
              Popup.close();
              navigation.goExam();
            },
            jupyterlab: () => frame.leave(),
          }),
        ),
      exercise: (id) => {
        const panel = tracker.currentWidget;
        if (panel) goTo(panel, id);
      },
    });
    shell.add(bar, 'header');
    shell.add(banner, 'header');
    shell.add(map, 'left', { rank: 10 });
    shell.add(tables, 'right', { rank: 1 });
    shell.add(wayBack(frame), 'top', { rank: 900 });

    const title = new TabTitle();
    const draw = (): void => {
      const place = placeOf(shell.currentWidget);
      const active = tracker.currentWidget?.content.activeCell;
      const current = active && roleOf(active) === 'answer' ? exerciseOf(active) : '';
      const name = shell.currentWidget?.title.label.replace(/\.ipynb$/, '') ?? '';
      bar.draw(
        place,
        standing.lesson(place.lesson),
        ['home', 'bi', 'expo', 'exam'].includes(place.kind) ? '' : name,
        current,
      );
      title.set(frame.inRoom ? titleOf(place, standing.lesson(place.lesson), name) : '');
      if (standing.current) map.draw(standing.current, place.lesson);
    };
    standing.changed.connect(draw);
    shell.currentChanged.connect(draw);
    tracker.activeCellChanged.connect(draw);
    tracker.widgetAdded.connect((_, panel) => void panel.context.ready.then(draw));
    NotebookActions.executed.connect(() => void standing.refresh());
    frame.changed.connect((_, inRoom) => {
      bar.setHidden(!inRoom);
      draw();
    });

    frame.begin();
    void standing.refresh();
    void inClass.begin();
    void app.restored.then(() => {
      labelPage(); // it is part of the document only now
      if (frame.inRoom && shell.isEmpty('main')) navigation.goHome();
      draw();
    });
    return { standing, frame, navigation, banner, inClass };
  },
};

/** What the browser's own tab says. */
function titleOf(place: Place, lesson: Lesson | undefined, name: string): string {
  const here = place.kind === 'home' ? say('bar.home') : lesson ? `${lesson.id} ${lesson.title}` : name;
  return here ? `${here} · Second Penguin` : 'Second Penguin';
}

/** The way back to the room, for whoever has asked for JupyterLab. */
function wayBack(frame: Frame): Widget {
  const way = new Widget({
    node: el(
      'div',
      {},
      button(say('menu.back'), () => frame.enter()),
    ),
  });
  way.id = 'penguin-back';
  way.addClass('penguin-back');
  return way;
}

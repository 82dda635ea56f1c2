import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { deskPage } from './classpage/desk';
import { classPage } from './classpage/plugin';
import { outputs } from './outputs/plugin';
import { isRoom } from './page';
import { connectionLost, guard } from './guard/plugin';
import { lesson } from './lesson/plugin';
import { room } from './room/plugin';

/** In a learner's room all of it; in any other JupyterLab what a mentor needs. */
const plugins: JupyterFrontEndPlugin<unknown>[] = isRoom
  ? [outputs, room, lesson, guard, connectionLost]
  : [outputs, classPage, deskPage];

export default plugins;

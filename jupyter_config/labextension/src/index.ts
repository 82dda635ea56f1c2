import type { JupyterFrontEndPlugin } from '@jupyterlab/application';

import { deskPage } from './classpage/desk';
import { classPage } from './classpage/plugin';
import { outputs } from './outputs/plugin';
import { isClassPage, isRoom } from './page';
import { connectionLost, guard } from './guard/plugin';
import { lesson } from './lesson/plugin';
import { room } from './room/plugin';

/** In a learner's room all of it, on the class page that page alone; in any other JupyterLab what a mentor needs for notebooks. */
function plugins(): JupyterFrontEndPlugin<unknown>[] {
  if (isRoom) return [outputs, room, lesson, guard, connectionLost];
  return isClassPage ? [deskPage] : [outputs, classPage];
}

export default plugins();

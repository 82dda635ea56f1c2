import { PageConfig, URLExt } from '@jupyterlab/coreutils';

import { desk } from '../page';

/** The notebook view, in the whole JupyterLab. */
export function notebookUrl(): string {
  return PageConfig.getUrl({
    mode: 'multiple-document',
    workspace: PageConfig.defaultWorkspace,
    treePath: encodeURIComponent(desk?.notebook ?? ''),
  });
}

/** The page on which an exercise is made of a query; empty for a course that is nobody's to write in. */
export function queryUrl(): string {
  return desk?.author ? `${URLExt.join(PageConfig.getBaseUrl(), desk.author)}#new` : '';
}

/** nbgrader's own page. */
export function formgraderUrl(): string {
  return URLExt.join(PageConfig.getBaseUrl(), 'formgrader');
}

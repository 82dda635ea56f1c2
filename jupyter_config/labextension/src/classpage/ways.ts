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

/** nbgrader's own page. */
export function formgraderUrl(): string {
  return URLExt.join(PageConfig.getBaseUrl(), 'formgrader');
}

"use strict";(self.rspackChunksecond_penguin=self.rspackChunksecond_penguin||[]).push([[700],{"./node_modules/css-loader/dist/cjs.js!./style/bar.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`.penguin-bar {
  display: flex;
  box-sizing: border-box;
  height: 48px;
  min-height: 48px;
  align-items: center;
  gap: 8px;
  padding: 0 12px;
  border-bottom: 1px solid var(--penguin-line);
  background: var(--penguin-paper);
  color: var(--jp-ui-font-color1);
  font-size: 14px;
}

#jp-header-panel:has(.penguin-bar:not(.lm-mod-hidden)) {
  min-height: 48px;
}

.penguin-bar.lm-mod-hidden {
  display: none;
}

.penguin-bar button {
  border-color: transparent;
  white-space: nowrap;
}

.penguin-bar button[aria-current='page'] {
  font-weight: 600;
}

.penguin-bar button[aria-expanded='true'] {
  background: var(--penguin-soft);
}

.penguin-bar-middle {
  display: flex;
  min-width: 0;
  flex: 1;
  align-items: center;
  gap: 12px;
  padding: 0 8px;
}

.penguin-bar-name {
  overflow: hidden;
  min-width: 4em;
  text-overflow: ellipsis;
  white-space: nowrap;
}

.penguin-dots {
  display: flex;
  flex: none;
}

.penguin-bar button.penguin-dot {
  min-width: 22px;
  height: 28px;
  padding: 0;
  border-radius: 4px;
  color: var(--penguin-quiet);
  font-size: 15px;
  line-height: 1;
}

.penguin-bar button.penguin-passed,
.penguin-bar button.penguin-passed_with_help,
.penguin-bar button.penguin-handed_in {
  color: var(--penguin-blue);
}

.penguin-bar button.penguin-tried {
  color: var(--penguin-orange);
}

.penguin-bar button.penguin-dot[aria-current='true'] {
  box-shadow: inset 0 -3px 0 var(--penguin-blue);
}

.penguin-bar-count {
  flex: none;
  color: var(--penguin-quiet);
  font-variant-numeric: tabular-nums;
}

.penguin-popup {
  position: fixed;
  z-index: 9000;
  overflow: auto;
  min-width: 260px;
  max-width: min(420px, calc(100vw - 16px));
  box-sizing: border-box;
  padding: 12px 16px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
  background: var(--penguin-paper);
  box-shadow: 0 6px 24px rgb(0 0 0 / 22%);
  color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family);
  font-size: 14px;
  line-height: 1.6;
}

.penguin-popup p {
  margin: 4px 0 10px;
}

.penguin-popup-row {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 16px;
  margin: 0 0 10px;
}

.penguin-choices {
  display: flex;
  gap: 4px;
}

.penguin-popup button[aria-pressed='true'] {
  border-color: var(--penguin-blue);
  box-shadow: inset 0 0 0 1px var(--penguin-blue);
  font-weight: 600;
}

.penguin-popup button.penguin-popup-wide {
  width: 100%;
}

.penguin-help dl {
  display: grid;
  grid-template-columns: max-content 1fr;
  gap: 4px 14px;
  margin: 8px 0;
}

.penguin-help dd {
  margin: 0;
}

.penguin-help kbd {
  padding: 1px 6px;
  border: 1px solid var(--jp-border-color1);
  border-radius: 4px;
  background: var(--penguin-soft);
  font-family: inherit;
  font-size: 12px;
  white-space: nowrap;
}

/* On a telephone the lesson has a line of its own below the ways. */

@media (width <= 760px) {
  .penguin-bar {
    height: 84px;
    min-height: 84px;
    flex-wrap: wrap;
    align-content: center;
    justify-content: space-between;
    padding: 0 4px;
    gap: 0;
  }

  #jp-header-panel:has(.penguin-bar:not(.lm-mod-hidden)) {
    min-height: 84px;
  }

  .penguin-bar:has(.penguin-bar-name:empty) {
    height: 48px;
    min-height: 48px;
  }

  #jp-header-panel:has(.penguin-bar .penguin-bar-name:empty) {
    min-height: 48px;
  }

  .penguin-bar:has(.penguin-bar-name:empty) .penguin-bar-middle {
    display: none;
  }

  .penguin-bar > button {
    padding: 0 7px;
  }

  .penguin-bar-middle {
    overflow-x: auto;
    flex: 1 0 100%;
    order: 1;
    gap: 4px; /* the dots of a lesson stand apart by stretches, too */
    padding: 0 4px;
  }

  .penguin-bar-name {
    overflow: visible;
    flex: none;
  }

  .penguin-bar button.penguin-dot {
    min-width: 16px;
  }
}

/* In a narrow one the English ways would need a line more. */

@media (width <= 420px) {
  .penguin-bar {
    font-size: 13px;
  }

  .penguin-bar > button {
    padding: 0 4px;
  }
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/bi.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`.penguin-bi {
  overflow: auto;
  background: var(--penguin-paper);
  color: var(--jp-content-font-color1);
  font-family: var(--jp-content-font-family);
  font-size: var(--jp-content-font-size1, 14px);
  line-height: 1.6;
}

.penguin-bi-page {
  max-width: 1120px;
  margin: 0 auto;
  padding: 16px var(--penguin-side) 64px;
}

.penguin-bi h1 {
  margin: 0;
}

.penguin-bi h2 {
  margin: var(--penguin-gap-3) 0;
}

.penguin-bi h3 {
  margin: var(--penguin-gap-4) 0 var(--penguin-gap-2);
}

.penguin-bi h4 {
  margin: 0;
}

.penguin-bi-picture {
  padding: 24px;
  background: var(--penguin-paper);
  color: var(--jp-content-font-color1);
}

.penguin-bi .penguin-lead {
  margin: var(--penguin-gap-4) 0 var(--penguin-gap-1);
}

.penguin-bi-head {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px 20px;
  border-bottom: 1px solid var(--penguin-line);
}

.penguin-bi-head nav {
  display: flex;
  max-width: 100%;
  flex: 1;
  gap: 2px;
}

.penguin-bi small,
.penguin-bi-note,
.penguin-bi-clock span {
  display: block;
  color: var(--penguin-quiet);
  font-size: 0.88em;
}

.penguin-bi-clock {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 14px;
}

.penguin-bi-said:not(:empty) {
  padding: 6px 12px;
  border-left: 4px solid var(--penguin-blue);
  margin: 12px 0;
  background: var(--penguin-soft);
}

.penguin-bi-said.penguin-bi-failed:not(:empty),
.penguin-bi-warning {
  padding: 6px 12px;
  border-left: 4px solid var(--penguin-orange);
  margin: 12px 0;
  background: var(--penguin-soft);
}

.penguin-bi-said.penguin-bi-near {
  position: sticky;
  z-index: 3;
  top: 0;
}

.penguin-bi-running {
  position: sticky;
  z-index: 4;
  top: 0;
  display: flex;
  align-items: center;
  padding: var(--penguin-gap-2) var(--penguin-side);
  border-bottom: 1px solid var(--penguin-line);
  margin: 0;
  background: var(--penguin-soft);
  gap: var(--penguin-gap-2);
}

.penguin-bi-sample {
  padding: var(--penguin-gap-2) var(--penguin-gap-3);
  border: 1px solid var(--penguin-line);
  border-radius: var(--penguin-corner-card);
  margin: var(--penguin-gap-3) 0;
}

.penguin-bi-sample h3 {
  margin: 0;
}

.penguin-bi-sample p {
  margin: var(--penguin-gap-1) 0;
}

.penguin-bi-bad,
.penguin-bi-triggered {
  color: var(--penguin-orange);
}

.penguin-bi-state {
  white-space: nowrap;
}

.penguin-bi-state::before {
  margin-right: 0.35em;
  content: '○';
}

.penguin-bi-ok.penguin-bi-state {
  color: var(--penguin-blue);
}

.penguin-bi-ok.penguin-bi-state::before {
  content: '●';
}

.penguin-bi-triggered.penguin-bi-state::before {
  content: '▲';
}

.penguin-bi h2 .penguin-bi-state {
  margin-left: 0.8em;
  font-size: 0.75em;
}

.penguin-bi-form {
  margin: 8px 0;
}

.penguin-bi-form label {
  display: block;
  margin: 0 0 12px;
}

.penguin-bi-form label > span {
  display: block;
  color: var(--penguin-quiet);
  font-size: 0.88em;
}

.penguin-bi-page textarea[name='sql'] {
  font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size, 13px);
}

.penguin-bi-form label:has(> textarea[hidden]) {
  margin: 0; /* the editor that stands for the field comes after its label */
}

.penguin-bi-fields {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
  gap: 0 14px;
}

.penguin-bi input[type='text'],
.penguin-bi select,
.penguin-bi textarea {
  width: 100%;
  min-height: 34px;
}

.penguin-bi textarea {
  display: block;
  font-family: var(--jp-code-font-family);
  font-size: var(--jp-code-font-size, 13px);
  line-height: 1.5;
  resize: vertical;
  tab-size: 4;
}

.penguin-bi-sql {
  padding: 2px 0;
  border: 1px solid var(--jp-border-color1, #bdbdbd);
  border-radius: 6px;
  margin: 0 0 8px;
  background: var(--jp-cell-editor-background);
}

.penguin-bi-sql .cm-editor {
  min-height: inherit;
}

.penguin-bi-sql:focus-within {
  border-color: var(--penguin-blue);
}

.penguin-bi-error-at {
  background: color-mix(in srgb, var(--penguin-orange) 18%, transparent);
  text-decoration: underline wavy var(--penguin-orange);
  text-underline-offset: 3px;
}

.penguin-bi-buttons {
  display: flex;
  flex-wrap: wrap;
  gap: 6px;
}

.penguin-bi .pg-table .penguin-bi-form {
  margin: 0;
}

.penguin-bi-visual {
  padding: 12px 14px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
  margin: 0 0 12px;
}

.penguin-bi-sheet {
  padding: 2px 0;
  background: var(--penguin-paper);
  font-family: var(--jp-content-font-family);
  font-size: var(--jp-content-font-size1, 14px);
  line-height: 1.6;
}

.penguin-bi-sheet:fullscreen {
  overflow: auto;
  padding: 24px;
  zoom: 1.25;
}

.penguin-bi-grid {
  display: grid;
  grid-template-columns: repeat(2, minmax(0, 1fr));
  gap: 12px;
}

.penguin-bi-card {
  display: flex;
  min-width: 0;
  flex-direction: column;
  padding: 10px 14px 8px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
}

.penguin-bi-wide {
  grid-column: 1 / -1;
}

.penguin-bi-card h3 {
  margin: 0 0 6px;
}

.penguin-bi-card > .pg {
  overflow: auto;
  max-height: 300px;
}

.penguin-bi-card footer {
  padding-top: 6px;
  margin-top: auto;
  color: var(--penguin-quiet);
  font-size: 0.85em;
}

.penguin-bi-chart svg {
  max-width: 100%;
  height: auto;
}

.penguin-bi-counter {
  padding: 10px 0;
}

.penguin-bi-counter strong {
  display: block;
  font-size: 3em;
  font-variant-numeric: tabular-nums;
  line-height: 1.2;
}

.penguin-bi-counter span {
  color: var(--penguin-quiet);
}

.penguin-bi-night {
  padding: 2px 0 8px;
  border-bottom: 1px solid var(--penguin-line);
}

.penguin-bi-night ul {
  padding-left: 1.3em;
  margin: 0;
}

.penguin-bi summary {
  color: var(--penguin-quiet);
  cursor: pointer;
}

@media (width <= 760px) {
  .penguin-bi-head nav {
    overflow-x: auto;
    flex: 1 0 100%;
    order: 1;
  }

  .penguin-bi-head nav button {
    flex: none;
    padding: 8px 10px;
  }

  .penguin-bi-grid {
    grid-template-columns: minmax(0, 1fr);
  }
}

.penguin-bi-slide {
  padding: 18px 28px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
}

.penguin-bi-slide > h2 {
  margin: 0 0 10px;
  font-size: 1.7em;
}

.penguin-bi-slide dl {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 28px;
  margin: 10px 0;
  color: var(--penguin-quiet);
}

.penguin-bi-slide dl div {
  display: flex;
  gap: 0.6em;
}

.penguin-bi-slide dd {
  margin: 0;
}

.penguin-bi-slide > p {
  margin: 0;
  color: var(--penguin-blue);
  font-size: 1.15em;
  font-weight: 600;
}

.penguin-bi-empty {
  color: var(--penguin-orange);
  font-style: normal;
  font-weight: 400;
}

.penguin-bi-choosing {
  display: flex;
  flex-wrap: wrap;
  align-items: end;
  gap: 0 14px;
}

.penguin-bi-choosing label {
  min-width: 170px;
}

.penguin-bi-choosing .penguin-bi-buttons {
  margin-bottom: 8px;
}

.penguin-bi .pg-table tbody th {
  border-bottom: 1px solid var(--penguin-line);
}

.penguin-bi-choosing input {
  min-width: 230px;
}

/* The ways beside the steps are quiet, on a line with the title; the steps have a line of their own. */

.penguin-bi .penguin-expo-more {
  flex-wrap: wrap;
  justify-content: flex-end;
}

@media (width <= 760px) {
  .penguin-bi .penguin-expo-more {
    flex-wrap: nowrap;
    justify-content: flex-start; /* what overflows at its beginning can't be scrolled to */
  }
}

.penguin-bi .penguin-expo-more button {
  padding: 6px 10px;
  color: var(--penguin-quiet);
  font-size: var(--penguin-text-small);
}

.penguin-bi .penguin-expo-steps {
  flex: 1 0 100%;
}

.penguin-bi .penguin-expo-steps small {
  display: inline;
  color: var(--penguin-blue);
}

.penguin-expo-evenings {
  display: grid;
  padding: 0;
  margin: var(--penguin-gap-4) 0;
  gap: var(--penguin-gap-3);
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 235px), 1fr));
  list-style: none;
}

.penguin-expo-evenings > li {
  padding: var(--penguin-gap-3);
  border: 1px solid var(--penguin-line);
  border-radius: var(--penguin-corner-card);
}

.penguin-bi .penguin-expo-evenings h3 {
  margin: 0;
  font-size: var(--penguin-text-lead);
}

.penguin-expo-evenings dl {
  margin: var(--penguin-gap-3) 0 0;
}

.penguin-bi fieldset {
  padding: 4px 14px 12px;
  border: 1px solid var(--penguin-line);
  border-radius: 6px;
  margin: 10px 0;
}

.penguin-expo-reviewed {
  overflow-x: auto;
  padding: 8px 12px;
  border: 1px solid var(--jp-border-color2);
  border-radius: 4px;
  white-space: pre-wrap;
}

.penguin-expo-written > div {
  margin: 8px 0;
}

.penguin-expo-written dt {
  color: var(--penguin-quiet);
  font-size: 0.88em;
}

.penguin-expo-written dd {
  margin: 0;
}

.penguin-expo-written pre {
  overflow-x: auto;
}

.penguin-expo-beside {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr));
  gap: 0 28px;
}

.penguin-bi blockquote {
  padding: 4px 14px;
  border-left: 4px solid var(--penguin-blue);
  margin: 8px 0;
  background: var(--penguin-soft);
}

.penguin-bi h2 small {
  font-weight: 400;
}

.penguin-bi li > button + small {
  display: inline;
}

.penguin-bi [hidden] {
  display: none;
}

.penguin-bi-preview {
  overflow: auto;
  max-height: 260px;
}

.penguin-bi-diff {
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}

.penguin-bi-diff ins {
  background: color-mix(in srgb, var(--penguin-blue) 12%, transparent);
  text-decoration: none;
}

.penguin-bi-diff del {
  background: color-mix(in srgb, var(--penguin-orange) 14%, transparent);
  text-decoration: none;
}

/* What finds and replaces in the editor has the room's fields and buttons, and only those that anybody needs. */
.penguin-bi-sql .cm-search {
  padding: var(--penguin-gap-2) 40px var(--penguin-gap-2) var(--penguin-gap-2);
  background: var(--penguin-soft);
  font-family: var(--jp-content-font-family);
}

.penguin-bi-sql .cm-search :is(label, [name='select']) {
  display: none;
}

.penguin-bi-sql .cm-search :is(input, button) {
  padding: 2px 8px;
  border: 1px solid var(--penguin-line);
  border-radius: 4px;
  margin: 2px 4px 2px 0;
  background: var(--penguin-paper);
  color: inherit;
  font-size: 13px;
}

.penguin-bi-sql .cm-search [name='close'] {
  border: 0;
  background: none;
  font-size: 18px;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/classpage.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`.penguin-class-page .jp-Cell-inputWrapper,
.penguin-class-page .jp-OutputPrompt,
.penguin-class-page .jp-OutputArea-promptOverlay {
  display: none;
}

.penguin-desk-checks {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 16px;
  max-height: 16em;
  overflow: auto;
  margin: 0 0 12px;
  border: 1px solid var(--jp-border-color1);
}

.penguin-desk-check {
  display: flex;
  align-items: center;
  gap: 4px;
  min-height: 24px;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/clicks.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`/* Answers that are chosen or put in order. */

.penguin-clicks {
  display: flex;
  flex-direction: column;
  gap: 6px;
  padding: 10px 14px;
  border-bottom: 1px solid var(--penguin-line);
  color: var(--jp-content-font-color1);
  font-family: var(--jp-content-font-family);
  font-size: 14px;
}

.penguin-clicks[hidden] {
  display: none;
}

.penguin-clicks fieldset {
  display: flex;
  flex-direction: column;
  gap: 4px;
  padding: 0;
  border: none;
  margin: 0;
}

.penguin-clicks fieldset.penguin-clicks-row {
  flex-flow: row wrap;
  align-items: baseline;
  gap: 4px 18px;
}

.penguin-clicks legend {
  padding: 0;
  margin-bottom: 2px;
  font-weight: 600;
}

.penguin-clicks label {
  cursor: pointer;
}

.penguin-clicks-line {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 12px;
}

.penguin-clicks-line > span {
  flex: 0 1 auto;
  min-width: 9em;
}

.penguin-clicks input[type='text'] {
  width: 9em;
}

.penguin-clicks input[aria-invalid='true'] {
  border-color: var(--penguin-orange);
}

.penguin-clicks :focus-visible {
  outline: 2px solid var(--penguin-blue);
  outline-offset: 1px;
}

.penguin-clicks small {
  color: var(--penguin-quiet);
}

.penguin-order ol,
.penguin-order ul {
  min-height: 34px;
  padding: 0 0 0 2em;
  margin: 6px 0;
}

.penguin-order ul {
  padding-left: 0;
  list-style: none;
}

.penguin-order li {
  padding: 2px 6px;
  border: 1px solid var(--penguin-line);
  border-radius: 6px;
  margin: 3px 0;
  background: var(--penguin-paper);
  cursor: grab;
}

.penguin-order li code {
  display: inline-block;
  max-width: calc(100% - 120px);
  background: none;
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}

.penguin-order li span {
  float: right;
}

.penguin-order button {
  padding: 0 8px;
  margin-left: var(--penguin-gap-1);
}

.penguin-order button:disabled {
  opacity: 0.4;
}

.penguin-order-aside {
  padding: 4px 8px;
  border: 1px dashed var(--penguin-line);
  border-radius: 6px;
}

/* Find and replace. */

.penguin-find {
  position: absolute;
  z-index: 20;
  top: 8px;
  right: 24px;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px 12px;
  max-width: calc(100% - 60px);
  padding: 8px 10px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
  background: var(--penguin-paper);
  box-shadow: 0 4px 14px rgb(0 0 0 / 18%);
  color: var(--jp-content-font-color1);
  font-family: var(--jp-content-font-family);
  font-size: 13px;
}

.penguin-find > span {
  display: flex;
  align-items: center;
  gap: 4px;
}

.penguin-find input {
  width: 11em;
}

.penguin-find [role='status'] {
  min-width: 4em;
  color: var(--penguin-quiet);
}

/* What was run. */

::highlight(penguin-found) {
  background-color: color-mix(in srgb, var(--penguin-orange) 35%, transparent);
}

.penguin-history {
  width: min(560px, calc(100vw - 32px));
}

.penguin-history input {
  width: 100%;
  margin-bottom: var(--penguin-gap-2);
}

.penguin-history pre {
  max-height: 9em;
  margin: 2px 0 4px;
  white-space: pre-wrap;
}

.penguin-history section {
  margin-bottom: 12px;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/controls.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`/* Buttons, tabs, links and fields, of whatever part of the room or the class page; what looks otherwise says so where it stands. */

:is(
    .penguin-back,
    .penguin-banner,
    .penguin-bar,
    .penguin-bi,
    .penguin-card-bar,
    .penguin-desk,
    .penguin-drawer,
    .penguin-end,
    .penguin-find,
    .penguin-home,
    .penguin-order,
    .penguin-page-head,
    .penguin-popup,
    .penguin-stretch
  )
  button:where(:not(.pg-tool, .pg-name)),
.penguin-desk-way,
.penguin-popup a.penguin-popup-wide {
  padding: 4px 12px;
  border: 1px solid var(--jp-border-color1, #bdbdbd);
  border-radius: var(--penguin-corner);
  background: var(--penguin-paper);
  color: var(--jp-ui-font-color1, #212121);
  font: inherit;
  line-height: 1.5;
  cursor: pointer;
}

:is(
    .penguin-back,
    .penguin-bar,
    .penguin-bi,
    .penguin-card-bar,
    .penguin-desk,
    .penguin-drawer,
    .penguin-end,
    .penguin-find,
    .penguin-home,
    .penguin-popup,
    .penguin-stretch
  )
  button:where(:not(.pg-tool, .pg-name)):hover,
.penguin-desk-way:hover {
  background: var(--penguin-soft);
}

:is(.penguin-bi, .penguin-desk) nav button {
  padding: 8px 12px;
  border: none;
  white-space: nowrap;
  border-bottom: 3px solid transparent;
  border-radius: 0;
}

:is(.penguin-bi, .penguin-desk) nav button[aria-current='page'] {
  border-bottom-color: var(--penguin-blue);
  font-weight: 600;
}

:is(.penguin-home, .penguin-bi, .penguin-desk) button.penguin-link {
  padding: 0;
  border: none;
  background: none;
  color: var(--penguin-blue);
  text-align: left;
  text-decoration: underline;
  text-underline-offset: 3px;
}

:is(.penguin-clicks, .penguin-bi) :is(input[type='text'], select, textarea),
:is(.penguin-find, .penguin-history) input {
  max-width: 100%;
  box-sizing: border-box;
  padding: 4px 8px;
  border: 1px solid var(--jp-border-color1, #bdbdbd);
  border-radius: var(--penguin-corner);
  background: var(--penguin-paper);
  color: inherit;
  font: inherit;
}

.penguin-room button.penguin-primary {
  border-color: #0b6aa2;
  background: #0b6aa2;
  color: #fff;
  font-weight: 600;
}

.penguin-room button.penguin-primary:hover {
  background: #08527e;
}

.penguin-desk-part a {
  color: var(--penguin-blue);
  text-decoration: underline;
  text-underline-offset: 3px;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/desk.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`.penguin-desk {
  overflow: auto;
  background: var(--penguin-paper);
  color: var(--jp-content-font-color1);
  font-family: var(--jp-content-font-family);
  font-size: var(--jp-content-font-size1, 14px);
  line-height: 1.6;
}

.penguin-desk-head {
  position: sticky;
  z-index: 3;
  top: 0;
  display: flex;
  align-items: center;
  gap: 8px 20px;
  padding: 4px 24px 0;
  border-bottom: 1px solid var(--penguin-line);
  background: var(--penguin-paper);
}

.penguin-desk-head nav {
  display: flex;
  flex: 1;
  gap: 2px;
}

.penguin-popup a.penguin-popup-wide {
  display: block;
  text-align: center;
}

.penguin-desk-moment,
.penguin-desk-quiet,
.penguin-desk-legend,
.penguin-desk small {
  color: var(--penguin-quiet);
  font-size: 0.9em;
}

.penguin-desk-part {
  max-width: 1280px;
  padding: 8px 24px 64px;
  margin: 0 auto;
  outline: none;
}

.penguin-desk h1 {
  margin: var(--penguin-gap-3) 0 var(--penguin-gap-2);
}

.penguin-desk h2 {
  margin: var(--penguin-gap-4) 0 var(--penguin-gap-2);
}

.penguin-desk h3 {
  margin: var(--penguin-gap-3) 0 var(--penguin-gap-1);
}

.penguin-desk-said:not(:empty) {
  padding: 2px 16px;
  border-left: 4px solid var(--penguin-blue);
  margin: 10px 24px 0;
  background: var(--penguin-soft);
}

.penguin-desk-said[data-tone='failed'] {
  border-left-color: var(--penguin-orange);
}

.penguin-desk-today {
  padding: 0;
  margin: 0;
  list-style: none;
}

.penguin-desk-today > li {
  padding: 10px 14px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
  margin: 0 0 8px;
}

.penguin-desk-line {
  display: flex;
  align-items: center;
  justify-content: space-between;
  gap: 16px;
  font-size: 1.08em;
}

.penguin-desk details > summary {
  color: var(--penguin-quiet);
  cursor: pointer;
}

.penguin-desk-list details > summary {
  color: inherit;
}

.penguin-desk details ul {
  padding-left: 1.2em;
  margin: 6px 0;
}

.penguin-desk details li {
  margin: 4px 0;
}

.penguin-desk details li > button {
  padding: 0 8px;
  margin-left: 10px;
}

.penguin-desk-list {
  padding: 0;
  margin: 4px 0;
  list-style: none;
}

.penguin-desk-written {
  overflow: auto;
  max-height: 20em;
  padding: 8px 12px;
  border-radius: 6px;
  margin: 4px 0;
  background: var(--penguin-code);
  font-family: var(--jp-code-font-family);
  font-size: 0.95em;
  white-space: pre-wrap;
}

.penguin-desk-reply {
  padding: 2px 12px;
  border-left: 3px solid var(--penguin-blue);
}

.penguin-desk-wanted {
  font-size: 1.08em;
  white-space: pre-wrap;
}

.penguin-desk-form,
.penguin-desk-choices {
  display: flex;
  flex-wrap: wrap;
  align-items: flex-end;
  gap: 10px 16px;
  margin: 8px 0 14px;
}

.penguin-desk-field {
  max-width: 36em;
}

.penguin-desk-field > span {
  display: block;
  color: var(--penguin-quiet);
  font-size: 0.9em;
}

.penguin-desk :is(textarea, input:not([type='checkbox'], [type='radio']), select) {
  box-sizing: border-box;
  max-width: 100%;
  padding: 4px 8px;
  border: 1px solid var(--jp-border-color1, #bdbdbd);
  border-radius: 6px;
  background: var(--penguin-paper);
  color: inherit;
  font: inherit;
}

.penguin-desk .penguin-desk-field > select {
  max-width: 24em;
}

/* whom something is for: a large class scrolls in it */
.penguin-desk-checks {
  display: flex;
  box-sizing: border-box;
  flex: 1 0 100%;
  flex-wrap: wrap;
  gap: 6px 18px;
  overflow-y: auto;
  max-height: 16em;
  padding: 6px 12px 10px;
  border: 1px solid var(--penguin-line);
  border-radius: 6px;
  margin: 0 0 10px;
}

.penguin-desk-checks > p {
  display: flex;
  flex: 1 0 100%;
  flex-wrap: wrap;
  gap: 6px;
  margin: 0;
}

.penguin-desk section > details {
  margin: 8px 0;
}

.penguin-desk textarea {
  width: 36em;
}

.penguin-desk-rubric fieldset {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 18px;
  padding: 0;
  border: 0;
  margin: 0 0 10px;
}

.penguin-desk-rubric label {
  display: flex;
  align-items: center;
  gap: 4px;
  min-height: 24px;
}

.penguin-desk-group {
  border-bottom: 1px solid var(--penguin-line);
}

.penguin-desk-wide {
  overflow-x: auto;
  max-width: 100%;
}

.penguin-matrix,
.penguin-desk-table {
  border-collapse: collapse;
}

.penguin-desk-table {
  width: 100%;
}

.penguin-desk-team {
  table-layout: fixed;
}

.penguin-desk-table :is(th, td) {
  padding: 5px 10px 5px 0;
  border-bottom: 1px solid var(--penguin-line);
  text-align: left;
}

.penguin-desk-table tbody th,
.penguin-matrix tbody th {
  font-weight: normal;
}

.penguin-desk-steps {
  white-space: nowrap;
}

.penguin-desk-steps > * {
  margin-left: 6px;
}

.penguin-matrix :is(th, td) {
  padding: 2px 3px;
  border-bottom: 1px solid var(--penguin-line);
  text-align: center;
  white-space: nowrap;
}

.penguin-matrix thead th {
  vertical-align: bottom;
}

.penguin-matrix th:first-child {
  position: sticky;
  left: 0;
  max-width: 16em;
  background: var(--penguin-paper);
  text-align: left;
}

.penguin-matrix th button {
  overflow: hidden;
  max-width: 100%;
  padding: 2px 6px;
  border-color: transparent;
  text-overflow: ellipsis;
}

.penguin-matrix th small {
  display: block;
  max-width: 5em;
  margin: 0 auto;
  font-weight: normal;
  line-height: 1.2;
  white-space: normal;
}

.penguin-matrix .penguin-matrix-team th {
  padding-top: 12px;
  font-weight: 600;
}

.penguin-square {
  position: relative;
  display: inline-block;
  min-width: 3.2em;
  padding: 2px 4px;
  border: 1px solid transparent;
  border-radius: 4px;
  text-align: center;
}

.penguin-square-working {
  color: var(--penguin-quiet);
}

.penguin-square-to_grade {
  border-color: var(--penguin-blue);
  color: var(--penguin-blue);
}

.penguin-square-refused,
.penguin-square-to_mark {
  border-color: var(--penguin-orange);
  color: var(--penguin-orange);
}

.penguin-square-graded {
  border-color: var(--jp-border-color1, #bdbdbd);
}

.penguin-square-returned {
  background: var(--penguin-soft);
}

.penguin-desk small.penguin-late {
  display: block;
  color: var(--penguin-orange);
}

/* a square for each stretch of the lesson: full, half full, empty */
.penguin-stretches {
  display: flex;
  justify-content: center;
  gap: 1px;
  padding: 1px 0 2px;
}

.penguin-stretches > i {
  box-sizing: border-box;
  width: 7px;
  height: 8px;
  border: 1px solid var(--penguin-quiet);
}

@media (width <= 1200px) {
  .penguin-stretches > i {
    width: 5px;
  }
}

.penguin-stretches > .penguin-stretch-done {
  border-color: var(--penguin-blue);
  background: var(--penguin-blue);
}

.penguin-stretches > .penguin-stretch-begun {
  border-color: var(--penguin-blue);
  background: linear-gradient(to top, var(--penguin-blue) 50%, transparent 50%);
}

.penguin-desk-legend .penguin-stretches {
  display: inline-flex;
}

.penguin-desk-legend ul {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 18px;
  padding: 0;
  margin: 8px 0 0;
  list-style: none;
}

.penguin-desk-legend li > span {
  margin-right: 6px;
  color: var(--jp-content-font-color1);
}

.penguin-heard {
  position: absolute;
  overflow: hidden;
  width: 1px;
  height: 1px;
  clip-path: inset(50%);
  white-space: nowrap;
}

.penguin-desk-bar {
  display: inline-block;
  overflow: hidden;
  width: 8em;
  height: 0.7em;
  border-radius: 4px;
  background: var(--penguin-soft);
}

.penguin-desk-bar > span {
  display: block;
  height: 100%;
  background: var(--penguin-blue);
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/drawers.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`.penguin-drawer {
  overflow: auto;
  min-width: 280px;
  box-sizing: border-box;
  padding: 0 14px 20px;
  background: var(--penguin-paper);
  color: var(--jp-ui-font-color1);
  font-size: 14px;
  line-height: 1.6;
}

.penguin-drawer-head {
  position: sticky;
  z-index: 1;
  top: 0;
  display: flex;
  align-items: center;
  justify-content: space-between;
  padding: 8px 0;
  background: inherit;
}

.penguin-drawer-head h2 {
  margin: 0;
}

.penguin-drawer button.penguin-drawer-close {
  border-color: transparent;
  font-size: 18px;
}

.penguin-drawer h3 {
  margin: 14px 0 4px;
  color: var(--penguin-quiet);
  font-size: 13px;
  font-weight: 600;
}

.penguin-drawer ul {
  margin: 0;
}

.penguin-map-list ul {
  padding: 0;
  list-style: none;
}

.penguin-drawer button.penguin-map-lesson {
  display: flex;
  width: 100%;
  flex-direction: column;
  align-items: flex-start;
  margin: 3px 0;
  text-align: left;
}

.penguin-map-lesson[aria-current] {
  border-color: var(--penguin-blue) !important;
  box-shadow: inset 4px 0 0 var(--penguin-blue);
}

.penguin-map-name {
  font-weight: 600;
}

.penguin-map-dots {
  color: var(--penguin-blue);
  letter-spacing: 1px;
}

.penguin-map-lesson small,
.penguin-here {
  color: var(--penguin-quiet);
  font-size: var(--penguin-text-small);
  font-weight: 400;
}

.penguin-tables .pg-entry {
  max-width: none;
}

/* What to write into a cell to see the same: here it is at hand. */
.penguin-tables-body > .pg > .pg-caption:last-child {
  display: none;
}

.penguin-page-head {
  position: sticky;
  left: 0;
  display: flex;
  align-items: center;
  gap: 12px;
  padding: 4px 0 8px;
}

.penguin-page-head h2 {
  margin: 0;
}

.penguin-ownfile {
  padding: var(--penguin-gap-2) 0;
}

.penguin-drawer .penguin-ownfile {
  border-bottom: 1px solid var(--penguin-line);
}

.penguin-ownfile small {
  display: block;
  color: var(--penguin-quiet);
}

/* On a telephone a drawer lies over the page instead of beside it, which stays as broad as it was. */

@media (width <= 760px) {
  .penguin-room .jp-SideArea {
    z-index: 5 !important;
  }

  .penguin-room .jp-SideArea,
  .penguin-room .jp-SideArea > .lm-StackedPanel,
  .penguin-room .penguin-drawer,
  .penguin-room #jp-main-dock-panel,
  .penguin-room #jp-main-dock-panel > :is(.jp-MainAreaWidget, .penguin-home, .penguin-bi),
  .penguin-room .jp-NotebookPanel > .jp-Notebook {
    left: 0 !important;
    width: 100% !important;
  }
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/guard.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`.penguin-banner {
  display: flex;
  box-sizing: border-box;
  flex-wrap: wrap;
  align-items: baseline;
  padding: 8px 16px;
  border-bottom: 1px solid var(--penguin-line);
  background: #e8f2fa;
  color: #10222f;
  font-size: 14px;
  gap: 2px 14px;
  line-height: 1.6;
}

.penguin-banner:empty {
  display: none;
}

.penguin-banner[data-tone='warning'] {
  background: #fdf1d8;
  color: #33240a;
}

[data-jp-theme-light='false'] .penguin-banner {
  background: #14303f;
  color: #e3f1fb;
}

[data-jp-theme-light='false'] .penguin-banner[data-tone='warning'] {
  background: #3d2e0c;
  color: #fdf1d8;
}

.penguin-banner .penguin-banner-close {
  padding: 0 8px;
  border-color: transparent;
  margin-left: auto;
  background: transparent;
  color: inherit;
}

.jp-Dialog.penguin-undecided {
  visibility: hidden;
}

.jp-Dialog [hidden] {
  display: none;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/handin.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`/* Handing in, and what came back. */

.penguin-handin {
  padding: 10px 16px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
  margin: 14px 0 0;
  background: var(--penguin-soft);
  font-family: var(--jp-content-font-family);
}

.penguin-handin p,
.penguin-class p {
  margin: 4px 0;
}

.penguin-handin-ways {
  display: inline-flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px 14px;
}

.penguin-handin-ways a,
.penguin-class a {
  color: var(--penguin-blue);
  text-decoration: underline;
  text-underline-offset: 3px;
}

.penguin-handin-what {
  color: var(--penguin-quiet);
  font-size: 0.9em;
}

.penguin-handin-closed,
.penguin-handin-trouble {
  padding: 4px 10px;
  border-left: 4px solid var(--jp-warn-color1);
}

.penguin-home .penguin-class-lessons {
  padding: 0;
  list-style: none;
}

.penguin-class-lessons > li {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 16px;
  padding: 6px 0;
  border-bottom: 1px solid var(--penguin-line);
}

.penguin-class-lessons .penguin-handin-trouble {
  flex-basis: 100%;
}

.penguin-new {
  display: inline-block;
  padding: 0 8px;
  border-radius: 9px;
  margin-left: 8px;
  background: var(--penguin-blue);
  color: #fff;
  font-size: 12px;
  font-weight: 700;
  line-height: 18px;
  vertical-align: middle;
}

.penguin-question blockquote,
.penguin-back-note blockquote {
  padding: 4px 12px;
  border-left: 4px solid var(--penguin-blue);
  margin: 4px 0;
  white-space: pre-wrap;
}

.penguin-back-note {
  padding: 8px 14px;
  border-top: 1px solid var(--penguin-line);
  font-family: var(--jp-content-font-family);
  line-height: 1.7;
}

.penguin-back-note p {
  margin: 2px 0;
}

.penguin-back-note .penguin-back-head {
  font-weight: 700;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/home.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`.penguin-home {
  overflow: auto;
  background: var(--penguin-paper);
  color: var(--jp-content-font-color1);
  font-family: var(--jp-content-font-family);
  font-size: var(--jp-content-font-size1, 14px);
  line-height: 1.7;
}

.penguin-home-page {
  max-width: 880px;
  margin: 0 auto;
  padding: var(--penguin-gap-4) var(--penguin-side) 64px;
}

.penguin-home > .penguin-waiting {
  padding: 16px var(--penguin-side);
}

.penguin-home h1 {
  margin: 0 0 4px;
}

.penguin-home h2 {
  margin: var(--penguin-gap-5) 0 var(--penguin-gap-2);
}

.penguin-home h3 {
  margin: var(--penguin-gap-3) 0 var(--penguin-gap-1);
}

.penguin-home .penguin-lead {
  margin: 0 0 18px;
}

.penguin-home-begin {
  margin: 0 0 18px;
}

.penguin-home-begin p {
  margin: var(--penguin-gap-1) 2px 0;
}

.penguin-home button.penguin-big {
  padding: 12px 26px;
  border-radius: 10px;
  font-size: 1.25em;
}

.penguin-home-lines {
  padding-left: 1.5em;
  margin: 0 0 12px;
}

.penguin-home .penguin-facts {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 28px;
  padding: 0;
  list-style: none;
}

/* A row for each lesson, or for each thing to do today: no row has one card alone, however many there are. */

.penguin-home .penguin-cards {
  padding: 0;
  border-top: 1px solid var(--penguin-line);
  margin: 0;
  list-style: none;
}

.penguin-home .penguin-cards li {
  border-bottom: 1px solid var(--penguin-line);
}

.penguin-home .penguin-cards button {
  width: 100%;
  padding: var(--penguin-gap-2) var(--penguin-gap-3);
  border: none;
  border-radius: 0;
  margin: 0;
  text-align: left;
}

.penguin-home .penguin-today button {
  display: flex;
  justify-content: space-between;
  gap: var(--penguin-gap-3);
  color: var(--penguin-blue);
  font-weight: 600;
  text-decoration: none;
}

.penguin-home .penguin-today button::after {
  content: '→' / ''; /* not part of the button's name */
}

.penguin-home button.penguin-map-lesson {
  display: grid;
  align-items: baseline;
  gap: 0 var(--penguin-gap-3);
  grid-template-areas: 'name dots' 'question count';
  grid-template-columns: 1fr auto;
}

.penguin-home .penguin-map-name {
  grid-area: name;
}

.penguin-home .penguin-map-question {
  grid-area: question;
}

.penguin-home .penguin-map-dots {
  grid-area: dots;
  text-align: right;
}

.penguin-home .penguin-map-count {
  grid-area: count;
  text-align: right;
}

@media (width <= 760px) {
  .penguin-home button.penguin-map-lesson {
    grid-template-areas: 'name' 'question' 'dots' 'count';
    grid-template-columns: 1fr;
  }

  .penguin-home :is(.penguin-map-dots, .penguin-map-count) {
    text-align: left;
  }
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/index.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=i.n(r),t=i("./node_modules/css-loader/dist/cjs.js!./style/classpage.css"),d=i("./node_modules/css-loader/dist/cjs.js!./style/scale.css"),s=i("./node_modules/css-loader/dist/cjs.js!./style/room.css"),u=i("./node_modules/css-loader/dist/cjs.js!./style/controls.css"),g=i("./node_modules/css-loader/dist/cjs.js!./style/bar.css"),l=i("./node_modules/css-loader/dist/cjs.js!./style/drawers.css"),c=i("./node_modules/css-loader/dist/cjs.js!./style/home.css"),m=i("./node_modules/css-loader/dist/cjs.js!./style/lesson.css"),b=i("./node_modules/css-loader/dist/cjs.js!./style/stretch.css"),x=i("./node_modules/css-loader/dist/cjs.js!./style/clicks.css"),h=i("./node_modules/css-loader/dist/cjs.js!./style/guard.css"),f=i("./node_modules/css-loader/dist/cjs.js!./style/handin.css"),v=i("./node_modules/css-loader/dist/cjs.js!./style/bi.css"),j=i("./node_modules/css-loader/dist/cjs.js!./style/desk.css"),w=a()(o());w.i(t.A),w.i(d.A),w.i(s.A),w.i(u.A),w.i(g.A),w.i(l.A),w.i(c.A),w.i(m.A),w.i(b.A),w.i(x.A),w.i(h.A),w.i(f.A),w.i(v.A),w.i(j.A),w.push([e.id,`
`,""]),i.d(n,{},{A:w})},"./node_modules/css-loader/dist/cjs.js!./style/lesson.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`/* A lesson's page: one column, no prompts, no cell tools. */

.penguin-room .jp-Notebook {
  --penguin-measure: 920px;

  padding: 0;
}

.penguin-room .jp-Notebook .jp-WindowedPanel-outer {
  box-sizing: border-box;
  padding: 18px 0;
}

.penguin-room .jp-Notebook .jp-WindowedPanel-viewport {
  padding-right: var(--penguin-side);
  padding-left: var(--penguin-side);
}

.penguin-room .jp-Notebook .jp-MarkdownCell .jp-MarkdownOutput,
.penguin-room .jp-Notebook .jp-MarkdownCell .jp-InputArea {
  border: none;
}

.penguin-room .jp-Notebook .jp-Cell {
  max-width: var(--penguin-measure);
  box-sizing: border-box;
  padding: 2px 0;
  border: none;
  margin: 0 auto;
}

.penguin-room .jp-Notebook .jp-InputPrompt,
.penguin-room .jp-Notebook .jp-OutputPrompt,
.penguin-room .jp-Notebook .jp-OutputArea-promptOverlay,
.penguin-room .jp-Notebook .jp-Collapser,
.penguin-room .jp-Notebook .jp-collapseHeadingButton,
.penguin-room .jp-Notebook .jp-cell-toolbar,
.penguin-room .jp-Notebook .jp-CellHeader:empty,
.penguin-room .jp-InternalAnchorLink {
  display: none;
}

.penguin-room .jp-Notebook .jp-MarkdownCell .jp-InputArea,
.penguin-room .jp-Notebook .jp-MarkdownCell .jp-Cell-inputWrapper,
.penguin-room .jp-Notebook .jp-MarkdownCell .jp-MarkdownOutput {
  padding-left: 0;
  margin-left: 0;
}

.penguin-room .jp-Notebook .jp-MarkdownCell .jp-MarkdownOutput {
  font-size: 15px;
  line-height: 1.75;
}

.penguin-room .jp-Notebook.jp-mod-commandMode .jp-Cell.jp-mod-active,
.penguin-room .jp-Notebook .jp-Cell.jp-mod-active {
  background: transparent;
}

.penguin-room .jp-Notebook .jp-Cell.jp-mod-active::before,
.penguin-room .jp-Notebook .jp-Cell.jp-mod-active > .jp-Cell-inputWrapper .jp-Collapser {
  display: none;
}

/* Who goes from cell to cell by keys sees which one is selected; who opens a lesson to read it sees nothing beside its text. */
.penguin-room
  .jp-Notebook.jp-mod-commandMode:has(:focus-visible)
  .jp-MarkdownCell.jp-mod-active:not(.penguin-answer),
.penguin-room
  .jp-Notebook.jp-mod-commandMode:focus-visible
  .jp-MarkdownCell.jp-mod-active:not(.penguin-answer) {
  box-shadow: -12px 0 0 -8px var(--penguin-blue);
}

.penguin-room .jp-Notebook .jp-OutputArea-output {
  padding-left: 0;
}

.penguin-room .jp-Notebook.jp-mod-scrollPastEnd .jp-WindowedPanel-outer::after {
  min-height: 20vh;
}

/* Cards. */

.penguin-room .jp-Notebook .jp-Cell.penguin-answer,
.penguin-room .jp-Notebook .jp-Cell.penguin-scratch,
.penguin-room .jp-Notebook .jp-Cell.penguin-draft,
.penguin-room .jp-Notebook .jp-Cell.penguin-example,
.penguin-room .jp-Notebook .jp-Cell.penguin-finish,
.penguin-room .jp-Notebook .jp-Cell.penguin-predicted {
  overflow: visible;
  padding: 0;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
  margin: 8px auto 14px;
}

.penguin-room .jp-Notebook .jp-Cell.penguin-answer {
  border-color: var(--jp-border-color1);
  margin: 10px auto 22px;
  box-shadow: 0 1px 5px rgb(0 0 0 / 9%);
}

.penguin-room .jp-Notebook .jp-Cell.penguin-answer.jp-mod-active,
.penguin-room .jp-Notebook .jp-Cell.penguin-scratch.jp-mod-active,
.penguin-room .jp-Notebook .jp-Cell.penguin-draft.jp-mod-active,
.penguin-room .jp-Notebook .jp-Cell.penguin-example.jp-mod-active,
.penguin-room .jp-Notebook .jp-Cell.penguin-finish.jp-mod-active,
.penguin-room .jp-Notebook .jp-Cell.penguin-predicted.jp-mod-active {
  border-color: var(--penguin-blue);
  box-shadow: 0 0 0 1px var(--penguin-blue);
}

.penguin-room .jp-Notebook .jp-Cell.penguin-scratch {
  border-style: dashed;
}

.penguin-card-head {
  display: flex;
  align-items: center;
  justify-content: space-between;
  padding: 5px 14px;
  border-bottom: 1px solid var(--penguin-line);
  border-radius: 8px 8px 0 0;
  background: var(--penguin-soft);
  color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family);
  font-size: 13px;
  line-height: 1.6;
}

/* Said once: the end of the lesson below leads on, and the card's own bar has the button that stops. */

.penguin-room .penguin-finish .pg-way-on,
.penguin-room .jp-Cell:has(> .penguin-card-bar > .penguin-stop) .pg-slow .pg-live,
.penguin-room .penguin-finish > .jp-Cell-inputWrapper,
.penguin-room .jp-Cell[data-exercise^='L'] .pg-in-card {
  display: none;
}

.penguin-answer > .penguin-card-head .penguin-card-name,
.penguin-finish > .penguin-card-head .penguin-card-name {
  font-weight: 700;
}

.penguin-draft > .penguin-card-head,
.penguin-example > .penguin-card-head,
.penguin-predicted > .penguin-card-head,
.penguin-scratch > .penguin-card-head {
  padding: 2px 14px;
  border-bottom: none;
  background: transparent;
  color: var(--penguin-quiet);
  font-size: 12px;
}

.penguin-card-state {
  color: var(--penguin-quiet);
}

.penguin-card-state.penguin-tried {
  color: var(--penguin-orange);
  font-weight: 600;
}

.penguin-card-state.penguin-passed,
.penguin-card-state.penguin-passed_with_help,
.penguin-card-state.penguin-handed_in {
  color: var(--penguin-blue);
  font-weight: 600;
}

.penguin-card-bar {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px 8px;
  padding: 6px 12px 8px;
  color: var(--jp-ui-font-color1);
  font-family: var(--jp-ui-font-family);
  font-size: 13px;
}

.penguin-card-more {
  display: flex;
  gap: 6px;
  margin-left: auto;
}

.penguin-card-bar .penguin-card-more button {
  border-color: transparent;
  background: transparent;
  color: var(--penguin-quiet);
}

.penguin-card-status {
  color: var(--penguin-quiet);
}

.penguin-card-status:empty,
.penguin-card-next:empty {
  display: none;
}

.penguin-room .jp-Notebook .penguin-card .jp-Cell-inputWrapper {
  margin: 0;
}

.penguin-room .jp-Notebook .penguin-card .jp-InputArea-editor {
  border: none !important;
  box-shadow: none !important;
  background: transparent;
  font-size: 14px;
}

/* on either ground, JupyterLab's own comments and numbers are too pale to be read by everybody */
.penguin-room .jp-Notebook {
  --jp-mirror-editor-comment-color: var(--penguin-comment);
  --jp-mirror-editor-number-color: var(--penguin-number);
}

.penguin-room .jp-Notebook .penguin-draft .jp-InputArea-editor,
.penguin-room .jp-Notebook .penguin-example .jp-InputArea-editor,
.penguin-room .jp-Notebook .penguin-predicted .jp-InputArea-editor {
  background: var(--penguin-code);
}

.penguin-room .jp-Notebook .penguin-answer .jp-InputArea-editor .cm-editor {
  min-height: 3.6em;
}

.penguin-room .jp-Notebook .penguin-card .jp-Cell-outputWrapper {
  padding: 0 14px 6px;
}

.penguin-room .jp-Notebook .penguin-card .jp-Cell-outputWrapper:has(.jp-OutputArea-child) {
  padding-top: 6px;
  border-top: 1px solid var(--penguin-line);
}

.penguin-room .jp-Notebook .penguin-card .jp-OutputArea-output {
  max-width: 100%;
}

.penguin-room .jp-Notebook .penguin-shown {
  border: none;
}

.penguin-task.penguin-done .jp-MarkdownOutput h3::before {
  margin-right: 0.4em;
  color: var(--penguin-blue);
  content: '✓';
}

.penguin-tries {
  width: 420px;
  max-height: 60vh;
  overflow: auto;
}

.penguin-tries summary {
  cursor: pointer;
}

.penguin-tries pre {
  overflow: auto;
  padding: 6px 8px;
  border-radius: 4px;
  background: var(--penguin-soft);
  font-family: var(--jp-code-font-family);
  font-size: 12.5px;
}

.penguin-logo svg {
  width: 24px;
  height: 24px;
  margin-right: 6px;
  vertical-align: -6px;
}

.penguin-end {
  max-width: var(--penguin-measure);
  box-sizing: border-box;
  padding: 14px 20px 18px;
  border: 1px solid var(--penguin-line);
  border-radius: 8px;
  margin: 36px auto 80px;
  background: var(--penguin-soft);
  color: var(--jp-content-font-color1);
  font-family: var(--jp-content-font-family);
}

.penguin-end:empty {
  display: none;
}

.penguin-end.penguin-complete {
  border-color: var(--penguin-blue);
  background: var(--penguin-paper);
}

.penguin-end h2 {
  margin: 0 0 10px;
}

.penguin-end-ways {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
}

.penguin-end-question {
  color: var(--penguin-quiet);
  font-size: 13px;
}

/* Rounds of practice before the one that is worked at. */

.jp-Notebook:not(.penguin-earlier-open) .jp-Cell.penguin-earlier {
  display: none;
}

.penguin-fold button {
  padding: 2px 10px;
  border: none;
  background: none;
  color: var(--penguin-quiet);
  cursor: pointer;
  font: 13px var(--jp-ui-font-family);
}

.penguin-fold button::before {
  content: '▸ ';
}

.penguin-fold button[aria-expanded='true']::before {
  content: '▾ ';
}

/* What stands under a cell and is not about its text any more, or was never finished. */

.penguin-room .jp-Notebook .penguin-older > .penguin-card-bar > .penguin-card-status,
.penguin-room .jp-Notebook .penguin-unfinished > .penguin-card-bar > .penguin-card-status {
  color: var(--penguin-orange);
  font-weight: 600;
}

.penguin-room .jp-Notebook .penguin-older > .jp-Cell-outputWrapper {
  border-top: 2px dashed var(--penguin-orange);
}

.penguin-room .jp-Notebook .penguin-older > .jp-Cell-outputWrapper .pg-verdict .pg-mark {
  background: var(--penguin-quiet);
}

.penguin-room .jp-Notebook .penguin-unfinished .pg-grading,
.penguin-room .jp-Notebook .penguin-unfinished .pg-slow {
  display: none;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/room.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`/* What all parts of the room share. */

:root {
  --penguin-blue: #0b6aa2;
  --penguin-orange: #b45309;
  --penguin-quiet: var(--jp-ui-font-color2, #616161);
  --penguin-line: var(--jp-border-color2, #e0e0e0);
  --penguin-paper: var(--jp-layout-color1, #fff);
  --penguin-soft: var(--jp-layout-color2, #f3f5f7);
  --penguin-code: #f6f7f9;
  --penguin-comment: #3a7373;
  --penguin-number: #007f00;
}

[data-jp-theme-light='false'] {
  --penguin-blue: #5bb8ef;
  --penguin-orange: #f0a04b;
  --penguin-code: #1d1d1d;
  --penguin-comment: #6fb3b3;
  --penguin-number: #66bb6a;
}

.penguin-room button:focus-visible,
.penguin-room [tabindex]:focus-visible:not(.jp-Notebook, .jp-Cell, .jp-WindowedPanel-outer) {
  outline: 2px solid var(--penguin-blue);
  outline-offset: 1px;
}

.penguin-live button[aria-busy='true'],
.penguin-live .pg-tool[aria-busy='true'] {
  cursor: progress;
  opacity: 0.75;
}

.penguin-live button[aria-busy='true']::before,
.penguin-live .pg-tool[aria-busy='true']::before,
.penguin-spin::before {
  display: inline-block;
  width: 0.7em;
  height: 0.7em;
  margin-right: 0.5em;
  border: 2px solid currentcolor;
  border-right-color: transparent;
  border-radius: 50%;
  animation: penguin-turn 0.8s linear infinite;
  content: '';
}

@keyframes penguin-turn {
  to {
    transform: rotate(1turn);
  }
}

.penguin-waiting {
  color: var(--penguin-quiet);
}

/* The shell shows them once more while it restores itself, by a rule that names its panel. */
.penguin-room .jp-SideBar {
  display: none !important;
}

/* JupyterLab draws a line around each page. */
.penguin-room #jp-main-dock-panel > .lm-Widget {
  border: none;
}

/* JupyterLab gives a page without an activity bar a margin of its own. */
.penguin-room #jp-main-dock-panel {
  padding: 0;
}

.penguin-back {
  display: flex;
  align-items: center;
  padding: 0 8px;
}

.penguin-back button {
  padding: 0 10px;
  font-size: var(--jp-ui-font-size1);
}

.penguin-room .penguin-back {
  display: none;
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/scale.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`/* The scale of the room: five sizes of text, five gaps, two corners. Whatever draws a page takes its sizes here. */

:root {
  --penguin-text-small: calc(var(--jp-content-font-size1, 14px) * 0.89);
  --penguin-text: var(--jp-content-font-size1, 14px);
  --penguin-text-lead: calc(var(--jp-content-font-size1, 14px) * 1.1);
  --penguin-text-head: calc(var(--jp-content-font-size1, 14px) * 1.25);
  --penguin-text-title: calc(var(--jp-content-font-size1, 14px) * 1.6);
  --penguin-gap-1: 4px;
  --penguin-gap-2: 8px;
  --penguin-gap-3: 14px;
  --penguin-gap-4: 24px;
  --penguin-gap-5: 36px;
  --penguin-corner: 6px;
  --penguin-corner-card: 8px;
  --penguin-side: 28px;
}

@media (width <= 760px) {
  :root {
    --penguin-side: 14px;
    --penguin-gap-5: 28px;
  }
}

/* Titles and leads of whatever is a page. */

:is(.penguin-home, .penguin-bi, .penguin-desk) h1 {
  font-size: var(--penguin-text-title);
  line-height: 1.3;
}

:is(.penguin-home, .penguin-bi, .penguin-desk, .penguin-end) h2,
.penguin-page-head h2,
.penguin-drawer-head h2 {
  font-size: var(--penguin-text-head);
  line-height: 1.4;
}

:is(.penguin-home, .penguin-bi, .penguin-desk) h3 {
  font-size: var(--penguin-text);
  line-height: 1.5;
}

:is(.penguin-home, .penguin-bi) .penguin-lead {
  font-size: var(--penguin-text-lead);
}

/* Who wants no motion gets none: a turning sign turns slowly, all else stands at once where it belongs. */

@media (prefers-reduced-motion: reduce) {
  .penguin-room *,
  .penguin-room *::before,
  .penguin-room *::after,
  .penguin-desk * {
    scroll-behavior: auto !important;
    transition-duration: 0s !important;
    transition-delay: 0s !important;
  }

  .penguin-room *:not([aria-busy='true'], .penguin-spin)::before,
  .penguin-room *:not(.jp-Spinner, .jp-SpinnerContent) {
    animation-duration: 0s !important;
    animation-iteration-count: 1 !important;
  }

  :is(
    .penguin-live button[aria-busy='true'],
    .penguin-live .pg-tool[aria-busy='true'],
    .penguin-spin
  )::before {
    animation-duration: 4s;
  }
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/cjs.js!./style/stretch.css"(e,n,i){var p=i("./node_modules/css-loader/dist/runtime/noSourceMaps.js"),o=i.n(p),r=i("./node_modules/css-loader/dist/runtime/api.js"),a=(i.n(r))()(o());a.push([e.id,`/* Where the stretches of a lesson meet, and what home says of them. */

.penguin-stretch {
  font-family: var(--jp-content-font-family);
  color: var(--jp-content-font-color1);
}

.penguin-stretch p {
  margin: 6px 0;
}

.penguin-stretch-head {
  padding: 6px 0 6px 12px;
  border-left: 4px solid var(--penguin-blue);
}

.penguin-stretch-head small,
.penguin-stretch-end small,
.penguin-stretch-open {
  color: var(--penguin-quiet);
}

.penguin-stretch-head small {
  margin-left: 6px;
}

.penguin-stretch-end {
  padding: 8px 16px;
  border: 1px solid var(--penguin-blue);
  border-radius: 8px;
  margin: 26px 0 18px;
}

.penguin-stretch-end button {
  margin-right: 8px;
}

.penguin-dots-stretch {
  display: flex;
}

.penguin-dots-stretch + .penguin-dots-stretch {
  padding-left: 6px;
  border-left: 1px solid var(--penguin-line);
  margin-left: 6px;
}

.penguin-week {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px 16px;
  margin: 0 2px 8px;
  color: var(--penguin-quiet);
}

.penguin-coming {
  margin: 0 2px 8px;
  color: var(--penguin-quiet);
}

.penguin-week-days {
  display: flex;
  gap: 10px;
}

.penguin-day {
  display: flex;
  flex-direction: column;
  align-items: center;
  font-size: 0.85em;
  line-height: 1.3;
}

.penguin-practised {
  color: var(--penguin-blue);
  font-weight: 600;
}

.penguin-abilities {
  padding-left: 1.4em;
  margin: 0 0 10px;
  list-style: '✓ ';
}
`,""]),i.d(n,{},{A:a})},"./node_modules/css-loader/dist/runtime/api.js"(e){e.exports=function(e){var n=[];return n.toString=function(){return this.map(function(n){var i="",p=void 0!==n[5];return n[4]&&(i+="@supports (".concat(n[4],") {")),n[2]&&(i+="@media ".concat(n[2]," {")),p&&(i+="@layer".concat(n[5].length>0?" ".concat(n[5]):""," {")),i+=e(n),p&&(i+="}"),n[2]&&(i+="}"),n[4]&&(i+="}"),i}).join("")},n.i=function(e,i,p,o,r){"string"==typeof e&&(e=[[null,e,void 0]]);var a={};if(p)for(var t=0;t<this.length;t++){var d=this[t][0];null!=d&&(a[d]=!0)}for(var s=0;s<e.length;s++){var u=[].concat(e[s]);p&&a[u[0]]||(void 0!==r&&(void 0===u[5]||(u[1]="@layer".concat(u[5].length>0?" ".concat(u[5]):""," {").concat(u[1],"}")),u[5]=r),i&&(u[2]&&(u[1]="@media ".concat(u[2]," {").concat(u[1],"}")),u[2]=i),o&&(u[4]?(u[1]="@supports (".concat(u[4],") {").concat(u[1],"}"),u[4]=o):u[4]="".concat(o)),n.push(u))}},n}},"./node_modules/css-loader/dist/runtime/noSourceMaps.js"(e){e.exports=function(e){return e[1]}},"./node_modules/style-loader/dist/runtime/injectStylesIntoStyleTag.js"(e){var n=[];function i(e){for(var i=-1,p=0;p<n.length;p++)if(n[p].identifier===e){i=p;break}return i}function p(e,p){for(var o={},r=[],a=0;a<e.length;a++){var t=e[a],d=p.base?t[0]+p.base:t[0],s=o[d]||0,u="".concat(d," ").concat(s);o[d]=s+1;var g=i(u),l={css:t[1],media:t[2],sourceMap:t[3],supports:t[4],layer:t[5]};if(-1!==g)n[g].references++,n[g].updater(l);else{var c=function(e,n){var i=n.domAPI(n);return i.update(e),function(n){n?(n.css!==e.css||n.media!==e.media||n.sourceMap!==e.sourceMap||n.supports!==e.supports||n.layer!==e.layer)&&i.update(e=n):i.remove()}}(l,p);p.byIndex=a,n.splice(a,0,{identifier:u,updater:c,references:1})}r.push(u)}return r}e.exports=function(e,o){var r=p(e=e||[],o=o||{});return function(e){e=e||[];for(var a=0;a<r.length;a++){var t=i(r[a]);n[t].references--}for(var d=p(e,o),s=0;s<r.length;s++){var u=i(r[s]);0===n[u].references&&(n[u].updater(),n.splice(u,1))}r=d}}},"./node_modules/style-loader/dist/runtime/insertBySelector.js"(e){var n={};e.exports=function(e,i){var p=function(e){if(void 0===n[e]){var i=document.querySelector(e);if(window.HTMLIFrameElement&&i instanceof window.HTMLIFrameElement)try{i=i.contentDocument.head}catch(e){i=null}n[e]=i}return n[e]}(e);if(!p)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");p.appendChild(i)}},"./node_modules/style-loader/dist/runtime/insertStyleElement.js"(e){e.exports=function(e){var n=document.createElement("style");return e.setAttributes(n,e.attributes),e.insert(n,e.options),n}},"./node_modules/style-loader/dist/runtime/setAttributesWithoutAttributes.js"(e,n,i){e.exports=function(e){var n=i.nc;n&&e.setAttribute("nonce",n)}},"./node_modules/style-loader/dist/runtime/styleDomAPI.js"(e){e.exports=function(e){if("u"<typeof document)return{update:function(){},remove:function(){}};var n=e.insertStyleElement(e);return{update:function(i){var p,o,r;p="",i.supports&&(p+="@supports (".concat(i.supports,") {")),i.media&&(p+="@media ".concat(i.media," {")),(o=void 0!==i.layer)&&(p+="@layer".concat(i.layer.length>0?" ".concat(i.layer):""," {")),p+=i.css,o&&(p+="}"),i.media&&(p+="}"),i.supports&&(p+="}"),(r=i.sourceMap)&&"u">typeof btoa&&(p+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(r))))," */")),e.styleTagTransform(p,n,e.options)},remove:function(){var e;null===(e=n).parentNode||e.parentNode.removeChild(e)}}}},"./node_modules/style-loader/dist/runtime/styleTagTransform.js"(e){e.exports=function(e,n){if(n.styleSheet)n.styleSheet.cssText=e;else{for(;n.firstChild;)n.removeChild(n.firstChild);n.appendChild(document.createTextNode(e))}}},"./style/index.js"(e,n,i){var p=i("./node_modules/style-loader/dist/runtime/injectStylesIntoStyleTag.js"),o=i.n(p),r=i("./node_modules/style-loader/dist/runtime/styleDomAPI.js"),a=i.n(r),t=i("./node_modules/style-loader/dist/runtime/insertBySelector.js"),d=i.n(t),s=i("./node_modules/style-loader/dist/runtime/setAttributesWithoutAttributes.js"),u=i.n(s),g=i("./node_modules/style-loader/dist/runtime/insertStyleElement.js"),l=i.n(g),c=i("./node_modules/style-loader/dist/runtime/styleTagTransform.js"),m=i.n(c),b=i("./node_modules/css-loader/dist/cjs.js!./style/index.css"),x={};x.styleTagTransform=m(),x.setAttributes=u(),x.insert=d().bind(null,"head"),x.domAPI=a(),x.insertStyleElement=l(),o()(b.A,x),b.A&&b.A.locals&&b.A.locals}}]);
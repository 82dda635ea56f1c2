"use strict";(self.rspackChunksecond_penguin=self.rspackChunksecond_penguin||[]).push([[700],{857(n,e,i){var o=i(601),r=i.n(o),t=i(314),p=(i.n(t))()(r());p.push([n.id,`.penguin-bar {
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
`,""]),i.d(e,{},{A:p})},159(n,e,i){var o=i(601),r=i.n(o),t=i(314),p=(i.n(t))()(r());p.push([n.id,`.penguin-class-page .jp-Cell-inputWrapper,
.penguin-class-page .jp-OutputPrompt,
.penguin-class-page .jp-OutputArea-promptOverlay {
  display: none;
}
`,""]),i.d(e,{},{A:p})},976(n,e,i){var o=i(601),r=i.n(o),t=i(314),p=(i.n(t))()(r());p.push([n.id,`.penguin-drawer {
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
  font-size: 16px;
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

.penguin-drawer button.penguin-map-lesson,
.penguin-home button.penguin-map-lesson {
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
  font-size: 12.5px;
  font-weight: 400;
}

.penguin-tables .pg-entry {
  max-width: none;
}

.penguin-tables .pg-entry.penguin-of-lesson > summary code {
  color: var(--penguin-blue);
  font-weight: 700;
}
`,""]),i.d(e,{},{A:p})},370(n,e,i){var o=i(601),r=i.n(o),t=i(314),p=(i.n(t))()(r());p.push([n.id,`.penguin-home {
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
  padding: 28px 28px 64px;
}

.penguin-home h1 {
  margin: 0 0 4px;
  font-size: 1.7em;
  line-height: 1.3;
}

.penguin-home h2 {
  margin: 34px 0 6px;
  font-size: 1.2em;
}

.penguin-home h3 {
  margin: 16px 0 6px;
  color: var(--penguin-quiet);
  font-size: 0.95em;
}

.penguin-home .penguin-lead {
  margin: 0 0 18px;
  font-size: 1.1em;
}

.penguin-home-begin {
  margin: 0 0 18px;
}

.penguin-home-begin p {
  margin: 6px 2px 0;
  color: var(--penguin-quiet);
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

.penguin-home button.penguin-link {
  padding: 0;
  border: none;
  background: none;
  color: var(--penguin-blue);
  text-align: left;
  text-decoration: underline;
  text-underline-offset: 3px;
}

.penguin-home .penguin-facts {
  display: flex;
  flex-wrap: wrap;
  gap: 4px 28px;
  padding: 0;
  list-style: none;
}

.penguin-home .penguin-cards {
  display: grid;
  grid-template-columns: repeat(auto-fill, minmax(250px, 1fr));
  gap: 8px;
  padding: 0;
  margin: 0;
  list-style: none;
}

.penguin-home .penguin-cards li {
  display: flex;
}

.penguin-home button.penguin-map-lesson {
  padding: 8px 14px;
  margin: 0;
}
`,""]),i.d(e,{},{A:p})},646(n,e,i){var o=i(601),r=i.n(o),t=i(314),p=i.n(t),a=i(159),u=i(473),g=i(857),s=i(976),d=i(370),l=p()(r());l.i(a.A),l.i(u.A),l.i(g.A),l.i(s.A),l.i(d.A),l.push([n.id,`
`,""]),i.d(e,{},{A:l})},473(n,e,i){var o=i(601),r=i.n(o),t=i(314),p=(i.n(t))()(r());p.push([n.id,`/* What all parts of the room share. */

:root {
  --penguin-blue: #0b6aa2;
  --penguin-orange: #b45309;
  --penguin-quiet: var(--jp-ui-font-color2, #616161);
  --penguin-line: var(--jp-border-color2, #e0e0e0);
  --penguin-paper: var(--jp-layout-color1, #fff);
  --penguin-soft: var(--jp-layout-color2, #f3f5f7);
}

[data-jp-theme-light='false'] {
  --penguin-blue: #5bb8ef;
  --penguin-orange: #f0a04b;
}

.penguin-bar button,
.penguin-drawer button:not(.pg-tool, .pg-name),
.penguin-home button,
.penguin-popup button,
.penguin-card-bar button,
.penguin-back button,
.penguin-banner button {
  padding: 4px 12px;
  border: 1px solid var(--jp-border-color1, #bdbdbd);
  border-radius: 6px;
  background: var(--penguin-paper);
  color: var(--jp-ui-font-color1, #212121);
  font: inherit;
  line-height: 1.5;
  cursor: pointer;
}

.penguin-bar button:hover,
.penguin-drawer button:not(.pg-tool, .pg-name):hover,
.penguin-home button:hover,
.penguin-popup button:hover,
.penguin-card-bar button:hover,
.penguin-back button:hover {
  background: var(--penguin-soft);
}

.penguin-room button:focus-visible,
.penguin-room [tabindex]:focus-visible:not(.jp-Notebook, .jp-Cell, .jp-WindowedPanel-outer) {
  outline: 2px solid var(--penguin-blue);
  outline-offset: 1px;
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

.penguin-room button[aria-busy='true'],
.penguin-room .pg-tool[aria-busy='true'] {
  cursor: progress;
  opacity: 0.75;
}

.penguin-room button[aria-busy='true']::before,
.penguin-room .pg-tool[aria-busy='true']::before,
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

@media (prefers-reduced-motion: reduce) {
  .penguin-room button[aria-busy='true']::before,
  .penguin-room .pg-tool[aria-busy='true']::before,
  .penguin-spin::before {
    animation-duration: 4s;
  }
}

.penguin-waiting {
  color: var(--penguin-quiet);
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
`,""]),i.d(e,{},{A:p})},314(n){n.exports=function(n){var e=[];return e.toString=function(){return this.map(function(e){var i="",o=void 0!==e[5];return e[4]&&(i+="@supports (".concat(e[4],") {")),e[2]&&(i+="@media ".concat(e[2]," {")),o&&(i+="@layer".concat(e[5].length>0?" ".concat(e[5]):""," {")),i+=n(e),o&&(i+="}"),e[2]&&(i+="}"),e[4]&&(i+="}"),i}).join("")},e.i=function(n,i,o,r,t){"string"==typeof n&&(n=[[null,n,void 0]]);var p={};if(o)for(var a=0;a<this.length;a++){var u=this[a][0];null!=u&&(p[u]=!0)}for(var g=0;g<n.length;g++){var s=[].concat(n[g]);o&&p[s[0]]||(void 0!==t&&(void 0===s[5]||(s[1]="@layer".concat(s[5].length>0?" ".concat(s[5]):""," {").concat(s[1],"}")),s[5]=t),i&&(s[2]&&(s[1]="@media ".concat(s[2]," {").concat(s[1],"}")),s[2]=i),r&&(s[4]?(s[1]="@supports (".concat(s[4],") {").concat(s[1],"}"),s[4]=r):s[4]="".concat(r)),e.push(s))}},e}},601(n){n.exports=function(n){return n[1]}},72(n){var e=[];function i(n){for(var i=-1,o=0;o<e.length;o++)if(e[o].identifier===n){i=o;break}return i}function o(n,o){for(var r={},t=[],p=0;p<n.length;p++){var a=n[p],u=o.base?a[0]+o.base:a[0],g=r[u]||0,s="".concat(u," ").concat(g);r[u]=g+1;var d=i(s),l={css:a[1],media:a[2],sourceMap:a[3],supports:a[4],layer:a[5]};if(-1!==d)e[d].references++,e[d].updater(l);else{var c=function(n,e){var i=e.domAPI(e);return i.update(n),function(e){e?(e.css!==n.css||e.media!==n.media||e.sourceMap!==n.sourceMap||e.supports!==n.supports||e.layer!==n.layer)&&i.update(n=e):i.remove()}}(l,o);o.byIndex=p,e.splice(p,0,{identifier:s,updater:c,references:1})}t.push(s)}return t}n.exports=function(n,r){var t=o(n=n||[],r=r||{});return function(n){n=n||[];for(var p=0;p<t.length;p++){var a=i(t[p]);e[a].references--}for(var u=o(n,r),g=0;g<t.length;g++){var s=i(t[g]);0===e[s].references&&(e[s].updater(),e.splice(s,1))}t=u}}},659(n){var e={};n.exports=function(n,i){var o=function(n){if(void 0===e[n]){var i=document.querySelector(n);if(window.HTMLIFrameElement&&i instanceof window.HTMLIFrameElement)try{i=i.contentDocument.head}catch(n){i=null}e[n]=i}return e[n]}(n);if(!o)throw Error("Couldn't find a style target. This probably means that the value for the 'insert' parameter is invalid.");o.appendChild(i)}},540(n){n.exports=function(n){var e=document.createElement("style");return n.setAttributes(e,n.attributes),n.insert(e,n.options),e}},56(n,e,i){n.exports=function(n){var e=i.nc;e&&n.setAttribute("nonce",e)}},825(n){n.exports=function(n){if("u"<typeof document)return{update:function(){},remove:function(){}};var e=n.insertStyleElement(n);return{update:function(i){var o,r,t;o="",i.supports&&(o+="@supports (".concat(i.supports,") {")),i.media&&(o+="@media ".concat(i.media," {")),(r=void 0!==i.layer)&&(o+="@layer".concat(i.layer.length>0?" ".concat(i.layer):""," {")),o+=i.css,r&&(o+="}"),i.media&&(o+="}"),i.supports&&(o+="}"),(t=i.sourceMap)&&"u">typeof btoa&&(o+="\n/*# sourceMappingURL=data:application/json;base64,".concat(btoa(unescape(encodeURIComponent(JSON.stringify(t))))," */")),n.styleTagTransform(o,e,n.options)},remove:function(){var n;null===(n=e).parentNode||n.parentNode.removeChild(n)}}}},113(n){n.exports=function(n,e){if(e.styleSheet)e.styleSheet.cssText=n;else{for(;e.firstChild;)e.removeChild(e.firstChild);e.appendChild(document.createTextNode(n))}}},959(n,e,i){var o=i(72),r=i.n(o),t=i(825),p=i.n(t),a=i(659),u=i.n(a),g=i(56),s=i.n(g),d=i(540),l=i.n(d),c=i(113),b=i.n(c),f=i(646),m={};m.styleTagTransform=b(),m.setAttributes=s(),m.insert=u().bind(null,"head"),m.domAPI=p(),m.insertStyleElement=l(),r()(f.A,m),f.A&&f.A.locals&&f.A.locals}}]);
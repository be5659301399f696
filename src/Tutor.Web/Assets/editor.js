// The code editor of Ui/CodeEditor.razor and the plain one it can be switched to. Both report changes 300 ms after the
// last key.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

const languages = { python };

// Colours come from the page's custom properties, which pierce the shadow root and follow light and dark.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.comment, color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))], color: "var(--code-function)" },
  { tag: tags.className, color: "var(--code-function)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--bs-body-color)", backgroundColor: "transparent", fontSize: "0.9375rem", minHeight: "var(--editor-min-height, 16rem)", maxHeight: "var(--editor-max-height, 70vh)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--bs-font-monospace)", lineHeight: "1.55" },
  ".cm-content": { caretColor: "var(--bs-body-color)", padding: "0.5rem 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--bs-secondary-color)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--code-active-line)" },
  ".cm-cursor": { borderLeftColor: "var(--bs-body-color)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { background: "var(--code-selection)" },
});

// Chrome keeps the look of a selection that is typed over by writing style attributes, which the content-security policy
// blocks and reports. So that case is done here instead of by the browser.
const noteCopies = EditorView.domEventHandlers({
  copy(_, view) { copied = view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to).trim(); },
  cut(_, view) { copied = view.state.sliceDoc(view.state.selection.main.from, view.state.selection.main.to).trim(); },
});

const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.isComposing || !event.data || view.state.readOnly || view.state.selection.ranges.every(r => r.empty)) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

// What was copied on this page is not brought in from elsewhere. Only sizes leave the browser.
let copied = "";
const remember = () => { copied = (document.getSelection()?.toString() || document.activeElement?.value?.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd) || "").trim(); };
document.addEventListener("copy", remember);
document.addEventListener("cut", remember);
const pasted = (dotnet, event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.length > 0) dotnet.invokeMethodAsync("OnPasted", text.length, copied.length > 0 && text.trim() === copied).catch(() => {});
};

// Editors show every line end as LF. A text that was not changed goes back as it came, a changed one with the line end it had throughout.
function lineEnds() {
  let given = "", shown = "", end = "\n";
  return {
    take(text) {
      given = text;
      shown = text.replace(/\r\n?/g, "\n");
      end = !text.includes("\r") ? "\n" : shown.length === text.length - text.split("\r\n").length + 1 && !/[^\r]\n|^\n/.test(text) ? "\r\n" : text.includes("\n") ? "\n" : "\r";
    },
    back(text) {
      const whole = text.toWellFormed?.() ?? text;
      return whole === shown ? given : end === "\n" ? whole : whole.replaceAll("\n", end);
    },
  };
}

const tooLong = (length, most) => document.dispatchEvent(new CustomEvent("too-long", { detail: { length, most } }));

export function createCode(host, dotnet, options) {
  // The shadow root keeps the editor's own style sheet under the page's strict content-security policy.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const ends = lineEnds();
  ends.take(options.text);
  const reporter = makeReporter(dotnet, () => ends.back(view.state.doc.toString()), options.draft);
  const editable = new Compartment();
  const readOnly = value => [EditorState.readOnly.of(value), EditorView.editable.of(!value)];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(), history(), typeOver, noteCopies, EditorView.domEventHandlers({ paste(event) { pasted(dotnet, event); } }), drawSelection(), indentOnInput(), bracketMatching(), indentUnit.of("    "),
        highlightActiveLine(), highlightActiveLineGutter(), EditorView.lineWrapping,
        EditorState.changeFilter.of(change => {
          const fits = change.newDoc.length <= options.maxLength || change.newDoc.length < change.startState.doc.length;
          if (!fits) tooLong(change.newDoc.length, options.maxLength);
          return fits;
        }),
        keymap.of([{ key: "Mod-Enter", run: () => { reporter.submit(); return true; } }, ...defaultKeymap, ...historyKeymap, indentWithTab]),
        languages[options.language]?.() ?? [],
        syntaxHighlighting(colours), look, editable.of(readOnly(options.readOnly)),
        EditorView.contentAttributes.of({ "aria-label": options.label, "aria-multiline": "true", role: "textbox", ...(options.describedBy && { "aria-description": options.describedBy }) }),
        EditorView.updateListener.of(update => { if (update.docChanged && !update.transactions.some(t => t.isUserEvent("set"))) reporter.changed(); }),
      ],
    }),
  });
  return {
    setText: text => { ends.take(text); view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text }, userEvent: "set", filter: false }); },
    setReadOnly: value => view.dispatch({ effects: editable.reconfigure(readOnly(value)) }),
    report: () => reporter.report(),
    goToLine: number => {
      const line = view.state.doc.line(Math.min(Math.max(1, number), view.state.doc.lines));
      view.dispatch({ selection: { anchor: line.from }, effects: EditorView.scrollIntoView(line.from, { y: "center" }) });
      view.focus();
    },
    destroy: () => { reporter.stop(); view.destroy(); root.replaceChildren(); },
  };
}

export function createPlain(area, dotnet, options) {
  const ends = lineEnds();
  ends.take(options.text);
  const reporter = makeReporter(dotnet, () => ends.back(area.value), options.draft);
  let setting = false;
  const grow = () => { if (options.grow) { area.rows = Math.max(options.rows, area.value.split("\n").reduce((n, line) => n + 1 + Math.floor(line.length / 75), 1)); } };
  const onInput = () => { grow(); if (!setting) reporter.changed(); };
  const onKey = event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); reporter.submit(); } };
  // Typed before this editor was there: newer than what it was made with.
  const early = area.value !== options.shown.replace(/\r\n?/g, "\n");
  if (!early) area.value = options.text;
  grow();
  area.addEventListener("input", onInput);
  area.addEventListener("keydown", onKey);
  const onPaste = event => pasted(dotnet, event);
  area.addEventListener("paste", onPaste);
  if (early) reporter.changed();
  return {
    setText: text => {
      ends.take(text);
      setting = true;
      replaceAll(area, text.replace(/\r\n?/g, "\n"));
      setting = false;
      grow();
    },
    setReadOnly: value => { area.readOnly = value; },
    report: () => reporter.report(),
    goToLine: () => area.focus(),
    destroy: () => { reporter.stop(); area.removeEventListener("input", onInput); area.removeEventListener("keydown", onKey); area.removeEventListener("paste", onPaste); },
  };
}

// As if it had been typed: to set the value would throw away what the browser can undo.
function replaceAll(area, text) {
  if (area.value === text) return;
  const [focused, readOnly, top] = [document.activeElement, area.readOnly, scrollY];
  area.readOnly = false;
  area.focus({ preventScroll: true });
  area.select();
  document.execCommand(text === "" ? "delete" : "insertText", false, text);
  if (area.value !== text) area.value = text;
  area.setSelectionRange(0, 0);
  area.readOnly = readOnly;
  if (focused !== area) {
    area.blur();
    focused?.focus?.({ preventScroll: true });
  }
  scrollTo({ top, behavior: "instant" });
}

// What fits into one message goes as it is. More goes as a stream.
const MESSAGE_LENGTH = 12_000;

function makeReporter(dotnet, read, draft) {
  let timer, stopped = false, changes = 0, arrived = 0;
  // The circuit may be gone by the time the timer fires; the reconnect dialog already says so.
  const quietly = promise => Promise.resolve(promise).catch(() => {});
  const send = async () => {
    clearTimeout(timer);
    timer = undefined;
    if (stopped) return;
    const [text, sent] = [read(), changes];
    await (text.length <= MESSAGE_LENGTH
      ? dotnet.invokeMethodAsync("OnChanged", text)
      : dotnet.invokeMethodAsync("OnChangedStream", DotNet.createJSStreamReference(new TextEncoder().encode(text))));
    arrived = Math.max(arrived, sent);
  };
  const forget = draft ? keepDraft(draft, { read, pending: () => arrived < changes }) : () => {};
  return {
    report: async () => { await send(); },
    changed: () => {
      // Said at once, so that the page does not call saved what it has not seen.
      if (changes++ === arrived) quietly(dotnet.invokeMethodAsync("OnTyping"));
      if (draft) versionOf(draft.url);
      clearTimeout(timer);
      timer = setTimeout(() => quietly(send()), 300);
    },
    submit: () => quietly((async () => { await send(); if (!stopped) await dotnet.invokeMethodAsync("OnSubmit"); })()),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      forget();
    },
  };
}

// Drafts by address, each with its fields: what the server has not confirmed is posted when the page goes away, because a
// message to the circuit may not get out any more.
const drafts = new Map();

// Fields go as JSON: a form's own values lose their line ends. With them goes the version this window knows, which the page says.
function keepDraft({ url, field }, source) {
  const fields = drafts.get(url) ?? new Map();
  drafts.set(url, fields.set(field, source));
  return () => {
    if (fields.get(field) !== source) return;
    if (source.pending()) post(url, fields);
    fields.delete(field);
    if (fields.size === 0) drafts.delete(url);
  };
}

function post(url, fields) {
  const form = new FormData();
  for (const [name, source] of fields) form.set(name, JSON.stringify(source.read()));
  form.set("known", versionOf(url));
  const token = document.querySelector("input[name=__RequestVerificationToken]");
  if (token) form.set(token.name, token.value);
  // Browsers take up to 64 KB along when a page goes away; a longer text relies on the page staying a moment longer.
  if (!navigator.sendBeacon(url, form)) fetch(url, { method: "POST", body: form }).catch(() => {});
}

// The place that says it may be gone from the page by the time the text is posted.
const versions = new Map();
function versionOf(url) {
  const place = document.querySelector(`[data-draft="${CSS.escape(url)}"]`);
  if (place) versions.set(url, place.dataset.known);
  return versions.get(url) ?? "0";
}

function leaving(event) {
  if (event.type === "visibilitychange" && document.visibilityState === "visible") return;
  for (const [url, fields] of drafts)
    if ([...fields.values()].some(source => source.pending())) post(url, fields);
}
addEventListener("pagehide", leaving);
addEventListener("leaving-node", leaving);
document.addEventListener("visibilitychange", leaving);

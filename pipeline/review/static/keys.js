// The one table of keys: the dispatcher and the help both come from it. `at` names where a key is heard:
// item – the field is at hand and nothing is being typed; value, list – in the value, in the items of a list;
// drawing – while a box is drawn; document – in the list of a document's fields; buttons – on any other control.
const ANYWHERE = ["item", "value", "list", "drawing", "document", "buttons"];
const TYPING = ["item", "value", "list"];
const PAGE = ["item", "document", "drawing"];
const ARROWS = ["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"];
const shifted = (keys) => keys.map((key) => `Shift+${key}`);

export const KEYS = [
  { keys: ["Enter"], command: "save", at: ["item", "value", "drawing"] },
  { keys: ["Control+Enter"], command: "save", at: TYPING },
  { keys: ["Tab"], command: "next", at: TYPING },
  { keys: ["Shift+Tab"], command: "back", at: TYPING },
  { keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], shown: "1–9", command: "choose", at: ["item"] },
  { keys: ["e"], command: "edit", at: ["item"] },
  { keys: ["Escape"], command: "leave", at: ANYWHERE },
  { keys: ["n"], command: "none", at: ["item"] },
  { keys: ["b"], command: "blank", at: ["item"] },
  { keys: ["x"], command: "absent", at: ["item"] },
  { keys: ["u"], command: "unreadable", at: ["item"] },
  { keys: ["o"], command: "no_source", at: ["item"] },
  { keys: ["d"], command: "draw", at: ["item", "drawing"] },
  { keys: ARROWS, shown: "← ↑ → ↓", command: "box_move", at: ["drawing"] },
  { keys: shifted(ARROWS), shown: "Shift ← ↑ → ↓", command: "box_size", at: ["drawing"] },
  { keys: ["c"], command: "comment", at: ["item"] },
  { keys: ["z"], command: "undo", at: ["item"] },
  { keys: ["w"], command: "zoom", at: PAGE },
  { keys: ["+", "="], shown: "+", command: "zoom_in", at: PAGE },
  { keys: ["-"], shown: "−", command: "zoom_out", at: PAGE },
  { keys: ARROWS, shown: "← ↑ → ↓", command: "pan", at: ["item"] },
  { keys: ["PageUp", "["], shown: "PageUp [", command: "page_back", at: PAGE },
  { keys: ["PageDown", "]"], shown: "PageDown ]", command: "page_on", at: PAGE },
  { keys: ["v"], command: "document", at: ["item", "document"] },
  { keys: ["ArrowUp", "ArrowDown"], shown: "↑ ↓", command: "row", at: ["document"] },
  { keys: ["m"], command: "mode", at: ["item"] },
  { keys: ["p"], command: "progress", at: ["item"] },
  { keys: ["f"], command: "filters", at: ["item"] },
  { keys: ["l"], command: "language", at: ["item"] },
  { keys: ["F6"], command: "buttons", at: ANYWHERE },
  { keys: ["?"], command: "help", at: ["item", "document"] },
];

const OFF = "sohoa.no_single_keys"; // WCAG 2.1.4: single-letter keys can be turned off, and Tab is the browser's then
export const singleKeys = {
  get on() { return localStorage.getItem(OFF) === null; },
  set on(wanted) { if (wanted) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); },
};

/** While true, Tab and Shift+Tab move among all controls: from F6 until Escape or the next item. */
export const natural = { tab: false };

function pressed(event) {
  const names = [];
  if (event.ctrlKey || event.metaKey) names.push("Control");
  if (event.altKey) names.push("Alt");
  if (event.shiftKey && event.key.length > 1) names.push("Shift");
  names.push(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return names.join("+");
}

function place() {
  const at = document.activeElement;
  if (document.querySelector("dialog[open]")) return "dialog";
  if (document.querySelector("#sheet.drawing")) return "drawing";
  if (at?.id === "value") return "value";
  if (at?.id === "values") return "list";
  if (at?.closest("#document")) return "document";
  if (!at || at === document.body || at.matches("h2, #sheet")) return "item";
  return "buttons";
}

function silent(key) {
  const tab = key === "Tab" || key === "Shift+Tab";
  if (tab && natural.tab) return true;
  return !singleKeys.on && (tab || (key.length === 1 && key !== "?"));
}

/** Call commands[name](key) for the keys of the table. */
export function listen(commands) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return; // taken already; or a Vietnamese input method is at work
    const key = pressed(event);
    const at = place();
    const entry = KEYS.find((held) => held.keys.includes(key) && held.at.includes(at));
    if (!entry || silent(key)) return;
    event.preventDefault();
    commands[entry.command](key);
  });
}

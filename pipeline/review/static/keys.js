// The one table of keys: the dispatcher and the help both come from it.
// where: "item" – the field is at hand, nothing is being typed; "typing" – in the value too; "everywhere" – on buttons too.
export const KEYS = [
  { keys: ["Enter"], command: "save", where: "typing" },
  { keys: ["Control+Enter"], command: "save", where: "list" },
  { keys: ["Tab"], command: "next", where: "typing" },
  { keys: ["Shift+Tab"], command: "back", where: "typing" },
  { keys: ["1", "2", "3", "4", "5", "6", "7", "8", "9"], shown: "1–9", command: "choose", where: "item" },
  { keys: ["e"], command: "edit", where: "item" },
  { keys: ["Escape"], command: "leave", where: "everywhere" },
  { keys: ["n"], command: "none", where: "item" },
  { keys: ["b"], command: "blank", where: "item" },
  { keys: ["x"], command: "absent", where: "item" },
  { keys: ["u"], command: "unreadable", where: "item" },
  { keys: ["o"], command: "no_source", where: "item" },
  { keys: ["d"], command: "draw", where: "item" },
  { keys: ["c"], command: "comment", where: "item" },
  { keys: ["z"], command: "undo", where: "item" },
  { keys: ["w"], command: "zoom", where: "item" },
  { keys: ["+", "="], command: "zoom_in", where: "item" },
  { keys: ["-"], command: "zoom_out", where: "item" },
  { keys: ["PageUp", "["], command: "page_back", where: "item" },
  { keys: ["PageDown", "]"], command: "page_on", where: "item" },
  { keys: ["v"], command: "document", where: "item" },
  { keys: ["p"], command: "progress", where: "item" },
  { keys: ["f"], command: "filters", where: "item" },
  { keys: ["l"], command: "language", where: "item" },
  { keys: ["F6"], command: "buttons", where: "everywhere" },
  { keys: ["?"], command: "help", where: "item" },
];

const OFF = "sohoa.no_single_keys"; // WCAG 2.1.4: single-letter keys can be turned off
export const singleKeys = {
  get on() { return localStorage.getItem(OFF) === null; },
  set on(wanted) { if (wanted) localStorage.removeItem(OFF); else localStorage.setItem(OFF, "1"); },
};

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
  if (!at || at === document.body || at.matches("h2, #sheet, #context")) return "item";
  if (at.id === "value") return "value";
  if (at.id === "values") return "list";
  return "buttons";
}

const ALLOWED = {
  item: ["item", "typing", "everywhere"],
  value: ["typing", "everywhere"],
  list: ["list", "everywhere", "typing"],
  buttons: ["everywhere"],
  dialog: [],
};

/** Call commands[name](key) for the keys of the table. */
export function listen(commands) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // a Vietnamese input method is at work
    const key = pressed(event);
    const at = place();
    const entry = KEYS.find((held) => held.keys.includes(key) && ALLOWED[at].includes(held.where));
    if (!entry || (key === "Enter" && at === "list")) return;
    if (key.length === 1 && !singleKeys.on && key !== "?") return;
    event.preventDefault();
    commands[entry.command](key);
  });
}

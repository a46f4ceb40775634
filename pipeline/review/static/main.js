// The review page: one item at a time, the next ones already here, decisions written behind the reader's back.
import { post } from "./api.js";
import { Ahead, forget, forgetAll, item as fetchItem } from "./ahead.js";
import * as dialogs from "./dialogs.js";
import * as documents from "./document.js";
import * as form from "./form.js";
import { listen, natural } from "./keys.js";
import * as modes from "./modes.js";
import { noTrouble, status, wrong } from "./notice.js";
import * as pace from "./pace.js";
import * as view from "./screen.js";
import { by, language, reads, say } from "./words.js";
import { retry, underway, undo, write } from "./writing.js";

const { screen, sheet } = view;
const ahead = new Ahead();
const visited = [];
let turn = 0; // of going somewhere: only the last one arrives

const key = (item) => ({ doc_id: item.doc_id, field: item.field });

// ---- moving -------------------------------------------------------------------------------------------------------

async function go(to, visit = true) {
  const mine = ++turn;
  if (!to) {
    pace.showLeft(0);
    by("clearfilter").hidden = !Object.keys(ahead.asked).length;
    view.showDone();
    return;
  }
  try {
    const item = await fetchItem(to);
    if (mine !== turn) return;
    if (visit && screen.item) visited.push(key(screen.item));
    const shown = view.show(item, (at) => commands.choose(String(at + 1)));
    refill(to);
    await shown;
  } catch (refused) {
    wrong(refused);
  }
}

const refill = (after) =>
  ahead.refill(after).then(() => pace.showLeft(Math.max(0, ahead.left - underway())), wrong);

async function next() {
  const from = screen.item && key(screen.item);
  if (!ahead.follows(from) || !ahead.keys.length) await ahead.refill(from).catch(wrong);
  if (!ahead.follows(from)) return; // refused, or somewhere else is gone to already
  const to = ahead.take();
  // The server may not know yet of a decision that is under way.
  if (to || !ahead.left || !screen.item || ahead.isDecided(screen.item)) await go(to);
}

/** Narrow the queue; the address keeps how, so that it outlives a reload and a switch of language. */
async function filter(chosen) {
  ahead.asked = chosen;
  const address = new URLSearchParams({ lang: language, kind: modes.mode.kind, ...chosen });
  history.replaceState(null, "", `/?${address}`);
  by("filtered").textContent = dialogs.filterTold(chosen);
  view.lift();
  await ahead.refill(null).catch(wrong);
  await next();
}

/** Turn to another kind of work. */
async function begin(kind) {
  modes.mode.kind = kind;
  visited.length = 0;
  await filter({});
}

// ---- deciding -----------------------------------------------------------------------------------------------------

let moving = false; // a decision is made once: the key that comes before the next item is there does nothing

async function decide({ shown, parts, place, ...value }) {
  if (moving) return;
  moving = true;
  try {
    const item = screen.item;
    const seconds = view.seconds();
    ahead.settle(key(item));
    pace.add(seconds);
    pace.oneLess();
    write({ ...key(item), seen: item.seen, action: modes.actionFor(item), new: value, evidence: view.evidence(place), seconds },
      reads({ ...value, shown }), item.told);
    await next();
  } finally {
    moving = false;
  }
}

const state = (name) => () => screen.item && decide({ state: name });

// ---- commands: what keys and buttons do -----------------------------------------------------------------------------

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const REGIONS = ["header nav button", ".tools button", ".states button", "#context"];

const commands = {
  async save() {
    if (sheet.drawing) return sheet.stopDrawing(true);
    const { item } = screen;
    if (!item) return undefined;
    if (item.blind && !form.edited()) return form.focus();
    const value = form.edited() ? await form.value() : item.value;
    return value && item === screen.item ? decide(value) : undefined;
  },
  next: () => (screen.item || !by("done").hidden) && next(),
  async back() {
    const to = visited.pop() ?? (await ahead.before(screen.item && key(screen.item)).catch(wrong));
    if (to) await go(to, false);
  },
  choose(digit) {
    const other = screen.item?.alternatives[Number(digit) - 1];
    if (other) decide(other);
  },
  edit: () => screen.item && form.focus(),
  leave() {
    natural.tab = false;
    if (sheet.drawing) sheet.stopDrawing(false);
    else if (documents.isOpen()) documents.close();
    view.lookHome();
    by("label").focus({ preventScroll: true });
  },
  none: state("none"),
  blank: state("blank"),
  absent: state("absent"),
  unreadable: state("unreadable"),
  no_source() {
    if (!screen.item) return;
    screen.ownBox = null;
    view.setNoSource(!screen.noSource);
    view.lightUp();
  },
  draw() {
    if (!screen.item || !sheet.bitmap) return;
    if (sheet.drawing) sheet.stopDrawing(true);
    else sheet.startDrawing();
  },
  box_move: (arrow) => sheet.nudge(...ARROWS[arrow], false),
  box_size: (arrow) => sheet.nudge(...ARROWS[arrow.replace("Shift+", "")], true),
  comment() {
    if (screen.item && !screen.item.blind) dialogs.ask(say("comment"), "", true, (text) => comment(screen.item, text));
  },
  async undo() {
    const last = await undo();
    if (!last) return;
    ahead.reopen(last);
    await go(key(last));
  },
  zoom: () => sheet.toggle(),
  zoom_in: () => sheet.zoom(1.25),
  zoom_out: () => sheet.zoom(0.8),
  pan: (arrow) => sheet.pan(...ARROWS[arrow]),
  page_back: () => view.turnPage(-1),
  page_on: () => view.turnPage(1),
  document() {
    if (documents.isOpen()) return commands.leave();
    return screen.item && documents.open(screen.item, { go, point: view.point, turn: view.turnTo }).catch(wrong);
  },
  row: documents.move,
  mode: () => modes.choose(begin).catch(wrong),
  progress: () => dialogs.showProgress().catch(wrong),
  filters: () => dialogs.showFilters(ahead.asked, filter).catch(wrong),
  clear: () => filter({}),
  language() {
    const to = new URL(by("language").href);
    for (const [name, value] of Object.entries({ kind: modes.mode.kind, ...ahead.asked })) to.searchParams.set(name, value);
    location.assign(to.href + location.hash);
  },
  buttons() {
    natural.tab = true;
    const at = REGIONS.findIndex((name) => document.activeElement?.closest(name.split(" ")[0]));
    const found = REGIONS.map((name) => document.querySelector(name));
    for (let step = 1; step <= found.length; step += 1) {
      const wanted = found[(at + step) % found.length];
      if (wanted?.offsetParent) return wanted.focus();
    }
    return undefined;
  },
  help: () => dialogs.showHelp(),
  name: () => dialogs.ask(say("name_prompt"), by("who").textContent, false, rename),
  logout: () => post("/logout", {}).then(() => location.assign("/login"), wrong),
  retry,
};

/** Go on under another name: what is open to a person, and hidden from them, is told anew. */
async function rename(who) {
  await started;
  const at = screen.item && key(screen.item);
  view.lift();
  try {
    by("who").textContent = (await post("/api/name", { who })).who;
  } catch (refused) {
    wrong(refused);
  }
  forgetAll();
  await (at ? go(at) : filter(ahead.asked));
}

async function comment(item, text) {
  item.told = post("/api/decide", { ...key(item), seen: item.seen, action: "comment", comment: text });
  try {
    const { seen } = await item.told;
    item.seen = seen;
    item.history.push({ at: new Date().toISOString(), who: by("who").textContent, action: "comment", comment: text });
    forget(item);
    if (item === screen.item) view.tellHistory(item);
    status(say("saved"));
  } catch (refused) {
    wrong(refused);
  }
}

listen(commands);
document.addEventListener("click", (event) => {
  const command = event.target.closest("[data-command]")?.dataset.command;
  if (!command) return;
  if (event.detail) by("label").focus({ preventScroll: true }); // clicked by pointer: the keys stay the item's
  commands[command]();
});
by("form").addEventListener("submit", (event) => { event.preventDefault(); commands.save(); });
by("language").addEventListener("click", (event) => { event.preventDefault(); commands.language(); });

const [docId, field] = location.hash.slice(1).split("/");
const asked = new URLSearchParams(location.search).get("kind");
if (modes.KINDS.includes(asked)) modes.mode.kind = asked;
ahead.asked = dialogs.filterOf(location.search);
by("filtered").textContent = dialogs.filterTold(ahead.asked);
const started = start();
await started;

async function start() {
  if (docId && field) await go({ doc_id: docId, field: decodeURIComponent(field) });
  if (screen.item) return;
  noTrouble();
  await ahead.refill(null).catch(wrong);
  await next();
}

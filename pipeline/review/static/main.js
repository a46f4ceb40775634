// The review page: one item at a time, the next ones already here, decisions written behind the reader's back.
import { post } from "./api.js";
import { Ahead, firstPage, forget, item as fetchItem, page as fetchPage } from "./ahead.js";
import * as dialogs from "./dialogs.js";
import * as form from "./form.js";
import { listen } from "./keys.js";
import { drawCrop, Sheet, turned } from "./sheet.js";
import { by, language, make, reads, say } from "./words.js";

const LONGEST_LOOK = 600;
const ahead = new Ahead();
const visited = [];
const undoable = [];
const failed = [];
let writing = 0;
let current = null; // the item on the screen
let number = 0; // its page on the screen
let since = 0;
let noSource = false;
let ownBox = null; // { page, box on the page as scanned }

const key = (item) => ({ doc_id: item.doc_id, field: item.field });
const rotation = (page) => current.pages.find((held) => held.page === page)?.rotation ?? 0;
const status = (text) => { by("status").textContent = text; };

const sheet = new Sheet(by("sheet"), (box) => {
  ownBox = { page: number, box: turned(box, -rotation(number)) };
  setNoSource(false);
  status(say("box_taken"));
  lightUp();
});

// ---- showing ------------------------------------------------------------------------------------------------------

function places() {
  if (noSource) return [];
  if (ownBox) return [ownBox];
  if (current.decided?.no_source) return [];
  if (current.decided?.box) return [{ page: current.decided.page, box: current.decided.box }];
  return current.places.filter((place) => place.box);
}

async function lightUp() {
  const item = current;
  const wanted = number;
  const lit = places();
  const boxes = lit.filter((place) => place.page === wanted).map((place) => turned(place.box, rotation(wanted)));
  by("page").textContent = `${say("page")} ${wanted || "–"} / ${item.pages.length}`;
  by("sheet").setAttribute("aria-label", `${say("page")} ${wanted}: ${item.raw_text}`);
  by("nopicture").hidden = true;
  try {
    if (!wanted) throw new Error("no_picture");
    const bitmap = await fetchPage(item.doc_id, wanted);
    if (item !== current || wanted !== number) return;
    sheet.show(bitmap, boxes);
    by("crop").hidden = !boxes.length;
    drawCrop(by("crop"), bitmap, boxes[0]);
  } catch (refused) {
    if (item !== current || wanted !== number) return;
    sheet.show(null, []);
    sheet.draw();
    by("crop").hidden = true;
    by("nopicture").hidden = false;
    by("nopicture").textContent = [say("no_picture"), refused.body?.detail].filter(Boolean).join(": ");
  }
}

function show(item) {
  if (current) visited.push(key(current));
  current = item;
  since = performance.now();
  ownBox = null;
  sheet.stopDrawing(false);
  by("work").hidden = false;
  by("done").hidden = true;
  setNoSource(item.decided?.no_source ?? false);
  by("where").textContent = [item.source, say(`group.${item.group}`), item.district, item.year].filter(Boolean).join(" · ");
  by("label").textContent = item.label[language];
  by("decided").hidden = !item.decided;
  by("decided").textContent = item.decided ? `✓ ${say("decided_by")} ${item.decided.who}` : "";
  by("raw").querySelector("q").textContent = item.raw_text;
  by("raw").hidden = !item.raw_text;
  by("reasons").replaceChildren(
    make("li", { class: "sure" }, `${say("confidence")} ${Math.round(100 * item.confidence)} %`),
    ...item.reasons.map((reason) => make("li", {}, say(`reason.${reason}`))));
  form.show(item, (at) => commands.choose(String(at + 1)));
  const [before, mark, after] = by("context").querySelectorAll("p > *");
  by("heading").textContent = item.heading;
  before.textContent = item.context.before;
  mark.textContent = item.context.raw;
  after.textContent = item.context.after;
  by("context").hidden = !item.heading && !item.context.after && !item.history.length;
  by("history").replaceChildren(...item.history.map((held) =>
    make("li", {}, `${held.at.slice(0, 16).replace("T", " ")} ${held.who}: ${held.comment || held.action}`)));
  by("item").scrollTop = 0;
  location.replace(`#${item.doc_id}/${encodeURIComponent(item.field)}`);
  by("label").focus({ preventScroll: true });
  number = firstPage(item) ?? 0;
  return lightUp();
}

function setNoSource(on) {
  noSource = on;
  document.querySelector("[data-command=no_source]").setAttribute("aria-pressed", String(on));
}

// ---- moving -------------------------------------------------------------------------------------------------------

async function go(to) {
  if (!to) {
    by("left").textContent = "0";
    by("work").hidden = true;
    by("done").hidden = false;
    by("done").querySelector("h2").focus();
    current = null;
    return;
  }
  try {
    const shown = show(await fetchItem(to));
    refill(to);
    await shown;
  } catch (refused) {
    trouble(say(`error.${refused.message}`));
  }
}

const refill = (after) => ahead.refill(after).then(() => {
  by("left").textContent = String(Math.max(0, ahead.left - writing));
}, (refused) => trouble(say(`error.${refused.message}`)));

async function next() {
  let to = ahead.take();
  if (!to) {
    await ahead.refill(current && key(current));
    to = ahead.take();
  }
  if (to || !ahead.left || !current) await go(to);
}

// ---- deciding -----------------------------------------------------------------------------------------------------

function evidence() {
  if (noSource) return { none: true };
  if (!ownBox) return {};
  const [x0, y0, x1, y1] = ownBox.box;
  return { page: ownBox.page, x0, y0, x1, y1 };
}

function decide(value) {
  const item = current;
  const sent = {
    ...key(item), seen: item.seen, action: "set", new: value, evidence: evidence(),
    seconds: Math.min(LONGEST_LOOK, (performance.now() - since) / 1000),
  };
  ahead.settle(key(item));
  by("left").textContent = String(Math.max(0, Number(by("left").textContent) - 1));
  write(sent, reads({ ...value, shown: value.items?.join("; ") ?? value.number ?? value.text ?? value.day ?? "" }));
  return next();
}

async function write(sent, own) {
  writing += 1;
  status(say("saving"));
  try {
    const { seen } = await post("/api/decide", sent);
    undoable.push({ doc_id: sent.doc_id, field: sent.field, seen });
    forget(sent);
    status(say("saved"));
  } catch (refused) {
    if (refused.status === 409 && refused.body.item) await settleConflict(sent, refused.body.item, own);
    else {
      failed.push([sent, own]);
      trouble(say(refused.status ? `error.${refused.message}` : "unsaved"));
    }
  } finally {
    writing -= 1;
  }
}

async function settleConflict(sent, theirs, own) {
  forget(sent);
  status("");
  if (await dialogs.askConflict(theirs, own)) await write({ ...sent, seen: theirs.seen }, own);
}

function trouble(text) {
  by("trouble").hidden = false;
  by("trouble").querySelector("span").textContent = text;
}

function setState(state) {
  if (current) decide({ state });
}

function turnPage(step) {
  if (!current) return;
  const pages = current.pages.map((held) => held.page);
  const at = pages.indexOf(number) + step;
  if (pages[at]) {
    number = pages[at];
    lightUp();
  }
}

// ---- commands: what keys and buttons do -----------------------------------------------------------------------------

const commands = {
  async save() {
    if (sheet.drawing) return sheet.stopDrawing(true);
    if (!current) return undefined;
    const item = current;
    if (!form.edited()) {
      const { shown, ...same } = item.value;
      return decide(same);
    }
    const value = await form.value();
    return value && item === current ? decide(value) : undefined;
  },
  next,
  async back() {
    const to = visited.pop() ?? (await ahead.refill(current && key(current), true))[0];
    if (!to) return;
    current = null;
    await go(to);
  },
  choose(digit) {
    const other = current?.alternatives[Number(digit) - 1];
    if (!other) return;
    const { shown, ...value } = other;
    decide(value);
  },
  edit: () => current && form.focus(),
  leave() {
    if (sheet.drawing) sheet.stopDrawing(false);
    by("label").focus({ preventScroll: true });
  },
  none: () => setState("none"),
  blank: () => setState("blank"),
  absent: () => setState("absent"),
  unreadable: () => setState("unreadable"),
  no_source() {
    if (!current) return;
    ownBox = null;
    setNoSource(!noSource);
    lightUp();
  },
  draw() {
    if (!current || !sheet.bitmap) return;
    if (sheet.drawing) sheet.stopDrawing(true);
    else sheet.startDrawing();
    by("drawing").hidden = !sheet.drawing;
    by("sheet").tabIndex = -1;
    by("sheet").focus();
  },
  comment() {
    if (!current) return;
    const item = current;
    dialogs.ask(say("comment"), "", true, async (comment) => {
      try {
        const { seen } = await post("/api/decide", { ...key(item), seen: item.seen, action: "comment", comment });
        item.seen = seen;
        item.history.push({ at: new Date().toISOString(), who: by("who").textContent, action: "comment", comment });
        forget(item);
        status(say("saved"));
      } catch (refused) {
        trouble(say(`error.${refused.message}`));
      }
    });
  },
  async undo() {
    const last = undoable.pop();
    if (!last) return status(say("nothing_to_undo"));
    try {
      await post("/api/decide", { ...last, action: "undo" });
      ahead.reopen(last);
      status(say("undone"));
      await go({ doc_id: last.doc_id, field: last.field });
    } catch (refused) {
      trouble(say(refused.status === 409 ? "conflict" : `error.${refused.message}`));
    }
    return undefined;
  },
  zoom: () => sheet.toggle(),
  zoom_in: () => sheet.zoom(1.25),
  zoom_out: () => sheet.zoom(0.8),
  page_back: () => turnPage(-1),
  page_on: () => turnPage(1),
  document() {
    if (!current) return;
    dialogs.showDocument(current.doc_id, go, (page) => { number = page; lightUp(); })
      .catch((refused) => trouble(say(`error.${refused.message}`)));
  },
  progress: () => dialogs.showProgress().catch((refused) => trouble(say(`error.${refused.message}`))),
  filters: () => dialogs.showFilters(ahead.asked, async (chosen) => {
    ahead.asked = chosen;
    current = null;
    await ahead.refill(null);
    await next();
  }).catch((refused) => trouble(say(`error.${refused.message}`))),
  language() { location.assign(by("language").href + location.hash); },
  buttons: () => document.querySelector("header nav button").focus(),
  help: () => dialogs.showHelp(),
  name: () => dialogs.ask(say("name_prompt"), by("who").textContent, false, async (who) => {
    by("who").textContent = (await post("/api/name", { who })).who;
  }),
  retry() {
    by("trouble").hidden = true;
    for (const [sent, own] of failed.splice(0)) write(sent, own);
  },
};

listen(commands);
document.addEventListener("click", (event) => {
  const command = event.target.closest("[data-command]")?.dataset.command;
  if (command) commands[command]();
});
by("form").addEventListener("submit", (event) => { event.preventDefault(); commands.save(); });
by("language").addEventListener("click", (event) => { event.preventDefault(); commands.language(); });
document.addEventListener("keydown", (event) => {
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
  if (arrow && sheet.drawing) {
    event.preventDefault();
    sheet.nudge(...arrow, event.shiftKey);
  }
});
new MutationObserver(() => { by("drawing").hidden = !sheet.drawing; })
  .observe(by("sheet"), { attributes: true, attributeFilter: ["class"] });
window.addEventListener("beforeunload", (event) => { if (writing || failed.length) event.preventDefault(); });

const [docId, field] = location.hash.slice(1).split("/");
if (docId && field) await go({ doc_id: docId, field: decodeURIComponent(field) });
if (!current) {
  by("trouble").hidden = true;
  await ahead.refill(null);
  await next();
}

// The item on the screen: its texts, its page with the evidence lit, and the place that the person points at instead.
import { firstPage, page as fetchPage } from "./ahead.js";
import * as documents from "./document.js";
import * as form from "./form.js";
import { natural } from "./keys.js";
import * as modes from "./modes.js";
import { status } from "./notice.js";
import { drawCrop, Sheet, turned } from "./sheet.js";
import { by, language, make, reads, say } from "./words.js";

const LONGEST_LOOK = 600;

/** What is on the screen: the item, its page, and what the person said of its place; `pointed` only looks elsewhere. */
export const screen = { item: null, page: 0, noSource: false, ownBox: null, pointed: null };

let since = 0;
let away = 0;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) away = performance.now();
  else since += performance.now() - away; // nobody looked meanwhile
});
export const seconds = () => Math.min(LONGEST_LOOK, (performance.now() - since) / 1000);

const rotation = (page) => screen.item.pages.find((held) => held.page === page)?.rotation ?? 0;

export const sheet = new Sheet(by("sheet"), {
  onBox(box) {
    screen.ownBox = { page: screen.page, box: turned(box, -rotation(screen.page)) };
    setNoSource(false);
    status(say("box_taken"));
    lightUp();
  },
  onDrawing(on) {
    by("drawing").hidden = !on;
    document.querySelector("[data-command=draw]").setAttribute("aria-pressed", String(on));
    by(on ? "sheet" : "label").focus({ preventScroll: true });
  },
});

/** Return where the value stands, as the trail keeps it; empty where the machine's place is kept. `own` is the value's own. */
export function evidence(own = null) {
  if (screen.noSource) return { none: true };
  const pointed = screen.ownBox ?? own;
  if (!pointed) return {};
  const [x0, y0, x1, y1] = pointed.box;
  return { page: pointed.page, x0, y0, x1, y1 };
}

export function setNoSource(on) {
  screen.noSource = on;
  document.querySelector("[data-command=no_source]").setAttribute("aria-pressed", String(on));
}

function places() {
  if (screen.pointed) return screen.pointed;
  if (screen.noSource) return [];
  if (screen.ownBox) return [screen.ownBox];
  return ownPlaces(screen.item);
}

function ownPlaces(item) {
  if (item.decided?.no_source) return [];
  if (item.decided?.box) return [{ page: item.decided.page, box: item.decided.box }];
  return item.places.filter((place) => place.box);
}

/** Show the page on the screen with the places lit that are on it. */
export async function lightUp() {
  const { item, page } = screen;
  const boxes = places().filter((place) => place.page === page).map((place) => turned(place.box, rotation(page)));
  by("page").textContent = `${say("page")} ${page || "–"} / ${item.pages.length}`;
  by("sheet").setAttribute("aria-label", `${say("page")} ${page}: ${item.raw_text}`);
  by("nopicture").hidden = true;
  by("noplace").hidden = Boolean(places().length) || screen.noSource;
  try {
    if (!page) throw new Error("no_picture");
    const bitmap = await fetchPage(item.doc_id, page);
    if (item !== screen.item || page !== screen.page) return;
    sheet.show(bitmap, boxes);
    if (!screen.pointed) {
      by("crop").hidden = !boxes.length;
      drawCrop(by("crop"), bitmap, boxes[0]);
    }
  } catch (refused) {
    if (item !== screen.item || page !== screen.page) return;
    sheet.show(null, []);
    by("crop").hidden = true;
    by("nopicture").hidden = false;
    by("nopicture").textContent = [say("no_picture"), refused.body?.detail].filter(Boolean).join(": ");
  }
  by("sheet").dataset.shown = `${item.doc_id}/${item.field}/${page}`; // what is painted with the next frame
}

/** Look at places of another field of the same document without leaving the item. */
export function point(found) {
  const lit = found.filter((place) => place.box);
  if (!lit.length) return undefined;
  screen.pointed = lit;
  screen.page = lit[0].page;
  return lightUp();
}

export function turnTo(page) {
  if (!screen.item?.pages.some((held) => held.page === page)) return;
  screen.page = page;
  lightUp();
}

export function turnPage(step) {
  const pages = screen.item?.pages.map((held) => held.page) ?? [];
  turnTo(pages[pages.indexOf(screen.page) + step]);
}

/** Back from another field's place to the item's own. */
export function lookHome() {
  if (!screen.pointed || !screen.item) return;
  screen.pointed = null;
  screen.page = firstPage(screen.item) ?? 0;
  lightUp();
}

/** Put `item` on the screen; `choose(n)` takes its n-th alternative. Resolves when its page is shown. */
export function show(item, choose) {
  Object.assign(screen, { item, page: firstPage(item) ?? 0, ownBox: null, pointed: null });
  since = performance.now();
  natural.tab = false;
  sheet.stopDrawing(false);
  documents.close();
  by("done").hidden = true;
  setNoSource(item.decided?.no_source ?? false);
  tell(item);
  modes.tell(item);
  form.show(item, choose);
  by("item").scrollTop = 0;
  history.replaceState(null, "", `#${item.doc_id}/${encodeURIComponent(item.field)}`);
  by("label").focus({ preventScroll: true });
  return lightUp();
}

function tell(item) {
  by("where").textContent = [item.source, say(`group.${item.group}`), item.district, item.year].filter(Boolean).join(" · ");
  by("label").textContent = item.label[language];
  by("decided").hidden = !item.decided;
  by("decided").textContent = item.decided ? `✓ ${say("decided_by")} ${item.decided.who}` : "";
  by("raw").querySelector("q").textContent = item.raw_text;
  by("raw").hidden = !item.raw_text;
  by("reasons").replaceChildren(
    ...(item.confidence === null ? []
      : [make("li", { class: "sure" }, `${say("confidence")} ${Math.round(100 * item.confidence)} %`)]),
    ...item.reasons.map((reason) => make("li", {}, say(`reason.${reason}`))));
  by("neighbours").hidden = !item.neighbours.length;
  by("neighbours").querySelector("span:last-child").textContent =
    item.neighbours.map((held) => `${held.year}: ${reads(held)}`).join(" · ");
  const [before, mark, after] = by("context").querySelectorAll("p > *");
  by("heading").textContent = item.heading;
  before.textContent = item.context.before;
  mark.textContent = item.context.raw;
  after.textContent = item.context.after;
  tellHistory(item);
}

export function tellHistory(item) {
  by("context").hidden = !item.heading && !item.context.after && !item.history.length;
  by("history").replaceChildren(...item.history.map((held) =>
    make("li", {}, `${new Date(held.at).toLocaleString(language, { dateStyle: "short", timeStyle: "short" })} ${held.who}: `
      + (held.comment ? `“${held.comment}”` : say(`action.${held.action}`)))));
}

/** Take the item from the keys until another, or the same for somebody else, is shown. */
export function lift() {
  screen.item = null;
  delete by("sheet").dataset.shown;
}

/** Show that nothing is left. */
export function showDone() {
  screen.item = null;
  documents.close();
  by("work").hidden = true;
  by("done").hidden = false;
  by("done").querySelector("h2").focus();
}

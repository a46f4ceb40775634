// The dialogs: keys, filters, progress, comment, name, conflict.
import { get } from "./api.js";
import { KEYS, natural, singleKeys } from "./keys.js";
import * as quality from "./quality.js";
import { by, language, make, reads, say } from "./words.js";

const dialog = by("dialog");
const closed = () => new Promise((done) => dialog.addEventListener("close", done, { once: true }));

/** Open the dialog with a title and content, after the one that is open now; returns when it is closed.
 * Then the keys are the item's again, whatever button opened it, unless the person goes from control to control. */
export async function open(title, ...content) {
  while (dialog.open) await closed();
  by("dialogtitle").textContent = title;
  by("dialogbody").replaceChildren(...content);
  dialog.showModal();
  await closed();
  if (!natural.tab) by("label").focus({ preventScroll: true });
}
export const close = () => dialog.close();

export const cell = (...children) => make("td", {}, ...children);
export const table = (heads, rows) =>
  make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, ...rows));

export function showHelp() {
  const rows = KEYS.map((held) =>
    make("tr", {}, cell(make("kbd", {}, held.shown ?? held.keys.join("  "))), cell(say(`key.${held.command}`))));
  const box = make("input", { type: "checkbox", onchange: (event) => { singleKeys.on = event.target.checked; } });
  box.checked = singleKeys.on;
  const half = Math.ceil(rows.length / 2);
  const heads = [say("key"), say("does")];
  return open(say("help"), make("label", { class: "check" }, box, say("single_keys")),
    make("div", { class: "columns" }, table(heads, rows.slice(0, half)), table(heads, rows.slice(half))));
}

const FACETS = [["group", "group."], ["field", "field."], ["reason", "reason."], ["district", ""], ["year", ""]];
const BOXES = ["settled", "sure"];
const ASKED = [...FACETS.map(([name]) => name), ...BOXES, "doc_id"];

/** Return the filter that an address holds. */
export const filterOf = (search) =>
  Object.fromEntries([...new URLSearchParams(search)].filter(([name, value]) => ASKED.includes(name) && value));

/** Return a filter in words, "" when it narrows nothing. */
export function filterTold(asked) {
  const parts = FACETS.filter(([name]) => asked[name])
    .map(([name, prefix]) => (prefix ? say(prefix + asked[name]) : asked[name]));
  return [...parts, ...BOXES.filter((name) => asked[name]).map((name) => say(`only_${name}`))].join(" · ");
}

export async function showFilters(asked, apply) {
  const facets = await get("/api/facets");
  const selects = FACETS.map(([name, prefix]) => {
    const select = make("select", { name }, make("option", { value: "" }, say("any")),
      ...facets[name].map(([value, count]) =>
        make("option", { value, selected: asked[name] === value }, `${prefix ? say(prefix + value) : value} (${count})`)));
    return make("label", {}, say(name), select);
  });
  const boxes = BOXES.map((name) => {
    const box = make("input", { type: "checkbox", name, value: "true" });
    box.checked = asked[name] === "true";
    return make("label", { class: "check" }, box, say(`${name}_too`));
  });
  const form = make("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const chosen = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
      close();
      apply(chosen);
    },
  }, ...selects, ...boxes,
    make("p", { class: "buttons" }, make("button", { class: "main" }, say("apply")),
      make("button", { type: "button", onclick: () => { close(); apply({}); } }, say("clear"))));
  return open(say("filters"), form);
}

const percent = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "–");

export async function showProgress() {
  const held = await get("/api/progress");
  const rest = held.seconds ? Math.ceil(((held.flagged - held.settled) * held.seconds) / 60) : null;
  const bar = make("progress", { max: Math.max(held.flagged, 1), value: held.settled, "aria-label": say("progress") });
  const figure = (word, told) =>
    make("div", { class: "figure" }, make("strong", {}, told.toLocaleString(language)), make("span", { class: "quiet" }, say(word)));
  const tally = (title, rows, prefix = "") => (rows.length ? [
    make("h3", {}, title),
    table(["", say("settled"), say("agreed")], rows.map((row) =>
      make("tr", {}, cell(prefix ? say(prefix + row.name) : row.name), cell(String(row.settled)),
        cell(percent(row.agreed, row.settled))))),
  ] : []);
  return open(say("progress"), bar,
    make("div", { class: "figures" },
      figure("settled", `${held.settled} / ${held.flagged}`),
      figure("in_documents", held.documents),
      figure("median_seconds", held.seconds ?? "–"),
      figure("minutes", rest === null ? "–" : rest),
      figure("entries", held.entries)),
    ...(held.entries ? [] : [make("p", { class: "quiet" }, say("nothing_decided"))]),
    ...quality.shown(held.quality),
    ...tally(say("people"), held.people), ...tally(say("by_group"), held.groups, "group."),
    ...tally(say("by_field"), held.fields, "field."));
}

/** Ask for a text; gives it to `take` when the form is sent. */
export function ask(title, first, long, take) {
  const input = make(long ? "textarea" : "input",
    { name: "text", maxlength: long ? 2000 : 60, rows: long ? 4 : null, "aria-label": title, autofocus: true });
  input.value = first;
  const form = make("form", {
    onsubmit: (event) => { event.preventDefault(); close(); if (input.value.trim()) take(input.value.trim()); },
    onkeydown: (event) => {
      if (event.key !== "Enter" || !event.ctrlKey) return;
      event.preventDefault(); // the dialog is gone when the key reaches the page
      form.requestSubmit();
    },
  }, input, make("p", { class: "buttons" },
    make("button", { class: "main" }, say("save"), " ", make("kbd", {}, long ? "Ctrl Enter" : "Enter"))));
  return open(title, form);
}

/** Show another's decision beside one's own; resolves to true when one's own is to stand. */
export async function askConflict(theirs, own) {
  let mine = false;
  const button = (word, choice) => make("button",
    { type: "button", autofocus: !choice, "data-choice": word, onclick: () => { mine = choice; close(); } }, say(word));
  const side = (who, value, word, choice) =>
    make("div", {}, make("p", { class: "quiet" }, who), make("p", { class: "big" }, value), button(word, choice));
  await open(say("conflict"),
    make("p", {}, make("strong", {}, theirs.label[language]), ` · ${theirs.source}`),
    make("p", {}, say("conflict_hint")),
    make("div", { class: "sides" },
      side(theirs.decided?.who ?? "–", reads(theirs.value), "theirs", false),
      side(`${by("who").textContent} (${say("you")})`, own, "mine", true)));
  return mine;
}

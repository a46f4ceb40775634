// The dialogs: keys, filters, document, progress, comment, name, conflict.
import { get } from "./api.js";
import { KEYS, singleKeys } from "./keys.js";
import { by, language, make, reads, say } from "./words.js";

const dialog = by("dialog");

/** Open the dialog with a title and content; returns when it is closed. */
export function open(title, ...content) {
  by("dialogtitle").textContent = title;
  by("dialogbody").replaceChildren(...content);
  if (!dialog.open) dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", done, { once: true }));
}
export const close = () => dialog.close();

const cell = (...children) => make("td", {}, ...children);
const table = (heads, rows) =>
  make("table", {}, make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))),
    make("tbody", {}, ...rows));

export function showHelp() {
  const rows = KEYS.map((held) =>
    make("tr", {}, cell(make("kbd", {}, held.shown ?? held.keys.join("  "))), cell(say(`key.${held.command}`))));
  const box = make("input", { type: "checkbox", onchange: (event) => { singleKeys.on = event.target.checked; } });
  box.checked = singleKeys.on;
  return open(say("help"), make("label", { class: "check" }, box, say("single_keys")), table([say("key"), say("does")], rows));
}

const FACETS = [["group", "group."], ["field", ""], ["reason", "reason."], ["district", ""], ["year", ""]];

export async function showFilters(asked, apply) {
  const facets = await get("/api/facets");
  const selects = FACETS.map(([name, prefix]) => {
    const select = make("select", { name }, make("option", { value: "" }, say("any")),
      ...facets[name].map(([value, count]) =>
        make("option", { value, selected: asked[name] === value }, `${prefix ? say(prefix + value) : value} (${count})`)));
    return make("label", {}, say(name), select);
  });
  const settled = make("input", { type: "checkbox", name: "settled" });
  settled.checked = asked.settled === "true";
  const form = make("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const chosen = Object.fromEntries([...new FormData(form)].filter(([, value]) => value));
      if (settled.checked) chosen.settled = "true";
      close();
      apply(chosen);
    },
  }, ...selects, make("label", { class: "check" }, settled, say("settled_too")),
    make("button", { class: "main" }, say("apply")), " ",
    make("button", { type: "button", onclick: () => { close(); apply({}); } }, say("clear")));
  return open(say("filters"), form);
}

export async function showDocument(docId, go, turn) {
  const held = await get(`/api/document/${docId}`);
  const rows = held.fields.map((row) =>
    make("tr", { class: row.flagged && !row.decided ? "flagged" : null },
      cell(make("button", { type: "button", onclick: () => { close(); go({ doc_id: docId, field: row.field }); } },
        row.label[language])),
      cell(reads(row.value)), cell(row.decided ? `✓ ${row.decided}` : row.flagged ? say("flagged") : ""),
      cell(row.confidence.toFixed(2))));
  const outline = held.outline.map((section) =>
    make("li", {}, "\u2003".repeat(Math.max(0, section.level - 1)),
      section.page
        ? make("button", { type: "button", onclick: () => { close(); turn(section.page); } }, section.heading)
        : section.heading));
  const findings = held.findings.map((finding) => make("li", {}, finding[language] ?? finding.vi));
  return open(held.source,
    make("p", {}, [held.doc_type, held.issuer, held.subject].filter(Boolean).join(" · ")),
    ...(findings.length ? [make("h3", {}, say("findings")), make("ul", {}, ...findings)] : []),
    make("h3", {}, say("fields")),
    table([say("field"), say("value"), say("state"), say("confidence")], rows),
    make("h3", {}, say("outline")), make("ul", {}, ...outline));
}

const percent = (part, whole) => (whole ? `${Math.round((100 * part) / whole)} %` : "–");

export async function showProgress() {
  const held = await get("/api/progress");
  const rest = held.seconds ? Math.ceil(((held.flagged - held.settled) * held.seconds) / 60) : null;
  const bar = make("progress", { max: Math.max(held.flagged, 1), value: held.settled, "aria-label": say("progress") });
  const tally = (title, rows, prefix = "") => [
    make("h3", {}, title),
    table(["", say("settled"), say("agreed")], rows.map((row) =>
      make("tr", {}, cell(prefix ? say(prefix + row.name) : row.name), cell(String(row.settled)),
        cell(percent(row.agreed, row.settled))))),
  ];
  return open(say("progress"), bar,
    make("p", {}, `${held.settled} / ${held.flagged} (${percent(held.settled, held.flagged)})`),
    make("p", {}, `${say("median_seconds")}: ${held.seconds ?? "–"}`,
      ...(rest === null ? [] : [` · ${say("rest")} ${rest} ${say("minutes")}`])),
    make("p", {}, `${say("entries")}: ${held.entries}`),
    ...tally(say("people"), held.people), ...tally(say("by_group"), held.groups, "group."),
    ...tally(say("by_field"), held.fields));
}

/** Ask for a text; gives it to `take` when the form is sent. */
export function ask(title, first, long, take) {
  const input = make(long ? "textarea" : "input", { name: "text", maxlength: long ? 2000 : 60, "aria-label": title });
  input.value = first;
  const form = make("form", {
    onsubmit: (event) => { event.preventDefault(); close(); if (input.value.trim()) take(input.value.trim()); },
    onkeydown: (event) => { if (event.key === "Enter" && event.ctrlKey) form.requestSubmit(); },
  }, input, make("p", {}, make("button", { class: "main" }, say("save"))));
  const done = open(title, form);
  input.focus();
  return done;
}

/** Show another's decision beside one's own; resolves to true when one's own is to stand. */
export async function askConflict(theirs, own) {
  let mine = false;
  const button = (word, choice) =>
    make("button", { type: "button", "data-choice": word, onclick: () => { mine = choice; close(); } }, say(word));
  await open(say("conflict"), make("p", {}, say("conflict_hint")),
    table(["", say("value")], [
      make("tr", {}, cell(theirs.decided?.who ?? "–"), cell(reads(theirs.value))),
      make("tr", {}, cell(by("who").textContent), cell(own)),
    ]), make("p", {}, button("theirs", false), " ", button("mine", true)));
  return mine;
}

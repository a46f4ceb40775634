// The whole document beside its page: every field with its value, what the checks found, and the outline.
import { get } from "./api.js";
import { by, language, make, reads, say } from "./words.js";

const panel = by("document");
export const isOpen = () => !panel.hidden;

/** Show the document of `item`; the field of the item has the focus. `on` holds what rows and headings do. */
export async function open(item, on) {
  const held = await get(`/api/document/${item.doc_id}`);
  const groups = new Map();
  for (const row of held.fields) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  panel.replaceChildren(
    make("h2", { tabindex: "-1" }, held.source),
    make("p", { class: "quiet" }, [held.doc_type, held.issuer, held.subject].filter(Boolean).join(" · ")),
    ...findings(held.findings, on),
    ...[...groups].flatMap(([group, rows]) => [
      make("h3", {}, say(`group.${group}`)),
      make("ul", { class: "rows" }, ...rows.map((row) => fieldRow(item, row, on))),
    ]),
    ...outline(held.outline, on));
  panel.hidden = false;
  by("work").hidden = true;
  const current = panel.querySelector("[aria-current]");
  current?.scrollIntoView({ block: "center" });
  (current ?? panel.querySelector("h2")).focus({ preventScroll: true });
}

export function close() {
  panel.hidden = true;
  panel.replaceChildren();
  by("work").hidden = false;
}

function fieldRow(item, row, on) {
  const mark = row.decided ? `✓ ${row.decided}` : row.flagged ? say("flagged") : "";
  return make("li", {}, make("button", {
    type: "button",
    class: row.flagged && !row.decided ? "row flagged" : "row",
    "aria-current": row.field === item.field ? "true" : null,
    onfocus: () => on.point(row.places),
    onpointerenter: () => on.point(row.places),
    onclick: () => on.go({ doc_id: item.doc_id, field: row.field }),
  }, make("span", { class: "name" }, row.label[language]),
  make("span", { class: row.value.state === "reported" ? "told" : "told quiet" }, reads(row.value)),
  make("span", { class: "mark" }, mark)));
}

function findings(found, on) {
  if (!found.length) return [];
  return [make("h3", {}, say("findings")), make("ul", { class: "findings" }, ...found.map((finding) =>
    make("li", {}, toPage(finding[language] ?? finding.vi, finding.page, on))))];
}

function outline(sections, on) {
  if (!sections.length) return [];
  return [make("h3", {}, say("outline")), make("ul", { class: "outline" }, ...sections.map((section) =>
    make("li", { class: `level${Math.min(section.level, 4)}` }, toPage(section.heading, section.page, on))))];
}

function toPage(text, page, on) {
  if (!page) return text;
  return make("button", { type: "button", class: "plain", onclick: () => on.turn(page) },
    text, " ", make("span", { class: "quiet" }, `${say("page").toLowerCase()} ${page}`));
}

/** Move the focus by one row: "ArrowUp" or "ArrowDown". */
export function move(key) {
  const rows = [...panel.querySelectorAll("button")];
  const at = rows.indexOf(document.activeElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + (key === "ArrowUp" ? -1 : 1)))]?.focus();
}

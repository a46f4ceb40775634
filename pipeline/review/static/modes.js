// What there is to do: review, second entry, rulings between two words, the audit. The server says which of them an item
// is for; where a word of one's own is asked for, it sends no value and the form is empty.
import { get, post } from "./api.js";
import { close, open, table, cell } from "./dialogs.js";
import { status, wrong } from "./notice.js";
import { by, language, make, say } from "./words.js";

export const KINDS = ["review", "second", "adjudicate", "audit"];
const ACTION = { review: "set", second: "second", adjudicate: "adjudicate", audit: "audit" };
const UNSEEN = {
  value: { state: "", shown: "" }, machine: {}, raw_text: "", confidence: null, reasons: [], decided: null,
  neighbours: [], heading: "", context: { before: "", raw: "", after: "" }, history: [],
};

/** The kind of work that the queue is for. */
export const mode = { kind: "review" };

/** Return `item` with nothing in the place of what the server left out; two words stand where alternatives do. */
export const filled = (item) => ({ ...UNSEEN, ...item, alternatives: item.words ?? item.alternatives });

/** Return the action by which a value is given for `item`. */
export const actionFor = (item) => ACTION[item.kind];

/** Say above the form what is asked of the person. */
export function tell(item) {
  by("asked").hidden = item.kind === "review";
  by("asked").textContent = item.kind === "review" ? "" : say(`asked.${item.kind}`);
  by("others").classList.toggle("words", Boolean(item.words));
  by("otherslabel").textContent = `${say(item.words ? "two_words" : "alternatives")}:`;
  document.querySelector("[data-command=comment]").hidden = item.blind;
}

/** Take in how much waits, by kind; what waits in other kinds than this one stands beside its name. */
export function waiting(counts) {
  const others = KINDS.slice(1).reduce((sum, kind) => (kind === mode.kind ? sum : sum + counts[kind]), 0);
  by("mode").textContent = say(`mode.${mode.kind}`);
  by("waiting").hidden = !others;
  by("waiting").textContent = others.toLocaleString(language);
}

/** Let the person choose; `take(kind)` begins with what was chosen. */
export async function choose(take) {
  const [{ open: counts }, { quality }] = await Promise.all([get("/api/queue?limit=1"), get("/api/progress")]);
  const row = (kind) => make("tr", {},
    cell(make("button", { type: "button", "data-kind": kind, autofocus: kind === mode.kind, "aria-pressed": String(kind === mode.kind),
      onclick: () => { close(); take(kind); } }, say(`mode.${kind}`))),
    cell(counts[kind].toLocaleString(language)), cell(say(`mode_is.${kind}`)));
  const draw = make("p", { class: "buttons" }, make("button",
    { type: "button", id: "draw_sample", onclick: () => { close(); askSample(quality.audit !== null, take); } },
    say(quality.audit ? "draw_again" : "draw_sample")));
  return open(say("modes"), table(["", say("waiting"), ""], KINDS.map(row)), draw);
}

/** Ask for the size of a sample and draw it. */
function askSample(again, take) {
  const size = make("input", { name: "size", inputmode: "numeric", value: "200", pattern: "[0-9]{1,4}", required: true });
  const design = make("select", { name: "design" },
    ...["simple", "stratified"].map((name) => make("option", { value: name }, say(`design.${name}`))));
  const form = make("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      close();
      try {
        const drawn = await post("/api/audit", { size: Number(size.value), design: design.value, again });
        status(`${say("drawn")}: ${drawn.sampled} / ${drawn.population}`);
        take("audit");
      } catch (refused) {
        wrong(refused);
      }
    },
  }, make("p", {}, say("sample_is")), make("label", {}, say("sample_size"), size), make("label", {}, say("design"), design),
    make("p", { class: "buttons" }, make("button", { class: "main" }, say("draw_sample"))));
  return open(say("draw_sample"), form);
}

// The value of the item on the screen: typed, understood by the server, shown back before it is kept.
import { post } from "./api.js";
import { by, make, reads, say } from "./words.js";

const input = by("value");
const list = by("values");
const echo = by("echo");
let held = null; // the item
let turn = 0;
let timer = 0;

const box = () => (held.list ? list : input);
export const edited = () => held !== null && box().value.trim() !== (held.value.shown ?? "").trim();
export const focus = () => { box().focus(); box().select(); };

function tell(text, wrong = false) {
  echo.textContent = text;
  echo.classList.toggle("wrong", wrong);
  box().setAttribute("aria-invalid", String(wrong));
}

export function show(item, choose) {
  held = item;
  clearTimeout(timer);
  turn += 1;
  input.hidden = item.list;
  list.hidden = by("listhint").hidden = !item.list;
  by("valuelabel").htmlFor = box().id;
  box().value = item.value.shown;
  if (item.list) list.rows = Math.min(8, Math.max(3, item.value.shown.split("\n").length));
  by("unit").textContent = item.unit ? `(${item.unit})` : "";
  tell(item.value.state === "reported" ? "" : say(`state.${item.value.state}`));
  for (const button of document.querySelectorAll(".states button")) {
    button.setAttribute("aria-pressed", String(button.dataset.command === item.value.state));
  }
  by("others").replaceChildren(...item.alternatives.map((value, at) =>
    make("li", {}, make("button", { type: "button", onclick: () => choose(at) }, make("kbd", {}, String(at + 1)), " ",
      make("span", {}, ...differing(value))))));
  by("otherslabel").hidden = !item.alternatives.length;
  name();
}

/** Return how an alternative reads, in pieces: those letters that the value on the screen does not have are marked. */
function differing(value) {
  if (value.shown === "true" || value.shown === "false" || !value.parts) return [reads(value)];
  return value.parts.map(([text, differs]) => (differs ? make("b", { class: "differs" }, text) : text));
}

/** The main button says what Enter will do: accept what stands there, or save what was typed. */
function name() {
  by("savename").textContent = say(edited() || held.blind ? "save" : held.kind === "audit" ? "right" : "accept");
}

async function ask(text) {
  return post("/api/typed", { field: held.field, text, currency: held.value.currency ?? held.machine.currency ?? "" });
}

/** Return the value that stands in the form with how it reads, or null after telling why it is none. */
export async function value() {
  if (!edited()) return held.value;
  try {
    const got = await ask(box().value);
    return { ...got.value, shown: got.shown };
  } catch (refused) {
    tell(say(`error.${refused.message}`), true);
    box().focus();
    return null;
  }
}

async function preview() {
  const mine = ++turn;
  if (!edited() || !box().value.trim()) return tell("");
  try {
    const got = await ask(box().value);
    if (mine === turn && !held.list) {
      tell(`${say("understood")}: ${reads({ state: "reported", shown: got.shown })}${got.doubt ? ` – ${say("doubtful")}` : ""}`);
    } else if (mine === turn) tell("");
  } catch (refused) {
    if (mine === turn) tell(say(`error.${refused.message}`), true);
  }
  return undefined;
}

for (const element of [input, list]) {
  element.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(preview, 120);
    name();
  });
}

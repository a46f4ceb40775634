// The texts of the page in the reader's language, and making elements of plain text (never of HTML).
const held = JSON.parse(document.getElementById("words").textContent);
export const language = document.documentElement.lang;
export const say = (code) => held[code] ?? code.replace(/^[a-z]+\./, "").replaceAll("_", " ");
export const by = (id) => document.getElementById(id);

/** Return an element with attributes and children; texts become text nodes, so nothing in them is ever run. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Return how a value reads: its text as typed, Yes and No for flags, the state where it holds nothing. */
export function reads(value) {
  if (value.state !== "reported") return say(`state.${value.state}`);
  if (value.shown === "true" || value.shown === "false") return say(value.shown);
  return value.shown;
}

// Short words to the person: what was done, and what went wrong.
import { by, say } from "./words.js";

export const status = (text) => { by("status").textContent = text; };

export function trouble(text) {
  by("trouble").hidden = false;
  by("trouble").querySelector("span").textContent = text;
}
export const wrong = (refused) => trouble(say(`error.${refused.message}`));
export const noTrouble = () => { by("trouble").hidden = true; };

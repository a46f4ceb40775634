// How long the rest will take, from the median of the last decisions.
import { get } from "./api.js";
import { by, language, say } from "./words.js";

const LAST = 50;
const FEW = 3; // below this the trail's median says more
const spent = [];
let before = null; // the median of the whole trail

get("/api/progress").then((held) => { before = held.seconds; showLeft(); }, () => {});
let left = null;

export function add(seconds) {
  spent.push(seconds);
  if (spent.length > LAST) spent.shift();
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** Show how many items are left, and about how many minutes they take. */
export function showLeft(count = left) {
  left = count;
  if (left === null) return;
  by("left").textContent = left.toLocaleString(language);
  const each = spent.length >= FEW ? median(spent) : before;
  const minutes = each ? Math.ceil((left * each) / 60) : 0;
  by("rest").textContent = minutes ? `· ${say("rest")} ${minutes.toLocaleString(language)} ${say("minutes")}` : "";
}
export const oneLess = () => showLeft(Math.max(0, (left ?? 1) - 1));

// Quality control on the dashboard: how far two people agree, and the estimated error of what was accepted unseen.
import { cell, table } from "./dialogs.js";
import { language, make, say } from "./words.js";

const percent = (share, digits = 0) => (share === null ? "–"
  : `${(100 * share).toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} %`);
const between = (one, digits) => (one.low === null ? "–" : `${percent(one.low, digits)} – ${percent(one.high, digits)}`);
const row = (...told) => make("tr", {}, ...told.map((text) => cell(text)));

export const shown = ({ agreement, disputed, audit }) => [...agreements(agreement, disputed), ...audited(audit)];

function agreements(found, disputed) {
  if (!found.length) return [];
  return [make("h3", {}, say("agreement")),
    table(["", say("pairs"), say("agree"), say("interval"), say("kappa")], found.map((one) => row(
      one.field ? say(`field.${one.field}`) : say("all_fields"), String(one.pairs), percent(one.raw), between(one),
      one.kappa === null ? say("kappa_undefined")
        : one.kappa.toLocaleString(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })))),
    ...(disputed ? [make("p", { class: "quiet" }, `${say("disputed")}: ${disputed}`)] : [])];
}

function audited(audit) {
  if (!audit) return [];
  return [make("h3", {}, say("audit")),
    table(["", say("audited"), say("found_wrong"), say("true_error"), say("interval")], audit.estimates.map((one) => row(
      `${say(`rows.${one.rows}`)} (${one.population.toLocaleString(language)})`, `${one.audited} / ${one.sampled}`,
      String(one.wrong), percent(one.error, 2), between(one, 2)))),
    make("p", { class: "quiet" }, say("audit_is"))];
}

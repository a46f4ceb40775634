// Decisions on their way to the trail, written while the person already looks at the next item.
import { post } from "./api.js";
import { forget } from "./ahead.js";
import { askConflict } from "./dialogs.js";
import { actionFor, filled } from "./modes.js";
import { noTrouble, status, trouble } from "./notice.js";
import { say } from "./words.js";

const undoable = [];
const failed = [];
let writing = 0;
let latest = Promise.resolve(); // what was sent last; to take it back, it must have arrived

/** How many decisions the server has not acknowledged yet. */
export const underway = () => writing;

/** Write a decision; `own` is how its value reads, `told` a comment of one's own on the item that may be under way still.
 * A conflict is put before the person, a failure kept for a retry. */
export async function write(sent, own, told = null) {
  writing += 1;
  status(say("saving"));
  try {
    latest = deliver(sent, told);
    const { seen } = await latest;
    undoable.push({ doc_id: sent.doc_id, field: sent.field, seen });
    forget(sent);
    status(say("saved"));
  } catch (refused) {
    if (refused.status === 409 && refused.body.item) await settleConflict(sent, filled(refused.body.item), own);
    else {
      const same = failed.findIndex(([held]) => held.doc_id === sent.doc_id && held.field === sent.field);
      failed.splice(same < 0 ? failed.length : same, 1, [sent, own]); // the last word on a field is the one to send
      status("");
      trouble(say(refused.status ? `error.${refused.message}` : "unsaved"));
    }
  } finally {
    writing -= 1;
  }
}

/** Send a decision after what was told before it, which it is to have seen. */
async function deliver(sent, told) {
  const before = await told?.catch(() => null);
  if (before) sent.seen = before.seen; // a retry is to know it too
  return post("/api/decide", sent);
}

async function settleConflict(sent, theirs, own) {
  forget(sent);
  status("");
  if (sent.action !== "set") {
    // A word of one's own does not hang on what others said meanwhile: it is still wanted, or somebody was quicker.
    if (actionFor(theirs) === sent.action) await write({ ...sent, seen: theirs.seen }, own);
    else status(say("done_by_another"));
  } else if (await askConflict(theirs, own)) await write({ ...sent, seen: theirs.seen }, own);
}

export function retry() {
  noTrouble();
  for (const [sent, own] of failed.splice(0)) write(sent, own);
}

/** Take back the last decision of this window; returns it, or null when there is none or it could not be taken back. */
export async function undo() {
  await latest.catch(() => {});
  const last = undoable.pop();
  if (!last) {
    status(say("nothing_to_undo"));
    return null;
  }
  try {
    await post("/api/decide", { ...last, action: "undo" });
    status(say("undone"));
    return last;
  } catch (refused) {
    if (refused.status !== 409) undoable.push(last);
    trouble(say(refused.status === 409 ? "conflict" : `error.${refused.message}`));
    return null;
  }
}

window.addEventListener("beforeunload", (event) => { if (writing || failed.length) event.preventDefault(); });

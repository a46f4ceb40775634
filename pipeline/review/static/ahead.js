// What comes next, fetched before it is asked for: items whole, and the pictures of their pages already decoded.
import { get, itemPath, picture } from "./api.js";
import { filled, mode, waiting } from "./modes.js";

const ITEMS = 40;
const PAGES_AHEAD = 3;
const PICTURES = 8; // 15 MB each at 200 dpi

const same = (key) => `${mode.kind}:${key.doc_id}/${key.field}`;

class Kept {
  constructor(most, dropped = () => {}) {
    this.most = most;
    this.dropped = dropped;
    this.map = new Map();
  }
  get(name, make) {
    const held = this.map.get(name) ?? make();
    this.map.delete(name);
    this.map.set(name, held);
    held.catch?.(() => this.map.delete(name));
    if (this.map.size > this.most) {
      const [oldest, value] = this.map.entries().next().value;
      this.map.delete(oldest);
      this.dropped(value);
    }
    return held;
  }
  drop(name) {
    this.map.delete(name);
  }
  clear() {
    this.map.clear();
  }
}

const items = new Kept(ITEMS);
const pictures = new Kept(PICTURES, (held) => held.then((bitmap) => bitmap.close(), () => {}));

export const item = (key) => items.get(same(key), async () => filled(await get(`${itemPath(key)}?kind=${mode.kind}`)));
export const forget = (key) => items.drop(same(key));
export const forgetAll = () => items.clear(); // another person sees other things
export const page = (docId, number) => pictures.get(`${docId}/${number}`, () => picture(docId, number));

/** The keys that come after the one on the screen, kept filled. */
export class Ahead {
  constructor() {
    this.keys = [];
    this.after = undefined; // the key that they follow, null at the head of the queue
    this.asked = {};
    this.decided = new Set(); // decided here; the server may not know yet
    this.left = 0;
    this.turn = 0;
  }

  /** Fetch the keys after `current`, or at the head of the queue; the last call counts, unless a key was taken since. */
  async refill(current) {
    const turn = ++this.turn;
    const found = await this.#ask(current, false);
    if (turn !== this.turn) return; // the screen went on meanwhile
    this.left = found.left;
    this.keys = found.keys;
    this.after = current && same(current);
    this.fetch(found.keys);
  }

  /** Return the key before `current`, if there is one. */
  async before(current) {
    return (await this.#ask(current, true)).keys[0];
  }

  async #ask(current, back) {
    const query = new URLSearchParams({ ...this.asked, kind: mode.kind, limit: 12, back });
    if (current) {
      query.set("after_doc", current.doc_id);
      query.set("after_field", current.field);
    }
    const found = await get(`/api/queue?${query}`);
    waiting(found.open);
    return { left: found.left, keys: found.items.filter((key) => this.asked.settled || !this.isDecided(key)) };
  }

  /** Fetch items, and the first few pages that they stand on: a page may take the server a second to draw. */
  async fetch(keys) {
    const coming = new Set();
    for (const key of keys) {
      const held = await item(key).catch(() => null);
      const number = held && firstPage(held);
      if (!number || coming.size === PAGES_AHEAD) continue;
      coming.add(`${held.doc_id}/${number}`);
      page(held.doc_id, number).catch(() => {});
    }
  }

  /** Whether the keys are those that come after `current`. */
  follows(current) {
    return this.after === (current && same(current));
  }
  take() {
    const taken = this.keys.shift();
    if (!taken) return undefined;
    this.turn += 1;
    this.after = same(taken);
    return taken;
  }
  isDecided(key) {
    return this.decided.has(same(key));
  }
  settle(key) {
    this.decided.add(same(key));
    this.keys = this.keys.filter((held) => same(held) !== same(key));
  }
  reopen(key) {
    this.decided.delete(same(key));
    forget(key);
  }
}

/** Return the page on which an item stands, the first page where it stands nowhere. */
export function firstPage(held) {
  return held.decided?.page ?? held.places[0]?.page ?? held.pages[0]?.page;
}

// Talking to the server. A failure is thrown with its status (0: the server was not reached) and code.
let csrf = document.querySelector("meta[name=csrf]").content;

export class Refused extends Error {
  constructor(status, body) {
    super(body.error ?? "failed");
    this.status = status;
    this.body = body;
  }
}

async function reach(path, options) {
  const response = await fetch(path, options).catch(() => { throw new Refused(0, { error: "offline" }); });
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  return response;
}

export const get = async (path) => (await reach(path)).json();

const send = async (path, body) =>
  (await reach(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Sohoa-Csrf": csrf },
    body: JSON.stringify(body),
  })).json();

export async function post(path, body) {
  try {
    return await send(path, body);
  } catch (refused) {
    if (refused.message !== "foreign") throw refused;
    // The session is a newer one than this page: its person has logged in again, in another tab. They keep their name.
    const who = document.getElementById("who").textContent;
    const held = await get("/api/session");
    csrf = held.csrf;
    if (held.who !== who) await send("/api/name", { who });
    return send(path, body);
  }
}

export const picture = async (docId, page) => createImageBitmap(await (await reach(`/picture/${docId}/${page}`)).blob());

export const itemPath = (key) => `/api/item/${key.doc_id}/${encodeURIComponent(key.field)}`;

// Talking to the server. A failure is thrown with its status and code.
const csrf = document.querySelector("meta[name=csrf]").content;

export class Refused extends Error {
  constructor(status, body) {
    super(body.error ?? "failed");
    this.status = status;
    this.body = body;
  }
}

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

export const get = async (path) => answer(await fetch(path));
export const post = async (path, body) =>
  answer(await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Sohoa-Csrf": csrf },
    body: JSON.stringify(body),
  }));

export async function picture(docId, page) {
  const response = await fetch(`/picture/${docId}/${page}`);
  if (!response.ok) throw new Refused(response.status, await response.json().catch(() => ({})));
  return createImageBitmap(await response.blob());
}

export const itemPath = (key) => `/api/item/${key.doc_id}/${encodeURIComponent(key.field)}`;

// Keys of the reading room. Everything works without them, by Tab and Enter.
const field = document.getElementById("q");
const hits = [...document.querySelectorAll("a.hit")];

function step(by) {
  const at = hits.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : hits.length - 1) : at + by;
  hits[Math.min(Math.max(next, 0), hits.length - 1)]?.focus();
}

const does = {
  "/": () => { field.focus(); field.select(); },
  j: () => step(1),
  k: () => step(-1),
  n: () => document.querySelector("a[rel=next]")?.click(),
  p: () => document.querySelector("a[rel=prev]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "Escape" && typing) event.target.blur();
  if (typing || !does[event.key]) return;
  event.preventDefault();
  does[event.key]();
});

for (const select of document.querySelectorAll(".filters select")) {
  select.addEventListener("change", () => {
    if (select.name === "province") select.form.elements.district.value = "";
  });
}

// What is typed into fields of Ui/KeptFields.razor stays in this window until it is sent: over a reload, a restart of the portal, another
// node. Only in this window and only until it is closed, so that nothing stays behind on a machine that others use.
const prefix = "typed ";
const seen = new WeakSet(), typed = new Set();

const valueOf = field => field.type === "checkbox" ? String(field.checked) : field.value;

function placeOf(field) {
  const [group, name] = [field.closest?.("[data-keep]"), field.name || field.id];
  return group && name && field.type !== "file" ? `${prefix}${group.dataset.keep} ${name}` : null;
}

const read = place => { try { return sessionStorage.getItem(place); } catch { return null; } };

function note(event) {
  const field = event.target;
  typed.add(field);
  const place = placeOf(field);
  if (!place) return;
  try {
    sessionStorage.setItem(place, valueOf(field));
  } catch {
    // Too much for the browser, or storage is off: then allKept says so.
    try { sessionStorage.removeItem(place); } catch { }
  }
}

function restore() {
  if (document.getElementById("main")?.dataset.interactive !== "true") return;
  for (const field of document.querySelectorAll("[data-keep] :is(input, textarea, select)")) {
    if (seen.has(field) || field.disabled) continue;
    seen.add(field);
    const [place, current] = [placeOf(field), valueOf(field)];
    const kept = place && read(place);
    if (kept == null || kept === current) continue;
    if (field.type === "checkbox") field.checked = kept === "true";
    else field.value = kept;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }
}

// It was sent, or is not wanted any more.
export function forget(group) {
  for (const place of Object.keys(sessionStorage).filter(p => p.startsWith(`${prefix}${group} `))) sessionStorage.removeItem(place);
}

// Whether something was typed here, and all of it comes back after a reload.
export function allKept() {
  for (const field of typed) if (!field.isConnected) typed.delete(field);
  const written = [...typed].filter(field => valueOf(field) !== "");
  return written.length > 0 && written.every(field => field.closest("[data-kept]") || (placeOf(field) && read(placeOf(field)) === valueOf(field)));
}

for (const name of ["input", "change"]) document.addEventListener(name, note, true);
document.addEventListener("submit", event => {
  if (event.target.getAttribute("action") === "sign-out") for (const place of Object.keys(sessionStorage)) if (place.startsWith(prefix)) sessionStorage.removeItem(place);
}, true);
new MutationObserver(restore).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-interactive"] });
restore();

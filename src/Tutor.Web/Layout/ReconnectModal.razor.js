// Keeps the page after a lost connection: first the same circuit, then the paused one, at last a reload (drafts are saved).
import { comeBack } from "../come-back.js";
import { allKept } from "../keep-typed.js";

const dialog = document.getElementById("components-reconnect-modal");
const stopped = document.getElementById("blazor-error-ui");
const began = () => document.getElementById("main")?.dataset.interactive !== "false";
const whenVisible = () => { if (document.visibilityState === "visible") retry(); };

dialog.addEventListener("components-reconnect-state-changed", event => {
  // Promised only where it is so.
  document.getElementById("kept-words").hidden = !allKept();
  switch (event.detail.state) {
    case "show":
      if (!began()) beginAnew();
      else if (!dialog.open) dialog.showModal();
      break;
    case "hide": dialog.close(); break;
    case "failed": document.addEventListener("visibilitychange", whenVisible); break;
    case "rejected": comeBack(); break;
  }
});
document.getElementById("reconnect-retry").addEventListener("click", retry);
document.getElementById("reconnect-resume").addEventListener("click", resume);

// The node may go before the page has its scripts or its circuit; nothing else would tell, and the page would stay as it was sent.
if (!window.Blazor) comeBack();
new MutationObserver(() => { if (!began()) beginAnew(); }).observe(stopped, { attributeFilter: ["style"] });
addEventListener("unhandledrejection", event => {
  if (event.reason?.errorType === "FailedToNegotiateWithServerError") comeBack();
  else if (!began()) beginAnew();
});

// A circuit that was not drawn yet cannot be found again. By itself the page loads only once: where a network lets no connection
// through, more of it would not help.
function beginAnew() {
  if (performance.getEntriesByType("navigation")[0].type === "reload") stopped.style.display ||= "block";
  else comeBack();
}

async function retry() {
  document.removeEventListener("visibilitychange", whenVisible);
  try {
    if (!await Blazor.reconnect() && !await resumed()) comeBack();
  } catch {
    // The server is still away: try again when the person looks at the page or presses the button.
    document.addEventListener("visibilitychange", whenVisible);
  }
}

async function resume() {
  try {
    if (!await resumed()) comeBack();
  } catch {
    dialog.classList.replace("components-reconnect-paused", "components-reconnect-resume-failed");
  }
}

async function resumed() {
  const done = await Blazor.resumeCircuit();
  if (done) dialog.close();
  return done;
}

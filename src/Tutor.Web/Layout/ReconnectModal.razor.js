// Keeps the page after a lost connection: first the same circuit, then the paused one, at last a reload (drafts are saved).
import { comeBack } from "../come-back.js";

const dialog = document.getElementById("components-reconnect-modal");
const whenVisible = () => { if (document.visibilityState === "visible") retry(); };

dialog.addEventListener("components-reconnect-state-changed", event => {
  switch (event.detail.state) {
    case "show": if (!dialog.open) dialog.showModal(); break;
    case "hide": dialog.close(); break;
    case "failed": document.addEventListener("visibilitychange", whenVisible); break;
    case "rejected": comeBack(); break;
  }
});
document.getElementById("reconnect-retry").addEventListener("click", retry);
document.getElementById("reconnect-resume").addEventListener("click", resume);

// The node may go before the page has its scripts or its circuit; nothing else would tell, and the page would stay as it was sent.
if (!window.Blazor) comeBack();
addEventListener("unhandledrejection", event => {
  if (event.reason?.errorType === "FailedToNegotiateWithServerError") comeBack();
});

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

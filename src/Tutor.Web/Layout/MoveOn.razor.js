import { comeBack } from "../come-back.js";

// The node behind this page is about to stop. Not all pages at the same moment, so that the other node keeps up.
export function moveOn() {
  setTimeout(go, Math.random() * 1000);
}

async function go() {
  dispatchEvent(new Event("leaving-node"));
  try {
    if (await Blazor.pauseCircuit() && await Blazor.resumeCircuit()) return;
  } catch {
    // The connection broke off meanwhile.
  }
  await comeBack();
}

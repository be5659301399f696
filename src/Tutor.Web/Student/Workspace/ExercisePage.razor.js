// Esc stops a hint that is being written. In a dialog it closes the dialog, and in the code editor it first lets Tab out.
// Back at the window, the student may have gone on in another one meanwhile.
export function listen(dotnet) {
  const onKey = event => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], :popover-open"))
      dotnet.invokeMethodAsync("StopAsync").catch(() => {});
  };
  const onReturn = () => { if (document.visibilityState === "visible") dotnet.invokeMethodAsync("LookAgainAsync").catch(() => {}); };
  document.addEventListener("keydown", onKey);
  addEventListener("focus", onReturn);
  document.addEventListener("visibilitychange", onReturn);
  return {
    stop: () => {
      document.removeEventListener("keydown", onKey);
      removeEventListener("focus", onReturn);
      document.removeEventListener("visibilitychange", onReturn);
    },
  };
}

// On a phone the hint is below the editor. Scrolled to, never focused: the reader decides when to leave their work.
export function reveal(element) {
  if (element.getBoundingClientRect().top > innerHeight * 0.75)
    element.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth", block: "start" });
}

// Esc stops a hint that is being written. In a dialog it closes the dialog, and in the code editor it first lets Tab out.
export function listenForEscape(dotnet) {
  const onKey = event => {
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open], :popover-open"))
      dotnet.invokeMethodAsync("StopAsync").catch(() => {});
  };
  document.addEventListener("keydown", onKey);
  return { stop: () => document.removeEventListener("keydown", onKey) };
}

// On a phone the hint is below the editor. Scrolled to, never focused: the reader decides when to leave their work.
export function reveal(element) {
  if (element.getBoundingClientRect().top > innerHeight * 0.75)
    element.scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth", block: "start" });
}

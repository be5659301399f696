// The first render of a circuit takes the place of the page as it was sent. What somebody has typed or chosen there by then,
// and the cursor, go on into the fields that come; a menu opened by then stays open.
(() => {
  if (document.getElementById("main")?.dataset.interactive !== "false") return;
  const address = location.pathname;
  const changed = new Map();
  let focused = null;
  const noteChange = event => { if (event.target.id && event.target.type !== "file") changed.set(event.target.id, event.target); };
  const noteFocus = event => { focused = event.target; };
  const noteMenu = event => {
    if (!event.target.popover) return;
    if (event.newState === "open") changed.set(event.target.id, event.target);
    else if (event.target.isConnected) changed.delete(event.target.id);
  };
  document.addEventListener("input", noteChange, true);
  document.addEventListener("focusin", noteFocus, true);
  document.addEventListener("toggle", noteMenu, true);

  const watcher = new MutationObserver(() => {
    if (document.getElementById("main")?.dataset.interactive !== "true") return;
    document.removeEventListener("input", noteChange, true);
    document.removeEventListener("focusin", noteFocus, true);
    document.removeEventListener("toggle", noteMenu, true);
    if (location.pathname !== address) changed.clear();
    // A page reads its data before it shows its fields, so some come later than others.
    for (const [id, old] of changed) if (goesOn(old, document.getElementById(id))) changed.delete(id);
    if (changed.size === 0) watcher.disconnect();
  });
  watcher.observe(document.body, { childList: true, subtree: true });

  function goesOn(old, field) {
    if (!field || field === old) return false;
    if (field.popover) {
      field.showPopover();
      return true;
    }
    if (field.readOnly || field.disabled) return true;
    if (old.type === "checkbox" || old.type === "radio") field.checked = old.checked;
    else field.value = old.value;
    if (focused === old && !document.activeElement.matches("input, textarea, select, button, a")) takeFocus(field, old);
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
    return true;
  }

  function takeFocus(field, old) {
    field.focus();
    if (old.selectionStart != null) field.setSelectionRange(old.selectionStart, old.selectionEnd);
    // A new page focuses its heading (FocusOnNavigate), which may come after this.
    document.addEventListener("focusin", event => { if (event.target.matches("h1")) field.focus(); }, { once: true });
  }
})();

// Without the clipboard's permission the text is at least selected, ready for Ctrl+C.
export async function copy(box) {
  box.select();
  try {
    await navigator.clipboard.writeText(box.value);
    return true;
  } catch {
    return false;
  }
}

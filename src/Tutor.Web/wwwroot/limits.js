// A field that can take no more says so. Browsers cut a pasted text at a field's limit, or take nothing, without a word.
(() => {
  let timer;
  const number = new Intl.NumberFormat("en");

  function say(length, most, pasted) {
    const note = document.getElementById("limit-note");
    if (!note) return;
    note.textContent = pasted
      ? `That would be ${number.format(length)} characters, and this field takes up to ${number.format(most)}. Nothing was put in and nothing was lost. Put in a shorter part.`
      : `This field is full: it takes up to ${number.format(most)} characters. Nothing was lost; shorten the text to go on.`;
    note.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => { note.hidden = true; }, 12000);
  }

  document.addEventListener("too-long", event => say(event.detail.length, event.detail.most, event.detail.length > event.detail.most + 1));
  document.addEventListener("beforeinput", event => {
    const field = event.target;
    if (!(field.maxLength > 0) || event.data == null || event.isComposing) return;
    const length = field.value.length - (field.selectionEnd - field.selectionStart) + event.data.length;
    if (length <= field.maxLength) return;
    event.preventDefault();
    say(length, field.maxLength, event.data.length > 1);
  }, true);
})();

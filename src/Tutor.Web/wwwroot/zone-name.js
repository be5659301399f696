// <zone-name data-zone="Europe/Berlin" data-at="milliseconds"> names the zone of an hour; nobody needs it whose own clock shows the same.
customElements.define("zone-name", class extends HTMLElement {
  static observedAttributes = ["data-zone", "data-at"];

  connectedCallback() {
    this.compare();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.compare();
  }

  compare() {
    this.hidden = this.showsAs(this.dataset.zone) === this.showsAs(undefined);
  }

  showsAs(timeZone) {
    try {
      return new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "short", timeStyle: "short" }).format(Number(this.dataset.at));
    } catch {
      // A browser that does not know the zone cannot tell that it is its own.
      return timeZone;
    }
  }
});

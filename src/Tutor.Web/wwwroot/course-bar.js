// Where the bar of a course is wider than the screen, its own tab is scrolled into view, and an edge shows on each side that has more.
const bars = new WeakSet();

function edges(bar) {
  bar.classList.toggle("more-before", bar.scrollLeft > 1);
  bar.classList.toggle("more-after", bar.scrollLeft + bar.clientWidth < bar.scrollWidth - 1);
}

function follow(bar) {
  const tab = bar.querySelector(".active");
  if (tab) bar.scrollLeft = tab.offsetLeft - (bar.clientWidth - tab.offsetWidth) / 2;
  edges(bar);
}

function look() {
  for (const bar of document.querySelectorAll(".course-bar-inner")) {
    if (!bars.has(bar)) {
      bars.add(bar);
      bar.addEventListener("scroll", () => edges(bar), { passive: true });
      new ResizeObserver(() => follow(bar)).observe(bar);
      // The active tab changes after the address, when its link hears of it.
      new MutationObserver(() => follow(bar)).observe(bar, { subtree: true, attributes: true, attributeFilter: ["data-follow", "aria-current"] });
    }
    follow(bar);
  }
}

// Blazor puts the bar in anew when the circuit starts and when the course changes.
new MutationObserver(changes => {
  if (changes.some(change => [...change.addedNodes].some(node => node.nodeType === 1 && (node.matches(".course-bar") || node.querySelector(".course-bar-inner"))))) look();
}).observe(document.body, { childList: true });
look();

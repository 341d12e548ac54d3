// Jobs at one and the same place: no zoom parts them, so they are told in a list to choose from.
"use strict";

const fieldMapPile = (function () {
  const MOST = 100;
  let box = null;

  function close(here) {
    if (box === null) return;
    box.remove();
    box = null;
    here.map.getContainer().focus({ preventScroll: true });
  }

  // `told` are {id, title, kind} of the first ones of `count` jobs; `take` gets a chosen id.
  function open(here, told, count, take) {
    close(here);
    const { words } = here;
    box = L.DomUtil.create("div", "pile", here.map.getContainer());
    box.setAttribute("role", "dialog");
    const heading = L.DomUtil.create("h2", "", box);
    heading.textContent = words.jobs_here.replace("{count}", count.toLocaleString("en"));
    box.setAttribute("aria-label", heading.textContent);
    for (const { id, title, kind } of told) {
      const button = L.DomUtil.create("button", "", box);
      button.type = "button";
      button.innerHTML = fieldMapPins.pinSvg(kind);
      L.DomUtil.create("span", "", button).textContent = title;
      button.addEventListener("click", () => {
        close(here);
        take(id);
      });
    }
    box.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") close(here);
    });
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    here.map.once("click zoomstart", () => close(here));
    box.querySelector("button").focus();
  }

  return { MOST, open, isOpen: () => box !== null };
})();

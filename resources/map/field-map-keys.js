// Everything the mouse does on the map, by keys: from pin to pin, opening, zooming, panning.
"use strict";

const fieldMapKeys = (function () {
  const STEP_PX = 120;
  const BAND_PX = 80; // pins within so many pixels from north to south are read from west to east
  const PIN_MIDDLE_PX = 22;
  const PANS = { north: [0, -1], south: [0, 1], west: [-1, 0], east: [1, 0] };
  const KEYS = {
    ArrowUp: "north", ArrowDown: "south", ArrowLeft: "west", ArrowRight: "east",
    "+": "zoom_in", "=": "zoom_in", "-": "zoom_out", ".": "next", ",": "previous", Escape: "leave",
  };
  let here;
  let ring; // a button on the pin or cluster that the keys stand on
  let at = null;

  function start(shared) {
    here = shared;
    ring = L.DomUtil.create("button", "key-ring", here.map.getContainer());
    ring.type = "button";
    ring.hidden = true;
    ring.addEventListener("click", open);
    ring.addEventListener("blur", leave);
    ring.addEventListener("keydown", hear);
    L.DomEvent.disableClickPropagation(ring);
    here.map.on("movestart zoomstart", () => { at = null; ring.hidden = true; });
  }

  function hear(event) {
    const deed = KEYS[event.key];
    if (!deed) return;
    event.preventDefault();
    event.stopPropagation();
    act(deed);
  }

  // Pins and clusters in sight, as they are read.
  function inSight() {
    const { map } = here;
    const size = map.getSize();
    return fieldMapJobs
      .items()
      .map((item) => {
        const spot = map.layerPointToContainerPoint([item.x, item.y - (item.slot < 0 ? 0 : PIN_MIDDLE_PX)]);
        return { item, spot, key: fieldMapJobs.keyOf(item) };
      })
      .filter(({ spot }) => spot.x >= 0 && spot.y >= 0 && spot.x <= size.x && spot.y <= size.y)
      .sort((one, other) => {
        const bands = Math.floor(one.spot.y / BAND_PX) - Math.floor(other.spot.y / BAND_PX);
        return bands || one.spot.x - other.spot.x;
      });
  }

  function step(by) {
    const seen = inSight();
    if (!seen.length) {
      here.map.getContainer().focus();
      return;
    }
    const before = at === null ? -1 : seen.findIndex(({ key }) => key === at.key);
    const next = before < 0 ? (by > 0 ? 0 : seen.length - 1) : (before + by + seen.length) % seen.length;
    at = seen[next];
    const radius = at.item.slot < 0 ? fieldMapPins.clusterRadius(at.item.count) + 4 : 26;
    ring.style.width = ring.style.height = 2 * radius + "px";
    ring.style.left = at.spot.x - radius + "px";
    ring.style.top = at.spot.y - radius + "px";
    ring.setAttribute("aria-label", "");
    ring.hidden = false;
    const stood = at;
    fieldMapJobs.wordsOf(at.item, (words) => {
      if (at !== stood) return;
      ring.setAttribute("aria-label", words);
      ring.title = words;
      ring.focus({ preventScroll: true });
    });
  }

  function open() {
    if (at === null) return;
    const { item } = at;
    leave();
    fieldMapJobs.open(item);
    if (item.slot < 0 && !fieldMapPile.isOpen()) step(1);
  }

  function leave() {
    at = null;
    ring.hidden = true;
  }

  const DEEDS = {
    zoom_in: () => here.map.zoomIn(1, { animate: false }),
    zoom_out: () => here.map.zoomOut(1, { animate: false }),
    all: () => here.showAll(),
    next: () => step(1),
    previous: () => step(-1),
    legend: () => fieldMapLegend.toggle(),
    heat: () => fieldMapHeat.show(!fieldMapHeat.isShown()),
    leave: () => {
      leave();
      here.map.getContainer().focus({ preventScroll: true });
    },
  };

  function act(deed) {
    const way = PANS[deed];
    if (way) here.map.panBy([way[0] * STEP_PX, way[1] * STEP_PX], { animate: false });
    else if (DEEDS[deed]) DEEDS[deed]();
  }

  function listen(bridge) {
    bridge.deed_wished.connect(act);
  }

  return { start, listen, act, at: () => (at === null ? null : { key: at.key, x: at.spot.x, y: at.spot.y }) };
})();

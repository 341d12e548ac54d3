// What the map shows now: told to the program, which shows it again after the page was lost.
"use strict";

const fieldMapSight = (function () {
  const CALM_MS = 60;
  let here;
  let soon = 0;
  const shown = { is_heat: false, has_legend: false };

  function now() {
    const { map } = here;
    const middle = map.getCenter();
    const edges = map.getBounds();
    return {
      latitude: middle.lat, longitude: middle.lng, zoom: map.getZoom(),
      west: edges.getWest(), south: edges.getSouth(), east: edges.getEast(), north: edges.getNorth(),
      ...shown,
    };
  }

  function tell() {
    if (here.bridge) here.bridge.tell_sight(JSON.stringify(now()));
  }

  // Once for moves that follow each other closely.
  function tellSoon() {
    clearTimeout(soon);
    soon = setTimeout(tell, CALM_MS);
  }

  function start(shared) {
    here = shared;
    here.map.on("moveend", tellSoon);
  }

  // Show what was shown before; return whether there was anything.
  function restore(sight) {
    if (!sight) return false;
    shown.is_heat = sight.is_heat;
    shown.has_legend = sight.has_legend;
    here.map.setView([sight.latitude, sight.longitude], sight.zoom, { animate: false });
    return true;
  }

  function set(name, isSo) {
    shown[name] = isSo;
    tell();
  }

  function listen(bridge) {
    bridge.sight_wished.connect((text) => restore(JSON.parse(text)));
    tell();
  }

  return { start, listen, tell, restore, set, shown };
})();

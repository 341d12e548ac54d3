// The route of the day: a line through its stops with a number at each, over the pins.
"use strict";

const fieldMapRoute = (function () {
  const lines = L.layerGroup();
  const numbers = L.layerGroup();
  let here; // what all parts of the page share
  let route = null;

  function start(shared) {
    here = shared;
    here.map.createPane("route").style.zIndex = 380; // below pins, above the ground
    here.map.createPane("numbers").style.zIndex = 620; // above pins, below what is chosen
    lines.addTo(here.map);
    numbers.addTo(here.map);
  }

  function listen(bridge) {
    bridge.route_changed.connect(take);
  }

  function take(text) {
    const before = route;
    route = JSON.parse(text);
    draw();
    fieldMapOwn.draw();
    if (route && (!before || !isSame(before, route))) showAll();
  }

  // Moving a stop leaves the map where it is; another set of stops is shown whole.
  function isSame(one, other) {
    const ids = (of) => of.stops.map((stop) => stop.ticket_id).sort().join(" ");
    return ids(one) === ids(other);
  }

  function places() {
    const stops = route.stops.map((stop) => [stop.latitude, stop.longitude]);
    return route.start ? [[route.start.latitude, route.start.longitude], ...stops] : stops;
  }

  function draw() {
    lines.clearLayers();
    numbers.clearLayers();
    if (!route) return;
    const way = places();
    for (const name of ["route-case", "route-line"]) {
      L.polyline(way, { className: name, pane: "route", interactive: false }).addTo(lines);
    }
    for (const stop of route.stops) {
      const icon = L.divIcon({
        className: "route-number" + (stop.is_new ? " is-new" : ""),
        html: String(Number(stop.number)),
        iconSize: [24, 24],
        iconAnchor: [30, 46], // beside the pin's upper left edge, clear of its glyph
      });
      L.marker([stop.latitude, stop.longitude], { icon, pane: "numbers", keyboard: false, interactive: false }).addTo(numbers);
    }
  }

  function showAll() {
    const way = places();
    if (way.length) {
      here.map.fitBounds(L.latLngBounds(way), {
        paddingTopLeft: [90, 64], paddingBottomRight: [80, 64], maxZoom: fieldMapJobs.CLOSE_ZOOM, animate: false,
      });
    }
  }

  // What is drawn, for tests.
  function state() {
    return {
      numbers: [...document.querySelectorAll(".route-number")].map((number) => number.textContent),
      isDashed: [...document.querySelectorAll(".route-number.is-new")].map((number) => number.textContent),
      places: route === null ? 0 : places().length,
    };
  }

  return { start, listen, state, isShown: () => route !== null };
})();

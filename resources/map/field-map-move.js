// A pin on its way to where the problem really is, and the line from the citizen's point to it.
"use strict";

const fieldMapMove = (function () {
  const layer = L.layerGroup(); // of a move under way
  const trace = L.layerGroup(); // of the chosen job, while its pin stands elsewhere
  let here; // what all parts of the page share
  let facts = null; // {place, reported} as [latitude, longitude] or null
  let pin = null;
  let traced = null;

  function at() {
    return fieldMapTool.pair(pin.getLatLng());
  }

  function value() {
    const { words } = here;
    const before = facts.reported || facts.place;
    if (before === null) return "";
    const key = facts.reported ? "from_reported" : "from_before";
    return words[key].replace("{distance}", fieldMapLines.told(fieldMapLines.metres(before, at())));
  }

  function lead(to, before, onto, words) {
    if (before === null) return;
    fieldMapLines.line(onto, [before, to], "2 8");
    fieldMapLines.dot(onto, before, 7);
    fieldMapLines.label(onto, words, before, "is-below");
  }

  function draw() {
    layer.clearLayers();
    if (pin !== null) lead(at(), facts.reported || facts.place, layer, here.words[facts.reported ? "reported_place" : "place_before"]);
  }

  function stand(place) {
    pin.setLatLng(place);
    fieldMapTool.stand(pin.getLatLng());
    draw();
    fieldMapTool.update();
  }

  function done() {
    fieldMapTool.tell({ tool: "move", place: at() });
  }

  const tool = {
    say: "move_say",
    isOwnCursor: true, // the keys move the pin itself
    buttons: [["move_back", () => stand(facts.reported), false], ["move_done", done, true]],
    isIdle: (deed) => deed === "move_back" && (facts.reported === null || fieldMapLines.metres(facts.reported, at()) < 0.05),
    value,
    enter: done,
    start: () => pin.getLatLng(),
    at: stand,
    begin(told) {
      facts = told;
      const icon = L.divIcon({
        className: "pin-on-its-way", iconSize: [44, 44], iconAnchor: [22, 41], html: fieldMapPins.button("map-pin"),
      });
      const place = facts.now || facts.place || facts.reported;
      pin = L.marker(place || here.map.getCenter(), { icon, draggable: true, keyboard: false, zIndexOffset: 21000 });
      pin.addTo(here.map);
      pin.on("drag", () => stand(pin.getLatLng()));
      trace.remove();
      layer.addTo(here.map);
      if (place) here.map.setView(place, Math.max(here.map.getZoom(), fieldMapJobs.CLOSE_ZOOM + 1), { animate: false });
      draw();
    },
    // By keys only: the mouse drags the pin or clicks.
    followKeys(place) {
      stand(place);
    },
    end() {
      pin.remove();
      pin = null;
      layer.clearLayers().remove();
      trace.addTo(here.map);
    },
  };

  function drawTrace() {
    trace.clearLayers();
    if (traced === null) return;
    const away = fieldMapLines.told(fieldMapLines.metres(traced.place, traced.reported));
    lead(traced.place, traced.reported, trace, `${here.words.reported_place} · ${away}`);
  }

  function start(shared) {
    here = shared;
    trace.addTo(here.map);
    fieldMapTool.add("move", tool);
  }

  function listen(bridge) {
    bridge.moved_changed.connect((text) => {
      traced = JSON.parse(text);
      drawTrace();
    });
  }

  return { start, listen, draw: () => { draw(); drawTrace(); }, at: () => (pin === null ? null : at()), traced: () => traced };
})();

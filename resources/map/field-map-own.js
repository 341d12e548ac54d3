// One's own place on the map: how exact, where to, how old, and the straight way to the chosen job.
"use strict";

const fieldMapOwn = (function () {
  const layer = L.layerGroup();
  let here; // what all parts of the page share
  let position = null;

  function start(shared) {
    here = shared;
    layer.addTo(here.map);
  }

  function listen(bridge) {
    bridge.position_changed.connect(stand);
    bridge.me_wished.connect(show);
  }

  function stand(text) {
    position = JSON.parse(text);
    document.getElementById("to-me").hidden = position === null;
    draw();
  }

  function place() {
    return position === null ? null : [position.latitude, position.longitude];
  }

  function draw() {
    layer.clearLayers();
    if (!position) return;
    const at = place();
    const old = position.is_stale ? " is-old" : "";
    L.circle(at, { radius: position.accuracy_m, className: "own-disc" + old, interactive: false }).addTo(layer);
    const goal = fieldMapJobs.selectedPlace();
    if (goal && !fieldMapRoute.isShown()) L.polyline([at, goal], { className: "own-way", interactive: false }).addTo(layer);
    L.marker(at, { icon: icon(old), keyboard: false, interactive: false, zIndexOffset: -100 }).addTo(layer);
  }

  function icon(old) {
    const wedge =
      position.heading_deg === null
        ? ""
        : `<svg viewBox="-34 -34 68 68" style="transform:rotate(${Number(position.heading_deg)}deg)" aria-hidden="true">` +
          '<path d="M0-32 7.5-13Q0-17.5-7.5-13Z"/></svg>';
    const box = document.createElement("div");
    box.innerHTML = wedge + "<i></i>";
    if (position.age) {
      const age = document.createElement("span");
      age.textContent = position.age;
      box.append(age);
    }
    return L.divIcon({ className: "own-place" + old, iconSize: [22, 22], html: box });
  }

  function show() {
    if (position) here.map.setView(place(), Math.max(here.map.getZoom(), fieldMapJobs.CLOSE_ZOOM), { animate: false });
  }

  return { start, listen, draw, show, place, state: () => position };
})();

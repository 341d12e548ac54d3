// The legend: each status on the map with its glyph and word; the heat view's scale.
"use strict";

const fieldMapLegend = (function () {
  let here;
  let box;

  function start(shared) {
    here = shared;
    box = L.DomUtil.create("div", "legend");
    box.setAttribute("role", "group");
    box.tabIndex = 0; // scrolled by keys where it has no room
    box.hidden = true;
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    here.place("bottomleft", box);
    here.control("topright", [["to-legend", "info", "legend", toggle]]);
  }

  function row(sign, words) {
    const line = L.DomUtil.create("div", "legend-row", box);
    line.innerHTML = sign;
    L.DomUtil.create("span", "", line).textContent = words;
  }

  // The statuses of the jobs on the map, worst first.
  function statuses() {
    const { jobs, kinds } = fieldMapJobs.columns();
    const present = new Set();
    for (const slot of jobs.slots.values()) present.add(kinds.rows[jobs.kind[slot]][1]);
    return fieldMapPins.STATES.filter((status) => present.has(status));
  }

  function drawHeat() {
    const heat = L.DomUtil.create("div", "legend-heat", box);
    L.DomUtil.create("span", "", heat).textContent = here.words.per_km2;
    const ramp = L.DomUtil.create("i", "", heat);
    ramp.style.background = `linear-gradient(to right, ${fieldMapHeat.ramp().join(",")})`;
    const ends = L.DomUtil.create("div", "", heat);
    L.DomUtil.create("span", "", ends).textContent = "0";
    L.DomUtil.create("b", "", ends).textContent = fieldMapHeat.top().toLocaleString("en");
  }

  function draw() {
    const isHeat = fieldMapHeat.isShown();
    const isOpen = fieldMapSight.shown.has_legend || isHeat;
    box.hidden = !isOpen;
    box.textContent = "";
    const button = document.getElementById("to-legend");
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    box.setAttribute("aria-label", here.words.legend);
    if (isHeat) {
      drawHeat();
      return;
    }
    for (const status of statuses()) {
      const look = here.look.status[status];
      if (look) row(fieldMapPins.pinSvg(["map-pin", status, false]), look.word);
    }
    row(fieldMapPins.lateSvg(), here.words.overdue);
    row(fieldMapPins.clusterSvg(), here.words.cluster);
  }

  function tellHeat() {
    if (fieldMapHeat.isShown()) draw();
  }

  function toggle() {
    fieldMapSight.set("has_legend", !fieldMapSight.shown.has_legend);
    draw();
  }

  return { start, draw, toggle, tellHeat };
})();

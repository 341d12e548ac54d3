// Straight lines with their lengths, drawn on a canvas above the pins.
"use strict";

const fieldMapLines = (function () {
  const RADIUS_M = 6371008.8; // the earth's mean radius, as everywhere in the program
  const RAD = Math.PI / 180;
  let here; // what all parts of the page share
  let canvas;

  // Great-circle metres between two [latitude, longitude], by the formula of `domain/place`.
  function metres([lat1, lng1], [lat2, lng2]) {
    const north = Math.sin(((lat2 - lat1) * RAD) / 2);
    const east = Math.sin(((lng2 - lng1) * RAD) / 2);
    const chord = north ** 2 + Math.cos(lat1 * RAD) * Math.cos(lat2 * RAD) * east ** 2;
    return 2 * RADIUS_M * Math.asin(Math.sqrt(Math.min(1, chord)));
  }

  // In words, as `texts/numbers.measured`.
  function told(length) {
    const { words } = here;
    if (Number(length.toFixed(0)) < 1000) return words.in_metres.replace("{count}", length.toFixed(0));
    const km = (length / 1000).toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return words.in_kilometres.replace("{count}", km);
  }

  function line(layer, way, dashes) {
    const { colours } = here.look;
    const plain = { renderer: canvas, interactive: false, lineCap: "round" };
    L.polyline(way, { ...plain, color: colours.mapHalo, weight: 8 }).addTo(layer);
    L.polyline(way, { ...plain, color: colours.text, weight: 3.4, dashArray: dashes || null }).addTo(layer);
  }

  function dot(layer, at, radius) {
    const { colours } = here.look;
    const look = { radius, color: colours.text, weight: 2.4, fillColor: colours.surface, fillOpacity: 1 };
    L.circleMarker(at, { ...look, renderer: canvas, interactive: false }).addTo(layer);
  }

  function label(layer, words, at, kind) {
    const box = document.createElement("span");
    box.textContent = words;
    const icon = L.divIcon({ className: `map-label ${kind}`, iconSize: [0, 0], html: box });
    L.marker(at, { icon, keyboard: false, interactive: false, zIndexOffset: 15000 }).addTo(layer);
  }

  function start(shared) {
    here = shared;
    const pane = here.map.createPane("lines");
    pane.style.zIndex = 595; // above pins, below the chosen one
    pane.style.pointerEvents = "none";
    canvas = L.canvas({ padding: 0.4, pane: "lines" });
  }

  return { start, metres, told, line, dot, label };
})();

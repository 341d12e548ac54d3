// What lies below the jobs: maps of this computer, the best on top, or lines of latitude and longitude where there is none.
"use strict";

const fieldMapGround = (function () {
  const FARTHEST = 3; // zoom
  const CLOSEST = 19;
  let map, look;
  let grounds = []; // the best first
  let grid = null;

  function start(here) {
    map = here.map;
    map.on("moveend", note);
    fieldMapVector.use(here.facts.schemas);
    show(here.facts.grounds);
  }

  // ---- the maps
  function show(given) {
    grounds.forEach(remove);
    grounds = given.map((facts, rank) => add(facts, given.length - rank));
    const lowest = grounds.map(({ facts }) => (facts.kind === "vector" ? facts.min_zoom + 1 : facts.min_zoom));
    map.setMinZoom(Math.max(FARTHEST, lowest.length ? Math.min(...lowest) : FARTHEST));
    map.getContainer().classList.toggle("has-pictures", grounds.length > 0 && grounds[0].facts.kind === "raster");
    showGrid(grounds.length === 0);
    note();
  }

  function add(facts, height) {
    const pane = map.getPane("ground-" + facts.key) || map.createPane("ground-" + facts.key);
    pane.className = "leaflet-pane ground ground-" + facts.kind;
    pane.style.zIndex = 200 + height;
    const [west, south, east, north] = facts.bounds;
    const bounds = L.latLngBounds([south, west], [north, east]);
    const options = { pane: "ground-" + facts.key, bounds, maxZoom: CLOSEST };
    const url = `tiles://map/${facts.key}/{z}/{x}/{y}`;
    const { min_zoom, max_zoom } = facts;
    const layer =
      facts.kind === "vector"
        ? fieldMapVector.layer({ url, max_zoom }, { ...options, minZoom: min_zoom + 1 })
        : L.tileLayer(url, { ...options, minZoom: Math.max(FARTHEST, min_zoom - 2), minNativeZoom: min_zoom, maxNativeZoom: max_zoom });
    if (look && facts.kind === "vector") fieldMapVector.dress(layer, look);
    layer.addTo(map);
    return { facts, layer, bounds };
  }

  function remove({ facts, layer }) {
    layer.remove();
    map.getPane("ground-" + facts.key).remove();
    delete map._panes["ground-" + facts.key];
  }

  // ---- lines of latitude and longitude, for a map of nothing
  const Grid = L.GridLayer.extend({
    createTile(at) {
      const size = this.getTileSize();
      const ratio = window.devicePixelRatio || 1;
      const tile = L.DomUtil.create("canvas", "grid");
      tile.width = size.x * ratio;
      tile.height = size.y * ratio;
      const ctx = tile.getContext("2d");
      ctx.scale(ratio, ratio);
      drawGrid(ctx, at, size);
      return tile;
    },
  });

  function spacing(zoom) {
    const wanted = (360 / 2 ** zoom) * 1.6; // about a tile apart, two at most
    const power = 10 ** Math.floor(Math.log10(wanted));
    return power * (wanted / power >= 5 ? 5 : wanted / power >= 2 ? 2 : 1);
  }

  function linesIn(from, to, step) {
    const first = Math.ceil(from / step - 1e-9);
    return Array.from({ length: Math.max(0, Math.floor(to / step + 1e-9) - first + 1) }, (_, n) => (first + n) * step);
  }

  function degrees(lat, lng, step) {
    const digits = Math.max(0, -Math.floor(Math.log10(step)));
    return [look.words.north.replace("{degrees}", lat.toFixed(digits)), look.words.east.replace("{degrees}", lng.toFixed(digits))];
  }

  function drawGrid(ctx, at, size) {
    const corner = L.point(at.x * size.x, at.y * size.y);
    const reach = L.point(140, 40); // a label begins outside and ends in here
    const northWest = map.unproject(corner.subtract(reach), at.z);
    const southEast = map.unproject(corner.add(size).add(reach), at.z);
    const step = spacing(at.z);
    const to = (lat, lng) => map.project([lat, lng], at.z).subtract(corner);
    const norths = linesIn(southEast.lat, northWest.lat, step);
    const easts = linesIn(northWest.lng, southEast.lng, step);
    ctx.strokeStyle = look.colours.mapRail;
    ctx.lineWidth = 1;
    ctx.globalAlpha = 0.5;
    ctx.beginPath();
    for (const lng of easts) path(ctx, to(0, lng).x, "x", size);
    for (const lat of norths) path(ctx, to(lat, 0).y, "y", size);
    ctx.stroke();
    ctx.globalAlpha = 1;
    ctx.font = "500 13px Sarabun, sans-serif";
    ctx.fillStyle = look.colours.mapLabel;
    ctx.strokeStyle = look.colours.mapBlock;
    ctx.lineWidth = 4;
    for (const lat of norths) {
      for (const lng of easts) {
        const { x, y } = to(lat, lng);
        degrees(lat, lng, step).forEach((text, row) => {
          ctx.strokeText(text, x + 5, y + 15 + 17 * row);
          ctx.fillText(text, x + 5, y + 15 + 17 * row);
        });
      }
    }
  }

  function path(ctx, where, axis, size) {
    const at = Math.round(where) + 0.5;
    if (axis === "x") ctx.moveTo(at, 0), ctx.lineTo(at, size.y);
    else ctx.moveTo(0, at), ctx.lineTo(size.x, at);
  }

  function showGrid(isBare) {
    if (grid) grid.remove();
    grid = null;
    if (!isBare || !look) return;
    if (!map.getPane("grid")) map.createPane("grid").style.zIndex = 190;
    grid = new Grid({ pane: "grid", maxZoom: CLOSEST, updateWhenIdle: false }).addTo(map);
  }

  // ---- words
  function dress(worn) {
    look = worn;
    for (const { facts, layer } of grounds) if (facts.kind === "vector") fieldMapVector.dress(layer, look);
    showGrid(grounds.length === 0);
    note();
  }

  // Whose data is in view must always be said; where no map reaches, that is said.
  function note() {
    if (!look) return;
    const view = map.getBounds();
    const seen = grounds.filter(({ bounds }) => bounds.intersects(view)).map(({ facts }) => facts.source);
    const sources = [...new Set(seen)].filter(Boolean).join(" · ");
    const words = look.words;
    const text = !grounds.length ? words.note : !seen.length ? words.note_elsewhere : words.note_map.replace("{source}", sources);
    document.getElementById("note-words").textContent = text;
  }

  // The middle of the best map, for a start without jobs.
  function showBest() {
    if (!grounds.length) return;
    const { facts, bounds } = grounds[0];
    map.setView(bounds.getCenter(), Math.min(14, facts.max_zoom + 1), { animate: false });
  }

  function lookAt(north, east, zoom) {
    map.setView([north, east], zoom, { animate: false });
  }

  // The words at the line crossing south-east of a place, for tests.
  function degreesAt(north, east, zoom) {
    const step = spacing(zoom);
    return degrees(Math.floor(north / step) * step, Math.ceil(east / step - 1e-9) * step, step);
  }

  return { start, show, dress, showBest, lookAt, degreesAt, count: () => grounds.length, isDrawing: () => grounds.some(({ layer }) => layer.isLoading()) };
})();

// The heat view: where jobs are many, as colours over the streets instead of pins.
"use strict";

const fieldMapHeat = (function () {
  const CELL_PX = 6;
  const BLUR_CELLS = 3; // three times: about a bell curve of 21 pixels
  const MARGIN_CELLS = 12; // so that jobs just outside still warm the edge
  const EARTH_PX_M = 156543.03392; // metres a pixel at the equator at zoom 0
  const RAMPS = {
    light: ["#FFE9A8", "#FDB54A", "#EE6C3B", "#B52A5B", "#4B145F"],
    dark: ["#4B2A6E", "#9B3A86", "#E0606A", "#F9A65A", "#FFF0B3"],
    sunlight: ["#FFE100", "#FF9D00", "#E0490F", "#98104A", "#2B0033"],
  }; // each a lightness of its own, in order, so that they are told apart without hue
  const OPACITY = { light: 0.74, dark: 0.8, sunlight: 0.86 };
  let here;
  let layer = null;

  function smoothed(values, width, height) {
    let from = values;
    let to = new Float32Array(values.length);
    for (let turn = 0; turn < 3; turn += 1) {
      blurLines(from, to, height, width, width, 1);
      blurLines(to, from, width, height, 1, width);
    }
    return from;
  }

  // A running mean along each of `lines` lines of `length` cells.
  function blurLines(from, to, lines, length, lineStep, step) {
    const part = 1 / (2 * BLUR_CELLS + 1);
    for (let line = 0; line < lines; line += 1) {
      const first = line * lineStep;
      let sum = 0;
      for (let cell = -BLUR_CELLS; cell < length; cell += 1) {
        if (cell + BLUR_CELLS < length) sum += from[first + (cell + BLUR_CELLS) * step];
        if (cell - BLUR_CELLS - 1 >= 0) sum -= from[first + (cell - BLUR_CELLS - 1) * step];
        if (cell >= 0) to[first + cell * step] = sum * part;
      }
    }
  }

  // 1, 2 or 5 times a power of ten, not below `number`: the scale seldom changes while panning.
  function roundUp(number) {
    const power = 10 ** Math.floor(Math.log10(number));
    const step = [1, 2, 5, 10].find((factor) => factor * power >= number * 0.999);
    return step * power;
  }

  function rgb(hex) {
    return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  }

  function colourAt(stops, share, opacity, into, at) {
    const place = Math.min(share, 1) * (stops.length - 1);
    const low = Math.min(Math.floor(place), stops.length - 2);
    for (let channel = 0; channel < 3; channel += 1) {
      into[at + channel] = stops[low][channel] + (stops[low + 1][channel] - stops[low][channel]) * (place - low);
    }
    into[at + 3] = 255 * opacity * Math.min(1, share * 12);
  }

  const Layer = L.Layer.extend({
    onAdd(map) {
      const pane = map.getPane("heat") || map.createPane("heat");
      this.canvas = L.DomUtil.create("canvas", "heat", pane);
      this.top = 0;
      map.on("moveend viewreset resize", this.draw, this);
      this.draw();
    },

    onRemove(map) {
      map.off("moveend viewreset resize", this.draw, this);
      this.canvas.remove();
    },

    draw() {
      const { map } = here;
      const size = map.getSize();
      const min = map.containerPointToLayerPoint([0, 0]).subtract(size.multiplyBy(0.2).round());
      const whole = size.multiplyBy(1.4).round();
      const columns = Math.ceil(whole.x / CELL_PX) + 2 * MARGIN_CELLS;
      const rows = Math.ceil(whole.y / CELL_PX) + 2 * MARGIN_CELLS;
      const counted = counts(min, columns, rows);
      const warmth = smoothed(counted, columns, rows);
      this.paint(warmth, columns, rows, min);
    },

    paint(warmth, columns, rows, min) {
      const { map } = here;
      const perPx = (EARTH_PX_M * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** map.getZoom();
      const cellKm2 = ((CELL_PX * perPx) / 1000) ** 2;
      const most = warmth.reduce((highest, value) => Math.max(highest, value), 0);
      this.top = most > 0 ? roundUp(most / cellKm2) : 0;
      const stops = RAMPS[here.look.theme].map(rgb);
      const opacity = OPACITY[here.look.theme];
      const small = document.createElement("canvas");
      small.width = columns;
      small.height = rows;
      const pen = small.getContext("2d");
      const picture = pen.createImageData(columns, rows);
      if (this.top) {
        warmth.forEach((value, cell) => colourAt(stops, value / cellKm2 / this.top, opacity, picture.data, 4 * cell));
      }
      pen.putImageData(picture, 0, 0);
      const { canvas } = this;
      canvas.width = columns * CELL_PX;
      canvas.height = rows * CELL_PX;
      L.DomUtil.setPosition(canvas, min.subtract([MARGIN_CELLS * CELL_PX, MARGIN_CELLS * CELL_PX]));
      const wide = canvas.getContext("2d");
      wide.imageSmoothingQuality = "high";
      wide.drawImage(small, 0, 0, canvas.width, canvas.height);
      fieldMapLegend.tellHeat(this.top);
    },
  });

  function counts(min, columns, rows) {
    const { jobs } = fieldMapJobs.columns();
    const scale = fieldMapClusters.TILE_PX * 2 ** here.map.getZoom();
    const origin = here.map.getPixelOrigin().add(min).subtract([MARGIN_CELLS * CELL_PX, MARGIN_CELLS * CELL_PX]);
    const counted = new Float32Array(columns * rows);
    for (const slot of jobs.slots.values()) {
      const column = Math.floor((jobs.x[slot] * scale - origin.x) / CELL_PX);
      const row = Math.floor((jobs.y[slot] * scale - origin.y) / CELL_PX);
      if (column >= 0 && row >= 0 && column < columns && row < rows) counted[row * columns + column] += 1;
    }
    return counted;
  }

  function show(isSo) {
    if (!here.facts.has_heat || isSo === (layer !== null)) return;
    if (layer !== null) layer.remove();
    layer = isSo ? new Layer().addTo(here.map) : null;
    fieldMapJobs.hide(isSo);
    fieldMapSight.set("is_heat", isSo);
    document.getElementById("to-heat").setAttribute("aria-pressed", String(isSo));
    fieldMapLegend.draw();
  }

  function start(shared) {
    here = shared;
    if (here.facts.has_heat) here.control("topright", [["to-heat", "flame", "heat", () => show(layer === null)]]);
  }

  function redraw() {
    if (layer !== null) layer.draw();
  }

  function ramp() {
    return RAMPS[here.look.theme];
  }

  return { start, show, redraw, ramp, isShown: () => layer !== null, top: () => (layer === null ? 0 : layer.top) };
})();

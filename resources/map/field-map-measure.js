// Measuring: the length of a line of points, each leg and the whole.
"use strict";

const fieldMapMeasure = (function () {
  const LABEL_PX = 64; // a leg that is shorter on the screen has no label of its own
  const layer = L.layerGroup();
  let here; // what all parts of the page share
  let points = [];
  let pointer = null;

  function legs() {
    return points.slice(1).map((point, place) => fieldMapLines.metres(points[place], point));
  }

  function value() {
    const { words } = here;
    const lengths = legs();
    if (!lengths.length) return "";
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const whole = words.measure_total.replace("{distance}", fieldMapLines.told(total));
    if (lengths.length === 1) return whole;
    const last = fieldMapLines.told(lengths[lengths.length - 1]);
    return `${whole} · ${words.measure_leg.replace("{number}", lengths.length).replace("{distance}", last)}`;
  }

  function labelLegs() {
    const { map } = here;
    legs().forEach((length, place) => {
      const [from, to] = [points[place], points[place + 1]].map((point) => map.latLngToLayerPoint(point));
      if (from.distanceTo(to) < LABEL_PX) return;
      fieldMapLines.label(layer, fieldMapLines.told(length), map.layerPointToLatLng(from.add(to).divideBy(2)), "is-leg");
    });
  }

  function draw() {
    layer.clearLayers();
    const last = points[points.length - 1];
    if (points.length > 1) fieldMapLines.line(layer, points);
    if (last && pointer) {
      fieldMapLines.line(layer, [last, pointer], "2 8");
      fieldMapLines.label(layer, fieldMapLines.told(fieldMapLines.metres(last, pointer)), pointer, "is-pointer");
    }
    for (const point of points) fieldMapLines.dot(layer, point, 5);
    labelLegs();
  }

  function forget() {
    pointer = null;
    draw();
  }

  function back() {
    points.pop();
    draw();
    fieldMapTool.update();
  }

  const tool = {
    say: "measure_say",
    buttons: [["measure_back", back, false]],
    isIdle: (deed) => deed === "measure_back" && !points.length,
    value,
    back,
    begin() {
      points = [];
      pointer = null;
      layer.addTo(here.map);
      here.map.on("zoomend", draw);
      here.map.on("mouseout", forget);
    },
    at(place) {
      points.push(fieldMapTool.pair(place));
      pointer = null;
      draw();
    },
    follow(place) {
      pointer = fieldMapTool.pair(place);
      draw();
    },
    end() {
      here.map.off("zoomend", draw);
      here.map.off("mouseout", forget);
      layer.clearLayers().remove();
    },
  };

  function start(shared) {
    here = shared;
    fieldMapTool.add("measure", tool);
  }

  return { start, draw, points: () => points, legs };
})();

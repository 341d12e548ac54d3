// How vector tiles are drawn: whatever their layers are called, as roads, water, parks and names in the theme's colours.
"use strict";

const fieldMapVector = (function () {
  const P = protomapsL;
  const EXTENT_PX = 512; // a vector tile is drawn twice as large as a picture's
  const FONT = "Sarabun, sans-serif";

  // What layers and classes of the three common schemas (Mapbox Streets, OpenMapTiles, Protomaps) hold, and
  // widths of roads in pixels at zooms 11 to 17: `schemas.json`, which the program's own small map reads as well.
  let LAYERS, PARKS, ROADS, PLACES, WIDTHS;

  function use(schemas) {
    ({ layers: LAYERS, roads: ROADS, places: PLACES, widths: WIDTHS } = schemas);
    PARKS = new Set(schemas.parks);
  }

  const PLACE_NAMES = [
    // kind, from zoom, to zoom, size, weight
    ["country", 2, 7, 15, 600], ["state", 5, 9, 14, 600], ["city", 6, 13, 17, 600], ["town", 9, 15, 15, 600], ["suburb", 12, 16, 14, 600],
    ["village", 12, 17, 14, 500], ["quarter", 14, 19, 13, 500],
  ];
  const ROAD_NAMES = [["motorway", 12], ["primary", 13], ["secondary", 14], ["tertiary", 15], ["street", 16], ["service", 17], ["link", 17]];

  // ---- names: Thai first; where English is spoken a place's English name stands below it
  const firstOf = (props, names) => names.map((name) => props[name]).find((value) => typeof value === "string" && value !== "");

  function nameOf(props) {
    return firstOf(props, ["name:th", "name_th", "name", "name:en", "name_en", "name:latin", "ref"]);
  }

  function bothNames(props) {
    const own = nameOf(props);
    const english = firstOf(props, ["name:en", "name_en", "name_int", "name:latin"]);
    return own && english && english !== own ? own + "\n" + english : own;
  }

  function short(name) {
    return name.replace(/^ถนน\s*/, "ถ.").replace(/^ซอย\s*/, "ซ.").replace(/^ตรอก\s*/, "ตรอก");
  }

  // ---- one vocabulary for all schemas
  function kindOf(part, feature) {
    const p = feature.props;
    const said = String(p.kind_detail || p.class || p.kind || p["pmap:kind"] || p.type || p.subclass || "");
    const wide = String(p.kind || p.class || p["pmap:kind"] || p.type || "");
    if (part === "water" || part === "waterway") return [null, null, "waterway", "water"][feature.geomType] || null;
    if (part === "land") return PARKS.has(said) || PARKS.has(wide) ? "park" : null;
    if (part === "building" && p.kind === "address") return "number";
    if (part === "park" || part === "building") return feature.geomType === 3 ? part : null;
    if (part === "road") return feature.geomType === 3 ? "square" : feature.geomType === 2 ? roadKind(said, wide, p) : null;
    if (part === "roadname") return feature.geomType === 2 ? "name-" + (ROADS[said] || ROADS[wide] || "street") : null;
    if (part === "place") {
      const kind = [p.kind_detail, p["pmap:kind_detail"], p.type, p.class, wide].map((word) => PLACES[word]).find(Boolean);
      return kind ? "place-" + kind : null;
    }
    return part;
  }

  function roadKind(said, wide, props) {
    if (wide === "ferry" || said === "ferry") return null;
    const kind = ROADS[said] || ROADS[wide] || "service";
    return kind !== "rail" && (props.ramp === 1 || props.is_link === true) ? "link" : kind;
  }

  function numberOf(props) {
    return firstOf(props, ["house_num", "housenumber", "addr_housenumber", "addr:housenumber", "name"]);
  }

  // Tools join streets of a kind into one line of many parts; apart, those out of sight cost nothing.
  function parts(feature) {
    if (feature.geomType !== 2 || feature.geom.length < 2) return [feature];
    return feature.geom.map((line) => ({ ...feature, geom: [line], numVertices: line.length, bbox: boxOf(line) }));
  }

  function boxOf(line) {
    const box = { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
    for (const { x, y } of line) {
      box.minX = Math.min(box.minX, x);
      box.maxX = Math.max(box.maxX, x);
      box.minY = Math.min(box.minY, y);
      box.maxY = Math.max(box.maxY, y);
    }
    return box;
  }

  function adapt(layers) {
    const found = new Map();
    const put = (kind, feature) => (found.has(kind) ? found.get(kind).push(feature) : found.set(kind, [feature]));
    const hasRoadNames = layers.has("road_label") || layers.has("transportation_name");
    for (const [layer, features] of layers) {
      const part = LAYERS[layer];
      if (!part) continue;
      for (const feature of features) {
        const kind = kindOf(part, feature);
        if (kind === null) continue;
        const props = feature.props;
        if (kind === "number") {
          put(kind, { ...feature, props: { name: numberOf(props) } });
        } else if (part === "place") {
          put(kind, { ...feature, props: { name: nameOf(props), both: bothNames(props), rank: rankOf(props) } });
        } else if (part === "roadname" || part === "poi") {
          const name = nameOf(props);
          if (name) put(kind, { ...feature, props: { name: short(name), rank: rankOf(props) } });
        } else {
          for (const one of parts(feature)) put(kind, one);
          if (part === "road" && !hasRoadNames && kind in WIDTHS && nameOf(props)) {
            put("name-" + kind, { ...feature, props: { name: short(nameOf(props)), rank: 0 } });
          }
        }
      }
    }
    return found;
  }

  function rankOf(props) {
    const said = [props.localrank, props.rank, props.scalerank, props.sort_rank, props.min_zoom].find((value) => typeof value === "number");
    return said === undefined ? 50 : said;
  }

  // ---- the source: tiles of one package; where it has none nothing is painted, so that another map below shows
  class Source {
    constructor(url) {
      this.tiles = new P.ZxySource(url, true);
    }

    async get(at, size) {
      try {
        const layers = adapt(await this.tiles.get(at, size));
        const corner = (x, y) => ({ x, y, clone: () => corner(x, y), mult: (k) => corner(x * k, y * k), add: (p) => corner(x + p.x, y + p.y) });
        const ring = [corner(0, 0), corner(size, 0), corner(size, size), corner(0, size), corner(0, 0)];
        layers.set("ground", [{ props: {}, geomType: 3, numVertices: 5, geom: [ring], bbox: { minX: 0, minY: 0, maxX: size, maxY: size } }]);
        return layers;
      } catch (error) {
        if (error.name === "AbortError") throw error;
        return new Map();
      }
    }
  }

  // ---- rules
  function wide(kind, more = 0) {
    const widths = WIDTHS[kind];
    const stops = widths.map((width, step) => [11 + step, width ? width + more : 0]);
    stops.unshift([8, widths[0] ? widths[0] * 0.5 + more : 0]);
    stops.push([19, widths[6] * 2.2 + more]);
    return P.linear(stops);
  }

  function fromZoom(kind) {
    const first = WIDTHS[kind].findIndex((width) => width > 0);
    return first === 0 ? ({ motorway: 6, primary: 8, secondary: 10 }[kind] || 11) : 11 + first;
  }

  const line = (layer, color, width, more = {}) => ({
    dataLayer: layer,
    symbolizer: new P.LineSymbolizer({ color, width, lineCap: "round", lineJoin: "round", ...more }),
  });
  const area = (layer, fill, more = {}) => ({ dataLayer: layer, symbolizer: new P.PolygonSymbolizer({ fill, ...more }) });

  function paintRules(c) {
    const rules = [
      area("ground", c.mapLand),
      area("park", c.mapPark),
      area("water", c.mapWater),
      line("waterway", c.mapWater, P.linear([[9, 0.6], [12, 0.9], [14, 2.4], [17, 11], [19, 20]])),
      { ...area("building", c.mapBlock, { stroke: c.mapMinorCase, width: 1 }), minzoom: 14 },
      { ...area("square", c.mapRoad), minzoom: 14 },
      { ...line("border", c.mapRail, 1.2, { dash: [6, 4], lineCap: "butt" }), maxzoom: 13 },
      { ...line("rail", c.mapRail, P.linear([[11, 0.8], [14, 1.6], [17, 4], [19, 6]])), minzoom: 10 },
      { ...line("rail", c.mapLand, P.linear([[15, 1], [17, 2.4], [19, 4]]), { dash: [8, 8], lineCap: "butt" }), minzoom: 15 },
      { ...line("path", c.mapRail, wide("path"), { dash: [4, 3], lineCap: "butt" }), minzoom: 15 },
    ];
    const kinds = ["service", "street", "link", "tertiary", "secondary", "primary", "motorway"];
    for (const kind of kinds) {
      const case_ = kind === "motorway" ? c.mapHwyCase : kind === "service" || kind === "street" ? c.mapMinorCase : c.mapRoadCase;
      rules.push({ ...line(kind, case_, wide(kind, 1.8)), minzoom: Math.max(fromZoom(kind), kind === "motorway" ? 6 : 12) });
    }
    for (const kind of kinds) {
      rules.push({ ...line(kind, kind === "motorway" ? c.mapHwy : c.mapRoad, wide(kind)), minzoom: fromZoom(kind) });
    }
    return rules;
  }

  // Two lines, Thai above English; the library's own breaking knows single spaces only.
  class Names {
    constructor(text, options) {
      this.text = text;
      this.options = options;
    }

    place(layout, geom, feature) {
      const lines = String(feature.props[this.text] || "").split("\n").filter(Boolean);
      if (!lines.length) return undefined;
      const { font, fill, stroke } = this.options;
      const height = this.options.size * 1.3;
      layout.scratch.font = font;
      const width = Math.max(...lines.map((text) => layout.scratch.measureText(text).width));
      const at = geom[0][0];
      const half = (lines.length * height) / 2;
      const box = { minX: at.x - width / 2 - 6, maxX: at.x + width / 2 + 6, minY: at.y - half - 2, maxY: at.y + half + 2 };
      const draw = (ctx) => {
        ctx.globalAlpha = 1;
        ctx.font = font;
        ctx.textAlign = "center";
        ctx.lineJoin = "round";
        ctx.lineWidth = 4;
        ctx.strokeStyle = stroke;
        ctx.fillStyle = fill;
        lines.forEach((text, step) => {
          const y = (step + 0.5) * height - half + this.options.size * 0.36;
          ctx.strokeText(text, 0, y);
          ctx.fillText(text, 0, y);
        });
      };
      return [{ anchor: at, bboxes: [box], draw, deduplicationKey: lines[0], deduplicationDistance: 160 }];
    }
  }

  function labelRules(c, isThai) {
    const byRank = (a, b) => a.rank - b.rank;
    const names = (dataLayer, text, size, weight) => ({
      dataLayer,
      sort: byRank,
      symbolizer: new Names(text, { size, font: `${weight} ${size}px ${FONT}`, fill: c.mapLabel, stroke: c.mapHalo }),
    });
    const rules = PLACE_NAMES.map(([kind, minzoom, maxzoom, size, weight]) => ({
      ...names("place-" + kind, isThai ? "name" : "both", size, weight), minzoom, maxzoom,
    }));
    for (const [kind, minzoom] of ROAD_NAMES) {
      const size = (zoom) => (zoom < 15 ? 12 : zoom < 17 ? 13 : 14);
      const symbolizer = new P.LineLabelSymbolizer({
        labelProps: ["name"], fontFamily: FONT, fontWeight: 500, fontSize: size, fill: c.mapLabel, stroke: c.mapHalo, width: 4,
        position: P.LineLabelPlacement.Center, repeatDistance: 320,
      });
      rules.push({ dataLayer: "name-" + kind, sort: byRank, minzoom, symbolizer });
    }
    rules.push({ ...names("poi", "name", 13, 500), minzoom: 16 });
    rules.push({ ...names("number", "name", 12, 400), minzoom: 18 });
    return rules;
  }

  // ---- the layer
  function layer(facts, options) {
    const made = P.leafletLayer({
      ...options,
      url: "tiles://unused/{z}/{x}/{y}",
      attribution: "",
      tileDelay: 0.001, // no waiting from the middle outwards
      tasks: [document.fonts.load(`500 13px ${FONT}`, "ถนน"), document.fonts.load(`600 15px ${FONT}`, "ถนน")],
    });
    inTurn(made);
    made.views = new Map([["", new P.View(new P.TileCache(new Source(facts.url), EXTENT_PX), facts.max_zoom, 1)]]);
    return made;
  }

  // One tile after the other, with a breath between them, so that moving the map stays smooth.
  function inTurn(made) {
    const draw = made.renderTile.bind(made);
    let turn = Promise.resolve();
    made.renderTile = (at, tile, key, done = () => {}) => {
      const breath = () => new Promise((resolve) => setTimeout(resolve, 0));
      turn = turn.then(breath).then(() => (tile.key === key ? draw(at, tile, key, done) : undefined));
      return turn;
    };
  }

  function dress(made, look) {
    made.paintRules = paintRules(look.colours);
    made.labelRules = labelRules(look.colours, look.language === "th");
    made.clearLayout();
    if (made._map) made.rerenderTiles();
  }

  return { use, layer, dress, adapt };
})();

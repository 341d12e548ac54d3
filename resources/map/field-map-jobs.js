// The jobs on the map: one canvas with pins and clusters, chosen from either side.
"use strict";

const fieldMapJobs = (function () {
  const CLOSE_ZOOM = 16;
  const EDGE_PX = 56;
  const PAD = 0.3; // of the map's size drawn beyond each edge, so that a short way of panning draws nothing
  const PIN_REACH_PX = 22; // 44 pixels wide to the finger
  const PIN_MIDDLE_PX = 25; // above its tip
  const jobs = new fieldMapClusters.Jobs();
  const kinds = { rows: [], known: new Map(), state: [], late: [], stateCount: fieldMapPins.STATES.length };
  let here; // what all parts of the page share: map, facts, look, words, bridge
  let layer;
  let sheet = null;
  let sheetNumber = 0;
  let selectedId = null;
  let selectedMarker = null;
  let reading = Promise.resolve(); // changes are taken in one after the other
  let isHidden = false;
  let pointedAt = "";

  // ---- what the program says
  function rowOf(kind) {
    const key = kind.join("|");
    let row = kinds.known.get(key);
    if (row === undefined) {
      row = kinds.rows.push(kind) - 1;
      kinds.known.set(key, row);
      kinds.state[row] = fieldMapPins.STATES.indexOf(fieldMapPins.known(kind[1]));
      kinds.late[row] = kind[2] ? 1 : 0;
    }
    return row;
  }

  function put(columns) {
    const rows = columns.kinds.map(rowOf);
    columns.ids.forEach((id, place) => {
      jobs.put(id, columns.places[2 * place] / 1e6, columns.places[2 * place + 1] / 1e6, rows[columns.rows[place]]);
    });
  }

  async function settle() {
    if (sheet === null || sheet.count < kinds.rows.length) await makeSheet();
    standSelected();
    layer.draw();
    here.after();
    if (here.isBegun) {
      fieldMapHeat.redraw();
      fieldMapLegend.draw();
    }
  }

  function inTurn(work) {
    reading = reading.then(work, work);
    return reading;
  }

  function readAll() {
    return inTurn(async () => {
      const answer = await fetch("app://data/tickets.json");
      const columns = await answer.json();
      jobs.clear();
      put(columns);
      await settle();
    });
  }

  function change(text) {
    return inTurn(async () => {
      const told = JSON.parse(text);
      told.removed.forEach((id) => jobs.remove(id));
      put(told.put);
      await settle();
    });
  }

  // ---- drawing
  async function makeSheet() {
    const number = (sheetNumber += 1);
    const made = await fieldMapPins.sheetOf(kinds.rows, Math.max(1, window.devicePixelRatio));
    if (number === sheetNumber) sheet = made;
  }

  const Layer = L.Layer.extend({
    onAdd(map) {
      this.items = [];
      this.drawn = L.bounds([0, 0], [0, 0]); // nothing yet
      this.canvas = L.DomUtil.create("canvas", "jobs", map.createPane("jobs"));
      map.on("viewreset resize", this.draw, this);
      map.on("move moveend", this.drawIfBare, this);
    },

    // The part of the drawing that is in sight, moved by panning, may leave what was drawn.
    drawIfBare() {
      const corner = here.map.containerPointToLayerPoint([0, 0]);
      const size = here.map.getSize();
      const { min, max } = this.drawn;
      if (corner.x < min.x || corner.y < min.y || corner.x + size.x > max.x || corner.y + size.y > max.y) this.draw();
    },

    draw() {
      const map = here.map;
      const size = map.getSize();
      const pad = size.multiplyBy(PAD).round();
      const min = map.containerPointToLayerPoint([0, 0]).subtract(pad);
      const whole = size.add(pad.multiplyBy(2));
      this.drawn = { min, max: min.add(whole) };
      const ratio = Math.max(1, window.devicePixelRatio);
      const { canvas } = this;
      if (canvas.width !== Math.round(whole.x * ratio) || canvas.height !== Math.round(whole.y * ratio)) {
        canvas.width = Math.round(whole.x * ratio);
        canvas.height = Math.round(whole.y * ratio);
        canvas.style.width = whole.x + "px";
        canvas.style.height = whole.y + "px";
      }
      L.DomUtil.setPosition(canvas, min);
      const pen = canvas.getContext("2d");
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, whole.x, whole.y);
      pen.translate(-min.x, -min.y);
      this.items = isHidden ? [] : itemsWithin(this.drawn);
      for (const item of this.items) paintItem(pen, item);
    },
  });

  // What is to be drawn, from north to south so that nearer pins cover farther ones.
  function itemsWithin({ min, max }) {
    const map = here.map;
    const zoom = map.getZoom();
    const made = jobs.at(zoom, kinds);
    const scale = fieldMapClusters.TILE_PX * 2 ** zoom;
    const origin = map.getPixelOrigin();
    const chosen = jobs.slots.get(selectedId);
    const chosenGroup = chosen === undefined ? -1 : made.groupOf[chosen];
    const items = [];
    for (let group = 0; group < made.size; group += 1) {
      const x = made.x[group] * scale - origin.x;
      const y = made.y[group] * scale - origin.y;
      if (x < min.x - 40 || x > max.x + 40 || y < min.y - 40 || y > max.y + 60) continue;
      const item = itemOf(made, group, group === chosenGroup ? chosen : -1);
      if (item === null) continue;
      item.x = item.slot < 0 ? x : jobs.x[item.slot] * scale - origin.x;
      item.y = item.slot < 0 ? y : jobs.y[item.slot] * scale - origin.y;
      items.push(item);
    }
    return items.sort((one, other) => one.y - other.y);
  }

  // A group as it is drawn; the selected job stands apart, so its group is drawn without it.
  function itemOf(made, group, without) {
    const count = made.counts[group] - (without < 0 ? 0 : 1);
    if (count === 0) return null;
    if (count === 1) {
      const slot = made.first[group] === without ? made.next[without] : made.first[group];
      return { group, made, slot, count, kind: jobs.kind[slot] };
    }
    const states = made.states.slice(group * made.stateCount, (group + 1) * made.stateCount);
    let late = made.late[group];
    if (without >= 0) {
      states[kinds.state[jobs.kind[without]]] -= 1;
      late -= kinds.late[jobs.kind[without]];
    }
    return { group, made, slot: -1, count, states, late };
  }

  function paintItem(pen, item) {
    if (item.slot < 0) fieldMapPins.drawCluster(pen, sheet, item.x, item.y, item);
    else if (sheet !== null && item.kind < sheet.count) fieldMapPins.drawPin(pen, sheet, item.kind, item.x, item.y);
  }

  // ---- pointing
  function itemAt(containerPoint) {
    const { x, y } = here.map.containerPointToLayerPoint(containerPoint);
    for (let place = layer.items.length - 1; place >= 0; place -= 1) {
      const item = layer.items[place];
      const isPin = item.slot >= 0;
      const reach = isPin ? PIN_REACH_PX : fieldMapPins.clusterRadius(item.count);
      if ((item.x - x) ** 2 + (item.y - (isPin ? PIN_MIDDLE_PX : 0) - y) ** 2 <= reach ** 2) return item;
    }
    return null;
  }

  function point(event) {
    if (fieldMapTool.isOn() || !here.bridge) return;
    const item = itemAt(event.containerPoint);
    const key = item === null ? "" : keyOf(item);
    if (key === pointedAt) return; // the program is asked once for each pin that is passed
    pointedAt = key;
    const container = here.map.getContainer();
    container.classList.toggle("is-on-job", item !== null);
    container.title = "";
    if (item !== null) wordsOf(item, (words) => { if (pointedAt === key) container.title = words; });
  }

  function titlesOf(ids, then) {
    here.bridge.titles_of(JSON.stringify(ids), (text) => then(JSON.parse(text)));
  }

  function clusterWords(item) {
    const { words, look } = here;
    const said = [words.jobs_here.replace("{count}", item.count.toLocaleString("en"))];
    if (item.late) said.push(`${words.overdue}: ${item.late}`);
    fieldMapPins.STATES.forEach((status, place) => {
      if (item.states[place] && look.status[status]) said.push(`${look.status[status].word}: ${item.states[place]}`);
    });
    return said.join(", ");
  }

  // What a screen reader says of an item; `then` gets it, for titles are asked of the program.
  function wordsOf(item, then) {
    if (item.slot < 0) {
      then(clusterWords(item));
      return;
    }
    const [, status, isLate] = kinds.rows[item.kind];
    titlesOf([jobs.ids[item.slot]], ([title]) => {
      const state = here.look.status[status];
      then([title, state ? state.word : "", isLate ? here.words.overdue : ""].filter(Boolean).join(", "));
    });
  }

  function keyOf(item) {
    return item.slot < 0 ? "group " + item.made.first[item.group] : "job " + jobs.ids[item.slot];
  }

  function click(event) {
    if (fieldMapTool.isOn()) return;
    const item = itemAt(event.containerPoint);
    if (item === null) here.bridge.choose_place(event.latlng.lat, event.latlng.lng);
    else open(item);
  }

  function open(item) {
    if (item.slot < 0) openCluster(item);
    else take(jobs.ids[item.slot]);
  }

  function take(id) {
    choose(id, false);
    here.bridge.choose(id);
  }

  function placeOf(x, y) {
    return L.CRS.EPSG3857.pointToLatLng(L.point(x, y).multiplyBy(fieldMapClusters.TILE_PX), 0);
  }

  function boundsOf(slots) {
    let [west, east, north, south] = [1, 0, 1, 0];
    for (const slot of slots) {
      west = Math.min(west, jobs.x[slot]);
      east = Math.max(east, jobs.x[slot]);
      north = Math.min(north, jobs.y[slot]);
      south = Math.max(south, jobs.y[slot]);
    }
    return { width: Math.max(east - west, south - north), around: L.latLngBounds(placeOf(west, south), placeOf(east, north)) };
  }

  // A cluster is opened by going nearer; where no zoom parts its jobs, they are told in a list.
  function openCluster(item) {
    const map = here.map;
    const slots = fieldMapClusters.members(item.made, item.group).filter((slot) => jobs.ids[slot] !== selectedId);
    const { width, around } = boundsOf(slots);
    const widest = width * fieldMapClusters.TILE_PX * 2 ** map.getMaxZoom();
    if (widest < fieldMapClusters.CLOSE_REACH_PX * 2) {
      titlesOf(slots.slice(0, fieldMapPile.MOST).map((slot) => jobs.ids[slot]), (titles) => {
        const told = titles.map((title, place) => ({
          id: jobs.ids[slots[place]], title, kind: kinds.rows[jobs.kind[slots[place]]],
        }));
        fieldMapPile.open(here, told, slots.length, take);
      });
      return;
    }
    const before = map.getZoom();
    const wanted = Math.max(before + 1, Math.min(map.getBoundsZoom(around.pad(0.15)), map.getMaxZoom()));
    map.setView(around.getCenter(), Math.min(wanted, map.getMaxZoom()), { animate: false });
  }

  // ---- choosing
  // The selected pin stands on the map itself, so that no cluster ever swallows it.
  function choose(id, isToBeSeen) {
    selectedId = id;
    standSelected();
    layer.draw();
    here.after();
    if (isToBeSeen) show(id);
  }

  function standSelected() {
    if (selectedMarker !== null) selectedMarker.remove();
    selectedMarker = null;
    const slot = jobs.slots.get(selectedId);
    if (slot === undefined) return;
    const icon = fieldMapPins.selectedIcon(kinds.rows[jobs.kind[slot]]);
    selectedMarker = L.marker(placeOf(jobs.x[slot], jobs.y[slot]), {
      icon,
      keyboard: false, // the list has every job
      zIndexOffset: 10000,
    }).addTo(here.map);
    selectedMarker.on("click", () => take(selectedId));
    const element = selectedMarker.getElement();
    element.dataset.ticket = selectedId;
    if (here.bridge) titlesOf([selectedId], ([title]) => {
      element.title = title;
      element.setAttribute("aria-label", title);
    });
  }

  function selectedPlace() {
    return selectedMarker === null ? null : selectedMarker.getLatLng();
  }

  function show(id) {
    const slot = jobs.slots.get(id);
    if (slot === undefined) return;
    const { map } = here;
    const at = placeOf(jobs.x[slot], jobs.y[slot]);
    if (map.getZoom() < CLOSE_ZOOM - 1) {
      map.setView(at, CLOSE_ZOOM, { animate: false });
      return;
    }
    const spot = map.latLngToContainerPoint(at);
    const size = map.getSize();
    const isInside =
      spot.x > EDGE_PX && spot.x < size.x - EDGE_PX - 44 && spot.y > EDGE_PX + 12 && spot.y < size.y - EDGE_PX;
    if (!isInside) map.panTo(at, { animate: false });
  }

  // Return whether there was any job to show.
  function showAll() {
    if (!jobs.count) return false;
    const { around } = boundsOf(jobs.slots.values());
    here.map.fitBounds(around, {
      paddingTopLeft: [40, 60], paddingBottomRight: [72, 72], maxZoom: CLOSE_ZOOM, animate: false,
    });
    return true;
  }

  // ---- beginning
  async function start(shared) {
    here = shared;
    layer = new Layer();
    layer.addTo(here.map);
    here.map.on("click", click);
    here.map.on("mousemove", point);
    await document.fonts.load("700 16px Sarabun");
  }

  function listen(bridge) {
    bridge.changed.connect(change);
    bridge.all_changed.connect(readAll);
    bridge.selected.connect((id) => choose(id || null, Boolean(id)));
  }

  async function dress(look) {
    fieldMapPins.dress(look);
    await makeSheet();
    standSelected();
    layer.draw();
  }

  function pinAt(id) {
    const slot = jobs.slots.get(id);
    const spot = here.map.latLngToContainerPoint(placeOf(jobs.x[slot], jobs.y[slot]));
    const isDrawn = id === selectedId || layer.items.some((item) => item.slot === slot);
    return { x: spot.x, y: spot.y, isDrawn };
  }

  // What is drawn, for tests: pins by their job, clusters by their figures.
  function drawn() {
    return layer.items.map(({ x, y, slot, count, late, states }) => {
      const spot = here.map.layerPointToContainerPoint([x, y]);
      const told = { x: spot.x, y: spot.y, count };
      return slot < 0 ? { ...told, late, parts: fieldMapPins.partsOf(states) } : { ...told, id: jobs.ids[slot] };
    });
  }

  return {
    start, listen, dress, readAll, choose, showAll, selectedPlace, pinAt, drawn, open, wordsOf, keyOf, CLOSE_ZOOM,
    items: () => layer.items,
    selected: () => selectedId,
    count: () => jobs.count,
    layer: () => layer,
    columns: () => ({ jobs, kinds }),
    hide: (isSo) => { isHidden = isSo; layer.draw(); },
  };
})();

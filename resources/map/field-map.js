// The map page: pins by ticket, chosen from either side, all words and colours given by the program.
"use strict";

const fieldMap = (function () {
  const CLOSE_ZOOM = 16;
  const EDGE_PX = 56;
  const markers = new Map();
  let map, cluster, bridge, facts, words, look;
  let selectedId = null;
  let position = null;

  function words_of(pin) {
    const said = [pin.title, look.status[pin.status] ? look.status[pin.status].word : ""];
    if (pin.is_overdue) said.push(words.overdue);
    return said.filter(Boolean).join(", ");
  }

  function draw(marker) {
    marker.setIcon(fieldMapPins.pinIcon(marker.pin, marker.pin.ticket_id === selectedId));
    label(marker);
  }

  function label(marker) {
    const element = marker.getElement();
    if (!element) return;
    element.title = marker.pin.title;
    element.setAttribute("aria-label", words_of(marker.pin));
    element.setAttribute("aria-pressed", String(marker.pin.ticket_id === selectedId));
    element.dataset.ticket = marker.pin.ticket_id;
  }

  function make(pin) {
    const marker = L.marker([pin.latitude, pin.longitude], {
      icon: fieldMapPins.pinIcon(pin, false),
      keyboard: false, // the list has every job; hundreds of Tab stops here would be a trap
      riseOnHover: true,
    });
    marker.pin = pin;
    marker.on("add", () => label(marker));
    marker.on("click", () => {
      choose(pin.ticket_id, false);
      bridge.choose(pin.ticket_id);
    });
    return marker;
  }

  // The selected pin stands on the map itself, so that no cluster ever swallows it.
  function choose(id, isToBeSeen) {
    if (id !== selectedId) {
      const before = markers.get(selectedId);
      selectedId = id;
      if (before) {
        map.removeLayer(before);
        before.setZIndexOffset(0);
        draw(before);
        cluster.addLayer(before);
      }
      const now = markers.get(id);
      if (now) lift(now);
    }
    drawWay();
    if (isToBeSeen) show(id);
  }

  function lift(marker) {
    cluster.removeLayer(marker);
    marker.setZIndexOffset(10000);
    marker.addTo(map);
    draw(marker);
  }

  function show(id) {
    const marker = markers.get(id);
    if (!marker) return;
    const at = marker.getLatLng();
    if (map.getZoom() < CLOSE_ZOOM - 1) {
      map.setView(at, CLOSE_ZOOM, { animate: false });
      return;
    }
    const point = map.latLngToContainerPoint(at);
    const size = map.getSize();
    const isInside =
      point.x > EDGE_PX && point.x < size.x - EDGE_PX - 44 && point.y > EDGE_PX + 12 && point.y < size.y - EDGE_PX;
    if (!isInside) map.panTo(at, { animate: !look.isStill });
  }

  function put(pins) {
    const fresh = [];
    for (const pin of pins) {
      remove(pin.ticket_id);
      const marker = make(pin);
      markers.set(pin.ticket_id, marker);
      if (pin.ticket_id === selectedId) lift(marker);
      else fresh.push(marker);
    }
    cluster.addLayers(fresh);
  }

  function remove(id) {
    const marker = markers.get(id);
    if (!marker) return;
    markers.delete(id);
    cluster.removeLayer(marker);
    map.removeLayer(marker);
  }

  function change(text) {
    const { put: changed, removed } = JSON.parse(text);
    removed.forEach(remove);
    put(changed);
    drawWay();
  }

  async function read(name) {
    const answer = await fetch("app://data/" + name);
    return answer.json();
  }

  async function readAll() {
    const pins = await read("tickets.json");
    cluster.clearLayers();
    markers.forEach((marker) => map.removeLayer(marker));
    markers.clear();
    put(pins);
    drawWay();
  }

  function showAll() {
    const places = [...markers.values()].map((marker) => marker.getLatLng());
    if (places.length) {
      const bounds = L.latLngBounds(places);
      map.fitBounds(bounds, { paddingTopLeft: [40, 60], paddingBottomRight: [72, 72], maxZoom: CLOSE_ZOOM, animate: false });
    } else if (facts.tiles) {
      const [west, south, east, north] = facts.tiles.bounds;
      map.setView([(south + north) / 2, (west + east) / 2], Math.min(14, facts.tiles.max_zoom), { animate: false });
    }
  }

  // One's own place and the straight way to the selected ticket.
  const own = L.layerGroup();

  function standAt(text) {
    position = JSON.parse(text);
    document.getElementById("to-me").hidden = position === null;
    drawWay();
  }

  function drawWay() {
    own.clearLayers();
    if (!position) return;
    const here = [position.latitude, position.longitude];
    L.circle(here, { radius: position.accuracy_m, className: "own-disc", interactive: false }).addTo(own);
    const goal = markers.get(selectedId);
    if (goal) L.polyline([here, goal.getLatLng()], { className: "own-way", interactive: false }).addTo(own);
    const icon = L.divIcon({ className: "own-place", iconSize: [22, 22] });
    L.marker(here, { icon, keyboard: false, interactive: false, zIndexOffset: -100 }).addTo(own);
  }

  // Words and colours.
  function dress(text) {
    look = JSON.parse(text);
    words = look.words;
    const root = document.documentElement;
    root.lang = look.language;
    root.dataset.theme = look.theme;
    for (const [name, value] of Object.entries(look.colours)) root.style.setProperty("--" + name, value);
    for (const [status, paint] of Object.entries(look.status)) {
      root.style.setProperty("--pin-" + status, paint.solid);
      root.style.setProperty("--on-pin-" + status, paint.onSolid);
    }
    for (const control of document.querySelectorAll("button[data-word]")) {
      control.title = words[control.dataset.word];
      control.setAttribute("aria-label", words[control.dataset.word]);
    }
    map.getContainer().setAttribute("aria-label", words.map);
    document.getElementById("note-words").textContent = words.note;
    fieldMapPins.say(words.jobs_here);
    markers.forEach(label);
    cluster.refreshClusters();
    measure();
  }

  // Controls: 44 px, inside the page, in reading order behind the pins.
  function control(position_, buttons) {
    const box = L.DomUtil.create("div", "controls");
    for (const [id, icon, word, act] of buttons) {
      const button = L.DomUtil.create("button", "", box);
      button.id = id;
      button.type = "button";
      button.dataset.word = word;
      button.innerHTML = fieldMapPins.button(icon);
      button.addEventListener("click", act);
    }
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    return place(position_, box);
  }

  function place(position_, element) {
    const made = L.control({ position: position_ });
    made.onAdd = () => element;
    return made.addTo(map);
  }

  function addControls() {
    control("topright", [
      ["zoom-in", "plus", "zoom_in", () => map.zoomIn()],
      ["zoom-out", "minus", "zoom_out", () => map.zoomOut()],
    ]);
    control("topright", [
      ["to-all", "maximize-2", "show_all", showAll],
      ["to-me", "locate-fixed", "show_me", () => position && map.setView([position.latitude, position.longitude], Math.max(map.getZoom(), CLOSE_ZOOM))],
    ]);
    document.getElementById("to-me").hidden = true;
    const note = L.DomUtil.create("div", "note");
    note.innerHTML = fieldMapPins.button("map") + '<span id="note-words"></span>';
    place("bottomleft", note);
    const scale = L.DomUtil.create("div", "scale");
    scale.innerHTML = '<span></span><i></i>';
    place("bottomright", scale);
    map.on("zoomend moveend", measure);
  }

  function measure() {
    const box = document.querySelector(".scale");
    if (!box || !words) return;
    const middle = map.getSize().y / 2;
    const perPx = map.distance(map.containerPointToLatLng([0, middle]), map.containerPointToLatLng([100, middle])) / 100;
    const rough = perPx * 104;
    const power = 10 ** Math.floor(Math.log10(rough));
    const metres = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
    const shown = metres >= 1000 ? [metres / 1000, words.kilometres] : [metres, words.metres];
    box.firstChild.textContent = shown.join(" ");
    box.lastChild.style.width = metres / perPx + "px";
  }

  function addTiles() {
    if (!facts.tiles) return;
    const { min_zoom, max_zoom } = facts.tiles;
    L.tileLayer("tiles://map/{z}/{x}/{y}", { minZoom: 3, minNativeZoom: min_zoom, maxNativeZoom: max_zoom, maxZoom: 19 }).addTo(map);
    map.setMinZoom(Math.max(3, min_zoom));
  }

  function addCluster() {
    cluster = L.markerClusterGroup({
      maxClusterRadius: 46,
      disableClusteringAtZoom: 18,
      spiderfyOnMaxZoom: true,
      showCoverageOnHover: false,
      animate: false,
      chunkedLoading: false,
      iconCreateFunction: fieldMapPins.clusterIcon,
    });
    cluster.addTo(map);
  }

  async function start(made) {
    map = made;
    map.options.maxZoom = 19;
    const [given, symbols] = await Promise.all([read("map.json"), read("symbols.json")]);
    facts = given;
    fieldMapPins.use(symbols);
    addTiles();
    addControls();
    addCluster();
    own.addTo(map);
    dress(JSON.stringify(facts.look));
    await readAll();
    showAll();
    await new Promise((join) =>
      new QWebChannel(qt.webChannelTransport, (channel) => {
        bridge = channel.objects.bridge;
        bridge.changed.connect(change);
        bridge.all_changed.connect(readAll);
        bridge.selected.connect((id) => choose(id || null, Boolean(id)));
        bridge.look_changed.connect(dress);
        bridge.position_changed.connect(standAt);
        map.on("click", (event) => bridge.choose_place(event.latlng.lat, event.latlng.lng));
        join();
      })
    );
    map.whenReady(() => requestAnimationFrame(() => requestAnimationFrame(() => bridge.be_ready())));
  }

  // What tests and the program may ask; always a plain text.
  function state() {
    const centre = map.getCenter();
    return JSON.stringify({
      pins: markers.size,
      selected: selectedId,
      zoom: map.getZoom(),
      centre: [centre.lat, centre.lng],
      theme: document.documentElement.dataset.theme,
      note: document.getElementById("note-words").textContent,
    });
  }

  function pinAt(id) {
    const marker = markers.get(id);
    const point = map.latLngToContainerPoint(marker.getLatLng());
    return JSON.stringify({ x: point.x, y: point.y, isDrawn: Boolean(marker.getElement()) });
  }

  return { start, state, pinAt };
})();

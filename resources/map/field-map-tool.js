// Tools that point at places, one at a time: by mouse or by keys, told in a bar over the map.
"use strict";

const fieldMapTool = (function () {
  const STEP_PX = 5;
  const WIDE_PX = 50; // with Shift
  const EDGE_PX = 48; // also the height of a pin
  const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  const known = {}; // tools by their names
  let here; // what all parts of the page share
  let bar;
  let tool = null;
  let cursor = null; // where the keys stand
  let cross = null;

  // A tool has say (key of its words), value(), buttons, begin(facts), at(place) and end(); where it
  // needs them follow(place) for mouse and keys or followKeys(place), back(), enter(), isIdle(button),
  // and start(), the place at which the keys begin.
  function add(name, made) {
    known[name] = { ...made, name };
  }

  function start(shared) {
    here = shared;
    const container = here.map.getContainer();
    bar = L.DomUtil.create("div", "tool-bar", container);
    bar.setAttribute("role", "group");
    bar.hidden = true;
    L.DomEvent.disableClickPropagation(bar);
    L.DomEvent.disableScrollPropagation(bar);
    here.map.on("click", (event) => tool !== null && use(event.latlng));
    here.map.on("mousemove", (event) => tool !== null && tool.follow && tool.follow(event.latlng));
    here.map.on("contextmenu", (event) => tool === null && tell({ tool: "point", place: pair(event.latlng) }));
    container.addEventListener("keydown", hear, true); // before Leaflet moves the map
    here.control("topleft", [
      ["tool-measure", "ruler", "measure", () => toggle("measure")],
      ["tool-point", "crosshair", "point", () => toggle("point")],
    ]);
  }

  function pair({ lat, lng }) {
    return [lat, L.Util.wrapNum(lng, [-180, 180], true)];
  }

  function tell(told) {
    here.bridge.tell_tool(JSON.stringify(told));
  }

  // ---- beginning and ending
  function toggle(name) {
    if (tool !== null && tool.name === name) leave();
    else {
      begin(name, {});
      tell({ tool: name, isBegun: true });
    }
  }

  function begin(name, facts) {
    end();
    tool = known[name];
    here.map.doubleClickZoom.disable();
    here.map.getContainer().classList.add("has-tool");
    tool.begin(facts);
    cursor = tool.start ? tool.start() : null;
    draw();
    bar.title = here.words[tool.say];
    if (cursor !== null) keepInSight(cursor);
    here.map.getContainer().focus({ preventScroll: true });
  }

  function end() {
    if (tool === null) return;
    tool.end();
    tool = null;
    hideCross();
    bar.hidden = true;
    here.map.doubleClickZoom.enable();
    here.map.getContainer().classList.remove("has-tool");
    press();
  }

  function leave() {
    const { name } = tool;
    end();
    tell({ tool: name, isEnded: true });
  }

  function take(text) {
    const wish = JSON.parse(text);
    if (wish === null) end();
    else begin(wish.tool, wish);
  }

  // ---- the bar
  function draw() {
    if (tool === null) return;
    const { words } = here;
    bar.textContent = "";
    bar.setAttribute("aria-label", words[tool.say]);
    L.DomUtil.create("span", "tool-say", bar).textContent = words[tool.say];
    const row = L.DomUtil.create("div", "tool-row", bar);
    const value = L.DomUtil.create("b", "tool-value", row);
    value.setAttribute("role", "status");
    for (const [word, act, isMain] of [...tool.buttons, ["tool_end", leave, false]]) {
      const button = L.DomUtil.create("button", isMain ? "is-main" : "", row);
      button.type = "button";
      button.dataset.deed = word;
      button.textContent = words[word];
      button.addEventListener("click", act);
    }
    bar.hidden = false;
    press();
    update();
  }

  function press() {
    for (const name of ["measure", "point"]) {
      document.getElementById("tool-" + name).setAttribute("aria-pressed", String(tool !== null && tool.name === name));
    }
  }

  function update() {
    const value = bar.querySelector(".tool-value");
    if (tool === null || value === null) return;
    value.textContent = tool.value();
    for (const button of bar.querySelectorAll("button")) {
      button.disabled = Boolean(tool.isIdle && tool.isIdle(button.dataset.deed));
    }
  }

  // ---- pointing
  function use(place) {
    cursor = place;
    tool.at(place);
    if (tool !== null) update();
  }

  function hear(event) {
    if (tool === null) return;
    const isOnButton = event.target.tagName === "BUTTON";
    const way = WAYS[event.key];
    if (way) step(way, event.shiftKey ? WIDE_PX : STEP_PX);
    else if (event.key === "Enter" && !isOnButton) enter();
    else if (event.key === "Backspace" && tool.back) tool.back();
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
    update();
  }

  function enter() {
    if (tool.enter) tool.enter();
    else use(cursor || here.map.getCenter());
  }

  function isInSight(place) {
    return here.map.getBounds().contains(place);
  }

  function step([right, down], px) {
    const { map } = here;
    if (cursor === null || (!tool.isOwnCursor && !isInSight(cursor))) cursor = map.getCenter();
    const spot = map.latLngToContainerPoint(cursor).add([right * px, down * px]);
    cursor = map.containerPointToLatLng(spot);
    keepInSight(cursor);
    if (!tool.isOwnCursor) showCross();
    const follow = tool.followKeys || tool.follow;
    if (follow) follow(cursor);
  }

  // Inside the map's edges, and not below the bar, which stands at its upper or lower one.
  function keepInSight(place) {
    const height = here.map.getSize().y;
    const end = bar.offsetTop + bar.offsetHeight;
    const isAbove = bar.offsetTop < height - end;
    const top = isAbove ? end : 0;
    const bottom = isAbove ? 0 : height - bar.offsetTop;
    here.map.panInside(place, {
      paddingTopLeft: [EDGE_PX, top + EDGE_PX], paddingBottomRight: [EDGE_PX, bottom + EDGE_PX / 2], animate: false,
    });
  }

  function showCross() {
    if (cross === null) {
      const icon = L.divIcon({ className: "tool-cross", iconSize: [44, 44], html: fieldMapPins.button("crosshair") });
      cross = L.marker(cursor, { icon, keyboard: false, interactive: false, zIndexOffset: 20000 }).addTo(here.map);
    }
    cross.setLatLng(cursor);
  }

  function hideCross() {
    if (cross !== null) cross.remove();
    cross = null;
  }

  // What tests and the program may ask; always a plain text.
  function state() {
    const told = tool === null ? null : { tool: tool.name, value: tool.value(), say: here.words[tool.say] };
    return JSON.stringify({ ...told, cursor: cursor === null ? null : pair(cursor) });
  }

  return {
    add, start, draw, update, tell, pair, leave, state,
    listen: (bridge) => bridge.tool_changed.connect(take),
    isOn: () => tool !== null,
    toggle,
    stand: (place) => { cursor = place; },
  };
})();

// The tool that only points: the program offers the coordinates of the place.
fieldMapTool.add("point", {
  say: "point_say",
  buttons: [],
  value: () => "",
  begin: () => {},
  end: () => {},
  at(place) {
    fieldMapTool.tell({ tool: "point", place: fieldMapTool.pair(place) });
  },
});

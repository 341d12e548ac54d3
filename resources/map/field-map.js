// The map page: what its parts share, words and colours given by the program, and its controls.
"use strict";

const fieldMap = (function () {
  // What all parts of the page share; `bridge` is there once the program listens.
  const here = { map: null, facts: null, look: null, words: null, bridge: null, after: () => fieldMapOwn.draw() };
  let map, bridge, facts, words, look;

  async function read(name) {
    const answer = await fetch("app://data/" + name);
    return answer.json();
  }

  function showAll() {
    if (!fieldMapJobs.showAll()) fieldMapGround.showBest();
  }

  // Words and colours.
  function dress(text) {
    here.look = look = JSON.parse(text);
    here.words = words = look.words;
    const root = document.documentElement;
    root.lang = look.language;
    root.dataset.theme = look.theme;
    root.style.setProperty("--scale", look.scale);
    for (const [name, value] of Object.entries(look.colours)) root.style.setProperty("--" + name, value);
    for (const control of document.querySelectorAll("button[data-word]")) {
      control.title = words[control.dataset.word];
      control.setAttribute("aria-label", words[control.dataset.word]);
    }
    map.getContainer().setAttribute("aria-label", words.map);
    fieldMapGround.dress(look);
    for (const part of [fieldMapTool, fieldMapMeasure, fieldMapMove]) part.draw();
    measure();
    return fieldMapJobs.dress(look).then(() => {
      if (!here.isBegun) return;
      fieldMapHeat.redraw();
      fieldMapLegend.draw();
    });
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
      ["to-me", "locate-fixed", "show_me", () => fieldMapOwn.show()],
    ]);
    document.getElementById("to-me").hidden = true;
    control("topright", [["maps", "layers", "maps", () => bridge.open_maps()]]);
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

  async function start(made) {
    here.map = map = made;
    map.options.maxZoom = 19;
    const [given, symbols] = await Promise.all([read("map.json"), read("symbols.json")]);
    here.facts = facts = given;
    fieldMapPins.use(symbols);
    addControls();
    Object.assign(here, { control, place, showAll });
    fieldMapLegend.start(here);
    fieldMapHeat.start(here);
    fieldMapKeys.start(here);
    for (const part of [fieldMapLines, fieldMapTool, fieldMapMeasure, fieldMapMove]) part.start(here);
    fieldMapRoute.start(here);
    fieldMapOwn.start(here);
    fieldMapGround.start(here);
    await fieldMapJobs.start(here);
    await dress(JSON.stringify(facts.look));
    await fieldMapJobs.readAll();
    fieldMapSight.start(here);
    if (fieldMapSight.restore(facts.sight)) fieldMapJobs.choose(facts.selected, false);
    else showAll();
    here.isBegun = true;
    fieldMapHeat.show(Boolean(facts.sight && facts.sight.is_heat));
    fieldMapLegend.draw();
    await new Promise((join) =>
      new QWebChannel(qt.webChannelTransport, (channel) => {
        here.bridge = bridge = channel.objects.bridge;
        fieldMapJobs.listen(bridge);
        fieldMapSight.listen(bridge);
        fieldMapKeys.listen(bridge);
        bridge.look_changed.connect(dress);
        fieldMapOwn.listen(bridge);
        fieldMapRoute.listen(bridge);
        fieldMapTool.listen(bridge);
        fieldMapMove.listen(bridge);
        bridge.grounds_changed.connect((text) => fieldMapGround.show(JSON.parse(text)));
        join();
      })
    );
    map.whenReady(() => requestAnimationFrame(() => requestAnimationFrame(() => bridge.be_ready())));
  }

  // What tests and the program may ask; always a plain text.
  function state() {
    const centre = map.getCenter();
    return JSON.stringify({
      pins: fieldMapJobs.count(),
      selected: fieldMapJobs.selected(),
      zoom: map.getZoom(),
      centre: [centre.lat, centre.lng],
      theme: document.documentElement.dataset.theme,
      grounds: fieldMapGround.count(),
      isDrawing: fieldMapGround.isDrawing(),
      note: document.getElementById("note-words").textContent,
    });
  }

  return { start, state };
})();

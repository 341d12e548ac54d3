// How pins and clusters are drawn: flat, in the colours of the theme, each status with its glyph.
"use strict";

const fieldMapPins = (function () {
  const SHAPE = "M17 40.5C14 35.6 2.2 28.6 2.2 16.8a14.8 14.8 0 1 1 29.6 0C31.8 28.6 20 35.6 17 40.5Z";
  const BOX = { left: -2, top: -2, width: 42, height: 46 }; // of a pin's picture; its tip is at 17, 41
  const TIP = { x: 17, y: 41 };
  const SELECTED = 46 / 34;
  const MIN_PART = 0.07; // of the ring: also one job among thousands stays visible
  const STATES = [
    "sentback", "waiting", "progress", "paused", "review", "queued", "forwarded", "irrelevant", "finished", "approved",
  ]; // worst first
  let symbols = { lucide: {}, status: {} };
  let paint = { status: {}, colours: {} };

  function known(status) {
    return STATES.includes(status) ? status : "irrelevant";
  }

  // What is inside a pin's picture; `kind` is [icon, status, is late].
  function pinInside([icon, state, isLate]) {
    const status = known(state);
    const { solid, onSolid } = paint.status[status] || { solid: "#48544F", onSolid: "#FFFFFF" };
    const c = paint.colours;
    const sign = symbols.lucide[icon] || symbols.lucide["map-pin"] || "";
    const late = isLate
      ? `<g transform="translate(28 7)"><circle r="8" fill="${c.lateFill}" stroke="${c.surface}" stroke-width="1.6"/>` +
        `<path d="M0-4.4V.7M0 3.9v.1" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></g>`
      : "";
    return (
      `<path d="${SHAPE}" fill="none" stroke="${c.mapHalo}" stroke-width="4.4" stroke-linejoin="round"/>` +
      `<path d="${SHAPE}" fill="${solid}" stroke="${c.pinLine}" stroke-width="1.7" stroke-linejoin="round"/>` +
      `<g transform="translate(7.6 6.6) scale(.783)" fill="none" stroke="${onSolid}" stroke-width="2.1" ` +
      `stroke-linecap="round" stroke-linejoin="round">${sign}</g>` +
      `<g transform="translate(29.5 29.5)">${badgeInside(status)}</g>${late}`
    );
  }

  // The glyph of a status on its disc, around 0, 0.
  function badgeInside(status) {
    const { solid } = paint.status[status] || { solid: "#48544F" };
    const c = paint.colours;
    return (
      `<circle r="8.4" fill="${c.surface}" stroke="${c.pinLine}" stroke-width="1.5"/>` +
      `<g color="${solid}" transform="translate(-5.6 -5.6) scale(.7)">${symbols.status["status-" + status] || ""}</g>`
    );
  }

  function pinSvg(kind) {
    const box = `${BOX.left} ${BOX.top} ${BOX.width} ${BOX.height}`;
    return `<svg viewBox="${box}" aria-hidden="true">${pinInside(kind)}</svg>`;
  }

  // Pieces for the legend.
  function lateSvg() {
    const c = paint.colours;
    return (
      `<svg viewBox="-12 -12 24 24" aria-hidden="true"><circle r="8" fill="${c.lateFill}" stroke="${c.surface}" stroke-width="1.6"/>` +
      `<path d="M0-4.4V.7M0 3.9v.1" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>`
    );
  }

  function clusterSvg() {
    const c = paint.colours;
    const part = (state, from) =>
      `<circle r="17.6" fill="none" stroke="${paint.status[state].solid}" stroke-width="6" ` +
      `stroke-dasharray="53 111" stroke-dashoffset="${-from}"/>`;
    return (
      `<svg viewBox="-26 -26 52 52" aria-hidden="true"><circle r="23" fill="${c.pinLine}"/><circle r="21.6" fill="${c.surface}"/>` +
      `${part("waiting", 0)}${part("finished", 55)}` +
      `<text y="5.6" text-anchor="middle" font-weight="700" font-size="16" fill="${c.text}">12</text>` +
      `<g transform="translate(16.5 16.5)">${badgeInside("waiting")}</g></svg>`
    );
  }

  // The pin of the selected job stands on the map as an element of its own.
  function selectedIcon(kind) {
    const ground = `<ellipse cx="17" cy="40" rx="9" ry="3.6" fill="${paint.colours.text}" opacity=".28"/>`;
    return L.divIcon({
      html: pinSvg(kind).replace('aria-hidden="true">', `aria-hidden="true">${ground}`),
      className: "pin is-selected",
      iconSize: [BOX.width * SELECTED, BOX.height * SELECTED],
      iconAnchor: [(TIP.x - BOX.left) * SELECTED, (TIP.y - BOX.top) * SELECTED],
    });
  }

  // All kinds of pins, and below them the glyph of each status, in one picture made once for a
  // theme: drawing a pin is copying a part of it.
  async function sheetOf(kinds, ratio) {
    const badge = (status) => `<g transform="translate(${TIP.x} ${TIP.y / 2})">${badgeInside(status)}</g>`;
    const rows = [...kinds.map(pinInside), ...STATES.map(badge)].map((inside, row) => {
      const top = row * BOX.height - BOX.top;
      return `<g transform="translate(${-BOX.left} ${top})">${inside}</g>`;
    });
    const height = rows.length * BOX.height;
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${BOX.width} ${height}" ` +
      `width="${BOX.width * ratio}" height="${height * ratio}">${rows.join("")}</svg>`;
    const picture = new Image();
    await new Promise((resolve, reject) => {
      picture.onload = resolve; // decode() would wait for a frame, which a covered window may never draw
      picture.onerror = () => reject(new Error("The pins cannot be drawn"));
      picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
    });
    const canvas = document.createElement("canvas");
    canvas.width = BOX.width * ratio;
    canvas.height = height * ratio;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    return { canvas, ratio, count: kinds.length };
  }

  function drawPin(pen, sheet, row, x, y) {
    const { ratio } = sheet;
    pen.drawImage(
      sheet.canvas,
      0, row * BOX.height * ratio, BOX.width * ratio, BOX.height * ratio,
      Math.round(x) - TIP.x + BOX.left, Math.round(y) - TIP.y + BOX.top, BOX.width, BOX.height
    );
  }

  // The worst status of a cluster by its glyph: a ring alone would tell it by colour only.
  function drawBadge(pen, sheet, state, x, y) {
    drawPin(pen, sheet, sheet.count + state, x, y + TIP.y / 2);
  }

  // Wider for more digits: 23 px up to 999 jobs, 30 px from 10,000 on.
  function clusterRadius(count) {
    return 23 + Math.max(0, String(count).length - 3) * 3.5;
  }

  function disc(pen, x, y, radius, fill) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fillStyle = fill;
    pen.fill();
  }

  // The parts of a ring by status, worst first, each wide enough to be seen; fractions of the ring.
  function partsOf(states) {
    let total = 0;
    for (const count of states) total += count;
    const present = [...states.keys()].filter((state) => states[state]);
    const wide = present.map((state) => Math.max(states[state] / total, MIN_PART));
    const sum = wide.reduce((all, part) => all + part, 0);
    return present.map((state, place) => ({ state: STATES[state], part: wide[place] / sum }));
  }

  function drawRing(pen, x, y, radius, states) {
    const parts = partsOf(states);
    const gap = parts.length > 1 ? 2 / radius : 0;
    let from = -Math.PI / 2;
    pen.lineWidth = 6;
    for (const { state, part } of parts) {
      const to = from + part * 2 * Math.PI;
      pen.beginPath();
      pen.arc(x, y, radius, from + gap / 2, to - gap / 2);
      pen.strokeStyle = (paint.status[state] || { solid: "#48544F" }).solid;
      pen.stroke();
      from = to;
    }
  }

  function drawCluster(pen, sheet, x, y, { count, late, states }) {
    const c = paint.colours;
    const radius = clusterRadius(count);
    disc(pen, x, y, radius + 1.2, c.mapHalo);
    disc(pen, x, y, radius, c.pinLine);
    disc(pen, x, y, radius - 1.4, c.surface);
    drawRing(pen, x, y, radius - 5.4, states);
    pen.textAlign = "center";
    pen.textBaseline = "alphabetic";
    const words = count.toLocaleString("en");
    const size = words.length > 5 ? 12 : words.length > 3 ? 13 : 16;
    pen.font = `700 ${size}px Sarabun, sans-serif`;
    pen.fillStyle = c.text;
    pen.fillText(words, x, y + size * 0.35);
    if (sheet !== null) {
      drawBadge(pen, sheet, states.findIndex((jobs) => jobs > 0), x + radius * 0.72, y + radius * 0.72);
    }
    if (late) drawLate(pen, x + radius * 0.66, y - radius * 0.66, late > 99 ? "99+" : String(late));
  }

  function drawLate(pen, x, y, words) {
    const half = 4.5 + words.length * 3.8;
    pen.beginPath();
    pen.roundRect(x - half, y - 8.5, 2 * half, 17, 8.5);
    pen.fillStyle = paint.colours.lateFill;
    pen.fill();
    pen.lineWidth = 1.6;
    pen.strokeStyle = paint.colours.surface;
    pen.stroke();
    pen.font = "700 12px Sarabun, sans-serif";
    pen.fillStyle = "#fff";
    pen.fillText(words, x, y + 4.4);
  }

  function button(name) {
    return `<svg viewBox="0 0 24 24" aria-hidden="true" class="line-icon">${symbols.lucide[name] || ""}</svg>`;
  }

  return {
    BOX, STATES, known, pinSvg, lateSvg, clusterSvg, selectedIcon, sheetOf, drawPin, drawCluster, clusterRadius, partsOf, button,
    use: (all) => { symbols = all; },
    dress: (look) => { paint = look; },
  };
})();

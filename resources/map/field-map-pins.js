// How pins and clusters are drawn: flat SVG, coloured by CSS variables so that a theme is one switch.
"use strict";

const fieldMapPins = (function () {
  const SHAPE = "M17 40.5C14 35.6 2.2 28.6 2.2 16.8a14.8 14.8 0 1 1 29.6 0C31.8 28.6 20 35.6 17 40.5Z";
  const SIZES = { plain: [34, 42], selected: [46, 57] };
  const ORDER = [
    "waiting", "progress", "review", "sentback", "queued", "forwarded", "irrelevant", "finished", "approved",
  ];
  let jobsHere = "{count}";
  let symbols = { lucide: {}, status: {} };

  function known(key) {
    return /^[a-z]+$/.test(key) ? key : "irrelevant";
  }

  function pinSvg(pin) {
    const status = known(pin.status);
    const icon = symbols.lucide[pin.icon] || symbols.lucide["map-pin"] || "";
    const glyph = symbols.status["status-" + status] || "";
    const late = pin.is_overdue
      ? `<g transform="translate(28 7)"><circle r="8" class="late"/>` +
        `<path d="M0-4.4V.7M0 3.9v.1" class="late-mark"/></g>`
      : "";
    return (
      `<svg viewBox="-2 -2 42 46" aria-hidden="true" style="--pin:var(--pin-${status});--on-pin:var(--on-pin-${status})">` +
      `<ellipse class="ground" cx="17" cy="40" rx="9" ry="3.6"/>` +
      `<path d="${SHAPE}" class="halo"/><path d="${SHAPE}" class="body"/>` +
      `<g class="kind" transform="translate(7.6 6.6) scale(.783)">${icon}</g>` +
      `<g transform="translate(29.5 29.5)"><circle r="8.4" class="badge"/>` +
      `<g class="glyph" transform="translate(-5.6 -5.6) scale(.7)">${glyph}</g></g>${late}</svg>`
    );
  }

  function pinIcon(pin, isSelected) {
    const [width, height] = isSelected ? SIZES.selected : SIZES.plain;
    return L.divIcon({
      html: pinSvg(pin),
      className: "pin" + (isSelected ? " is-selected" : ""),
      iconSize: [width, height],
      iconAnchor: [width / 2, height - 1],
    });
  }

  function ring(counts, total) {
    const circumference = 2 * Math.PI * 18;
    let done = 0;
    const kinds = Object.keys(counts).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
    const gap = kinds.length > 1 ? 2 : 0;
    return kinds
      .map((status) => {
        const length = (counts[status] / total) * circumference;
        const part =
          `<circle r="18" class="part" style="stroke:var(--pin-${known(status)})" ` +
          `stroke-dasharray="${Math.max(length - gap, 1)} ${circumference}" stroke-dashoffset="${-done}"/>`;
        done += length;
        return part;
      })
      .join("");
  }

  function clusterIcon(cluster) {
    const counts = {};
    let late = 0;
    const markers = cluster.getAllChildMarkers();
    for (const marker of markers) {
      counts[marker.pin.status] = (counts[marker.pin.status] || 0) + 1;
      late += marker.pin.is_overdue ? 1 : 0;
    }
    const total = markers.length;
    const size = total > 999 ? 13 : 16;
    const badge = late
      ? `<g transform="translate(15 -15)"><rect class="late" x="${late > 9 ? -11 : -8.5}" y="-8.5" ` +
        `width="${late > 9 ? 22 : 17}" height="17" rx="8.5"/><text class="late-count" y="4.4">${late > 99 ? "99+" : late}</text></g>`
      : "";
    return L.divIcon({
      html:
        `<svg viewBox="-27 -27 54 54" role="img" aria-label="${jobsHere.replace("{count}", total)}"><circle r="23.4" class="rim"/>` +
        `<circle r="22.2" class="disc"/><g transform="rotate(-90)">${ring(counts, total)}</g>` +
        `<circle r="14.2" class="disc"/><text class="count" y="${size * 0.35}" font-size="${size}">${total}</text>${badge}</svg>`,
      className: "cluster",
      iconSize: [54, 54],
    });
  }

  function button(name) {
    return `<svg viewBox="0 0 24 24" aria-hidden="true" class="line-icon">${symbols.lucide[name] || ""}</svg>`;
  }

  return { pinIcon, clusterIcon, button, use: (all) => { symbols = all; }, say: (words) => { jobsHere = words; } };
})();

// Jobs as numbers, and which of them share a cluster at a zoom. 50,000 are put together in some
// hundredths of a second, so a change simply has the zoom in sight computed again.
"use strict";

const fieldMapClusters = (function () {
  const TILE_PX = 256;
  const REACH_PX = 44; // within so many pixels of the first job of a cluster a job joins it
  const CLOSE_REACH_PX = 12; // from this zoom on only what would hide another pin
  const APART_ZOOM = 18;
  const KEPT_ZOOMS = 3;
  const PIN_RADIUS_PX = 16;
  const PIN_MIDDLE_PX = 22; // above its tip
  const MOST_RADIUS_PX = 40;

  function worldX(longitude) {
    return (longitude + 180) / 360;
  }

  function worldY(latitude) {
    const sine = Math.sin((Math.max(-85.0511, Math.min(85.0511, latitude)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  function longer(array) {
    const made = new array.constructor(array.length * 2);
    made.set(array);
    return made;
  }

  // A place in the columns is a slot; a job keeps its slot until it goes.
  class Jobs {
    constructor() {
      this.clear();
    }

    clear() {
      this.slots = new Map();
      this.ids = [];
      this.x = new Float64Array(1024); // 0 at 180° west, 1 at 180° east
      this.y = new Float64Array(1024); // 0 in the north, 1 in the south
      this.kind = new Uint16Array(1024); // row of the page's table of kinds
      this.free = [];
      this.zooms = new Map();
    }

    get count() {
      return this.slots.size;
    }

    put(id, latitude, longitude, kind) {
      let slot = this.slots.get(id);
      if (slot === undefined) {
        slot = this.free.length ? this.free.pop() : this.ids.length;
        if (slot >= this.x.length) for (const name of ["x", "y", "kind"]) this[name] = longer(this[name]);
        this.slots.set(id, slot);
        this.ids[slot] = id;
      }
      this.x[slot] = worldX(longitude);
      this.y[slot] = worldY(latitude);
      this.kind[slot] = kind;
      this.zooms.clear();
    }

    remove(id) {
      const slot = this.slots.get(id);
      if (slot === undefined) return;
      this.slots.delete(id);
      this.ids[slot] = null;
      this.free.push(slot);
      this.zooms.clear();
    }

    // `kinds` tells status and lateness of each kind, as numbers.
    at(zoom, kinds) {
      let found = this.zooms.get(zoom);
      if (!found) {
        found = together(this, zoom, kinds);
        if (this.zooms.size >= KEPT_ZOOMS) this.zooms.delete(this.zooms.keys().next().value);
        this.zooms.set(zoom, found);
      }
      return found;
    }
  }

  // Places that are looked up by nearness, through squares as wide as one reaches.
  class Grid {
    constructor(count, reach) {
      let size = 1024;
      while (size < count) size *= 2;
      this.mask = size - 1;
      this.reach = reach;
      this.heads = new Int32Array(size).fill(-1);
      this.next = new Int32Array(count);
      this.x = new Float64Array(count);
      this.y = new Float64Array(count);
    }

    key(column, row) {
      return (Math.imul(column, 73856093) ^ Math.imul(row, 19349663)) & this.mask;
    }

    add(group, x, y) {
      const key = this.key(Math.floor(x / this.reach), Math.floor(y / this.reach));
      this.x[group] = x;
      this.y[group] = y;
      this.next[group] = this.heads[key];
      this.heads[key] = group;
    }

    // The nearest one that is nearer than it reaches itself; -1 for none.
    nearest(x, y, reachOf) {
      const column = Math.floor(x / this.reach);
      const row = Math.floor(y / this.reach);
      let best = -1;
      let closest = Infinity;
      for (let east = column - 1; east <= column + 1; east += 1) {
        for (let south = row - 1; south <= row + 1; south += 1) {
          for (let group = this.heads[this.key(east, south)]; group >= 0; group = this.next[group]) {
            const away = (this.x[group] - x) ** 2 + (this.y[group] - y) ** 2;
            if (away < closest && away < reachOf(group) ** 2) {
              closest = away;
              best = group;
            }
          }
        }
      }
      return best;
    }
  }

  function together(jobs, zoom, kinds) {
    const made = gathered(jobs, zoom, kinds);
    for (let group = 0; group < made.size; group += 1) {
      made.x[group] /= made.counts[group];
      made.y[group] /= made.counts[group];
    }
    if (zoom < APART_ZOOM) keepApart(made, zoom);
    return made;
  }

  // Every job joins the nearest group that began within reach of it, or begins one.
  function gathered(jobs, zoom, kinds) {
    const count = jobs.ids.length;
    const reach = (zoom >= APART_ZOOM ? CLOSE_REACH_PX : REACH_PX) / (TILE_PX * 2 ** zoom);
    const grid = new Grid(count, reach);
    const made = {
      size: 0,
      groupOf: new Int32Array(count).fill(-1),
      first: new Int32Array(count), // newest member; `next` leads on to the others
      last: new Int32Array(count),
      next: new Int32Array(count).fill(-1),
      counts: new Int32Array(count), // 0 for a group that was taken into another one
      late: new Int32Array(count),
      x: new Float64Array(count),
      y: new Float64Array(count),
      states: new Uint32Array(count * kinds.stateCount), // of each group, by status
      stateCount: kinds.stateCount,
    };
    const everywhere = () => reach;
    for (let slot = 0; slot < count; slot += 1) {
      if (jobs.ids[slot] === null) continue;
      const x = jobs.x[slot];
      const y = jobs.y[slot];
      let group = grid.nearest(x, y, everywhere);
      if (group < 0) {
        group = made.size;
        made.size += 1;
        grid.add(group, x, y);
        made.first[group] = -1;
        made.last[group] = slot;
      }
      join(made, group, slot, x, y, kinds, jobs.kind[slot]);
    }
    return made;
  }

  function join(made, group, slot, x, y, kinds, kind) {
    made.groupOf[slot] = group;
    made.next[slot] = made.first[group];
    made.first[group] = slot;
    made.counts[group] += 1;
    made.x[group] += x;
    made.y[group] += y;
    made.late[group] += kinds.late[kind];
    made.states[group * made.stateCount + kinds.state[kind]] += 1;
  }

  // No two are drawn over each other: the larger one takes the smaller one in.
  function keepApart(made, zoom) {
    const px = 1 / (TILE_PX * 2 ** zoom);
    const radius = (group) => (made.counts[group] > 1 ? fieldMapPins.clusterRadius(made.counts[group]) + 2 : PIN_RADIUS_PX);
    const grid = new Grid(made.size, 2 * MOST_RADIUS_PX * px);
    const singles = [];
    const clusters = [];
    for (let group = 0; group < made.size; group += 1) (made.counts[group] > 1 ? clusters : singles).push(group);
    clusters.sort((one, other) => made.counts[other] - made.counts[one]);
    for (const groups of [clusters, singles]) {
      for (const group of groups) {
        const own = radius(group);
        const y = made.y[group] - (groups === singles ? PIN_MIDDLE_PX * px : 0);
        const host = grid.nearest(made.x[group], y, (other) => (own + radius(other)) * px);
        if (host < 0) grid.add(group, made.x[group], y);
        else takeIn(made, host, group);
      }
    }
  }

  function takeIn(made, host, guest) {
    for (let slot = made.first[guest]; slot >= 0; slot = made.next[slot]) made.groupOf[slot] = host;
    made.next[made.last[guest]] = made.first[host];
    made.first[host] = made.first[guest];
    made.counts[host] += made.counts[guest];
    made.late[host] += made.late[guest];
    made.counts[guest] = 0;
    for (let state = 0; state < made.stateCount; state += 1) {
      made.states[host * made.stateCount + state] += made.states[guest * made.stateCount + state];
    }
  }

  function members(made, group) {
    const found = [];
    for (let slot = made.first[group]; slot >= 0; slot = made.next[slot]) found.push(slot);
    return found;
  }

  return { Jobs, members, TILE_PX, CLOSE_REACH_PX };
})();

// The drawing: world coordinates come from the layout, y upwards; the camera maps them to the canvas.
const canvas = $("canvas"), pen = canvas.getContext("2d");
const camera = { x: 0, y: 0, zoom: 1 };
let hovered = null, width = 1, height = 1, frame = 0;
const radius = (e) => Math.max(3.5, e.size * 0.5 * Math.min(1.4, Math.max(camera.zoom, 0.35)));
const place = (e) => [(e.x - camera.x) * camera.zoom + width / 2, (camera.y - e.y) * camera.zoom + height / 2];
const redraw = () => { if (!frame) frame = requestAnimationFrame(() => { frame = 0; draw(); }); };

function resize() {
  const ratio = window.devicePixelRatio || 1;
  width = Math.max(canvas.clientWidth, 1); height = Math.max(canvas.clientHeight, 1);
  canvas.width = Math.round(width * ratio); canvas.height = Math.round(height * ratio);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  redraw();
}

function fit(targets) {
  const nodes = targets && targets.length ? targets : view.drawn;
  if (!nodes.length) return;
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const e of nodes) {
    left = Math.min(left, e.x); right = Math.max(right, e.x); low = Math.min(low, e.y); high = Math.max(high, e.y);
  }
  camera.x = (left + right) / 2; camera.y = (low + high) / 2;
  const room = (space, margin, length) => Math.max(space - margin, 80) / Math.max(length, 1);
  camera.zoom = Math.min(room(width, Math.min(200, width / 3), right - left), room(height, 120, high - low), 1.8);
  redraw();
}

function zoomBy(factor, px = width / 2, py = height / 2) {
  const zoom = Math.min(8, Math.max(0.01, camera.zoom * factor));
  camera.x += (px - width / 2) * (1 / camera.zoom - 1 / zoom);
  camera.y -= (py - height / 2) * (1 / camera.zoom - 1 / zoom);
  camera.zoom = zoom;
  redraw();
}

function line(s, colours, strong) {
  const [ax, ay] = place(s.subject), [bx, by] = place(s.object);
  const dx = bx - ax, dy = by - ay, length = Math.hypot(dx, dy) || 1;
  const offset = s.bend * Math.min(34, length * 0.3);
  const cx = (ax + bx) / 2 - (dy / length) * offset * 2, cy = (ay + by) / 2 + (dx / length) * offset * 2;
  const denied = s.marks.includes("denied");
  pen.strokeStyle = pen.fillStyle = denied ? colours.denied : strong ? colours.accent : colours.edge;
  pen.lineWidth = Math.min(1 + 0.6 * (s.documents - 1), 4) + (strong ? 0.8 : 0);
  pen.setLineDash(denied ? [2, 4] : s.marks.length ? [7, 5] : []);
  // the tip touches the object's rim
  const back = Math.atan2(by - cy, bx - cx), rim = radius(s.object) + 2;
  const tx = bx - Math.cos(back) * rim, ty = by - Math.sin(back) * rim;
  pen.beginPath(); pen.moveTo(ax, ay); pen.quadraticCurveTo(cx, cy, tx, ty); pen.stroke();
  pen.setLineDash([]);
  if (length > 18) {
    pen.beginPath(); pen.moveTo(tx, ty);
    for (const turn of [0.42, -0.42]) pen.lineTo(tx - Math.cos(back + turn) * 8, ty - Math.sin(back + turn) * 8);
    pen.fill();
  }
  return [(ax + 2 * cx + bx) / 4, (ay + 2 * cy + by) / 4, length];
}

const clip = (text, most) => { const c = [...text]; return c.length > most ? c.slice(0, most - 1).join("") + "…" : text; };

function draw() {
  const style = getComputedStyle(document.documentElement);
  const colours = {};
  for (const name of ["paper", "ink", "quiet", "edge", "accent", "denied"])
    colours[name] = style.getPropertyValue("--" + name).trim();
  const font = getComputedStyle(document.body).fontFamily;
  pen.clearRect(0, 0, width, height);
  const focus = hovered || selected;
  const near = new Set(focus ? [focus] : []);
  if (focus) for (const s of focus.statements) if (s.object && passes(s)) near.add(s.subject).add(s.object);
  const taken = [];
  const written = []; // boxes of texts; taken has those of the discs
  const apart = (box) => (t) => box[0] >= t[2] || t[0] >= box[2] || box[1] >= t[3] || t[1] >= box[3];
  const inside = (box) => box[0] >= 0 && box[2] <= width && box[1] >= 0 && box[3] <= height;
  const clear = (box) => inside(box) && written.every(apart(box));
  const free = (box) => clear(box) && taken.every(apart(box));
  const labels = [];
  for (const strong of [false, true])
    for (const s of view.lines) {
      if ((focus && (s.subject === focus || s.object === focus)) !== strong && (focus || strong)) continue;
      pen.globalAlpha = strong ? 1 : focus ? 0.16 : 0.75;
      const [x, y, length] = line(s, colours, strong);
      if (strong) labels.push([s, x, y, length]);
    }
  const visible = [];
  for (const e of view.drawn) {
    const [x, y] = place(e), r = radius(e);
    if (x < -60 || y < -60 || x > width + 60 || y > height + 60) continue;
    visible.push([e, x, y, r]);
    pen.globalAlpha = focus && !near.has(e) ? 0.22 : 1;
    pen.beginPath(); pen.arc(x, y, r, 0, 7); pen.fillStyle = packed.colours[e.type] || packed.other; pen.fill();
    pen.lineWidth = e === selected ? 3 : 1;
    pen.strokeStyle = e === selected ? colours.accent : colours.ink;
    pen.stroke();
    taken.push([x - r, y - r, x + r, y + r]);
  }
  // each text goes to the first of its places where nothing is in the way, or nowhere
  const write = (text, places, size, weight, colour, alpha, must) => {
    pen.font = `${weight} ${size}px ${font}`;
    const across = pen.measureText(text).width + 4, tall = size * 1.3;
    const boxes = places.map(([x, y, side]) => {
      const left = x - (side === "right" ? 0 : side === "left" ? across : across / 2);
      return [left, y - tall / 2, left + across, y + tall / 2];
    });
    // what matters most may cover other entities' discs, but no other text
    const box = boxes.find(free) || (must ? boxes.find(clear) : null);
    if (!box) return;
    written.push(box);
    const x = (box[0] + box[2]) / 2, y = (box[1] + box[3]) / 2;
    pen.globalAlpha = alpha; pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineJoin = "round";
    pen.lineWidth = 4; pen.strokeStyle = colours.paper; pen.strokeText(text, x, y);
    pen.fillStyle = colour; pen.fillText(text, x, y);
  };
  // the entity in focus and its neighbours are named first, then by PageRank, as far as there is room
  const first = visible.filter(([e]) => near.has(e)), rest = visible.filter(([e]) => !near.has(e));
  [...first, ...rest].forEach(([e, x, y, r], i) => {
    const bright = !focus || near.has(e);
    const around = [[x, y + r + 9], [x, y - r - 9], [x + r + 3, y, "right"], [x - r - 3, y, "left"],
      [x - r, y + r + 9, "right"], [x + r, y + r + 9, "left"], [x - r, y - r - 9, "right"], [x + r, y - r - 9, "left"]];
    if (focus && bright) around.push([x, y - r - 23], [x, y + r + 23]);
    write(clip(e.name, 34), around, 12.5, e === focus ? 700 : 500, colours.ink, bright ? 1 : 0.3,
      e === focus || i < (visible.length > 200 ? 25 : 8));
  });
  for (const [s, x, y, length] of labels)
    if (length > 70) write(clip(s.words, 28), [[x, y], [x, y - 12], [x, y + 12]], 11, 400, colours.quiet, 1, false);
  pen.globalAlpha = 1;
}

function at(px, py) {
  let best = null, nearest = Infinity;
  for (const e of view.drawn) {
    const [x, y] = place(e), d = Math.hypot(px - x, py - y) - radius(e);
    if (d < 8 && d < nearest) { best = e; nearest = d; }
  }
  return best;
}

function listen() {
  const pointers = new Map();
  let travelled = 0, spread = 0;
  const local = (event) => {
    const box = canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const hover = (e, px, py) => {
    canvas.classList.toggle("over", Boolean(e));
    const tip = $("tip");
    tip.hidden = !e;
    if (e) {
      tip.textContent = `${e.name} · ${e.type} · ${e.shown} statement${e.shown === 1 ? "" : "s"}`;
      tip.style.left = Math.max(4, Math.min(px + 14, width - tip.offsetWidth - 6)) + "px";
      tip.style.top = Math.max(4, Math.min(py + 14, height - tip.offsetHeight - 6)) + "px";
    }
    if (e !== hovered) { hovered = e; redraw(); }
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, local(event));
    if (pointers.size === 1) travelled = 0;
    spread = 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const [px, py] = local(event), before = pointers.get(event.pointerId);
    if (!before) return hover(at(px, py), px, py);
    pointers.set(event.pointerId, [px, py]);
    if (pointers.size === 2) {
      const [[ax, ay], [bx, by]] = [...pointers.values()], now = Math.hypot(ax - bx, ay - by);
      if (spread) zoomBy(now / spread, (ax + bx) / 2, (ay + by) / 2);
      spread = now; travelled = 99;
      return;
    }
    travelled += Math.hypot(px - before[0], py - before[1]);
    if (travelled > 4) {
      canvas.classList.add("drag"); $("tip").hidden = true;
      camera.x -= (px - before[0]) / camera.zoom; camera.y += (py - before[1]) / camera.zoom;
      redraw();
    }
  });
  const lift = (event) => {
    if (!pointers.delete(event.pointerId)) return;
    spread = 0;
    canvas.classList.remove("drag");
    if (event.type === "pointerup" && travelled <= 4) { const e = at(...local(event)); if (e !== selected) select(e); }
  };
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, lift);
  canvas.addEventListener("pointerleave", () => hover(null));
  canvas.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoomBy(Math.exp(-Math.max(-60, Math.min(60, event.deltaY)) * 0.004), ...local(event));
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = 60 / camera.zoom, key = event.key;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key === "ArrowLeft") camera.x -= step;
    else if (key === "ArrowRight") camera.x += step;
    else if (key === "ArrowUp") camera.y += step;
    else if (key === "ArrowDown") camera.y -= step;
    else if (key === "+" || key === "=") zoomBy(1.25);
    else if (key === "-") zoomBy(0.8);
    else if (key === "0") fit();
    else if ((key === "n" || key === "p") && view.drawn.length) {
      const i = view.drawn.indexOf(selected), n = view.drawn.length;
      select(view.drawn[i < 0 ? 0 : (i + (key === "n" ? 1 : n - 1)) % n], true);
    } else return;
    event.preventDefault();
    redraw();
  });
  $("in").onclick = () => zoomBy(1.3);
  $("out").onclick = () => zoomBy(1 / 1.3);
  $("fit").onclick = () => fit();
  new ResizeObserver(resize).observe(canvas);
}

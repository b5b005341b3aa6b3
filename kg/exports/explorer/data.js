// The graph as objects, the filters, and which entities and statements they leave.
const packed = JSON.parse(document.getElementById("data").textContent);
const entities = packed.entities.map((e, index) => ({ ...e, index, statements: [], shown: 0 }));
const statements = packed.statements.map((s) => ({
  ...s,
  subject: entities[s.s],
  object: s.o === null ? null : entities[s.o],
  by: s.by === null ? null : entities[s.by],
  status: s.marks.length ? s.marks[0] : "fact",
}));
for (const s of statements) {
  s.subject.statements.push(s);
  if (s.object && s.object !== s.subject) s.object.statements.push(s);
}

const $ = (id) => document.getElementById(id);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
for (const e of entities) e.folded = [e.name, ...e.names].map(fold);

function tally(items, key) {
  const counts = new Map();
  for (const item of items) for (const k of key(item)) counts.set(k, (counts.get(k) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
const marksOf = (s) => (s.marks.length ? s.marks : ["fact"]);
const groups = {
  statuses: tally(statements, marksOf),
  types: tally(entities, (e) => [e.type]),
  relations: tally(statements, (s) => [s.words]),
};
const filters = { off: { statuses: new Set(), types: new Set(), relations: new Set() }, least: 0, lonely: false };
let view = { entities: [], statements: [], drawn: [], lines: [] };
let selected = null;

const passes = (s) =>
  s.confidence >= filters.least &&
  !filters.off.relations.has(s.words) &&
  marksOf(s).every((mark) => !filters.off.statuses.has(mark)) &&
  !filters.off.types.has(s.subject.type) &&
  (!s.object || !filters.off.types.has(s.object.type));

function refilter() {
  for (const e of entities) e.shown = 0;
  const left = statements.filter(passes);
  const tied = new Set();
  for (const s of left) {
    s.subject.shown += 1;
    if (s.object && s.object !== s.subject) s.object.shown += 1;
    if (s.object) tied.add(s.subject).add(s.object);
  }
  const kept = entities.filter((e) => !filters.off.types.has(e.type));
  const candidates = kept.filter((e) => filters.lonely || tied.has(e));
  const drawn = new Set(candidates.slice(0, packed.limit)); // entities come in order of their PageRank
  if (selected && !filters.off.types.has(selected.type)) {
    drawn.add(selected);
    for (const s of selected.statements) if (s.object && passes(s)) drawn.add(s.subject).add(s.object);
  }
  view = {
    entities: kept,
    statements: left,
    candidates: candidates.length,
    drawn: [...drawn].sort((a, b) => a.index - b.index),
    lines: left.filter((s) => s.object && s.object !== s.subject && drawn.has(s.subject) && drawn.has(s.object)),
  };
  // lines between the same two entities are bent apart
  const between = new Map();
  for (const s of view.lines) {
    const key = s.s < s.o ? s.s + " " + s.o : s.o + " " + s.s;
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(s);
  }
  for (const lines of between.values())
    lines.forEach((s, i) => { s.bend = (i - (lines.length - 1) / 2) * (s.s < s.o ? 1 : -1); });
}

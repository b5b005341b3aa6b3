// The side panel: one entity, its names, and every statement with the sentences that say so. Text is set as text.
function make(tag, options = {}, ...children) {
  const { className, ...rest } = options;
  const node = Object.assign(document.createElement(tag), rest);
  if (className) node.className = className;
  node.append(...children);
  return node;
}
const named = (text, tag = "bdi") => make(tag, { textContent: text, dir: "auto" });
const dot = (type) => {
  const node = make("span", { className: "dot" });
  node.style.background = packed.colours[type] || packed.other;
  return node;
};
const link = (e) => make("button", { type: "button", onclick: () => select(e, true) }, named(e.name));
const plural = (n, one, many = one + "s") => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;

function period(s) {
  if (s.start && s.end) return s.start === s.end ? s.start : `${s.start} to ${s.end}`;
  return s.start ? `since ${s.start}` : s.end ? `until ${s.end}` : "";
}

function quotation([document_, text, marked]) {
  const source = packed.documents[document_], characters = [...text], quote = make("blockquote", { dir: "auto" });
  let done = 0;
  for (const [start, end] of marked) {
    if (start < done || end <= start || end > characters.length) continue;
    quote.append(characters.slice(done, start).join(""), make("mark", {}, characters.slice(start, end).join("")));
    done = end;
  }
  quote.append(characters.slice(done).join(""));
  if (source) {
    const facts = [source.title || source.source, source.title ? source.source : "", source.date || "no date"];
    quote.append(make("cite", {}, ...facts.filter(Boolean).flatMap((t, i) => (i ? [" · ", named(t)] : [named(t)]))));
  }
  return quote;
}

function statement(s, self) {
  const end = (e) => (e === self ? make("span", { className: "self" }, named(e.name)) : link(e));
  const goal = s.object ? end(s.object) : named(s.value);
  const box = make("div", { className: "statement" },
    make("p", {}, end(s.subject), " ", make("span", { className: "relation", dir: "auto" }, s.words), " ", goal));
  const line = make("p", { className: "quiet" });
  for (const mark of s.marks) {
    const chip = make("span", { className: "chip " + mark });
    if (mark === "claimed" && s.by) chip.append("claimed by ", s.by === self ? named(s.by.name) : link(s.by));
    else chip.append(mark);
    line.append(chip);
  }
  const facts = [`confidence ${s.confidence.toFixed(2)}`, plural(s.documents, "document"), period(s)];
  line.append(facts.filter(Boolean).join(" · "));
  box.append(line);
  const quotes = s.evidence.map((i) => quotation(packed.sentences[i]));
  box.append(...quotes.slice(0, 2));
  if (quotes.length > 2)
    box.append(make("details", {}, make("summary", {}, plural(quotes.length - 2, "more sentence")), ...quotes.slice(2)));
  return box;
}

function showPanel() {
  const panel = $("panel"), e = selected;
  panel.replaceChildren();
  if (!e) {
    panel.append(make("h2", {}, "Pick an entity"),
      make("p", { className: "quiet" }, "Click one in the drawing or the list, or search for any of its names. " +
        "Every statement comes with the sentence it was read from."),
      make("h3", {}, "Most central"));
    for (const top of view.entities.filter((x) => x.shown).slice(0, 12))
      panel.append(make("div", { className: "statement" }, link(top), " ",
        make("span", { className: "quiet" }, `${top.type} · ${plural(top.shown, "statement")}`)));
    return;
  }
  const kind = make("span", { className: "chip" }, dot(e.type), e.subtype ? `${e.type} · ${e.subtype}` : e.type);
  panel.append(named(e.name, "h2"), make("p", {}, kind));
  if (e.names.length) {
    const names = make("p", { className: "quiet" }, "Also ");
    e.names.forEach((name, i) => names.append(i ? ", " : "", named(name)));
    panel.append(names);
  }
  panel.append(make("p", { className: "quiet" },
    `${plural(e.mentions, "mention")} in ${plural(e.documents, "document")} · community ${e.community + 1}`));
  const shown = e.statements.filter(passes), hidden = e.statements.length - shown.length;
  const facts = shown.filter((s) => !s.marks.length), others = shown.filter((s) => s.marks.length);
  for (const [title, part] of [["Stated as facts", facts], ["Denied, planned, possible or claimed", others]]) {
    if (!part.length) continue;
    panel.append(make("h3", {}, `${title} (${part.length})`));
    const box = panel.appendChild(make("div"));
    const more = make("button", { type: "button" });
    const fill = (from) => {
      box.append(...part.slice(from, from + 100).map((s) => statement(s, e)));
      more.hidden = from + 100 >= part.length;
      more.textContent = `Show more of ${part.length}`;
      more.onclick = () => fill(from + 100);
    };
    fill(0);
    panel.append(more);
  }
  if (!shown.length) panel.append(make("p", { className: "quiet" }, "No statement about it passes the filters."));
  if (hidden) panel.append(make("p", { className: "quiet" }, `${plural(hidden, "statement")} hidden by the filters.`));
  panel.scrollTop = 0;
}

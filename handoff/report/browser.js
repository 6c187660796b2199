// The report's own script: colours the map for the chosen name and failure, and says who serves a place. It reads what
// was computed when the page was made; only how far away an end of support is depends on the day.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const map = document.getElementById("map");

  const days = Date.now() / 86_400_000;
  for (const time of document.querySelectorAll("time")) {
    const left = Math.floor(Date.parse(time.dateTime) / 86_400_000 - days);
    if (left > 60) continue;
    time.textContent += left < 0 ? " (ended)" : ` (in ${left} days)`;
    time.classList.add("soon");
  }
  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });
  if (data.names.length === 0) return;

  const name = document.getElementById("name");
  const place = document.getElementById("place");
  const failures = document.getElementById("failures");
  const said = document.getElementById("said");
  const shown = document.getElementById("shown");
  const shapes = [...map.querySelectorAll("[data-i]")];
  const counts = [...failures.querySelectorAll("[data-served]")];
  const marks = [...map.querySelectorAll("[data-k]")];
  const isOff = marks.map((mark) => mark.classList.contains("off"));

  const chosen = () => failures.querySelector("input:checked").value;
  const table = () => data.tables[data.names[name.value]];

  /** The answers of all places, with the chosen failure. */
  function answersNow() {
    const answers = [...table().answers];
    const moved = new Set();
    const changes = table().failures[chosen()] ?? [];
    for (let index = 0; index < changes.length; index += 2) {
      answers[changes[index]] = changes[index + 1];
      moved.add(changes[index]);
    }
    return { answers, moved };
  }

  const places = (count) => `${count} ${count === 1 ? "place" : "places"}`;

  const words = (answer) =>
    data.answers[answer].map(([cluster, part]) => data.clusters[cluster] + (part === 1000 ? "" : ` ${part / 10} %`)).join(", ") ||
    "nobody";

  function draw() {
    const { answers, moved } = answersNow();
    const [failure = "", cluster = ""] = chosen().split(" ");
    // on paper the choices are left out
    const when = failure === "" ? "" : `, when ${data.clusters[cluster]} is ${failure}`;
    shown.textContent = name.selectedOptions[0].text + when;
    for (const shape of shapes) {
      const index = Number(shape.dataset.i);
      const fades = moved.size > 0 && !moved.has(index) ? " unmoved" : "";
      shape.setAttribute("class", `a${answers[index]}${fades}${String(index) === place.value ? " chosen" : ""}`);
    }
    marks.forEach((mark, index) => {
      mark.classList.toggle("off", isOff[index] || mark.dataset.k === cluster);
    });
    for (const count of counts) {
      const index = Number(count.dataset.served);
      count.textContent = places(answers.filter((answer) => data.answers[answer].some(([one]) => one === index)).length);
    }
    if (place.value !== "") return say(Number(place.value));
    if (failure === "") return write("Point at a place, or choose it above, to see who serves it and why.");
    const state = `${data.clusters[cluster]} ${failure === "down" ? "is down" : "is drained"}`;
    if (table().shared.includes(Number(cluster)))
      return write(`When ${state}, `, ["those that share its places"], " take them over.");
    if (moved.size === 0) return write(`When ${state}, `, ["nothing moves"], ".");
    const to = new Map();
    for (const index of moved) to.set(answers[index], (to.get(answers[index]) ?? 0) + 1);
    const parts = [...to].map(([answer, count]) => `${count} to ${words(answer)}`).join("; ");
    write(`When ${state}, `, [`${moved.size} of ${answers.length} places move`], `: ${parts}.`);
  }

  /** Who serves a place. */
  function say(index) {
    const { answers, moved } = answersNow();
    const was = table().answers[index];
    const why = moved.has(index) ? `instead of ${words(was)}` : data.reasons[table().reasons[index]];
    write(`${data.places[index]}: `, [words(answers[index])], ` (${why})`);
  }

  /** Text; what is in a list is strong. */
  function write(...parts) {
    said.replaceChildren(
      ...parts.map((part) => {
        if (typeof part === "string") return part;
        const strong = document.createElement("b");
        strong.textContent = part[0];
        return strong;
      }),
    );
  }

  for (const control of [name, place, failures]) control.addEventListener("change", draw);
  map.addEventListener("pointerover", ({ target }) => {
    if (target.dataset.i !== undefined) say(Number(target.dataset.i));
  });
  map.addEventListener("pointerleave", draw);
  map.addEventListener("click", ({ target }) => {
    place.value = target.dataset.i ?? "";
    draw();
  });
  draw();
})();

"use strict";

const PAGE = 20;
const DAY = 86400;
let offset = 0;

const find = (id) => document.getElementById(id);

async function fetchJson(path) {
  const response = await fetch(path);
  const body = await response.json();
  if (!response.ok) throw new Error(body.message);
  return body;
}

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function svg(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function showFacts(state) {
  const { fleet, plan, now, api_key: key, user_id: user } = state;
  find("summary").textContent = `${fleet.systems} systems (${fleet.kind} fleet, seed ${fleet.seed}) at ${now}`;
  const limits = [["minute", plan.per_minute], ["month", plan.per_month]]
    .filter(([, most]) => most !== null)
    .map(([period, most]) => `${most} requests a ${period}`);
  const faults = state.faults.filter((fault) => fault.count === null || fault.hits < fault.count);
  const facts = [
    ["Base URL", `${location.origin}/api/v2`],
    ["key", key],
    ["user_id", user],
    ["Plan", limits.join(", ") || "no limits"],
    ["Faults at work", faults.map((fault) => fault.kind).join(", ") || "none"],
    ["Control", `${location.origin}/_simulator (faults, clock, reset)`],
  ];
  find("facts").replaceChildren(...facts.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
}

function showApplications(applications) {
  // The page may know the server by another name than the server itself does.
  const here = (url) => location.origin + new URL(url).pathname;
  for (const app of applications) {
    const consent = new URL(here(app.authorize_url));
    consent.search = new URLSearchParams({
      response_type: "code", client_id: app.client_id, redirect_uri: here(app.redirect_uri),
    });
    const limits = [["minute", app.plan.per_minute], ["month", app.plan.per_month]]
      .filter(([, most]) => most !== null)
      .map(([period, most]) => `${most} requests a ${period}`);
    const link = element("a", "Ask for consent", { href: consent.href });
    const facts = [
      ["Base URL", here(app.base_url)],
      ["key", app.api_key],
      ["Client id", app.client_id],
      ["Client secret", app.client_secret],
      ["Access token", app.access_token || "by consent only"],
      ["Login", `${app.username}, ${app.password}`],
      ["Plan", limits.join(", ") || "no limits"],
    ];
    const list = element("dl");
    list.append(...facts.flatMap(([name, value]) => [element("dt", name), element("dd", value)]));
    list.append(element("dt", "Consent"), element("dd"));
    list.lastChild.append(link);
    const grant = app.partner
      ? `grant_type=password" --data-urlencode "username=${app.username}" -d "password=${app.password}`
      : `grant_type=authorization_code&code=CODE&redirect_uri=${here(app.redirect_uri)}`;
    const lines = [
      `curl -H "Authorization: Bearer ${app.access_token || "TOKEN"}" "${here(app.base_url)}/systems?key=${app.api_key}"`,
      `curl -u ${app.client_id}:${app.client_secret} -d "${grant}" ${here(app.token_url)}`,
    ];
    const [section, summary] = [element("details"), element("summary")];
    summary.append(element("h3", app.name));
    section.append(summary, list, element("pre", lines.join("\n"), { tabindex: 0 }));
    find("applications").append(section);
  }
}

async function showFleet() {
  const { systems, total } = await fetchJson(`/_simulator/systems?offset=${offset}&limit=${PAGE}`);
  find("systems").replaceChildren(...systems.map(row));
  const last = Math.min(offset + PAGE, total);
  find("position").textContent = total ? `${offset + 1}–${last} of ${total}` : "no systems";
  find("previous").disabled = offset === 0;
  find("next").disabled = last >= total;
  return systems;
}

function row(system) {
  const made = element("tr", undefined, { "data-system": system.system_id });
  const open = element("button", system.system_id, { type: "button", title: "Show its day" });
  open.addEventListener("click", () => {
    find("system").value = system.system_id;
    showDay();
  });
  const first = element("td");
  first.append(open);
  const count = system.production_meters.length;
  const meters = count > 1 ? [`${count} production`] : count ? ["production"] : [];
  if (system.consumption_meter) meters.push("consumption");
  made.append(
    first,
    element("td", system.system_name, { class: "wraps" }),
    element("td", system.condition.replaceAll("_", " ")),
    element("td", system.status),
    element("td", system.size_w.toLocaleString("en"), { class: "number" }),
    element("td", system.operational_date),
    element("td", meters.join(", ") || "none", { class: "wraps" }),
    element("td", system.timezone),
  );
  return made;
}

async function showDay() {
  const system = find("system").value;
  const chosen = find("date").value;
  try {
    const day = await fetchJson(`/_simulator/systems/${encodeURIComponent(system)}/day?date=${encodeURIComponent(chosen)}`);
    find("date").value = day.date;
    find("plot").replaceChildren(draw(day));
    const used = day.consumption.length ? `, ${day.consumed_wh.toLocaleString("en")} Wh consumed` : "";
    find("caption").textContent =
      `System ${day.system_id} on ${day.date} (${day.timezone}): ${day.produced_wh.toLocaleString("en")} Wh produced${used}.`;
  } catch (error) {
    find("plot").replaceChildren();
    find("caption").textContent = error.message;
  }
  for (const line of document.querySelectorAll("#systems tr")) {
    if (line.dataset.system === system) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}

function draw(day) {
  const [width, height, left, bottom, top] = [960, 300, 56, 28, 24];
  const points = [...day.production, ...day.consumption];
  const highest = Math.max(100, ...points.map(([, watts]) => watts)) * 1.05;
  const x = (moment) => left + ((moment - day.start) / (day.end - day.start)) * (width - left - 8);
  const y = (watts) => height - bottom - (watts / highest) * (height - bottom - top);
  const line = (series) => series.map(([moment, watts]) => `${x(moment).toFixed(1)},${y(watts).toFixed(1)}`).join(" ");
  const picture = svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": "caption" });
  const step = 10 ** Math.floor(Math.log10(highest));
  const stride = highest / step > 5 ? step * 2 : highest / step > 2 ? step : step / 2;
  for (let watts = 0; watts <= highest; watts += stride) {
    picture.append(svg("line", { class: "grid", x1: left, x2: width - 8, y1: y(watts), y2: y(watts) }));
    picture.append(svg("text", { x: left - 8, y: y(watts) + 4, "text-anchor": "end" }, `${Math.round(watts)} W`));
  }
  for (let hour = 0; hour <= 24; hour += 3) {
    const moment = day.start + (hour * (day.end - day.start)) / 24;
    const clock = new Date(moment * 1000).toLocaleTimeString("en-GB", { timeZone: day.timezone, hour: "2-digit", minute: "2-digit" });
    const anchor = hour === 24 ? "end" : "middle";
    picture.append(svg("text", { x: x(moment), y: height - 8, "text-anchor": anchor }, clock));
  }
  if (day.production.length) {
    const series = day.production;
    const area = `${x(series[0][0])},${y(0)} ${line(series)} ${x(series.at(-1)[0])},${y(0)}`;
    picture.append(svg("polygon", { class: "area", points: area }), svg("polyline", { class: "production", points: line(series) }));
  }
  picture.append(svg("text", { class: "production", x: left, y: 14 }, "production"));
  if (day.consumption.length) {
    picture.append(svg("polyline", { class: "consumption", points: line(day.consumption) }));
    picture.append(svg("text", { class: "consumption", x: left + 90, y: 14 }, "consumption"));
  }
  return picture;
}

function showSpecification(state) {
  if (!window.SwaggerUIBundle) {
    find("swagger").textContent = "Install enphase-enlighten[mock] to read and try the specification here.";
    return;
  }
  const ui = SwaggerUIBundle({
    url: "/_simulator/openapi.json",
    domNode: find("swagger"),
    deepLinking: true,
    defaultModelsExpandDepth: 0,
    onComplete: () => {
      ui.preauthorizeApiKey("ApiKey", state.api_key);
      ui.preauthorizeApiKey("UserId", state.user_id);
    },
  });
}

async function start() {
  const state = await fetchJson("/_simulator");
  showFacts(state);
  showApplications(state.v4);
  showSpecification(state);
  find("previous").addEventListener("click", () => { offset = Math.max(0, offset - PAGE); showFleet(); });
  find("next").addEventListener("click", () => { offset += PAGE; showFleet(); });
  find("choice").addEventListener("submit", (event) => { event.preventDefault(); showDay(); });
  const systems = await showFleet();
  if (systems.length) {
    find("system").value = systems[0].system_id;
    find("date").value = new Date(Date.parse(state.now) - DAY * 1000).toISOString().slice(0, 10);
    await showDay();
  }
}

start();

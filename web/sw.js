// What a browser keeps for the time without network: what pages look like (the shell) and a page that says that there is no
// network. Never a page of somebody signed in, a list or a verdict. The one exception is a visitor's pass, which was meant to be
// shown: its last copy stays readable, and says that it is one.
// Source: w3.org/TR/service-workers; deploy/local/paths.sh fills in the names, so that other files make another worker.
const files = "@FILES@".split(" ");
const shell = `shell ${files.join(" ")}`, passes = "passes", mostPasses = 20;
const named = /\/static\/(\w+)\.[0-9a-f]{10}\.(\w+)/g;

// How long a pass is waited for when there is a copy of it, in milliseconds.
const patience = 3000;

addEventListener("install", (event) => {
    event.waitUntil(fill().then(() => skipWaiting()));
    // What a page sends or asks for by itself goes straight to the network, and waits for no worker to start.
    event.addRoutes?.([
        { condition: { requestMethod: "POST" }, source: "network" },
        { condition: { urlPattern: new URLPattern({ pathname: "/static/*" }) }, source: "fetch-event" },
        { condition: { requestMode: "cors" }, source: "network" },
    ]).catch(() => {});
});
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
    const { request } = event, { origin, pathname } = new URL(request.url);
    // What is sent is the page's own matter: after a form that failed, going back shows what was typed.
    if (request.method !== "GET" || origin !== location.origin) return;
    if (request.mode === "navigate") event.respondWith(visit(event, passOf(pathname)));
    else if (pathname.startsWith("/static/")) event.respondWith(asset(request, pathname));
});

async function fill() {
    await (await caches.open(shell)).addAll(files);
}

async function begin() {
    for (const name of await caches.keys()) if (name !== shell && name !== passes) await caches.delete(name);
    await registration.navigationPreload?.enable();
    await clients.claim();
    // The page that brought this worker was loaded before it.
    for (const { url } of await clients.matchAll({ type: "window" })) {
        const pass = passOf(new URL(url).pathname);
        if (pass) await fetch(url).then((answer) => keep(pass, answer)).catch(() => {});
    }
}

// One name for all ways to write the address of a pass; undefined for any other page.
function passOf(path) {
    const token = /^\/p\/([^/]+)\/?$/i.exec(path)?.[1];
    return token && `/p/${token.toUpperCase()}/`;
}

async function visit(event, pass) {
    const answer = load(event);
    if (pass) event.waitUntil(answer.then((one) => keep(pass, one.clone()), () => {}));
    try {
        const mayBeLate = !pass || !await find(pass);
        return await (mayBeLate ? answer : Promise.race([answer, new Promise((_, fail) => setTimeout(fail, patience))]));
    } catch {
        return (pass && await copyOf(pass)) ?? (await caches.open(shell)).match(files.at(-1));
    }
}

async function load(event) {
    return await event.preloadResponse ?? await fetch(event.request);
}

async function asset(request, path) {
    const cache = await caches.open(shell);
    const kept = await cache.match(request);
    // The page without network asks for plain names.
    return kept ?? fetch(request).catch(async () => await cache.match(current(path)) ?? Response.error());
}

// The name that a file of web/static/ has now.
function current(path) {
    const [, stem, kind] = /^\/static\/(\w+)\.(?:[0-9a-f]{10}\.)?(\w+)$/.exec(path) ?? [];
    return files.find((file) => file.startsWith(`/static/${stem}.`) && file.endsWith(`.${kind}`)) ?? path;
}

async function keep(pass, answer) {
    const cache = await caches.open(passes);
    const isPage = answer.status === 200 && !answer.redirected && answer.headers.get("Content-Type")?.startsWith("text/html");
    const isOver = answer.status === 404 || answer.status === 410;
    const mayStay = isPage && !/no-store/.test(answer.headers.get("Cache-Control"));
    if (!isPage && !isOver) return;
    // Also so that the newest stands last.
    await cache.delete(pass, { ignoreVary: true });
    if (mayStay) await cache.put(pass, answer);
    for (const oldest of (await cache.keys()).slice(0, -mostPasses)) await cache.delete(oldest, { ignoreVary: true });
}

async function find(pass) {
    return (await caches.open(passes)).match(pass, { ignoreVary: true });
}

async function copyOf(pass) {
    const answer = await find(pass);
    if (!answer) return;
    const headers = new Headers(answer.headers), fetched = new Date(headers.get("Date") ?? Date.now());
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    const text = (await answer.text()).replace("<html ", `<html data-fetched="${fetched.toISOString()}" `);
    return new Response(text.replace(named, current), { headers });
}

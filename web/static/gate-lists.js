// The lists of the console keep themselves up to date, and the form of a visitor without notice knows its home. Both pages
// do all of their work without scripts.

const period = 3000;
let state = "";

// What the server draws is put in place of what is there, unless somebody is just using it.
async function refresh() {
    const lists = document.querySelector("[data-live]");
    if (!lists || document.hidden) return;
    const headers = { "X-Garita-Feed": lists.dataset.feed };
    if (state) headers["If-None-Match"] = state;
    const answer = await fetch(lists.dataset.live, { headers, redirect: "error" }).catch(() => null);
    const isOld = !answer || answer.status > 304;
    lists.toggleAttribute("data-stale", isOld);
    document.querySelector("#lists-stale").hidden = !isOld;
    if (answer?.status !== 200) return;
    const text = await answer.text();
    const now = document.querySelector("[data-live]");
    if (!now) return;
    state = answer.headers.get("ETag") ?? "";
    const focused = now.contains(document.activeElement) ? document.activeElement : null;
    const place = focused?.getAttribute("formaction") ?? focused?.getAttribute("href");
    now.innerHTML = text;
    // Whoever goes through the list by keyboard stays where they are.
    if (place) now.querySelector(`[formaction="${place}"], [href="${place}"]`)?.focus();
}
setInterval(refresh, period);
document.addEventListener("visibilitychange", refresh);

// A page that the back button brings again asks for something new: its request number is one nobody has used.
addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const field of document.querySelectorAll("input[name=request_id]")) {
        field.value = crypto.randomUUID().replaceAll("-", "");
    }
    refresh();
});

// Once the home is chosen, those who live there are the buttons.
const word = document.querySelector("#word");
const home = document.querySelector("form input[name=unit]");
home?.addEventListener("change", async () => {
    const from = new URL(word.dataset.from, location);
    from.searchParams.set("unit", home.value);
    const answer = await fetch(from).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    word.replaceChildren(...page.querySelector("#word")?.childNodes ?? []);
});

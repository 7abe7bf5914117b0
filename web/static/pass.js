// The page of a pass: the digits of a one-time pass change in their place, and a copy without network says that it is one.

const offline = document.querySelector("[data-offline]"), { lang, dataset } = document.documentElement;
// Of the copy that the service worker kept it says when it came; any other page came just now.
const came = new Date(dataset.fetched ?? performance.timeOrigin);
const state = document.querySelector("[data-state]");
// A copy does not know whether the pass is still good.
const tell = (isOnline) => [offline.hidden, state.hidden] = [isOnline, !isOnline];
// As the site writes moments: 30 nov 2026, 18:30.
const month = came.toLocaleString(lang, { month: "short" }).slice(0, 3);
const time = offline.querySelector("time");
if (time) time.textContent = `${came.getDate()} ${month} ${came.getFullYear()}, ${came.toTimeString().slice(0, 5)}`;
addEventListener("online", () => tell(!dataset.fetched));
addEventListener("offline", () => tell(false));
tell(!dataset.fetched && navigator.onLine);
// Looked at once more with the back button, it may have ended meanwhile.
addEventListener("pageshow", (event) => event.persisted && location.reload());

let timer;
const ticket = () => document.querySelector("[data-renew]");
const wait = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(renew, seconds * 1000);
};
const renew = async () => {
    const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
    tell(Boolean(answer));
    // Old digits open nothing: better none than those.
    ticket().style.visibility = answer?.ok ? "" : "hidden";
    if (!answer?.ok) return answer?.status === 410 ? location.reload() : wait(5);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-renew]");
    if (!next) return location.reload();
    ticket().replaceWith(next);
    wait(Number(next.dataset.renew));
};
if (ticket()) {
    wait(Number(ticket().dataset.renew));
    // A page that was asleep shows the digits of another time.
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && renew());
}

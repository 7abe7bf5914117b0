// The page of a pass: the digits of a one-time pass change in their place, and a copy without network says that it is one.

const offline = document.querySelector("[data-offline]");
const tell = (isOnline) => offline.hidden = isOnline;
addEventListener("online", () => tell(true));
addEventListener("offline", () => tell(false));
tell(navigator.onLine);
// A phone may have a network and no way to us: of a page that was not made just now we ask. HEAD counts as no look.
if (Date.now() / 1000 - offline.dataset.at > 120) {
    fetch(location.href, { method: "HEAD", cache: "no-store" }).then(() => tell(true), () => tell(false));
}

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

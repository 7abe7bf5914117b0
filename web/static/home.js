// Whoever begins to wait at the gate is seen on the first page without reloading it.
const first = document.querySelector("[data-waiting]");
const look = async () => {
    if (document.hidden) return;
    const answer = await fetch("/home/waiting/", { redirect: "error" }).catch(() => null);
    if (answer?.ok && await answer.text() !== first.dataset.waiting) location.reload();
};
if (first) {
    setInterval(look, 10_000);
    document.addEventListener("visibilitychange", look);
}

// What a phone can do better: the sheet by which people send things, where the browser has one.
for (const button of document.querySelectorAll("[data-share]")) {
    if (!navigator.share) break;
    button.hidden = false;
    // Whoever closes the sheet has sent nothing, which is no fault.
    button.addEventListener("click", () =>
        navigator.share({ text: button.dataset.share, url: button.dataset.url }).catch(() => {}));
}
